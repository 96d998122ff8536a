"""Reading a plan of sixty actions out of a Word document, against unzipping and parsing the same document."""

import io
import zipfile
from xml.etree import ElementTree as ET

from docx import Document

from tests.bench.harness import Measured, cpu, paired, row

ACTIONS = 60
HEADINGS = ("Theme", "Objective", "Action", "Owner", "Start", "Due", "Success measure", "RAG", "Progress")
THEMES = ("Visibility", "Recognition", "Career Development", "Sustainability", "Evaluating Impact")


def plan_document(actions: int = ACTIONS) -> bytes:
    """A Word document with one table of *actions* rows, its theme cells filled only where the theme changes."""
    document = Document()
    document.add_heading("Action plan 2026 to 2029", level=1)
    table = document.add_table(rows=1, cols=len(HEADINGS))
    for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = heading
    for n in range(actions):
        theme = THEMES[n * len(THEMES) // actions]
        changed = n == 0 or theme != THEMES[(n - 1) * len(THEMES) // actions]
        for cell, text in zip(table.add_row().cells, _action(n, theme if changed else ""), strict=True):
            cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _action(n: int, theme: str) -> tuple[str, ...]:
    return (
        theme,
        f"Objective {n}: technicians see each other’s work and know whom to ask",
        f"Hold {n + 2} open workshops a year; minutes of meetings, from September 2026",
        f"Technical manager, unit {n % 12}",
        "September 2026",
        f"31 August {2027 + n % 3}",
        f"{3 + n} staff registered by 31 August 2027 and {6 + n} by 31 August 2028",
        "Green",
        "Begun: the first workshop had nineteen guests",
    )


def _bare(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(len(e.text or "") for e in ET.fromstring(archive.read("word/document.xml")).iter())


@row("plan-import", target=25)
def plan_import() -> Measured:
    """The preview against the letters alone: dates, promises and indicators understood are worth 25 times as much."""
    from hub.plan.importing import preview  # noqa: PLC0415 -- only this row needs the importer

    content = plan_document()
    ours, bare = paired(cpu(lambda: preview(content, "plan.docx")), cpu(lambda: _bare(content), times=5))
    return Measured(ours, bare, {"actions": len(preview(content, "plan.docx").actions), "bytes": len(content)})

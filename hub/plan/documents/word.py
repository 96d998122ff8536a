"""The plan as a Word file, to be edited on."""

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from hub.core.text import clean
from hub.plan.documents.content import ranges

if TYPE_CHECKING:
    from docx.document import Document as DocumentType


def as_docx(content: dict[str, Any]) -> bytes:
    """The same content as the PDF, with real headings and repeated table heads."""
    document = begun(content, content["plan"])
    for line in (
        content["institution"],
        f"{content['period']}. Printed on {content['printed']}.",
        f"Named contact: {content['contact']}.",
    ):
        document.add_paragraph(line)
    document.add_heading("Actions", level=1)
    for theme in content["themes"]:
        document.add_heading(theme["name"], level=2)
        add_table(
            document, ("Ref", "Action", "How impact is evidenced", "Who and when"), map(_promise, theme["actions"])
        )
    document.add_heading("Appendix A: red, amber and green", level=1)
    for theme in content["themes"]:
        document.add_heading(f"{theme['name']}: how far it is", level=2)
        add_table(
            document,
            ("Ref", "Action", "Status", "Explanation and progress", "Evidence"),
            map(_status, theme["actions"]),
        )
    if content["evidence"]:
        document.add_heading("Appendix B: evidence", level=1)
        rows = ((str(e["n"]), e["ref"], e["title"], e["unit"], e["on"]) for e in content["evidence"])
        add_table(document, ("No.", "Action", "What happened", "Unit", "Date"), rows)
    return written(document)


def begun(content: dict[str, Any], heading: str) -> "DocumentType":
    """A document with its title, its language and its first heading."""
    from docx import Document  # noqa: PLC0415 -- slow import
    from docx.shared import Pt  # noqa: PLC0415 -- slow import

    document = Document()
    document.core_properties.title = content["title"]
    document.core_properties.author = content["institution"]
    document.core_properties.language = "en-GB"
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading(heading, level=0)
    return document


def written(document: "DocumentType") -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _promise(action: dict[str, Any]) -> Sequence[str]:
    said = [action["objective"], action["details"]]
    proof = [action["impact"], *action["measured"], *action["milestones"]]
    who = [action["owner"], f"Due {action['due']}" if action["due"] else "", action["resource"]]
    return (action["ref"], *("\n".join(filter(None, part)) for part in (said, proof, who)))


def _status(action: dict[str, Any]) -> Sequence[str]:
    letter = action["rag"][0].upper()
    why = " ".join(filter(None, (action["explanation"], action["progress"])))
    proof = f"Nos {ranges(action['evidence'])}" if action["evidence"] else str(action["pieces"] or "none")
    return (action["ref"], action["objective"], f"{letter} {action['rag_words']}", why, proof)


def add_table(document: "DocumentType", heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 -- slow import
    from docx.oxml.ns import qn  # noqa: PLC0415 -- slow import

    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    head[-1].set(qn("w:val"), "true")
    for row in rows:
        added = table.add_row().cells
        for cell, text in zip(added, row, strict=True):
            cell.text = clean(text)

"""The accessibility statement and the privacy notice: dated Markdown files, shown as pages."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from markupsafe import Markup

FOLDER = Path(__file__).parents[2] / "docs" / "statements"


@dataclass(frozen=True, slots=True)
class Statement:
    """*reviewed* and *review_by* are the days in the file's head."""

    title: str
    reviewed: date
    review_by: date
    body: Markup


@cache
def read(name: str) -> Statement:
    """The statement kept as ``docs/statements/<name>.md``: three headed lines, an empty one, then Markdown."""
    import nh3  # noqa: PLC0415 -- slow import
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- slow import

    head, body = (FOLDER / f"{name}.md").read_text(encoding="utf-8").split("\n\n", 1)
    said = dict(line.split(": ", 1) for line in head.splitlines())
    html = nh3.clean(MarkdownIt("js-default", {"html": False}).render(body))
    safe = Markup(html)  # noqa: S704 -- cleaned just above
    return Statement(said["Title"], date.fromisoformat(said["Reviewed"]), date.fromisoformat(said["Review by"]), safe)

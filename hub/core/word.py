"""Word files: real headings, tables whose heads come again on each page, in British English."""

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from hub.core.text import clean

if TYPE_CHECKING:
    from docx.document import Document


def begin(title: str, author: str, heading: str, lines: Iterable[str]) -> "Document":
    """A document with its *heading* and a few *lines* about it."""
    from docx import Document as new  # noqa: N813, PLC0415 -- slow import
    from docx.shared import Pt  # noqa: PLC0415 -- slow import

    document = new()
    document.core_properties.title = clean(title)
    document.core_properties.author = clean(author)
    document.core_properties.language = "en-GB"
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading(clean(heading), level=0)
    for line in lines:
        document.add_paragraph(clean(line))
    return document


def table(document: "Document", heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 -- slow import
    from docx.oxml.ns import qn  # noqa: PLC0415 -- slow import

    made = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, text in zip(made.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    head = made.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    head[-1].set(qn("w:val"), "true")
    for row in rows:
        added = made.add_row().cells
        for cell, text in zip(added, row, strict=True):
            cell.text = clean(text)


def written(document: "Document") -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()

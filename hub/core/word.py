"""Word files: real headings, tables whose heads come again on each page, in British English."""

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from hub.core.text import clean

if TYPE_CHECKING:
    from docx.document import Document


def begin(title: str, author: str, heading: str, lines: Iterable[str], *, across: bool = False) -> "Document":
    """A document with its *heading* and a few *lines* about it, on A4; *across*: its long side lies below."""
    from docx import Document as new  # noqa: N813, PLC0415 -- slow import
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 -- slow import
    from docx.shared import Mm, Pt  # noqa: PLC0415 -- slow import

    document = new()
    page = document.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = Mm(15) if across else Mm(25)
    document.core_properties.title = clean(title)
    document.core_properties.author = clean(author)
    document.core_properties.language = "en-GB"
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading(clean(heading), level=0)
    for line in lines:
        document.add_paragraph(clean(line))
    return document


def table(
    document: "Document", heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float] = ()
) -> None:
    """A table below *heads*; *widths*: what each column has of the width of the page, beside the others."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 -- slow import
    from docx.oxml.ns import qn  # noqa: PLC0415 -- slow import
    from docx.shared import Emu  # noqa: PLC0415 -- slow import

    made = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for column, cell, share in zip(made.columns, made.rows[0].cells, widths, strict=False):
        column.width = cell.width = Emu(int(document._block_width * share / sum(widths)))
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

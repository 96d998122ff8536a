"""Documents and spreadsheets of every shape, made for the tests."""

import io
import zipfile

import docx
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from hub.plan.importing import preview, preview_text

TEMPLATE = ["Theme", "Objective", "Details", "How impact will be evidenced (projected dates)"]


def word(*blocks):
    """A .docx: a text is a paragraph, a list of rows a table, anything else is called with the document."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        elif callable(block):
            block(document)
        else:
            add_table(document, block)
    return saved(document)


def add_table(document, rows):
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def shade(cell, fill):
    element = OxmlElement("w:shd")
    element.set(qn("w:val"), "clear")
    element.set(qn("w:fill"), fill)
    cell._tc.get_or_add_tcPr().append(element)


def workbook(write, name="Plan"):
    """An .xlsx with one sheet that *write* fills: write(book, sheet)."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    write(book, book.add_worksheet(name))
    book.close()
    return file.getvalue()


def sheet_of(rows):
    return workbook(lambda _, sheet: [sheet.write_row(number, 0, row) for number, row in enumerate(rows)])


def archive(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def replaced(content, part, change):
    """The same archive with one part changed."""
    old, file = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in old.namelist():
            made.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return file.getvalue()


def open_document(rows, styles=""):
    """An .ods of ready-made row elements."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<o:document-content xmlns:o="{space}office:1.0" xmlns:t="{space}table:1.0" xmlns:x="{space}text:1.0" '
        f'xmlns:s="{space}style:1.0" xmlns:fo="{space}xsl-fo-compatible:1.0">'
        f"<o:automatic-styles>{styles}</o:automatic-styles>"
        f'<o:body><o:spreadsheet><t:table t:name="Plan">{rows}</t:table></o:spreadsheet></o:body></o:document-content>'
    )
    return archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml=content)


def read_word(*blocks):
    return preview(word(*blocks), "plan.docx")


def read_sheet(rows):
    return preview(sheet_of(rows), "plan.xlsx")


def read_rows(*rows):
    """A pasted table, one text for each row, cells parted by bars."""
    return preview_text("\n".join(row.replace("|", "\t") for row in rows))


def only(read):
    (action,) = read.actions
    return action

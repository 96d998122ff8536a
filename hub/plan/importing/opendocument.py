"""Sheets of an OpenDocument spreadsheet, from its XML, with repeated cells kept from multiplying without end."""

import xml.etree.ElementTree as ET

from hub.core.spreadsheets.archives import Archive
from hub.core.spreadsheets.errors import UnreadableFile
from hub.plan.importing.cleaning import clean
from hub.plan.importing.grid import MAX_COLUMNS, MAX_ROWS, Cell, Row, Table

CELLS = {"table-cell", "covered-table-cell"}
SPOKEN = {"s": " ", "tab": " ", "line-break": "\n"}


def read(archive: Archive) -> list[Table]:
    """One table for each sheet that is shown.

    :raises UnreadableFile: if the content is missing, damaged or protected by a password
    """
    manifest = "META-INF/manifest.xml"
    if manifest in archive.names and b"encryption-data" in archive.bytes(manifest):
        raise UnreadableFile("The file is protected by a password; remove the password and send it again.")
    root = archive.xml("content.xml")
    shades = _shades(root)
    hidden = {style.get("name") for style in root.iter("style") if _hides(style)}
    return [_sheet(sheet, shades) for sheet in root.iter("table") if sheet.get("style-name", "") not in hidden]


def _hides(style: ET.Element) -> bool:
    return any(properties.get("display") == "false" for properties in style.iter("table-properties"))


def _shades(root: ET.Element) -> dict[str, str]:
    shades = {}
    for style in root.iter("style"):
        for properties in style.iter("table-cell-properties"):
            colour = properties.get("background-color", "transparent")
            if colour.startswith("#"):
                shades[style.get("name", "")] = colour[1:].upper()
    return shades


def _sheet(sheet: ET.Element, shades: dict[str, str]) -> Table:
    name = clean(sheet.get("name", ""))
    table = Table(f"Sheet “{name}”", titles=[name])
    number = 0
    covered: dict[int, int] = {}
    for element in sheet.iter("table-row"):
        times = _times(element, "number-rows-repeated")
        row = Row(_cells(element, shades, covered), f"{table.name}, row {number + 1}")
        if row.texts:
            table.rows.extend([row] * min(times, MAX_ROWS + 1))
        if len(table.rows) > MAX_ROWS:
            break
        number += times
    return table


def _cells(row: ET.Element, shades: dict[str, str], covered: dict[int, int]) -> list[Cell]:
    """Cells of a row; *covered* counts for each column how many rows the merged cell above still reaches."""
    cells: list[Cell] = []
    for element in (each for each in row if each.tag in CELLS):
        times = _times(element, "number-columns-repeated")
        hidden = element.tag == "covered-table-cell"
        under = hidden and covered.get(len(cells), 0) > 0
        if hidden and under:
            covered[len(cells)] -= 1
        text = "" if hidden else clean(_text(element))
        shade = shades.get(element.get("style-name", ""), "")
        if not hidden:
            covered[len(cells)] = _times(element, "number-rows-spanned") - 1
        cells.extend([Cell(text, shade, under=under, beside=hidden and not under)] * min(times, MAX_COLUMNS + 1))
        if len(cells) > MAX_COLUMNS:
            break
    while cells and not cells[-1].text and not cells[-1].shade and not cells[-1].beside:
        cells.pop()
    return cells if any(cell.text for cell in cells) else []


def _text(cell: ET.Element) -> str:
    if cell.get("value-type") == "date":
        return cell.get("date-value", "").partition("T")[0]
    skipped = {id(text) for note in cell.iter("annotation") for text in note.iter("p")}
    return "\n".join(_paragraph(text) for text in cell.iter("p") if id(text) not in skipped)


def _paragraph(paragraph: ET.Element) -> str:
    for element in paragraph.iter():
        element.text = SPOKEN.get(element.tag, "") + (element.text or "")
    return "".join(paragraph.itertext())


def _times(element: ET.Element, name: str) -> int:
    value = element.get(name, "1")
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 10 else 1

"""Sheets of an Excel workbook, from its XML: fills matter, and one cell set far away must not cost a grid that wide."""

import xml.etree.ElementTree as ET
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product

from hub.core.spreadsheets import workbooks
from hub.core.spreadsheets.archives import DAMAGED, Archive
from hub.core.spreadsheets.errors import UnreadableFile
from hub.core.spreadsheets.workbooks import whole
from hub.plan.importing.cleaning import clean
from hub.plan.importing.grid import EMPTY, MAX_COLUMNS, MAX_ROWS, Cell, Row, Table, refuse_size

THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
INDEXED = {
    2: "FF0000", 3: "00FF00", 5: "FFFF00", 10: "FF0000", 11: "00FF00", 13: "FFFF00", 16: "800000", 17: "008000",
    42: "CCFFCC", 43: "FFFF99", 45: "FF99CC", 50: "99CC00", 51: "FFCC00", 52: "FF9900", 53: "FF6600", 57: "339966",
}  # fmt: skip
Places = dict[tuple[int, int], Cell]


@dataclass(slots=True)
class Styles:
    """By number of a cell's style: its fill, and whether a number in it is a date."""

    shades: list[str] = field(default_factory=list)
    dated: list[bool] = field(default_factory=list)

    def shade(self, style: int) -> str:
        return self.shades[style] if 0 <= style < len(self.shades) else ""

    def is_date(self, style: int) -> bool:
        return 0 <= style < len(self.dated) and self.dated[style]


@dataclass(slots=True)
class Book:
    strings: list[str]
    styles: Styles
    first_day: datetime


def read(archive: Archive) -> list[Table]:
    """One table for each sheet that is shown.

    :raises UnreadableFile: if a part is missing or damaged, or a sheet is larger than any plan
    """
    parts = workbooks.parts_of(archive)
    book = Book(_strings(archive, parts.strings), _styles(archive, parts.styles, parts.theme), parts.first_day)
    return [_sheet(archive.xml(path), clean(name), book) for name, path in parts.sheets]


def _strings(archive: Archive, path: str | None) -> list[str]:
    return [clean(_spoken(item)) for item in archive.xml(path).iter("si")] if path else []


def _spoken(item: ET.Element) -> str:
    """Text of a plain or rich string, without the reading aids of East Asian names."""
    aids = {id(text) for aid in item.iter("rPh") for text in aid.iter("t")}
    return "".join(text.text or "" for text in item.iter("t") if id(text) not in aids)


def _styles(archive: Archive, path: str | None, theme: str | None) -> Styles:
    if not path:
        return Styles()
    root = archive.xml(path)
    palette = _palette(archive.xml(theme)) if theme else {}
    fills = [_fill(fill, palette) for group in root.iter("fills") for fill in group.iter("fill")]
    written = {whole(each.get("numFmtId")): each.get("formatCode", "") for each in root.iter("numFmt")}
    styles = Styles()
    for style in (xf for group in root.iter("cellXfs") for xf in group.iter("xf")):
        number = whole(style.get("fillId"))
        styles.shades.append(fills[number] if 0 <= number < len(fills) else "")
        styles.dated.append(workbooks.is_date_format(whole(style.get("numFmtId")), written))
    return styles


def _palette(theme: ET.Element) -> dict[str, str]:
    scheme = next(theme.iter("clrScheme"), None)
    if scheme is None:
        return {}
    return {slot.tag: colour.get("lastClr", colour.get("val", "")) for slot in scheme for colour in slot}


def _fill(fill: ET.Element, palette: dict[str, str]) -> str:
    colour = next(fill.iter("fgColor"), None)
    pattern = next(fill.iter("patternFill"), None)
    if colour is None or pattern is None or pattern.get("patternType") in {None, "none", "gray125"}:
        return ""
    if "rgb" in colour.attrib:
        return colour.attrib["rgb"][-6:].upper()
    if "theme" in colour.attrib:
        number = whole(colour.get("theme"))
        return palette.get(THEME_ORDER[number], "").upper() if 0 <= number < len(THEME_ORDER) else ""
    return INDEXED.get(whole(colour.get("indexed")), "")


def _sheet(root: ET.Element, name: str, book: Book) -> Table:
    places: Places = {}
    filled: set[int] = set()
    for row, column, element in _positions(root):
        style = whole(element.get("s"), 0)
        cell = Cell(_value(element, style, book), book.styles.shade(style))
        if cell.text:
            filled.add(row)
            refuse_size(len(filled), column + 1)
        if cell.text or (cell.shade and column < MAX_COLUMNS and row <= MAX_ROWS):
            places[row, column] = cell
    _cover_merged(root, places, sorted(filled))
    widths: dict[int, int] = {}
    for row, column in places:
        widths[row] = max(widths.get(row, 0), column + 1)
    table = Table(f"Sheet “{name}”", titles=[name])
    for row in sorted(filled):
        cells = [places.get((row, column), EMPTY) for column in range(widths[row])]
        table.rows.append(Row(cells, f"{table.name}, row {row}"))
    return table


def _positions(root: ET.Element) -> Iterator[tuple[int, int, ET.Element]]:
    """Cells with their row (from 1) and column (from 0); a cell without an address follows the one before."""
    row = 0
    for line in root.iter("row"):
        row = whole(line.get("r"), row + 1)
        column = -1
        for element in line.iter("c"):
            address = workbooks.REFERENCE.fullmatch(element.get("r", ""))
            column = workbooks.column_number(address[1]) if address else column + 1
            yield row, column, element


def _cover_merged(root: ET.Element, places: Places, filled: list[int]) -> None:
    """Marks what merged cells cover; as they cannot overlap, there is an end to it."""
    left_to_cover = MAX_ROWS * MAX_COLUMNS
    for merged in root.iter("mergeCell"):
        corners = workbooks.REFERENCE.findall(merged.get("ref", ""))
        if len(corners) != len(("first", "last")):
            continue
        (left, top), (right, bottom) = corners
        columns = range(workbooks.column_number(left), min(workbooks.column_number(right) + 1, MAX_COLUMNS))
        rows = filled[bisect_left(filled, int(top)) : bisect_right(filled, int(bottom))]
        left_to_cover -= len(rows) * len(columns) + 1
        if left_to_cover < 0:
            raise UnreadableFile(DAMAGED)
        shade = places.get((int(top), columns.start), EMPTY).shade
        for row, column in product(rows, columns):
            if (row, column) != (int(top), columns.start):
                places[row, column] = Cell(shade=shade, under=row > int(top), beside=column > columns.start)


def _value(element: ET.Element, style: int, book: Book) -> str:
    kind = element.get("t", "n")
    if kind == "inlineStr":
        return clean(_spoken(element))
    raw = element.findtext("v") or ""
    if kind == "s":
        number = whole(raw)
        return book.strings[number] if 0 <= number < len(book.strings) else ""
    if kind == "n":
        return clean(workbooks.number_as_text(raw, book.first_day if book.styles.is_date(style) else None))
    return "" if kind == "e" else clean(raw.partition("T")[0] if kind == "d" else raw)

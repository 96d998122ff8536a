"""Tables of a Word document, from its XML: what is merged stays known, what was deleted stays deleted."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from hub.core.spreadsheets.archives import Archive
from hub.core.spreadsheets.errors import UnreadableFile
from hub.plan.importing import lists
from hub.plan.importing.cleaning import clean
from hub.plan.importing.grid import MAX_CHARACTERS, MAX_COLUMNS, TOO_MUCH_TEXT, Cell, Line, Row, Table

SKIPPED = {"del", "moveFrom", "Fallback", "instrText", "tblPr", "tcPr", "trPr", "pPr", "rPr"}
SPOKEN = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "p": "\n"}
HIGHLIGHTS = {
    "red": "FF0000", "darkRed": "C00000", "yellow": "FFFF00", "darkYellow": "FFC000",
    "green": "00FF00", "darkGreen": "008000",
}  # fmt: skip
TITLES_KEPT = 3


def read(archive: Archive) -> list[Table]:
    """Every table, in the order of the document, and what stands in lists as the last one.

    A table inside a cell is a table of its own too.

    :raises UnreadableFile: if the document part is missing or damaged, or tables lie in tables without end
    """
    body = archive.xml(archive.main_part("word/document.xml"))
    tables: list[Table] = []
    lines: list[Line] = []
    titles: list[str] = []
    since_table = True
    written = 0
    for block in _walk(body, {"p", "tbl"}):
        if block.tag == "p":
            line = clean(_text(block))
            if line:
                titles.insert(0, line)
                lines.append(lists.line(line, f"paragraph {len(lines) + 1}", _level(block)))
                since_table = True
            continue
        follows = bool(tables) and not since_table
        tables.append(_table(block, len(tables) + 1, titles[:TITLES_KEPT], follows))
        for inner in _inside(block):
            written += tables[-1].written
            if written > MAX_CHARACTERS:
                raise UnreadableFile(TOO_MUCH_TEXT)
            tables.append(_table(inner, len(tables) + 1, [], follows=False))
        titles, since_table = [], False
    listed = lists.table(lines)
    return [*tables, listed] if listed else tables


def _level(paragraph: ET.Element) -> int | None:
    """How deep in a list a paragraph stands, by its own numbering or by the style of a list; nothing if in none."""
    properties = paragraph.find("pPr")
    if properties is None:
        return None
    style = properties.find("pStyle")
    name = style.get("val", "") if style is not None else ""
    numbering = properties.find("numPr")
    if numbering is not None and not name.startswith(("Heading", "Title")):
        return _number(numbering, "ilvl", 0)
    if name.startswith("List") and name != "ListContinue":
        return int(name[-1]) - 1 if name[-1:] in set("2345") else 0
    return None


def _walk(root: ET.Element, wanted: set[str]) -> Iterator[ET.Element]:
    """Wanted elements in order; what lies inside a wanted one is not looked at."""
    waiting = [iter(root)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag in wanted:
            yield element
        elif element.tag not in SKIPPED:
            waiting.append(iter(element))


def _inside(table: ET.Element) -> Iterator[ET.Element]:
    inner = table.iter("tbl")
    next(inner)
    return inner


def _table(element: ET.Element, number: int, titles: list[str], follows: bool) -> Table:
    table = Table(f"Table {number}", titles=titles, follows=follows)
    for position, row in enumerate(_walk(element, {"tr"}), start=1):
        properties = row.find("trPr")
        if properties is not None and properties.find("del") is not None:
            continue
        table.rows.append(Row(_cells(row, properties), f"{table.name}, row {position}"))
    return table


def _cells(row: ET.Element, properties: ET.Element | None) -> list[Cell]:
    cells = [Cell()] * _number(properties, "gridBefore", 0)
    for element in _walk(row, {"tc"}):
        own = element.find("tcPr")
        merge = own.find("vMerge") if own is not None else None
        under = merge is not None and merge.get("val", "continue") == "continue"
        cells.append(Cell("" if under else clean(_text(element)), _shade(element, own), under=under))
        cells.extend([Cell(beside=True, under=under)] * (_number(own, "gridSpan", 1) - 1))
    while cells and len(cells) > MAX_COLUMNS and not cells[-1].text:
        cells.pop()
    return cells


def _number(properties: ET.Element | None, name: str, otherwise: int) -> int:
    found = properties.find(name) if properties is not None else None
    value = found.get("val", "") if found is not None else ""
    return min(int(value), MAX_COLUMNS) if value.isascii() and value.isdigit() else otherwise


def _text(element: ET.Element) -> str:
    """What a reader sees: typed text, tabs and breaks, symbols by their code, paragraphs parted."""
    parts: list[str] = []
    waiting = [iter(element)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag == "t":
            parts.append(child.text or "")
        elif child.tag == "sym":
            parts.append(_symbol(child.get("char", "")))
        elif child.tag not in SKIPPED:
            parts.append(SPOKEN.get(child.tag, ""))
            waiting.append(iter(child))
    return "".join(parts)


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _shade(cell: ET.Element, properties: ET.Element | None) -> str:
    """The fill of the cell, else of its first shaded paragraph or words, else its highlighter."""
    own = properties.find("shd") if properties is not None else None
    candidates = [own] if own is not None else []
    candidates.extend(cell.iter("shd"))
    for shading in candidates:
        fill = shading.get("fill", "auto")
        if fill not in {"auto", "FFFFFF", ""}:
            return fill.upper()
    marked = next(cell.iter("highlight"), None)
    return HIGHLIGHTS.get(marked.get("val", ""), "") if marked is not None else ""

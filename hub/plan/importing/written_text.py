"""Tables in plain text: separated by commas, semicolons or tabs, or pasted from Word or Excel amid prose."""

import re
from dataclasses import dataclass, field, replace

from hub.core.lists import from_cell
from hub.plan.importing import columns, lists, themes
from hub.plan.importing.cleaning import clean
from hub.plan.importing.grid import Cell, Line, Row, Table, refuse_size

DELIMITERS = ("\t", ";", ",", "|")
RULE = re.compile(r"[\s|:+=_-]*-[\s|:+=_-]*")
TITLES_KEPT = 3
MARKDOWN_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
MARKDOWN_STRESS = re.compile(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1")
SHADE = re.compile(r"\s*\[#(?P<shade>[0-9a-f]{6})\]\Z", re.IGNORECASE)
DITTO = "″"
MARKDOWN_LINK = re.compile(r"\[([^\]\n]+)\]\([^)\s]*\)")


@dataclass(slots=True)
class _Line:
    """One record: its cells as written, and the line of the file on which it began."""

    cells: list[str]
    number: int

    @property
    def blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(slots=True)
class _Block:
    """Records that stand together, and the lines of prose above them, nearest first."""

    titles: list[str]
    lines: list[_Line] = field(default_factory=list)


def read(text: str, delimiter: str) -> list[Table]:
    """The tables that *delimiter* makes of the text; prose between them parts them.

    :raises UnreadableFile: if these have more rows or columns than a plan ever has
    """
    lines = _records(text.replace("\r\n", "\n").replace("\r", "\n"), delimiter)
    refuse_size(sum(1 for line in lines if len(line.cells) > 1), max((len(line.cells) for line in lines), default=0))
    tables = []
    for number, block in enumerate(_blocks(_mended(lines) if delimiter == "\t" else lines), start=1):
        table = Table(f"Table {number}", titles=block.titles)
        for line in block.lines:
            cells = [_cell(_plain(cell) if delimiter == "|" else from_cell(cell)) for cell in line.cells]
            table.rows.append(Row(cells, f"line {line.number}"))
        tables.append(table)
    return tables


def _cell(text: str) -> Cell:
    """A cell that may end in its colour, as static/js/pasting.js writes it; ″ is covered by the cell above."""
    plain = clean(text)
    if plain == DITTO:
        return Cell(under=True)
    shaded = SHADE.search(plain)
    return Cell(plain[: shaded.start()], shaded["shade"].upper()) if shaded else Cell(plain)


def _plain(cell: str) -> str:
    """What Markdown's marks are meant to show."""
    return MARKDOWN_LINK.sub(r"\1", MARKDOWN_STRESS.sub(r"\2", MARKDOWN_BREAK.sub("\n", cell)))


def lines(text: str) -> list[Line]:
    """The text as lines of prose and lists; one that is indented and no item goes on with the item above."""
    found: list[Line] = []
    for number, each in enumerate(text.splitlines(), start=1):
        line = lists.line(each, f"line {number}")
        above = found[-1] if found else None
        if above and above.level is not None and line.level is None and line.text and each[:1].isspace():
            found[-1] = replace(above, text=f"{above.text}\n{line.text}")
        elif line.text:
            found.append(line)
    return found


def delimiters(text: str) -> list[str]:
    return [delimiter for delimiter in DELIMITERS if delimiter in text]


def _records(text: str, delimiter: str) -> list[_Line]:
    """Split as spreadsheets write: a quoted cell counts as quoted only when its closing quote ends the cell."""
    mark = re.escape(delimiter)
    cell = re.compile(rf'(?:[ ]?"((?:[^"]|"")*+)"[ ]?(?={mark}|\n|\Z)|([^{mark}\n]*))({mark}|\n|\Z)')
    lines: list[_Line] = []
    cells: list[str] = []
    number = start = 1
    for match in cell.finditer(text):
        quoted, plain, end = match.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        number += match[0].count("\n")
        if end != delimiter:
            lines.append(_Line(cells, start))
            cells, start = [], number
        if not end:
            break
    return [line for line in lines if not RULE.fullmatch(delimiter.join(line.cells))]


def _mended(lines: list[_Line]) -> list[_Line]:
    """Rows pasted from Word, whose cells held several paragraphs, put together again to the width of the headings."""
    width = 0
    mended: list[_Line] = []
    for line in lines:
        if columns.read(Row([_cell(cell) for cell in line.cells], "")):
            width = len(line.cells)
            mended.append(line)
        elif width and mended and _continues(mended[-1], line, width):
            mended[-1].cells[-1] += "\n" + line.cells[0]
            mended[-1].cells.extend(line.cells[1:])
        else:
            mended.append(line)
    return mended


def _continues(before: _Line, line: _Line, width: int) -> bool:
    """A row begun and not ended goes on in a line that starts with text and brings it no further than *width*."""
    if line.blank or not line.cells[0].strip() or themes.exactly(line.cells[0]):
        return False
    begun = 1 < len(before.cells) < width
    return begun and len(before.cells) + len(line.cells) - 1 <= width and len(line.cells) < len(before.cells) + 1


def _blocks(lines: list[_Line]) -> list[_Block]:
    """Tables with the prose above them; a blank line alone parts nothing, as it may be a page break."""
    blocks: list[_Block] = []
    titles: list[str] = []
    for line in lines:
        if line.blank:
            continue
        if len(line.cells) > 1:
            if titles or not blocks:
                blocks.append(_Block(titles[:TITLES_KEPT]))
                titles = []
            blocks[-1].lines.append(line)
        else:
            titles.insert(0, clean(line.cells[0]))
    return blocks

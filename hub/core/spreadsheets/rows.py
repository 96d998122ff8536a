"""Rows of long tables, one by one, so that memory does not grow with the file: from workbooks and from text."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.parsers import expat

from hub.core.spreadsheets.archives import DAMAGED, MAX_DEPTH, Archive, Hostile, Part
from hub.core.spreadsheets.encodings import encoding_of
from hub.core.spreadsheets.errors import UnreadableFile
from hub.core.spreadsheets.workbooks import REFERENCE, column_number, is_date_format, number_as_text, parts_of, whole

MOST_ROWS = 200_000
MOST_COLUMNS = 256
MOST_STRINGS = 4_000_000
AT_ONCE = 1 << 16
TOO_MANY = f"The table has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns, which is more than can be read."
DIMENSION = re.compile(rb'dimension ref="[A-Z]{1,3}\d{1,7}:[A-Z]{1,3}(\d{1,7})"')
MERGED = re.compile(rb'mergeCell\b[^>]{0,80}?\bref="([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})"')

Line = tuple[int, list[str]]  # the number that its program shows beside the row, and its cells


# -- text --------------------------------------------------------------------------------------------------------------


def of_text(content: bytes, delimiter: str) -> Iterator[Line]:
    """Records of a separated file; a quoted cell may hold line ends.

    :raises UnreadableFile: if it is no text, or a cell has no end
    """
    text = io.TextIOWrapper(io.BytesIO(content), encoding_of(content), errors="replace", newline="")
    number = 0
    try:
        for number, cells in enumerate(csv.reader(text, delimiter=delimiter, strict=True), start=1):
            _refuse_size(number, len(cells))
            yield number, cells
    except csv.Error:
        raise UnreadableFile(
            f"After row {number:,} a cell is far too long, or its quotation marks do not fit together."
        ) from None


# -- workbooks ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Workbook:
    """An Excel file whose sheets are read one row at a time. *dated*: which styles make a number a day."""

    archive: Archive
    sheets: list[tuple[str, str]]  # name and path of those that are shown
    strings: list[str]
    dated: list[bool]
    first_day: datetime

    def rows(self, path: str) -> Iterator[Line]:
        """What a merged cell says, it says in each of its rows.

        :raises UnreadableFile: if the sheet is damaged, hostile or too large
        """
        sheet = _Sheet(self)
        merged = _Merged(self.archive, path)
        with self.archive.stream(path) as part:
            for _ in _parsed(part, sheet):
                for line in sheet.lines:
                    merged.fill(line)
                yield from sheet.lines
                sheet.lines.clear()

    def length(self, path: str) -> int:
        """How many rows the sheet says that it has; nothing if it does not say."""
        with self.archive.stream(path) as part:
            told = DIMENSION.search(part.read(4096))
        return int(told[1]) if told else 0


def workbook(archive: Archive) -> Workbook:
    """:raises UnreadableFile: if a part is missing, damaged, hostile or too large"""
    parts = parts_of(archive)
    strings = _Strings()
    if parts.strings:
        with archive.stream(parts.strings) as part:
            for _ in _parsed(part, strings):
                if len(strings.found) > MOST_STRINGS:
                    raise UnreadableFile(TOO_MANY)
    return Workbook(archive, parts.sheets, strings.found, _dated(archive, parts.styles), parts.first_day)


def _dated(archive: Archive, path: str | None) -> list[bool]:
    if not path:
        return []
    root = archive.xml(path)
    written = {whole(each.get("numFmtId")): each.get("formatCode", "") for each in root.iter("numFmt")}
    styles = (style for group in root.iter("cellXfs") for style in group.iter("xf"))
    return [is_date_format(whole(style.get("numFmtId")), written) for style in styles]


def _parsed(part: Part, listener: "_Listener") -> Iterator[None]:
    """Tell *listener* of the elements of *part*, pausing after each piece."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler = listener.start, listener.end
    parser.CharacterDataHandler = listener.said
    try:
        for piece in iter(lambda: part.read(AT_ONCE), b""):
            parser.Parse(piece)
            yield
        parser.Parse(b"", True)
        yield
    except (expat.ExpatError, Hostile) as error:
        raise UnreadableFile(DAMAGED) from error


def _refuse_doctype(*_: Any) -> None:
    raise Hostile


def _refuse_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise UnreadableFile(TOO_MANY)


class _Listener:
    """Hears of elements by their names without namespace, and gathers the text within those it listens to."""

    def __init__(self) -> None:
        self.depth = 0
        self.listens = False
        self.heard: list[str] = []
        self.names: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Hostile
        if name not in self.names:
            self.names[name] = name.rpartition("}")[2]
        self.opened(self.names[name], attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        self.closed(self.names[name])

    def said(self, text: str) -> None:
        if self.listens:
            self.heard.append(text)

    def told(self) -> str:
        """What was heard since the last time."""
        text = "".join(self.heard)
        self.heard.clear()
        return text

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def closed(self, name: str) -> None:
        raise NotImplementedError


class _Strings(_Listener):
    """The texts that cells point to, without the reading aids of East Asian names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.in_aid = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 -- as declared
        if name == "rPh":
            self.in_aid = True
        self.listens = name == "t" and not self.in_aid

    def closed(self, name: str) -> None:
        self.listens = False
        if name == "rPh":
            self.in_aid = False
        elif name == "si":
            self.found.append(self.told())


class _Sheet(_Listener):
    """The rows of a sheet, as far as they were heard."""

    def __init__(self, book: Workbook) -> None:
        super().__init__()
        self.book = book
        self.lines: list[Line] = []
        self.row, self.column, self.rows = 0, -1, 0
        self.cells: list[str] = []
        self.kind, self.style = "n", 0
        self.value = self.formula = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            address = REFERENCE.fullmatch(attributes.get("r", ""))
            self.column = column_number(address[1]) if address else self.column + 1
            self.kind, self.style = attributes.get("t", "n"), whole(attributes.get("s"), 0)
            self.value = self.formula = ""
        elif name in {"v", "t", "f"}:
            self.listens = True
        elif name == "row":
            self.row = whole(attributes.get("r"), self.row + 1)
            self.cells, self.column = [], -1

    def closed(self, name: str) -> None:
        if name == "f":
            self.listens, self.formula = False, self.told()
        elif name in {"v", "t"}:
            self.listens, self.value = False, self.value + self.told()
        elif name == "c":
            self._keep(self._text())
        elif name == "row" and self.cells:
            self.rows += 1
            _refuse_size(self.rows, len(self.cells))
            self.lines.append((self.row, self.cells))

    def _keep(self, text: str) -> None:
        if text:
            _refuse_size(self.rows, self.column + 1)
            self.cells.extend([""] * (self.column + 1 - len(self.cells)))
            self.cells[self.column] = text

    def _text(self) -> str:
        """A formula whose result is not in the file is given as it was written: it is no value."""
        if not self.value:
            return f"={self.formula}" if self.formula else ""
        if self.kind == "s":
            number = whole(self.value)
            return self.book.strings[number] if 0 <= number < len(self.book.strings) else ""
        if self.kind == "n":
            is_day = 0 <= self.style < len(self.book.dated) and self.book.dated[self.style]
            return number_as_text(self.value, self.book.first_day if is_day else None)
        return self.value


class _Merged:
    """Cells that reach over several rows: what stands in the first of them is meant in all."""

    def __init__(self, archive: Archive, path: str) -> None:
        self.starting: dict[int, list[tuple[int, int]]] = {}  # first row → column and last row of each
        self.open: dict[int, tuple[int, str]] = {}  # column → last row and text
        for left, right in _merged(archive, path):
            (column, first), (_, last) = REFERENCE.findall(left + " " + right)
            if int(first) < int(last):
                self.starting.setdefault(int(first), []).append((column_number(column), int(last)))

    def fill(self, line: Line) -> None:
        number, cells = line
        for column, (last, text) in list(self.open.items()):
            if number > last:
                del self.open[column]
            else:
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = cells[column] or text
        for column, last in self.starting.get(number, ()):
            if column < len(cells):
                self.open[column] = (last, cells[column])


def _merged(archive: Archive, path: str) -> Iterator[tuple[str, str]]:
    """The corners of the sheet's merged cells, which stand after its rows."""
    with archive.stream(path) as part:
        before = b""
        for piece in iter(lambda: part.read(AT_ONCE), b""):
            text = before + piece
            end = 0
            for found in MERGED.finditer(text):
                end = found.end()
                yield found[1].decode(), found[2].decode()
            before = text[max(end, len(text) - 200) :]

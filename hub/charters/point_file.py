"""A charter's points as a file, as their list is exported: read whole before anything is stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from hub.core.lists import from_cell
from hub.core.spreadsheets import UnreadableFile, rows
from hub.core.text import clean, is_visible, one_line

HEADINGS = {
    "number": "number",
    "no": "number",
    "no.": "number",
    "reference": "number",
    "topic": "topic",
    "point": "topic",
    "official wording": "wording",
    "wording": "wording",
}
LARGEST = 2 * 1024 * 1024
LONGEST_NUMBER, LONGEST_TOPIC, LONGEST_WORDING, MOST = 12, 200, 20_000, 500


@dataclass(frozen=True, slots=True)
class Line:
    """One point of the file; without a *wording* if the file has no such column."""

    number: str
    topic: str
    wording: str | None


class Problem(NamedTuple):
    """What is wrong in which row, with what would be right."""

    row: int
    what: str

    def __str__(self) -> str:
        return f"Row {self.row}: {self.what}"


def read(content: bytes) -> tuple[list[Line], list[Problem]]:
    """Every point, and everything that is wrong.

    :raises UnreadableFile: if it is no such list at all
    """
    if len(content) > LARGEST:
        raise UnreadableFile("The file is larger than 2 MB, which is too large for a charter.")
    columns, records = _table(content)
    lines: list[Line] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for row, cells in records:
        record = {name: clean(from_cell(cells[at])) for name, at in columns.items() if at < len(cells)}
        line = Line(
            one_line(record.get("number", "")),
            one_line(record.get("topic", "")),
            record.get("wording", "") if "wording" in columns else None,
        )
        what = _wrong(line) or _twice(line, row, seen)
        if what:
            problems.append(Problem(row, what))
        else:
            lines.append(line)
        if len(lines) + len(problems) > MOST:
            raise UnreadableFile(f"The file has more than {MOST} rows, which is more than a charter can have.")
    if not lines and not problems:
        raise UnreadableFile("The file has headings and no point below them.")
    return lines, problems


def _table(content: bytes) -> tuple[dict[str, int], Iterator[rows.Line]]:
    """Which column is where, and the records below the headings, whichever separator they have."""
    for delimiter in (",", ";", "\t"):
        records = (line for line in rows.of_text(content, delimiter) if any(map(str.strip, line[1])))
        _, headings = next(records, (0, []))
        known = {HEADINGS.get(one_line(text).casefold(), ""): at for at, text in enumerate(headings)}
        if {"number", "topic"} <= known.keys():
            return {column: at for column, at in known.items() if column}, records
    raise UnreadableFile("The first row must name the columns: Number, Topic, Official wording.")


def _wrong(line: Line) -> str:
    if not line.number or not is_visible(line.number) or len(line.number) > LONGEST_NUMBER:
        return f"a point needs a number of at most {LONGEST_NUMBER} characters, such as 4 or 4.2."
    if not line.topic or not is_visible(line.topic) or len(line.topic) > LONGEST_TOPIC:
        return f"a point needs a topic of at most {LONGEST_TOPIC} characters, such as Fair credit."
    if len(line.wording or "") > LONGEST_WORDING:
        return f"an official wording has at most {LONGEST_WORDING:,} characters."
    return ""


def _twice(line: Line, row: int, seen: dict[str, int]) -> str:
    first = seen.setdefault(line.number.casefold(), row)
    return f"the number {line.number} stands in row {first} already." if first != row else ""

"""The vocabulary as a file, as its list is exported: read whole before anything is stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hub.core.spreadsheets import UnreadableFile, rows
from hub.core.text import clean, is_visible, one_line
from hub.directory.models import SkillGroup

HEADINGS = {
    "name": "name",
    "kind": "group",
    "group": "group",
    "other names": "synonyms",
    "short forms": "abbreviations",
}
HEADINGS |= {"synonyms": "synonyms", "abbreviations": "abbreviations"}
LARGEST = 2 * 1024 * 1024
LONGEST_NAME, MOST_NAMES = 80, 40
GROUPS = {str(group): group for group in SkillGroup} | {group.label.casefold(): group for group in SkillGroup}


@dataclass(frozen=True, slots=True)
class Line:
    """One skill of the file, and the number that its program shows beside it."""

    number: int
    name: str
    group: SkillGroup
    synonyms: Sequence[str]
    abbreviations: Sequence[str]


class Problem(NamedTuple):
    """What is wrong in which row, with what would be right."""

    number: int
    what: str

    def __str__(self) -> str:
        return f"Row {self.number}: {self.what}"


def read(content: bytes) -> tuple[list[Line], list[Problem]]:
    """Every skill, and everything that is wrong.

    :raises UnreadableFile: if it is no such list at all
    """
    if len(content) > LARGEST:
        raise UnreadableFile("The file is larger than 2 MB, which is too large for a vocabulary.")
    columns, records = _table(content)
    lines: list[Line] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, cells in records:
        record = {column: clean(cells[at]) for column, at in columns.items() if at < len(cells)}
        found = _line(number, record)
        wrong = found if isinstance(found, Problem) else _twice(found, seen)
        if wrong is not None:
            problems.append(wrong)
        elif isinstance(found, Line):
            lines.append(found)
    return lines, problems


def _table(content: bytes) -> tuple[dict[str, int], Iterator[rows.Line]]:
    """Which column is where, and the records below the headings, whichever separator they have."""
    for delimiter in (",", ";", "\t"):
        records = (line for line in rows.of_text(content, delimiter) if any(line[1]))
        _, headings = next(records, (0, []))
        known = {HEADINGS.get(one_line(text).casefold(), ""): at for at, text in enumerate(headings)}
        if {"name", "group"} <= known.keys():
            return {column: at for column, at in known.items() if column}, records
    raise UnreadableFile("The first row must name the columns: Name, Kind, Other names, Short forms.")


def _line(number: int, record: dict[str, str]) -> Line | Problem:
    name = one_line(record.get("name", ""))
    group = GROUPS.get(record.get("group", "").casefold())
    names = [_names(record.get(column, "")) for column in ("synonyms", "abbreviations")]
    if not name or not is_visible(name) or len(name) > LONGEST_NAME:
        return Problem(number, f"a skill needs a name of at most {LONGEST_NAME} characters.")
    if group is None:
        return Problem(
            number, f"“{record.get('group', '')[:40]}” is no kind of skill. One is “{SkillGroup.IMAGING.label}”."
        )
    if any(len(one) > LONGEST_NAME for all_of in names for one in all_of) or max(map(len, names)) > MOST_NAMES:
        return Problem(number, f"at most {MOST_NAMES} other names, each of at most {LONGEST_NAME} characters.")
    return Line(number, name, group, *names)


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(name for one in text.split(";") if (name := one_line(one)) and is_visible(name)))


def _twice(line: Line, seen: dict[str, int]) -> Problem | None:
    first = seen.setdefault(line.name.casefold(), line.number)
    return Problem(line.number, f"“{line.name}” stands in row {first} already.") if first != line.number else None

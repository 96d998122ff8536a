"""Short tables with headings, as text: read whole, so that all that is wrong is said before anything is stored."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from hub.core.lists import from_cell
from hub.core.spreadsheets import rows
from hub.core.spreadsheets.errors import UnreadableFile
from hub.core.text import clean, one_line

LARGEST = 2 * 1024 * 1024
SEPARATORS = (",", ";", "\t")

Record = Mapping[str, str]  # what a row says, by column; of the columns that the file has
Line = TypeVar("Line")


class Problem(NamedTuple):
    """What is wrong in which row, with what would be right."""

    row: int
    what: str

    def __str__(self) -> str:
        return f"Row {self.row}: {self.what}"


@dataclass(frozen=True, slots=True)
class Table:
    """What a file of one kind looks like.

    *columns*: what may stand above each, in small letters. *needed*: those without which it is no such file; the first
    of them says something else in every row. *asked*: the columns as the person who sends it is told of them.
    """

    whole: str  # such as “a charter”
    asked: str
    needed: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    most: int

    def read(self, content: bytes, line_of: Callable[[Record], Line | str]) -> tuple[list[Line], list[Problem]]:
        """What *line_of* makes of each row, and everything that is wrong: what it says instead.

        :raises UnreadableFile: if it is no such file at all
        """
        if len(content) > LARGEST:
            raise UnreadableFile(f"The file is larger than 2 MB, which is too large for {self.whole}.")
        lines: list[Line] = []
        problems: list[Problem] = []
        seen: dict[str, int] = {}
        for row, record in self._records(content):
            made = line_of(record)
            name = one_line(record[self.needed[0]])
            if isinstance(made, str):
                problems.append(Problem(row, made))
            elif seen.setdefault(name.casefold(), row) != row:
                problems.append(Problem(row, f"“{name}” stands in row {seen[name.casefold()]} already."))
            else:
                lines.append(made)
            if len(lines) + len(problems) > self.most:
                raise UnreadableFile(f"The file has more than {self.most:,} rows, which is too many for {self.whole}.")
        if not lines and not problems:
            raise UnreadableFile("The file has headings and nothing below them.")
        return lines, problems

    def _records(self, content: bytes) -> Iterator[tuple[int, Record]]:
        """What stands below the headings, whichever separator they have; rows of blanks say nothing."""
        for separator in SEPARATORS:
            filled = (line for line in rows.of_text(content, separator) if any(map(str.strip, line[1])))
            _, headings = next(filled, (0, []))
            places = {self._column(heading): at for at, heading in enumerate(headings)}
            if places.keys() >= set(self.needed):
                return ((row, _said(places, cells)) for row, cells in filled)
        raise UnreadableFile(f"The first row must name the columns: {self.asked}.")

    def _column(self, heading: str) -> str:
        """Which column *heading* stands above; none if it is not known."""
        said = one_line(heading).casefold()
        return next((column for column, names in self.columns.items() if said in names), "")


def _said(places: Mapping[str, int], cells: list[str]) -> Record:
    return {column: clean(from_cell(cells[at])) if at < len(cells) else "" for column, at in places.items() if column}

"""What every format is read into: tables of rows of cells, each knowing where it stood in the file."""

from dataclasses import dataclass, field

from hub.core.spreadsheets.errors import UnreadableFile

MAX_ROWS = 5_000
MAX_COLUMNS = 64
MAX_CHARACTERS = 1_000_000
TOO_MUCH_TEXT = "The file holds far more text than an action plan does and cannot be read."


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: *shade* is its fill in six hex digits; *under* and *beside* a merged cell it has nothing of its own."""

    text: str = ""
    shade: str = ""
    under: bool = False
    beside: bool = False


EMPTY = Cell()


@dataclass(slots=True)
class Row:
    cells: list[Cell]
    place: str

    def text(self, column: int) -> str:
        return self.cell(column).text

    def cell(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else EMPTY

    @property
    def texts(self) -> list[str]:
        """What is written in the row, without its empty cells."""
        return [cell.text for cell in self.cells if cell.text]


@dataclass(frozen=True, slots=True)
class Line:
    """A line outside of tables: *level* is its depth in a list, or nothing where it stands in none."""

    text: str
    place: str
    level: int | None = None
    number: str = ""


@dataclass(slots=True)
class Table:
    """A grid and its *titles*, nearest first; *follows* means that nothing but space parts it from the table before.

    One that is *listed* was made of lists, for want of a table.
    """

    name: str
    rows: list[Row] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    follows: bool = False
    listed: bool = False

    @property
    def written(self) -> int:
        """How many characters stand in it."""
        return sum(len(cell.text) for row in self.rows for cell in row.cells)

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


def refuse_oversized(tables: list[Table]) -> None:
    """:raises UnreadableFile: if the tables hold more than a plan ever does."""
    refuse_size(sum(len(table.rows) for table in tables), max((table.width for table in tables), default=0))
    if sum(table.written for table in tables) > MAX_CHARACTERS:
        raise UnreadableFile(TOO_MUCH_TEXT)


def refuse_size(rows: int, columns: int) -> None:
    """:raises UnreadableFile: if there are more rows or columns than a plan ever has."""
    for count, most, what in ((rows, MAX_ROWS, "rows"), (columns, MAX_COLUMNS, "columns")):
        if count > most:
            raise UnreadableFile(f"The file has a table of more than {most:,} {what}, too many for an action plan.")

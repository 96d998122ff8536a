"""A staff file as rows, whatever it was saved as, and the row in it that has the headings."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice

from hub.core.spreadsheets import UnreadableFile, rows
from hub.core.spreadsheets.archives import Archive
from hub.core.spreadsheets.encodings import encoding_of
from hub.core.spreadsheets.kinds import refuse_other_kinds
from hub.core.spreadsheets.rows import Line
from hub.workforce.reading import columns

LARGEST = 40 * 1024 * 1024
LARGEST_UNZIPPED = 400 * 1024 * 1024
WANTED = "save the staff list as .xlsx or .csv and send that."
DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 20  # rows in which headings may stand
FEWEST = 2  # known headings that make a row one of headings


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the headings, read afresh each time that they are asked for."""

    headings: list[str]
    heading_row: int
    meanings: list[str]
    lines: Callable[[], Iterator[Line]]
    length: int  # about how many rows there are

    def below(self) -> Iterator[Line]:
        return (line for line in self.lines() if line[0] > self.heading_row and any(line[1]))


def refuse_unfit(content: bytes, name: str) -> str:
    """The ending for what *content* is: “xlsx” or “csv”. Told from its first bytes, before anything is unpacked.

    :raises UnreadableFile: if it is neither
    """
    if len(content) > LARGEST:
        raise UnreadableFile(f"The file is larger than {LARGEST // 1024**2} MB, which is too large for a staff list.")
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise UnreadableFile("The file is empty.")
    if content.startswith(b"PK"):
        if "xl/workbook.xml" not in Archive(content, most=LARGEST_UNZIPPED).names:
            raise UnreadableFile(f"This is not an Excel workbook; {WANTED}")
        return "xlsx"
    refuse_other_kinds(content, name, WANTED)
    encoding_of(content)
    return "csv"


def table(content: bytes, remembered: Mapping[str, str]) -> Table:
    """The table of a file that may have several: the one with most headings that are known.

    :raises UnreadableFile: if there is none
    """
    best: Table | None = None
    reason: UnreadableFile | None = None
    for lines, length in _readers(content):
        try:
            found = _table(lines, length, remembered)
        except UnreadableFile as refusal:  # such as quotation marks that fit together with another separator only
            reason = refusal
        else:
            best = max(filter(None, (best, found)), key=lambda t: (_known(t), len(t.headings)), default=None)
    if best is None or (reason is not None and _known(best) < FEWEST):
        raise reason or UnreadableFile(f"There is no table in the file; {WANTED}")
    return best


def _readers(content: bytes) -> Iterator[tuple[Callable[[], Iterator[Line]], int]]:
    if content.startswith(b"PK"):
        book = rows.workbook(Archive(content, most=LARGEST_UNZIPPED))
        yield from ((partial(book.rows, path), book.length(path)) for _name, path in book.sheets)
    else:
        length = content.count(b"\n") or content.count(b"\r")
        yield from ((partial(rows.of_text, content, delimiter), length) for delimiter in DELIMITERS)


def _known(table: Table) -> int:
    return sum(1 for meaning in table.meanings if meaning)


def _table(lines: Callable[[], Iterator[Line]], length: int, remembered: Mapping[str, str]) -> Table | None:
    """The first row with most known headings has them; if none has two, the first that is not empty."""
    best: Table | None = None
    for number, cells in (line for line in islice(lines(), LOOKED_AT) if any(line[1])):
        headings = columns.shown(cells)
        here = Table(headings, number, columns.guess(headings, remembered), lines, length)
        if best is None or _known(here) > max(_known(best), FEWEST - 1):
            best = here
    return best

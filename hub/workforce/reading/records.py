"""From rows to people: each once, with all contracts, and what is wrong with the file row by row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from hub.core.spreadsheets.rows import Line
from hub.workforce.reading import values
from hub.workforce.reading.columns import FIELDS, OF_CONTRACTS, REQUIRED
from hub.workforce.reading.files import Table

TELL_EVERY = 1000  # rows
MOST_PROBLEMS = 2_000  # that are kept; all are counted
UNIQUE = frozenset({"staff_id", "name", "email"})  # not worth remembering


class Terms(NamedTuple):
    """One contract, as the table of contracts has it."""

    job_family: str = ""
    grade: str = ""
    hesa_level: str = ""
    soc: str = ""
    terms: str = ""
    mode: str = ""
    fte_thousandths: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(slots=True)
class Record:
    """Somebody in the file; *row* is the first that names them. What the file does not tell has its empty value."""

    row: int
    staff_id: str
    name: str
    email: str
    job_title: str
    unit: str
    faculty: str
    campus: str
    manager_id: str
    is_technician: bool
    left_on: date | None
    contracts: list[Terms]

    @property
    def weight(self) -> int:
        """Of several contracts the fullest says what somebody is and where."""
        return max((terms.fte_thousandths or 0 for terms in self.contracts), default=0)


@dataclass(frozen=True, slots=True)
class Problem:
    row: int
    column: str
    what: str
    example: str = ""
    who: str = ""


@dataclass(slots=True)
class StaffFile:
    """All that a file says. *told*: the fields that it has columns for."""

    told: frozenset[str]
    people: dict[str, Record] = field(default_factory=dict)
    rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    wrong: int = 0  # how many problems there are, those that are not kept too

    @property
    def tells_contracts(self) -> bool:
        return not self.told.isdisjoint(OF_CONTRACTS)

    def complain(self, problem: Problem) -> None:
        self.wrong += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)


def read(table: Table, meanings: Sequence[str], tell: Callable[[int], None]) -> StaffFile:
    """The people of *table*; *tell* hears now and then how many rows were read."""
    file = StaffFile(frozenset(filter(None, meanings)))
    addresses: dict[str, str] = {}
    readers = [(at, key, values.reader(key)) for at, key in enumerate(meanings) if key]
    known: dict[tuple[str, str], Any] = {}
    for line in table.below():
        file.rows += 1
        if file.rows % TELL_EVERY == 0:
            tell(file.rows)
        record = _record(line, readers, known, file)
        if record is not None:
            _add(record, file, addresses)
    return file


def _record(
    line: Line, readers: list[tuple[int, str, Callable[[str], Any]]], known: dict[tuple[str, str], Any], file: StaffFile
) -> Record | None:
    number, cells = line
    found: dict[str, Any] = {}
    is_whole = True
    for at, key, reader in readers:
        cell = values.cleaned(cells[at]) if at < len(cells) else ""
        value = known.get((key, cell))
        if value is None:
            try:
                value = reader(cell)
            except values.Wrong as wrong:
                file.complain(_problem(number, key, str(wrong)))
                is_whole = False
                continue
            if key not in UNIQUE and len(known) < 200_000:
                known[key, cell] = value
        if not value and key in REQUIRED:
            file.complain(_problem(number, key, "This is empty."))
            is_whole = False
        found[key] = value
    return _made(number, found, file) if is_whole else None


def _made(number: int, found: dict[str, Any], file: StaffFile) -> Record | None:
    terms = Terms(**{"fte_thousandths" if key == "fte" else key: found[key] for key in OF_CONTRACTS if key in found})
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        file.complain(_problem(number, "ends_on", "The contract ends before it starts."))
        return None
    own = found.get
    if own("manager_id") and own("manager_id") == found["staff_id"]:
        file.complain(_problem(number, "manager_id", "Nobody is their own line manager."))
        return None
    return Record(
        number,
        found["staff_id"],
        found["name"],
        found["email"],
        own("job_title") or "",
        own("unit") or "",
        own("faculty") or "",
        own("campus") or "",
        own("manager_id") or "",
        own("is_technician", True),
        own("left_on"),
        [terms] if file.tells_contracts else [],
    )


def _add(record: Record, file: StaffFile, addresses: dict[str, str]) -> None:
    """The first row of somebody, or one more contract of theirs."""
    before = file.people.get(record.staff_id)
    if addresses.setdefault(record.email, record.staff_id) != record.staff_id:
        row = file.people[addresses[record.email]].row
        file.complain(_problem(record.row, "email", f"Row {row} has the same address for another staff number."))
    elif before is None:
        file.people[record.staff_id] = record
    elif (record.name, record.email) != (before.name, before.email):
        what = f"Row {before.row} has the same staff number with another name or address."
        file.complain(_problem(record.row, "staff_id", what))
    elif not record.contracts or record.contracts[0] in before.contracts:
        file.complain(_problem(record.row, "staff_id", f"This person stands in row {before.row} already."))
    else:
        _merge(before, record)


def _merge(before: Record, record: Record) -> None:
    if record.weight > before.weight:
        for name in ("job_title", "unit", "faculty", "campus", "manager_id", "is_technician"):
            setattr(before, name, getattr(record, name))
    before.contracts += record.contracts
    left = (before.left_on, record.left_on)
    before.left_on = max(filter(None, left)) if all(left) else None  # who has a contract left has not left


def _problem(row: int, key: str, what: str) -> Problem:
    field_ = FIELDS[key]
    return Problem(row, field_.label, what, field_.example)

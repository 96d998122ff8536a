"""What a staff file would change in the hub: worked out from both, without a query and without changing anything."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from hub.accounts.models import Source, Status
from hub.core.words import counted, day
from hub.workforce.models import Sort
from hub.workforce.reading.columns import FIELDS
from hub.workforce.reading.records import Problem, Record, StaffFile, Terms

TOO_MANY = 10  # percent of those who came with earlier files: more leavers than that are asked about once more
Key = int | str  # a person's id, or the staff number of somebody who joins; so too with units, by their name


class Known(NamedTuple):
    """Somebody as the hub has them."""

    id: int
    staff_id: str | None
    email: str
    name: str
    job_title: str
    unit_id: int | None
    manager_id: int | None
    is_technician: bool
    status: Status
    source: Source


@dataclass(frozen=True, slots=True)
class Hub:
    """What the hub has now. *guarded*: whom this file may neither shut out nor give another address, and why."""

    people: Sequence[Known]
    units: Mapping[str, tuple[int, str]]  # small letters → id and name
    contracts: Mapping[int, list[Terms]]
    taken: frozenset[str]  # addresses at other institutions
    guarded: Mapping[int, str]
    today: date


class NewUnit(NamedTuple):
    name: str
    is_faculty: bool
    faculty: str  # its small letters, or nothing


class Change(NamedTuple):
    """*values*: what differs, by column of a person; a unit that is yet to be made stands as its small letters."""

    person: Known
    record: Record
    values: dict[str, Any]


class Leaver(NamedTuple):
    person: Known
    on: date
    row: int | None


@dataclass(slots=True)
class Comparison:
    """Everything that storing the file does."""

    joins: list[Record] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    leaves: list[Leaver] = field(default_factory=list)
    missing: list[Known] = field(default_factory=list)
    managers: dict[Key, Key | None] = field(default_factory=dict)
    contracts: dict[Key, list[Terms]] = field(default_factory=dict)
    units: dict[str, NewUnit] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    wrong: int = 0  # errors, those that are not kept too
    rows: int = 0
    people_before: int = 0  # who came with earlier files and are here

    @property
    def is_empty(self) -> bool:
        """Nothing would be stored, whoever is missing aside."""
        return not (self.joins or self.changes or self.leaves or self.managers or self.contracts or self.units)

    @property
    def counts(self) -> dict[str, int]:
        counted = ("joins", "leaves", "missing", "managers", "units")
        parts = {name: len(getattr(self, name)) for name in counted}
        changed: set[Key] = {c.person.id for c in self.changes} | self.managers.keys() | self.contracts.keys()
        changed -= {record.staff_id for record in self.joins}
        return parts | {
            "changes": len(changed),
            "notes": len(self.notes) + len(self.units),
            "errors": self.wrong,
            "rows": self.rows,
            "people_before": self.people_before,
        }

    @property
    def digest(self) -> str:
        """A mark of exactly this: another file, or a hub that has changed meanwhile, gives another one."""
        mark = hashlib.sha256()
        for part in (self.joins, self.changes, self.leaves, self.missing):
            for one in part:
                mark.update(repr(one).encode())
        for told in (self.managers, self.contracts, self.units):
            for item in told.items():
                mark.update(repr(item).encode())
        return mark.hexdigest()


def too_many(counts: Mapping[str, int]) -> bool:
    """Whether more would leave, because the file lacks them, than ever do at once."""
    return counts["missing"] * 100 > TOO_MANY * max(counts["people_before"], 1)


def compare(file: StaffFile, hub: Hub) -> Comparison:
    return _Comparing(file, hub).whole()


class _Comparing:
    def __init__(self, file: StaffFile, hub: Hub) -> None:
        self.file, self.hub = file, hub
        self.found = Comparison(errors=list(file.problems), wrong=file.wrong, rows=file.rows)
        self.by_id = {p.id: p for p in hub.people}
        self.by_staff_id = {p.staff_id: p for p in hub.people if p.staff_id is not None}
        self.by_email = {p.email: p for p in hub.people}
        self.keys: dict[str, Key] = {}  # staff number → whom it means once the file is stored

    def whole(self) -> Comparison:
        known = {staff_id: self._match(record) for staff_id, record in self.file.people.items()}
        gone = {p.id for p in self.hub.people if p.status == Status.LEFT}
        self.keys = {p.staff_id: p.id for p in self.hub.people if p.staff_id is not None and p.id not in gone}
        for record in self.file.people.values():
            person = known[record.staff_id]
            if person is None:
                self._join(record)
            elif person.status == Status.LEFT:
                self._stays_out(record)
            else:
                self.keys[record.staff_id] = person.id
                self._change(person, record)
        self._set_managers(known)
        self._find_missing({p.id for p in known.values() if p is not None})
        return self.found

    def _match(self, record: Record) -> Known | None:
        """By staff number; else by address, if whoever has that has no number yet."""
        person = self.by_staff_id.get(record.staff_id)
        holder = self.by_email.get(record.email)
        if person is None and holder is not None and holder.staff_id is None:
            return holder
        if (holder is not None and holder is not person) or record.email in self.hub.taken:
            self._complain(record, "email", "Somebody else in the hub has this address.")
        return person

    def _join(self, record: Record) -> None:
        if record.left_on is not None and record.left_on <= self.hub.today:
            return
        self.keys[record.staff_id] = record.staff_id
        self._unit(record)
        self.found.joins.append(record)
        if record.contracts:
            self.found.contracts[record.staff_id] = record.contracts

    def _stays_out(self, record: Record) -> None:
        if record.left_on is None or record.left_on > self.hub.today:
            self._note(record, "left_on", "They had left and stay shut out: let them in again on their own page.")

    def _change(self, person: Known, record: Record) -> None:
        if record.left_on is not None and record.left_on <= self.hub.today:
            if person.id in self.hub.guarded:
                self._note(record, "left_on", f"Not shut out: {self.hub.guarded[person.id]}")
            else:
                self.found.leaves.append(Leaver(person, record.left_on, record.row))
        values = {name: value for name, value in self._told(record) if getattr(person, name) != value}
        if "email" in values and person.id in self.hub.guarded:
            del values["email"]
            self._note(record, "email", f"The address stays as it is: {self.hub.guarded[person.id]}")
        if values:
            self.found.changes.append(Change(person, record, values))
        if self.file.tells_contracts:
            before = self.hub.contracts.get(person.id, [])
            if sorted(before, key=repr) != sorted(record.contracts, key=repr):
                self.found.contracts[person.id] = record.contracts

    def _told(self, record: Record) -> Iterator[tuple[str, Any]]:
        yield from (("staff_id", record.staff_id), ("name", record.name), ("email", record.email))
        yield "source", Source.HR_IMPORT
        if "job_title" in self.file.told:
            yield "job_title", record.job_title
        if not self.file.told.isdisjoint(("unit", "faculty")):
            yield "unit_id", self._unit(record)
        if "is_technician" in self.file.told:
            yield "is_technician", record.is_technician

    def _unit(self, record: Record) -> Key | None:
        """The id of the unit, or its small letters if it is yet to be made; who has none is in the faculty."""
        if record.faculty:
            faculty = self._known_unit(NewUnit(record.faculty, is_faculty=True, faculty=""))
            if not record.unit:
                return faculty
        if not record.unit:
            return None
        within = record.faculty.casefold() if record.faculty.casefold() != record.unit.casefold() else ""
        return self._known_unit(NewUnit(record.unit, is_faculty=False, faculty=within))

    def _known_unit(self, unit: NewUnit) -> Key:
        key = unit.name.casefold()
        if key in self.hub.units:
            return self.hub.units[key][0]
        self.found.units.setdefault(key, unit)
        return key

    # -- managers ------------------------------------------------------------------------------------------------------

    def _set_managers(self, known: Mapping[str, Known | None]) -> None:
        if "manager_id" not in self.file.told:
            return
        unknown: dict[str, list[Record]] = {}
        for record in self.file.people.values():
            person, own = known[record.staff_id], self.keys.get(record.staff_id)
            if own is None:
                continue
            manager = self.keys.get(record.manager_id) if record.manager_id else None
            if record.manager_id and manager is None:
                unknown.setdefault(record.manager_id, []).append(record)
            elif manager == own:
                self._complain(record, "manager_id", "Nobody is their own line manager.")
            elif manager != (person.manager_id if person else None):
                self.found.managers[own] = manager
        for number, theirs in unknown.items():
            what = f"Nobody here has the staff number {number}: {counted(len(theirs), 'person keeps', 'people keep')} "
            self._note(theirs[0], "manager_id", f"{what}the line manager they have.")
        self._refuse_circles()

    def _refuse_circles(self) -> None:
        above: dict[Key, Key | None] = {p.id: p.manager_id for p in self.hub.people}
        above |= self.found.managers
        rows = {self.keys[r.staff_id]: r for r in self.file.people.values() if r.staff_id in self.keys}
        seen: dict[Key, int] = {}
        for turn, start in enumerate(self.found.managers):
            at: Key | None = start
            while at is not None and at not in seen:
                seen[at] = turn
                at = above.get(at)
            if at is not None and seen[at] == turn:
                record = next((rows[one] for one in _circle(at, above) if one in rows), rows[start])
                self._complain(record, "manager_id", "Following line managers upwards from here leads back to here.")

    # -- those who are not in the file ---------------------------------------------------------------------------------

    def _find_missing(self, in_file: set[int]) -> None:
        here = [p for p in self.hub.people if p.status != Status.LEFT]
        before = [p for p in here if p.source == Source.HR_IMPORT and p.staff_id is not None]
        self.found.people_before = len(before)
        if self.found.wrong:
            return  # whose row is wrong is not missing
        for person in before:
            if person.id in in_file:
                continue
            if person.id in self.hub.guarded:
                what = f"Not in the file, and stays: {self.hub.guarded[person.id]}"
                self.found.notes.append(Problem(0, "", what, who=person.name))
            else:
                self.found.missing.append(person)

    def _complain(self, record: Record, key: str, what: str) -> None:
        self.found.wrong += 1
        self.found.errors.append(Problem(record.row, FIELDS[key].label, what, FIELDS[key].example, record.name))

    def _note(self, record: Record, key: str, what: str) -> None:
        self.found.notes.append(Problem(record.row, FIELDS[key].label, what, who=record.name))


def _circle(start: Key, above: Mapping[Key, Key | None]) -> Iterator[Key]:
    yield start
    at = above.get(start)
    while at is not None and at != start:
        yield at
        at = above.get(at)


# -- in words ----------------------------------------------------------------------------------------------------------

CHANGED = {
    "name": "Name",
    "email": "E-mail",
    "job_title": "Job title",
    "unit_id": "Unit",
    "is_technician": "Technician",
    "staff_id": "Staff number",
}


def lines(found: Comparison, hub: Hub) -> Iterator[dict[str, Any]]:
    """The whole comparison as the list of findings has it."""
    names = dict(hub.units.values())
    for sort, problems in ((Sort.ERROR, found.errors), (Sort.NOTE, found.notes)):
        for one in problems:
            yield _line(sort, one.row or None, one.who, one.what, one.column, one.example)
    for unit in found.units.values():
        within = (
            found.units[unit.faculty].name if unit.faculty in found.units else hub.units.get(unit.faculty, (0, ""))[1]
        )
        yield _line(Sort.NOTE, None, unit.name, f"A new unit is made{f', part of {within}' if within else ''}.", "Unit")
    for record in found.joins:
        yield _line(Sort.JOINS, record.row, record.name, ", ".join(filter(None, (record.job_title, record.unit))))
    yield from _changes(found, hub, names)
    for leaver in found.leaves:
        what = f"Last day {day(leaver.on, weekday=False)}"
        yield _line(Sort.LEAVES, leaver.row, leaver.person.name, what)
    for person in found.missing:
        what = ", ".join(filter(None, (person.job_title, names.get(person.unit_id or 0, ""))))
        yield _line(Sort.MISSING, None, person.name, what)


def _changes(found: Comparison, hub: Hub, names: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    """One line for each person, whatever of them changes."""
    told: dict[int, list[str]] = {}
    rows = {change.person.id: change.record.row for change in found.changes}
    for change in found.changes:
        said = told.setdefault(change.person.id, [])
        for column, value in change.values.items():
            if column in CHANGED:
                is_new_unit = column == "unit_id" and isinstance(value, str)
                after = found.units[value].name if is_new_unit else _shown(value, names)
                said.append(f"{CHANGED[column]}: {_shown(getattr(change.person, column), names)} → {after}")
    for part, words in ((found.managers, "another line manager"), (found.contracts, "contracts")):
        for key in part:
            if isinstance(key, int):
                told.setdefault(key, []).append(words)
    people = {p.id: p for p in hub.people}
    for key, said in told.items():
        yield _line(Sort.CHANGES, rows.get(key), people[key].name, "; ".join(said) or "comes with the file from now on")


def _shown(value: Any, names: Mapping[int, str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return names.get(value, "")
    return str(value) if value else "nothing"


def _line(sort: Sort, row: int | None, who: str, what: str, column: str = "", example: str = "") -> dict[str, Any]:
    return {"sort": sort, "row": row, "who": who, "what": what, "column": column, "example": example}

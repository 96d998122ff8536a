"""Storing what a comparison found, whole: by few large statements, and the directory brought along."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sqlalchemy import delete, insert

from hub.accounts import queries as accounts_queries
from hub.accounts import services as accounts
from hub.accounts.models import Institution, Source, Unit, UnitKind
from hub.core.clock import today
from hub.core.db import Base, db, in_pieces
from hub.directory import services as directory
from hub.workforce import signals
from hub.workforce.comparing import Comparison, Key
from hub.workforce.models import Contract
from hub.workforce.reading.records import Record

CONTRACTS = Base.metadata.tables["contract"]  # not the model: its rows would be looked at one by one
FOUND_BY = frozenset({"name", "job_title", "unit_id", "is_technician"})  # what the directory is made of

Tell = Callable[[str, int, int], None]  # what is done, how far, of how many


@dataclass
class _Ids:
    """What became of the keys of a comparison."""

    people: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)

    def person(self, key: Key) -> int:
        return key if isinstance(key, int) else self.people[key]

    def unit(self, key: Key | None) -> int | None:
        return self.units[key] if isinstance(key, str) else key


def store(institution: Institution, found: Comparison, *, missing_leave: bool, tell: Tell) -> None:
    """:raises OnlyLead: if nobody would be left to lead"""
    ids = _Ids(units=_make_units(institution, found))
    total = len(found.joins) + len(found.changes) + len(found.managers) + len(found.contracts)
    said = _Telling(tell, "Storing people", total)
    ids.people = accounts.add_people(institution, said.each(_joiner(record, ids) for record in found.joins))
    accounts.edit_people(said.each(_edited(change, ids) for change in found.changes))
    managers = found.managers.items()
    accounts.set_managers({ids.person(k): None if m is None else ids.person(m) for k, m in said.each(managers)})
    last_days = {leaver.person.id: leaver.on for leaver in found.leaves}
    if missing_leave:
        last_days |= {person.id: today() for person in found.missing}
    accounts.record_leavers(institution, last_days)
    _store_contracts(institution, said.each(found.contracts.items()), ids)
    _bring_directory(institution, found, ids, list(last_days), tell)
    signals.list_stored.send(institution)


class _Telling:
    """Says now and then how many were taken."""

    def __init__(self, tell: Tell, doing: str, total: int) -> None:
        self.tell, self.doing, self.total, self.done = tell, doing, total, 0

    def each(self, things: Iterable[Any]) -> Iterator[Any]:
        for thing in things:
            if self.done % 1000 == 0:
                self.tell(self.doing, self.done, self.total)
            self.done += 1
            yield thing


def _make_units(institution: Institution, found: Comparison) -> dict[str, int]:
    """Faculties first, as others lie within them; ids by small letters, of those that were there too."""
    known: dict[str, Unit] = {unit.name.casefold(): unit for unit in accounts_queries.units(institution.id)}
    for key, unit in sorted(found.units.items(), key=lambda item: not item[1].is_faculty):
        kind = UnitKind.FACULTY if unit.is_faculty else UnitKind.DEPARTMENT
        known[key] = accounts.add_unit(institution, name=unit.name, kind=kind, parent=known.get(unit.faculty))
    return {key: unit.id for key, unit in known.items()}


def _joiner(record: Record, ids: _Ids) -> dict[str, Any]:
    name = record.unit or record.faculty
    return {
        "staff_id": record.staff_id,
        "name": record.name,
        "email": record.email,
        "job_title": record.job_title,
        "unit_id": ids.units[name.casefold()] if name else None,
        "is_technician": record.is_technician,
        "source": Source.HR_IMPORT,
    }


def _edited(change: Any, ids: _Ids) -> dict[str, Any]:
    values: dict[str, Any] = change.person._asdict() | change.values
    return values | {"unit_id": ids.unit(values["unit_id"])}


def _store_contracts(institution: Institution, told: Iterable[Any], ids: _Ids) -> None:
    for some in in_pieces(told):
        terms = {ids.person(key): contracts for key, contracts in some}
        db.session.execute(delete(Contract).where(Contract.person_id.in_(list(terms))))
        rows = [
            {"institution_id": institution.id, "person_id": person_id} | one._asdict()
            for person_id, contracts in terms.items()
            for one in contracts
        ]
        if rows:
            db.session.execute(insert(CONTRACTS), rows)


def _bring_directory(institution: Institution, found: Comparison, ids: _Ids, left: Sequence[int], tell: Tell) -> None:
    joined = {ids.people[record.staff_id]: record.campus for record in found.joins if record.is_technician}
    changed = [change.person.id for change in found.changes if not FOUND_BY.isdisjoint(change.values)]
    everybody = list(dict.fromkeys(chain(joined, changed, left)))
    done = 0
    for some in in_pieces(everybody):
        tell("Bringing the directory up to date", done, len(everybody))
        directory.follow_people(institution.id, some, campuses=joined)
        directory.catch_up()
        done += len(some)

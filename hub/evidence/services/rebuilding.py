"""The ledger says what the features' own tables say: proved source by source, and mended without losing an entry."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Select, delete, func, insert, select

from hub.core.db import db
from hub.evidence import queries
from hub.evidence.models import Entry, EntryPerson, Reach, Reached, Total
from hub.evidence.services import ledger
from hub.evidence.sources import SOURCES, Fact, Source

AT_ONCE = 500  # facts that are compared with one another
BECAUSE = "Counted again from where it comes from"


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the ledger and a source do not agree, and what makes them agree again."""

    kind: str
    source_id: int
    words: str
    mend: Callable[[], Any] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id} {self.words}"


def differences(institution_id: int | None = None) -> Iterator[Difference]:
    """Every one, kind by kind, of one institution or of all; each may be mended before the next is asked for."""
    for kind in SOURCES:
        yield from differences_of(kind, institution_id)


def differences_of(
    kind: str, institution_id: int | None = None, *, tell: Callable[[str], None] = lambda _: None
) -> Iterator[Difference]:
    """*tell* hears how far it is."""
    source, compared = SOURCES[kind], 0
    for rows in _pieces(source.rows, source.model, institution_id):
        yield from _unlike(kind, source, [source.then(row) for row in rows])
        compared += len(rows)
        tell(f"{kind}: {compared:,} compared")
    founded = source.rows.with_only_columns(source.model.id).order_by(None)
    standing = select(Entry).where(Entry.kind == kind, Entry.withdrawn_at.is_(None), Entry.source_id.not_in(founded))
    standing = standing.where(Entry.anonymised_on.is_(None))  # of which the ledger alone knows
    for entries in _pieces(standing, Entry, institution_id):
        for entry in entries:
            yield Difference(kind, entry.source_id, "counts in the ledger alone", partial(ledger.take_back, entry))


def rebuild(institution_id: int | None = None, *, tell: Callable[[str], None] = lambda _: None) -> int:
    """Mend every difference in the caller's transaction, then count the totals again. How many there were."""
    mended = 0
    for kind in SOURCES:
        for difference in differences_of(kind, institution_id, tell=tell):
            tell(str(difference))
            difference.mend()
            mended += 1
    if queries.unequal_totals():
        _count_again()
        tell("The totals were counted again.")
        mended += 1
    return mended


def _pieces(rows: Select[Any], model: Any, institution_id: int | None) -> Iterator[Sequence[Any]]:
    """*rows* of *model*, some at a time, in the order of their ids."""
    last = 0
    if institution_id is not None:
        rows = rows.where(model.institution_id == institution_id)
    while piece := db.session.scalars(rows.where(model.id > last).order_by(model.id).limit(AT_ONCE)).all():
        last = piece[-1].id
        yield piece


def _unlike(kind: str, source: Source, facts: Sequence[Fact]) -> Iterator[Difference]:
    """What is missing from the ledger, was withdrawn although it counts, or says something else."""
    ids = [fact.id for fact in facts]
    last = select(Entry).where(Entry.kind == kind, Entry.source_id.in_(ids), Entry.corrected_at.is_(None))
    entries = {entry.source_id: entry for entry in db.session.scalars(last)}
    counted = select(EntryPerson.entry_id, EntryPerson.person_id)
    people: dict[int, set[int]] = {}
    for entry_id, person_id in db.session.execute(
        counted.where(EntryPerson.entry_id.in_([entry.id for entry in entries.values()]))
    ):
        people.setdefault(entry_id, set()).add(person_id)
    for fact in facts:
        entry = entries.get(fact.id)
        if entry is None or not entry.counts:
            words = "is not in the ledger" if entry is None else "counts, and is marked as withdrawn"
            yield Difference(kind, fact.id, words, _recording(kind, fact, entry))
        elif entry.revision == 0 and (said := _otherwise(source, fact, entry, people.get(entry.id, set()))):
            yield Difference(kind, fact.id, f"says another {' and '.join(said)}", _correcting(entry, fact, said))


def _otherwise(source: Source, fact: Fact, entry: Entry, people: set[int]) -> dict[str, Any]:
    """What the source says and the ledger does not, of what stays as it was told."""
    told = {"happened_on": fact.evidence_on, "quantity": fact.evidence_quantity, "people": set(fact.evidence_people)}
    held = {"happened_on": entry.happened_on, "quantity": entry.quantity, "people": people}
    return {name: told[name] for name in sorted(source.kept) if told[name] != held[name]}


def _recording(kind: str, fact: Fact, entry: Entry | None) -> Callable[[], Any]:
    def record() -> None:
        if entry is not None:  # whoever is left over from when it counted is counted once
            db.session.execute(delete(EntryPerson).where(EntryPerson.entry_id == entry.id))
        ledger.record(kind, fact)

    return record


def _correcting(entry: Entry, fact: Fact, said: dict[str, Any]) -> Callable[[], Any]:
    figures = {name: value for name, value in said.items() if name != "people"}
    whom = sorted(set(fact.evidence_people)) if "people" in said else None
    if whom is not None:
        figures["people"] = len(whom)
    return lambda: ledger.correct(entry, reason=BECAUSE, actor=None, people_ids=whom, **figures)


def _count_again() -> None:
    """The totals of every institution, from the entries that count."""
    for table in (Total, Reached, Reach):
        db.session.execute(delete(table))
    months = (Entry.institution_id, Entry.kind, Entry.theme, queries.month_of_entry())
    standing = select(*months, func.count(), func.sum(Entry.quantity)).where(Entry.withdrawn_at.is_(None))
    names = ("institution_id", "kind", "theme", "month", "n", "quantity")
    rows = db.session.execute(standing.group_by(*months))
    totals = [dict(zip(names, (*key, date.fromisoformat(month), n, q), strict=True)) for *key, month, n, q in rows]
    if totals:
        db.session.execute(insert(Total), totals)
    reached = select(Entry.institution_id, Entry.kind, EntryPerson.person_id).join_from(Entry, EntryPerson).distinct()
    db.session.execute(insert(Reached).from_select(["institution_id", "kind", "person_id"], reached))
    key = (Reached.institution_id, Reached.kind)
    counted = select(*key, func.count()).group_by(*key)
    db.session.execute(insert(Reach).from_select(["institution_id", "kind", "people"], counted))
    db.session.expire_all()

"""Writing the ledger: one entry per fact, with its totals, in the fact's own transaction."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import delete, select, update

from hub.accounts.models import Person
from hub.core.clock import now, today
from hub.core.db import db, lock
from hub.core.errors import Refusal
from hub.core.themes import Theme
from hub.core.words import day
from hub.evidence import signals
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry, EntryPerson, Reach, Reached, Total
from hub.evidence.sources import Fact

COPIED = (
    *("institution_id", "kind", "source_id", "theme", "words", "shown_until", "anonymised_on"),
    *("quantity", "people", "unit_id", "happened_on"),
)


class CountsNoMore(Refusal):
    """Only what counts can be corrected."""


class NothingCorrected(Refusal):
    """A correction says something else than what it corrects."""


def record(kind: str, fact: Fact) -> Entry:
    """Write *fact* into the ledger in the caller's transaction; the unique key makes a second time fail, not count.

    One that was withdrawn comes back with what the fact is now, unless somebody corrected it: then as they said.
    """
    people = sorted(set(fact.evidence_people))
    entry = last_of(kind, fact.id)
    if entry is None or entry.counts:
        entry = Entry(institution_id=fact.institution_id, kind=kind, source_id=fact.id, revision=0)
        db.session.add(entry)
    entry.withdrawn_at = None
    if not entry.revision:
        entry.theme = _theme(kind, fact)
        entry.title, entry.quantity = fact.evidence_title, fact.evidence_quantity
        entry.people = len(people) or getattr(fact, "people", 0)
        entry.unit_id, entry.happened_on = fact.evidence_unit_id, fact.evidence_on
        entry.shown_until = getattr(fact, "use_until", None)
    db.session.flush()
    _count(entry, people)
    signals.entry_recorded.send(entry)
    return entry


def _theme(kind: str, fact: Fact) -> Theme:
    """Whoever brings evidence says for which theme it is; of all else its kind decides."""
    own: Theme | None = getattr(fact, "theme", None) if kind == "evidence.item" else None
    return own or KINDS[kind].theme


def withdraw(kind: str, fact: Fact) -> None:
    """Mark what the ledger says of *fact* as taken back: it stays to be read, and counts no more."""
    entry = last_of(kind, fact.id)
    if entry is not None and entry.counts:
        take_back(entry)


def take_back(entry: Entry) -> None:
    entry.withdrawn_at = now()
    db.session.flush()
    _discount(entry)
    signals.entry_withdrawn.send(entry)


def correct(
    entry: Entry, *, reason: str, actor: Person | None, people_ids: Sequence[int] | None = None, **said: Any
) -> Entry:
    """Put a second entry in the place of *entry*: *said* is what it says otherwise, *people_ids* whom it counts for.

    The first stays to be read, and counts no more; what was decided about it holds for the second.

    :raises CountsNoMore: if it was corrected or withdrawn meanwhile
    :raises NothingCorrected: if nothing would be otherwise
    """
    lock(entry)
    db.session.refresh(entry, ["withdrawn_at"])
    if not entry.counts:
        raise CountsNoMore("This was corrected or withdrawn meanwhile. Look at what the ledger says now.")
    was = people_of(entry)
    if people_ids in (None, was) and all(getattr(entry, name) == value for name, value in said.items()):
        raise NothingCorrected("This is what the ledger says already.")
    second = Entry(revision=entry.revision + 1, reason=reason, recorded_by_id=actor.id if actor else None)
    for name in COPIED:
        setattr(second, name, said.get(name, getattr(entry, name)))
    entry.corrected_at = entry.withdrawn_at = now()
    db.session.add(second)
    db.session.flush()
    _discount(entry)
    _count(second, was if people_ids is None else list(people_ids))
    signals.entry_corrected.send(entry, second=second)
    return second


def let_go(kind: str, source_id: int) -> None:
    """The source has let go of whom and what a fact was about: its numbers stay, its words and its people do not."""
    entries = select(Entry).where(Entry.kind == kind, Entry.source_id == source_id, Entry.anonymised_on.is_(None))
    for entry in db.session.scalars(entries.order_by(Entry.id)).all():
        entry.anonymised_on = today()
        entry.title = f"{KINDS[kind].label}: anonymised on {day(entry.anonymised_on, weekday=False)}"
        entry.reason = "Anonymised" if entry.revision else ""
        entry.recorded_by_id = None
        db.session.flush()
        _let_go_of_people(entry)
        signals.entry_let_go.send(entry)


def last_of(kind: str, source_id: int) -> Entry | None:
    """What the ledger says of a fact now, whether it counts or not."""
    return db.session.scalars(
        select(Entry).where(Entry.kind == kind, Entry.source_id == source_id, Entry.corrected_at.is_(None))
    ).one_or_none()


def people_of(entry: Entry) -> list[int]:
    counted = select(EntryPerson.person_id).where(EntryPerson.entry_id == entry.id)
    return list(db.session.scalars(counted.order_by(EntryPerson.person_id)))


def _count(entry: Entry, people: list[int]) -> None:
    key = {"institution_id": entry.institution_id, "kind": entry.kind}
    total = _insert(Total).values(
        **key, theme=entry.theme, month=entry.happened_on.replace(day=1), n=1, quantity=entry.quantity
    )
    db.session.execute(
        total.on_conflict_do_update(
            index_elements=["institution_id", "kind", "theme", "month"],
            set_={"n": Total.n + 1, "quantity": Total.quantity + entry.quantity},
        )
    )
    if people:
        db.session.execute(_insert(EntryPerson), [{"entry_id": entry.id, "person_id": p} for p in people])
        _reach(key, people)


def _reach(key: dict[str, Any], people: list[int]) -> None:
    """Those of *people* who were not reached before add to the number of those who were."""
    reached = _insert(Reached).on_conflict_do_nothing().returning(Reached.person_id)
    new = len(db.session.scalars(reached, [{**key, "person_id": p} for p in people]).all())
    if new:
        reach = _insert(Reach).values(**key, people=new)
        db.session.execute(
            reach.on_conflict_do_update(index_elements=["institution_id", "kind"], set_={"people": Reach.people + new})
        )


def _discount(entry: Entry) -> None:
    """Undo what ``_count`` did."""
    key = {"institution_id": entry.institution_id, "kind": entry.kind}
    month = {**key, "theme": entry.theme, "month": entry.happened_on.replace(day=1)}
    fewer = update(Total).filter_by(**month).values(n=Total.n - 1, quantity=Total.quantity - entry.quantity)
    db.session.execute(fewer)
    db.session.execute(delete(Total).filter_by(**month, n=0))
    _let_go_of_people(entry)


def _let_go_of_people(entry: Entry) -> None:
    """It counts for nobody known; whoever no other entry of the kind counts for was not reached."""
    key = {"institution_id": entry.institution_id, "kind": entry.kind}
    counted = delete(EntryPerson).where(EntryPerson.entry_id == entry.id).returning(EntryPerson.person_id)
    people = db.session.scalars(counted).all()
    others = select(EntryPerson.entry_id).join(Entry, Entry.id == EntryPerson.entry_id)
    others = others.where(EntryPerson.person_id == Reached.person_id).filter(Entry.kind == entry.kind)
    gone = delete(Reached).filter_by(**key).where(Reached.person_id.in_(people), ~others.exists())
    reached = len(db.session.scalars(gone.returning(Reached.person_id)).all())
    db.session.execute(update(Reach).filter_by(**key).values(people=Reach.people - reached))
    db.session.execute(delete(Reach).filter_by(**key, people=0))


def _insert(table: Any) -> Any:
    """An INSERT that knows ON CONFLICT in the words of the database in use; the other's are not even loaded."""
    dialect = import_module(f"sqlalchemy.dialects.{db.session.get_bind().dialect.name}")
    return dialect.insert(table)

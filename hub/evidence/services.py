"""Writing the ledger: one entry per fact, with its totals, in the fact's own transaction."""

from datetime import date
from importlib import import_module
from typing import Any, Protocol

from sqlalchemy import delete, select, update

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.storage import StoredFile
from hub.core.themes import Theme
from hub.evidence import signals
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry, EntryPerson, Item, Reach, Reached, Scope, Total


class Fact(Protocol):
    """What a row must tell of itself to become evidence: see docs/architecture.md."""

    id: Any
    institution_id: Any

    @property
    def evidence_title(self) -> str: ...
    @property
    def evidence_on(self) -> date: ...
    @property
    def evidence_people(self) -> list[int]: ...
    @property
    def evidence_quantity(self) -> int: ...
    @property
    def evidence_unit_id(self) -> int | None: ...


def record(kind: str, fact: Fact, *, theme: Theme | None = None) -> Entry:
    """Write *fact* into the ledger in the caller's transaction; the unique key makes a second time fail, not count.

    One that was withdrawn comes back with what the fact is now.
    """
    people = sorted(set(fact.evidence_people))
    entry = _entry_of(kind, fact, withdrawn=True)
    if entry is None:
        entry = Entry(institution_id=fact.institution_id, kind=kind, source_id=fact.id)
        db.session.add(entry)
    entry.theme = theme or KINDS[kind].theme
    entry.title, entry.quantity = fact.evidence_title, fact.evidence_quantity
    entry.people = len(people) or getattr(fact, "people", 0)
    entry.unit_id, entry.happened_on, entry.withdrawn_at = fact.evidence_unit_id, fact.evidence_on, None
    db.session.flush()
    _count(entry, people)
    signals.entry_recorded.send(entry)
    return entry


def withdraw(kind: str, fact: Fact) -> None:
    """Mark what the ledger says of *fact* as taken back: it stays to be read, and counts no more."""
    entry = _entry_of(kind, fact, withdrawn=False)
    if entry is None:
        return
    entry.withdrawn_at = now()
    db.session.flush()
    _discount(entry)
    signals.entry_withdrawn.send(entry)


def _entry_of(kind: str, fact: Fact, *, withdrawn: bool) -> Entry | None:
    is_so = Entry.withdrawn_at.is_not(None) if withdrawn else Entry.withdrawn_at.is_(None)
    return db.session.scalars(select(Entry).where(Entry.kind == kind, Entry.source_id == fact.id, is_so)).one_or_none()


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
    """Undo what ``_count`` did; whoever no other entry of the kind counts for was not reached."""
    key = {"institution_id": entry.institution_id, "kind": entry.kind}
    month = {**key, "theme": entry.theme, "month": entry.happened_on.replace(day=1)}
    fewer = update(Total).filter_by(**month).values(n=Total.n - 1, quantity=Total.quantity - entry.quantity)
    db.session.execute(fewer)
    db.session.execute(delete(Total).filter_by(**month, n=0))
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


def add_item(
    *,
    actor: Person,
    title: str,
    theme: Theme,
    happened_on: date,
    text: str = "",
    source: str = "",
    link: str | None = None,
    file: StoredFile | None = None,
    people: int = 0,
    scope: Scope = Scope.STEERING_GROUP,
    use_until: date | None = None,
) -> Item:
    """Bring evidence by hand; it enters the ledger like any other fact."""
    item = Item(
        institution_id=actor.institution_id,
        added_by_id=actor.id,
        title=title,
        theme=theme,
        happened_on=happened_on,
        text=text,
        source=source,
        link=link,
        file_id=file.id if file else None,
        people=people,
        scope=scope,
        use_until=use_until,
    )
    db.session.add(item)
    db.session.flush()
    record("evidence.item", item, theme=theme)
    return item

"""Writing the ledger: one entry per fact, with its totals, in the fact's own transaction."""

from datetime import date
from importlib import import_module
from typing import Any, Protocol

from hub.accounts.models import Person
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
    """Write *fact* into the ledger in the caller's transaction; the unique key makes a second time fail, not count."""
    people = sorted(set(fact.evidence_people))
    entry = Entry(
        institution_id=fact.institution_id,
        kind=kind,
        source_id=fact.id,
        theme=theme or KINDS[kind].theme,
        title=fact.evidence_title,
        quantity=fact.evidence_quantity,
        people=len(people) or getattr(fact, "people", 0),
        unit_id=fact.evidence_unit_id,
        happened_on=fact.evidence_on,
    )
    db.session.add(entry)
    db.session.flush()
    _count(entry, people)
    signals.entry_recorded.send(entry)
    return entry


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

"""Reads of the ledger."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from hub.core.clock import today
from hub.core.db import db
from hub.core.lists import matching
from hub.core.themes import Theme
from hub.evidence.models import Entry, EntryPerson, Item, ItemConsent, ItemVersion, Reach, Reached, Scope, Total


def entries(institution_id: int) -> Select[Any]:
    """Every entry of an institution with its unit, for a list."""
    return select(Entry).options(joinedload(Entry.unit)).where(Entry.institution_id == institution_id)


NEWEST_FIRST = (Entry.happened_on.desc(), Entry.id.desc())


def entry(entry_id: int) -> Entry:
    """With those whom it counts for."""
    return db.session.scalars(
        select(Entry).options(joinedload(Entry.unit), selectinload(Entry.whom)).where(Entry.id == entry_id)
    ).one()


def history(entry: Entry) -> Sequence[Entry]:
    """Every entry of the same fact, the first one first."""
    return db.session.scalars(
        select(Entry)
        .options(joinedload(Entry.unit), joinedload(Entry.recorded_by))
        .where(Entry.kind == entry.kind, Entry.source_id == entry.source_id)
        .order_by(Entry.revision)
    ).all()


def by_hand() -> ColumnElement[bool]:
    return Entry.kind == "evidence.item"


def any_of(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    return or_(*conditions)


def in_year(first: int) -> ColumnElement[bool]:
    """What happened in the academic year that began in August of *first*."""
    return Entry.happened_on.between(date(first, 8, 1), date(first + 1, 7, 31))


def standing() -> dict[str, ColumnElement[bool]]:
    """What an entry can be, as conditions."""
    return {
        "counts": Entry.withdrawn_at.is_(None),
        "corrected": Entry.corrected_at.is_not(None),
        "withdrawn": and_(Entry.withdrawn_at.is_not(None), Entry.corrected_at.is_(None)),
    }


# -- brought by hand ---------------------------------------------------------------------------------------------------


def item(item_id: int) -> Item:
    """With every version of what it says, and everything that was agreed about it."""
    return db.session.scalars(
        select(Item)
        .options(
            joinedload(Item.added_by),
            joinedload(Item.unit),
            selectinload(Item.versions).options(joinedload(ItemVersion.file), joinedload(ItemVersion.made_by)),
            selectinload(Item.consents).options(
                joinedload(ItemConsent.recorded_by), joinedload(ItemConsent.withdrawn_by)
            ),
        )
        .where(Item.id == item_id)
    ).one()


def item_version(item_id: int, number: int) -> ItemVersion:
    """With its file, and what was agreed about its item."""
    return db.session.scalars(
        select(ItemVersion)
        .options(joinedload(ItemVersion.file), joinedload(ItemVersion.item).selectinload(Item.consents))
        .where(ItemVersion.item_id == item_id, ItemVersion.number == number)
    ).one()


def agreed_by(person_id: int) -> Sequence[Item]:
    """What is in use because somebody agreed to it, newest first."""
    agreed = select(ItemConsent.id).where(
        ItemConsent.item_id == Item.id, ItemConsent.person_id == person_id, ItemConsent.withdrawn_at.is_(None)
    )
    usable = (Item.withdrawn_at.is_(None), or_(Item.use_until.is_(None), Item.use_until >= today()))
    return db.session.scalars(
        select(Item).where(agreed.exists(), *usable).order_by(Item.happened_on.desc(), Item.id.desc())
    ).all()


def entry_of(item: Item) -> Entry | None:
    """What the ledger says of an item now."""
    return db.session.scalars(
        select(Entry).where(by_hand(), Entry.source_id == item.id, Entry.corrected_at.is_(None))
    ).one_or_none()


def expired_items() -> Sequence[Item]:
    """What is still in use, although it may not be."""
    return db.session.scalars(
        select(Item).where(Item.withdrawn_at.is_(None), Item.use_until < today()).order_by(Item.id)
    ).all()


def items_ending(until: date) -> Sequence[Item]:
    """What may be used up to a day that is not far."""
    return db.session.scalars(
        select(Item).where(Item.withdrawn_at.is_(None), Item.use_until.between(today(), until)).order_by(Item.id)
    ).all()


def may_travel() -> ColumnElement[bool]:
    """Entries without those brought by hand that are to stay inside the hub, or that may be used no longer."""
    kept_back = (
        select(Item.id)
        .where(
            Item.id == Entry.source_id,
            or_(Item.scope == Scope.HUB, Item.use_until < today(), Item.withdrawn_at.is_not(None)),
        )
        .correlate(Entry)
    )
    return or_(Entry.kind != "evidence.item", ~kept_back.exists())


# -- counting ----------------------------------------------------------------------------------------------------------


def matches(q: str) -> ColumnElement[bool]:
    return matching(q, Entry.title)


@dataclass(frozen=True, slots=True)
class KindTotal:
    kind: str
    theme: Theme
    n: int
    quantity: int
    people: int


def totals(institution_id: int, *, since: date | None = None, until: date | None = None) -> list[KindTotal]:
    """Counts and sums per kind from the running totals, whole months; people are those reached at any time."""
    reached = and_(Reach.institution_id == Total.institution_id, Reach.kind == Total.kind)
    rows = (
        select(Total.kind, Total.theme, func.sum(Total.n), func.sum(Total.quantity), func.coalesce(Reach.people, 0))
        .outerjoin(Reach, reached)
        .where(Total.institution_id == institution_id)
        .group_by(Total.kind, Total.theme, Reach.people)
        .order_by(Total.kind, Total.theme)
    )
    if since is not None:
        rows = rows.where(Total.month >= since.replace(day=1))
    if until is not None:
        rows = rows.where(Total.month <= until)
    return [
        KindTotal(kind, theme, int(n), int(quantity), people)
        for kind, theme, n, quantity, people in db.session.execute(rows)
    ]


def totals_by_kind(institution_id: int) -> dict[str, KindTotal]:
    """What counts of each kind, whatever its theme."""
    found: dict[str, KindTotal] = {}
    for one in totals(institution_id):
        so_far = found.get(one.kind)
        found[one.kind] = replace(one, n=one.n + so_far.n, quantity=one.quantity + so_far.quantity) if so_far else one
    return found


def counted(institution_id: int, kind: str, *, until: date) -> int:
    """How many entries of *kind* happened up to and on *until*."""
    return sums(institution_id, {kind}, until=until).get(kind, (0, 0))[0]


def summed(institution_id: int, kind: str, *, until: date) -> int:
    """The quantity of *kind* up to and on *until*, in the kind's unit."""
    return sums(institution_id, {kind}, until=until).get(kind, (0, 0))[1]


def sums(institution_id: int, kinds: Collection[str], *, until: date) -> dict[str, tuple[int, int]]:
    """Kind → (entries, quantity): the running totals of the months before *until*'s, the ledger itself only since."""
    first = until.replace(day=1)
    months = select(Total.kind.label("kind"), Total.n.label("n"), Total.quantity.label("quantity")).where(
        Total.institution_id == institution_id, Total.kind.in_(kinds), Total.month < first
    )
    days = select(Entry.kind, literal(1), Entry.quantity).where(
        Entry.institution_id == institution_id,
        Entry.kind.in_(kinds),
        Entry.happened_on.between(first, until),
        Entry.withdrawn_at.is_(None),
    )
    both = union_all(months, days).subquery()
    rows = db.session.execute(select(both.c.kind, func.sum(both.c.n), func.sum(both.c.quantity)).group_by(both.c.kind))
    return {kind: (int(n), int(quantity)) for kind, n, quantity in rows}


def by_month(institution_id: int, kind: str) -> Sequence[tuple[date, int]]:
    """Months and how many entries of *kind* each had."""
    return [
        (month, n)
        for month, n in db.session.execute(
            select(Total.month, func.sum(Total.n))
            .where(Total.institution_id == institution_id, Total.kind == kind)
            .group_by(Total.month)
            .order_by(Total.month)
        )
    ]


def counting_for(person_id: int) -> Select[Any]:
    """Entries that count for one person: the base of their own impact record."""
    return (
        select(Entry)
        .join(EntryPerson, EntryPerson.entry_id == Entry.id)
        .options(joinedload(Entry.unit))
        .where(EntryPerson.person_id == person_id)
    )


def number_counting_for(person_id: int) -> int:
    counted = select(func.count()).select_from(EntryPerson).where(EntryPerson.person_id == person_id)
    return db.session.scalar(counted) or 0


def unequal_totals() -> list[str]:
    """Where the running totals differ from the ledger: none, unless somebody wrote past the services."""
    return [*_unequal_months(), *_unequal_reach()]


def month_of_entry() -> ColumnElement[str]:
    """The first day of the month in which an entry happened, as text."""
    month_of = {
        "sqlite": func.strftime("%Y-%m-01", Entry.happened_on),
        "postgresql": func.to_char(Entry.happened_on, "YYYY-MM-01"),
    }
    return month_of[db.session.get_bind().dialect.name].label("month")


def _unequal_months() -> list[str]:
    columns = (Entry.institution_id, Entry.kind, Entry.theme, month_of_entry())
    standing = select(*columns, func.count(), func.sum(Entry.quantity)).where(Entry.withdrawn_at.is_(None))
    rows = db.session.execute(standing.group_by(*columns))
    ledger = {(i, kind, theme, first): (n, int(quantity)) for i, kind, theme, first, n, quantity in rows}
    kept = {
        (t.institution_id, t.kind, t.theme, t.month.isoformat()): (t.n, t.quantity)
        for t in db.session.scalars(select(Total))
    }
    return [
        f"the total of {key[1]} in {key[3]} says {kept.get(key)}, the ledger {ledger.get(key)}"
        for key in sorted(ledger.keys() | kept.keys())
        if ledger.get(key) != kept.get(key)
    ]


def _unequal_reach() -> list[str]:
    """Whom a kind reached follows from whom its entries count for; how many those are, from who they are."""
    counted_for = select(Entry.institution_id, Entry.kind, EntryPerson.person_id).join_from(Entry, EntryPerson)
    reached = select(Reached.institution_id, Reached.kind, Reached.person_id)
    differing = [*db.session.execute(counted_for.except_(reached)), *db.session.execute(reached.except_(counted_for))]
    key = (Reached.institution_id, Reached.kind)
    people = {(i, kind): n for i, kind, n in db.session.execute(select(*key, func.count()).group_by(*key))}
    kept = {(reach.institution_id, reach.kind): reach.people for reach in db.session.scalars(select(Reach))}
    return [
        *(f"that {kind} reached person {person_id} is kept wrongly" for _, kind, person_id in differing),
        *(
            f"{kept.get(key)} people are said to be reached by {key[1]}, there are {people.get(key)}"
            for key in sorted(people.keys() | kept.keys())
            if people.get(key) != kept.get(key)
        ),
    ]

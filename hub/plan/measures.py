"""How the hub counts: an indicator's question asked of the running totals where they can answer, else of the ledger."""

import json
import zlib
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import Any

from sqlalchemy import JSON, ColumnElement, Integer, Select, and_, cast, func, literal, or_, select, union_all

from hub.accounts.queries import beneath
from hub.core.clock import today
from hub.core.db import db
from hub.core.themes import Theme
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry, EntryPerson, Reach, Reached, Total
from hub.evidence.queries import matches
from hub.plan.models import Counting, Indicator, Period, Shown
from hub.registration.queries import held_on

REGISTERED = "registration.registered"


@dataclass(frozen=True, slots=True)
class Definition:
    """The columns of an indicator that say what is counted, with the same names."""

    counting: Counting | None
    kinds: tuple[str, ...] = ()
    theme: Theme | None = None
    unit_id: int | None = None
    words: str = ""
    period: Period = Period.ALWAYS
    shown: Shown = Shown.NUMBER


TYPED = Definition(None)
REGISTERED_STAFF = Definition(Counting.REGISTERED)

# An imported indicator that says one of these words is counted so; the first that fits.
KNOWN: tuple[tuple[Definition, tuple[str, ...]], ...] = (
    (REGISTERED_STAFF, ("registered", "registration", "registrant")),
    (Definition(Counting.ENTRIES, ("directory.profile",)), ("profile", "directory entr", "webpage entr")),
    (
        Definition(Counting.ENTRIES, ("skills.session",)),
        ("session", "demonstration", "skills-sharing", "skills sharing", "workshop"),
    ),
    (Definition(Counting.QUANTITY, ("skills.session",)), ("people taught", "taught", "attend")),
    (Definition(Counting.ENTRIES, ("fund.award",)), ("awards made", "funded", "fund award", "bursar")),
    (Definition(Counting.QUANTITY, ("fund.award",)), ("spent", "£", "pounds")),
    (Definition(Counting.ENTRIES, ("awards.nomination",)), ("nominat",)),
    (Definition(Counting.ENTRIES, ("awards.award",)), ("award winner", "winners", "awards won")),
    (Definition(Counting.ENTRIES, ("registration.mentoring",)), ("mentor",)),
)


def definition_in(text: str) -> Definition:
    """How what an indicator's own words name is counted; typed in if they name nothing that the hub knows."""
    lowered = text.lower()
    return next((known for known, words in KNOWN if any(word in lowered for word in words)), TYPED)


# -- which entries count ---------------------------------------------------------------------------------------------


def since(indicator: Indicator, on: date) -> date | None:
    """The first day that counts for the value on a day; none if everything before does."""
    if indicator.counting == Counting.REGISTERED:
        return None
    return {
        Period.ALWAYS: None,
        Period.PLAN: indicator.action.plan.starts_on,
        Period.BASELINE: indicator.baseline_on,
        Period.YEAR: _a_year_before(on) + timedelta(days=1),
    }[indicator.period]


def _a_year_before(on: date) -> date:
    return on.replace(year=on.year - 1, day=28) if (on.month, on.day) == (2, 29) else on.replace(year=on.year - 1)


def behind(indicator: Indicator, on: date) -> list[ColumnElement[bool]]:
    """The entries that a counted indicator's value on a day is made of, as conditions on ``Entry``."""
    registered = indicator.counting == Counting.REGISTERED
    kinds = [REGISTERED] if registered else indicator.kinds
    first = since(indicator, on)
    found = [
        Entry.institution_id == indicator.institution_id,
        Entry.withdrawn_at.is_(None),
        Entry.happened_on <= on if first is None else Entry.happened_on.between(first, on),
    ]
    if kinds:
        found.append(Entry.kind.in_(kinds))
    if registered:
        found.append(Entry.source_id.in_(held_on(indicator.institution_id, on)))
    if indicator.theme is not None:
        found.append(Entry.theme == indicator.theme)
    if indicator.unit_id is not None:
        found.append(Entry.unit_id.in_(beneath(indicator.unit_id)))
    if indicator.words:
        found.append(matches(indicator.words))
    return found


# -- counting --------------------------------------------------------------------------------------------------------


def counts(indicators: Sequence[Indicator], on: date) -> dict[int, int]:
    """Id → value at the end of a day, of counted indicators of one institution: two statements, however many."""
    rolled = [i for i in indicators if _has_totals(i)]
    asked = [i for i in indicators if not _has_totals(i)]
    found = _rolled(rolled, on) | _asked(asked, on)
    return {i.id: as_shown(i, found[i.id]) for i in indicators}


def as_shown(indicator: Indicator, counted: int) -> int:
    """What was counted, in pounds if it was pence, as a number or as what it has grown by."""
    value = counted // 100 if is_money(indicator) else counted
    if indicator.shown == Shown.NUMBER or indicator.baseline is None:
        return value
    grown = value - indicator.baseline
    return grown if indicator.shown == Shown.GROWTH else round(100 * grown / indicator.baseline)


def is_money(indicator: Indicator | Definition) -> bool:
    return (
        indicator.counting == Counting.QUANTITY
        and bool(indicator.kinds)
        and all(KINDS[kind].unit == "pence" for kind in indicator.kinds)
    )


def _has_totals(indicator: Indicator) -> bool:
    """The running totals know kinds, themes and months; neither units nor words nor who was in it."""
    plain = indicator.unit_id is None and not indicator.words
    return plain and indicator.counting in {Counting.ENTRIES, Counting.QUANTITY}


def _rolled(indicators: Sequence[Indicator], on: date) -> dict[int, int]:
    """From whole months where they are whole, and from days in a month that a period begins or ends in."""
    if not indicators:
        return {}
    windows = {i.id: (since(i, on) or date.min, on) for i in indicators}
    by_kind: dict[str, list[Any]] = defaultdict(list)
    for row in db.session.execute(_months_and_days(indicators, _cut(windows.values()), on)):
        by_kind[row.kind].append(row)
    found = {}
    for i in indicators:
        first, last = windows[i.id]
        rows = (row for kind in i.kinds or by_kind for row in by_kind.get(kind, ()))
        fitting = (row for row in rows if first <= row.on <= last and i.theme in {None, row.theme})
        found[i.id] = sum(int(row.n if i.counting == Counting.ENTRIES else row.quantity) for row in fitting)
    return found


def _cut(windows: Iterable[tuple[date, date]]) -> list[date]:
    """The first days of the months that a window begins after or ends within."""
    begun = {first.replace(day=1) for first, _ in windows if first.day > 1}
    ended = {last.replace(day=1) for _, last in windows if last.day < monthrange(last.year, last.month)[1]}
    return sorted(begun | ended)


def _months_and_days(indicators: Sequence[Indicator], cut: list[date], on: date) -> Any:
    """Rows of (kind, theme, on, n, quantity): a month by its first day, those in *cut* day by day."""
    institution_id = indicators[0].institution_id
    kinds = set().union(*(i.kinds or KINDS for i in indicators))
    months = select(Total.kind, Total.theme, Total.month.label("on"), Total.n, Total.quantity).where(
        Total.institution_id == institution_id, Total.kind.in_(kinds), Total.month <= on, Total.month.not_in(cut)
    )
    if not cut:
        return months
    days = (
        select(Entry.kind, Entry.theme, Entry.happened_on, func.count(), func.sum(Entry.quantity))
        .where(
            Entry.institution_id == institution_id,
            Entry.kind.in_(kinds),
            Entry.withdrawn_at.is_(None),
            or_(*(Entry.happened_on.between(first, min(on, _last_day(first))) for first in cut)),
        )
        .group_by(Entry.kind, Entry.theme, Entry.happened_on)
    )
    return union_all(months, days)


def _last_day(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _asked(indicators: Sequence[Indicator], on: date) -> dict[int, int]:
    """Those that only the ledger, or whom it reached, can answer: each question a part of one statement."""
    if not indicators:
        return {}
    asking = {_asks(i, on): i for i in indicators}
    row = db.session.execute(select(*(_question(i, on).label(f"i{i.id}") for i in asking.values()))).one()
    answers = dict(zip(asking, row, strict=True))
    return {i.id: int(answers[_asks(i, on)] or 0) for i in indicators}


def _asks(indicator: Indicator, on: date) -> tuple[Any, ...]:
    """What two indicators have in common that ask the same; all are of one institution."""
    of_what = (indicator.counting, *indicator.kinds), indicator.theme, indicator.unit_id, indicator.words
    return (*of_what, indicator.period, since(indicator, on))


def _question(indicator: Indicator, on: date) -> Any:
    if indicator.counting == Counting.ENTRIES:
        return select(func.count()).select_from(Entry).where(*behind(indicator, on)).scalar_subquery()
    if indicator.counting == Counting.QUANTITY:
        return select(func.sum(Entry.quantity)).where(*behind(indicator, on)).scalar_subquery()
    if _has_reach(indicator, on):
        return _reached(indicator).scalar_subquery()
    people = select(func.count(EntryPerson.person_id.distinct())).join(Entry, Entry.id == EntryPerson.entry_id)
    return people.where(*behind(indicator, on)).scalar_subquery()


def _has_reach(indicator: Indicator, on: date) -> bool:
    """Whom a kind has reached is kept as it is today, whatever the theme, the unit and the words."""
    whole = indicator.theme is None and indicator.unit_id is None and not indicator.words
    return whole and indicator.counting == Counting.PEOPLE and indicator.period == Period.ALWAYS and on == today()


def _reached(indicator: Indicator) -> Select[Any]:
    here = Reached.institution_id == indicator.institution_id
    if len(indicator.kinds) == 1:
        return select(Reach.people).where(
            Reach.institution_id == indicator.institution_id, Reach.kind == indicator.kinds[0]
        )
    people = select(func.count(Reached.person_id.distinct())).where(here)
    return people.where(Reached.kind.in_(indicator.kinds)) if indicator.kinds else people


# -- freezing --------------------------------------------------------------------------------------------------------


def counted_from(indicator: Indicator, on: date) -> tuple[int, list[int]]:
    """The value at the end of a day, worked out from the very entries whose ids come with it."""
    if indicator.counting in {Counting.PEOPLE, Counting.REGISTERED}:
        rows = db.session.execute(
            select(Entry.id, EntryPerson.person_id)
            .outerjoin(EntryPerson, EntryPerson.entry_id == Entry.id)
            .where(and_(*behind(indicator, on)))
        ).all()
        counted = len({person_id for _, person_id in rows} - {None})
    else:
        rows = db.session.execute(select(Entry.id, Entry.quantity).where(and_(*behind(indicator, on)))).all()
        counted = len(rows) if indicator.counting == Counting.ENTRIES else sum(quantity for _, quantity in rows)
    return as_shown(indicator, counted), sorted({entry_id for entry_id, _ in rows})


def packed(ids: Sequence[int]) -> bytes:
    """Ids in ascending order, as the small steps from each to the next: about a byte an entry."""
    return zlib.compress(json.dumps([b - a for a, b in pairwise([0, *ids])], separators=(",", ":")).encode())


def unpacked(kept: bytes | None) -> list[int]:
    """The ids again; none stand behind what was typed."""
    return [] if kept is None else list(accumulate(json.loads(zlib.decompress(kept))))


def among(ids: Iterable[int]) -> Select[Any]:
    """*ids* as a table of one parameter, however many they are."""
    each = {"sqlite": func.json_each, "postgresql": func.json_array_elements_text}
    listed = each[db.session.get_bind().dialect.name](literal(list(ids), JSON))
    return select(cast(listed.table_valued("value").c.value, Integer))

"""The records behind a number, and which of them somebody may open."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import joinedload

from hub.accounts.models import Person
from hub.core.db import db
from hub.evidence.models import Entry, EntryPerson
from hub.evidence.policy import can_read_ledger
from hub.plan.measures import among, behind, unpacked
from hub.plan.models import Action, Indicator, Placement, PlacementState, Plan, Reading, Stage


def of_value(indicator: Indicator, on: date) -> Select[Any]:
    """The entries that a counted indicator's value on a day is made of."""
    return select(Entry).options(joinedload(Entry.unit)).where(*behind(indicator, on))


def of_reading(reading: Reading) -> Select[Any]:
    """The entries that a frozen value was counted from, also those that were withdrawn since."""
    return select(Entry).options(joinedload(Entry.unit)).where(Entry.id.in_(among(unpacked(reading.entries))))


def open_to(viewer: Person) -> ColumnElement[bool]:
    """The entries that *viewer* may open: all, or those that count for them or stand in a plan that they may read."""
    if can_read_ledger(viewer):
        return true()
    mine = select(EntryPerson.entry_id).where(EntryPerson.entry_id == Entry.id, EntryPerson.person_id == viewer.id)
    placed = (
        select(Placement.id)
        .join(Action, Action.id == Placement.action_id)
        .join(Plan, Plan.id == Action.plan_id)
        .where(
            Placement.entry_id == Entry.id,
            Placement.state == PlacementState.ACCEPTED,
            Plan.institution_id == viewer.institution_id,
            Plan.stage != Stage.DRAFT,
        )
    )
    return or_(mine.exists(), placed.exists())


def closed_to(viewer: Person, rows: Select[Any]) -> int:
    """How many of these entries *viewer* may not open."""
    if can_read_ledger(viewer):
        return 0
    return db.session.scalar(select(func.count()).select_from(rows.where(~open_to(viewer)).subquery())) or 0


def withdrawn(readings: Sequence[Reading]) -> dict[int, int]:
    """Id of a frozen value → how many of its entries were withdrawn since, where there are any."""
    kept = {r.id: set(unpacked(r.entries)) for r in readings}
    everything = set().union(*kept.values())
    gone = set(
        db.session.scalars(select(Entry.id).where(Entry.id.in_(among(everything)), Entry.withdrawn_at.is_not(None)))
        if everything
        else ()
    )
    return {reading_id: len(ids & gone) for reading_id, ids in kept.items() if ids & gone}

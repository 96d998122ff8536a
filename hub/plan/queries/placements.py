"""Reads of the evidence that is placed on actions, or waits for a place."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from hub.core.db import db
from hub.evidence.models import Entry
from hub.plan.models import Action, Placement, PlacementState, Plan

NEWEST_FIRST = (Entry.happened_on.desc(), Placement.id.desc())


def placement(placement_id: int) -> Placement:
    return db.session.scalars(
        select(Placement)
        .options(joinedload(Placement.entry).joinedload(Entry.unit), joinedload(Placement.action))
        .where(Placement.id == placement_id)
    ).one()


def waiting(institution_id: int) -> Select[Any]:
    """The inbox: what waits for a place, newest first."""
    return (
        select(Placement)
        .join(Placement.entry)
        .options(joinedload(Placement.entry).joinedload(Entry.unit), joinedload(Placement.action))
        .where(Placement.institution_id == institution_id, Placement.state == PlacementState.SUGGESTED)
    )


def waiting_count(institution_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Placement)
            .where(Placement.institution_id == institution_id, Placement.state == PlacementState.SUGGESTED)
        )
        or 0
    )


def placed_on(action_id: int) -> Select[Any]:
    """Accepted evidence of an action, newest first."""
    return (
        select(Placement)
        .join(Placement.entry)
        .options(joinedload(Placement.entry).joinedload(Entry.unit))
        .where(Placement.action_id == action_id, Placement.state == PlacementState.ACCEPTED)
        .order_by(*NEWEST_FIRST)
    )


def actions_shown_by(entry_ids: Collection[int]) -> list[tuple[Action, str]]:
    """The actions on which entries are accepted, with the names of their plans."""
    rows = db.session.execute(
        select(Action, Plan.name)
        .join(Placement, Placement.action_id == Action.id)
        .join(Plan, Plan.id == Action.plan_id)
        .where(Placement.entry_id.in_(entry_ids), Placement.state == PlacementState.ACCEPTED)
        .order_by(Plan.starts_on.desc(), Action.position, Action.id)
    )
    return [(action, name) for action, name in rows]

"""Reads of what happened to a plan in a stretch of time, for the report of a month."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import defer, joinedload, selectinload

from hub.core.db import db
from hub.evidence.models import Entry
from hub.plan.models import (
    Action,
    Amendment,
    DecisionWanted,
    Indicator,
    Placement,
    PlacementState,
    PlanVersion,
    ProgressNote,
    RagDecision,
)


def actions_reported(plan_id: int) -> Sequence[Action]:
    """A plan's actions in order with their milestones, and all that the pace of their indicators needs."""
    found = db.session.scalars(
        select(Action)
        .options(
            joinedload(Action.plan, innerjoin=True),
            joinedload(Action.milestones),
            selectinload(Action.indicators).options(joinedload(Indicator.targets), joinedload(Indicator.readings)),
        )
        .where(Action.plan_id == plan_id)
        .order_by(Action.position, Action.id)
    )
    return found.unique().all()


def colours_set(plan_id: int) -> dict[int, list[RagDecision]]:
    """Action id → how its RAG was decided through all time, oldest first."""
    found: dict[int, list[RagDecision]] = {}
    asked = select(RagDecision).join(Action, Action.id == RagDecision.action_id).where(Action.plan_id == plan_id)
    for one in db.session.scalars(asked.order_by(RagDecision.decided_at, RagDecision.id)):
        found.setdefault(one.action_id, []).append(one)
    return found


def version_before(plan_id: int, end: datetime) -> PlanVersion | None:
    """The last version kept before a moment, with what it says."""
    return db.session.scalars(
        select(PlanVersion)
        .where(PlanVersion.plan_id == plan_id, PlanVersion.kept_at < end)
        .order_by(PlanVersion.number.desc())
        .limit(1)
    ).one_or_none()


def versions_kept(plan_id: int, begin: datetime, end: datetime) -> Sequence[PlanVersion]:
    return db.session.scalars(
        select(PlanVersion)
        .options(defer(PlanVersion.content))
        .where(PlanVersion.plan_id == plan_id, PlanVersion.kept_at >= begin, PlanVersion.kept_at < end)
        .order_by(PlanVersion.number)
    ).all()


def amended(plan_id: int, begin: datetime, end: datetime) -> Sequence[Amendment]:
    return db.session.scalars(
        select(Amendment)
        .join(Action, Action.id == Amendment.action_id)
        .where(Action.plan_id == plan_id, Amendment.made_at >= begin, Amendment.made_at < end)
        .order_by(Amendment.made_at, Amendment.id)
    ).all()


def _accepted(plan_id: int, begin: datetime, end: datetime) -> ColumnElement[bool]:
    """Of placements joined with their action: accepted in that time, and still there."""
    return and_(
        Action.plan_id == plan_id,
        Placement.state == PlacementState.ACCEPTED,
        Placement.decided_at >= begin,
        Placement.decided_at < end,
    )


def accepted_between(plan_id: int, begin: datetime, end: datetime) -> Select[Any]:
    """Evidence that was accepted on a plan's actions in that time."""
    return (
        select(Placement)
        .join(Placement.entry)
        .join(Placement.action)
        .options(joinedload(Placement.entry).joinedload(Entry.unit), joinedload(Placement.action))
        .where(_accepted(plan_id, begin, end))
    )


def objectives(plan_id: int) -> dict[int, str]:
    """Action id → what it wants, in the order of the plan."""
    rows = db.session.execute(
        select(Action.id, Action.objective).where(Action.plan_id == plan_id).order_by(Action.position, Action.id)
    )
    return dict(rows.all())


def accepted_counts(plan_id: int, begin: datetime, end: datetime) -> dict[int, int]:
    """Action id → how many pieces of evidence that are."""
    rows = db.session.execute(
        select(Action.id, func.count())
        .join(Placement, Placement.action_id == Action.id)
        .where(_accepted(plan_id, begin, end))
        .group_by(Action.id)
    )
    return dict(rows.all())


def decisions_asked(plan_id: int, begin: datetime, end: datetime) -> Sequence[ProgressNote]:
    """Check-ins of that time in which an owner wants something decided."""
    return db.session.scalars(
        select(ProgressNote)
        .join(ProgressNote.action)
        .options(joinedload(ProgressNote.author))
        .where(
            Action.plan_id == plan_id,
            ProgressNote.wants_decision.is_(True),
            ProgressNote.written_at >= begin,
            ProgressNote.written_at < end,
        )
        .order_by(ProgressNote.written_at, ProgressNote.id)
    ).all()


def decisions_wanted(plan_id: int, month: date) -> Sequence[DecisionWanted]:
    """What the lead puts to the steering group."""
    return db.session.scalars(
        select(DecisionWanted)
        .where(DecisionWanted.plan_id == plan_id, DecisionWanted.month == month)
        .order_by(DecisionWanted.id)
    ).all()


def decision_wanted(decision_id: int) -> DecisionWanted:
    return db.session.scalars(
        select(DecisionWanted)
        .options(joinedload(DecisionWanted.plan, innerjoin=True))
        .where(DecisionWanted.id == decision_id)
    ).one()

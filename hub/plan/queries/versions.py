"""Reads of a plan's versions, and of the reasons for what was changed after publication."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import defer, joinedload

from hub.core.db import db
from hub.plan.models import Action, Amendment, Occasion, PlanVersion


def version(version_id: int) -> PlanVersion:
    return db.session.scalars(
        select(PlanVersion).options(joinedload(PlanVersion.plan, innerjoin=True)).where(PlanVersion.id == version_id)
    ).one()


def versions_of(plan_id: int) -> Select[Any]:
    """All of a plan without what they say."""
    return select(PlanVersion).options(defer(PlanVersion.content)).where(PlanVersion.plan_id == plan_id)


def version_numbered(plan_id: int, number: int) -> PlanVersion:
    return db.session.scalars(
        select(PlanVersion).where(PlanVersion.plan_id == plan_id, PlanVersion.number == number)
    ).one()


def last_number(plan_id: int) -> int:
    return db.session.scalar(select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == plan_id)) or 0


def baseline(plan_id: int) -> PlanVersion | None:
    """The plan as it was published, the last time."""
    return db.session.scalars(
        select(PlanVersion)
        .where(PlanVersion.plan_id == plan_id, PlanVersion.occasion == Occasion.PUBLISHED)
        .order_by(PlanVersion.number.desc())
        .limit(1)
    ).one_or_none()


def amendments(plan_id: int) -> dict[int, list[Amendment]]:
    """Action id → why it was changed after publication, oldest first."""
    found: dict[int, list[Amendment]] = {}
    asked = select(Amendment).join(Action, Action.id == Amendment.action_id).where(Action.plan_id == plan_id)
    for one in db.session.scalars(asked.order_by(Amendment.made_at, Amendment.id)):
        found.setdefault(one.action_id, []).append(one)
    return found


def amendments_of(action_id: int) -> Sequence[Amendment]:
    return db.session.scalars(
        select(Amendment)
        .where(Amendment.action_id == action_id)
        .order_by(Amendment.made_at.desc(), Amendment.id.desc())
    ).all()

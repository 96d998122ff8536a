"""Reads of the inbox while it is worked through: where things can go, by which rules, what was decided just now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import contains_eager, joinedload

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import Refusal
from hub.plan.feeding import IN_FORCE
from hub.plan.models import Action, Placement, PlacementState, Plan, Rule, Stage

A_MOMENT = timedelta(minutes=15)  # for so long the inbox offers to undo


class MomentPassed(Refusal):
    """What was decided at once is taken back one by one from now on."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Placements decided at once: the first of them, and how many they are."""

    first: Placement
    n: int


def rules_in_force(institution_id: int) -> Sequence[Rule]:
    """By which the inbox suggests, action by action."""
    return db.session.scalars(
        select(Rule)
        .join(Rule.action)
        .join(Action.plan)
        .options(joinedload(Rule.unit))
        .where(Rule.institution_id == institution_id, Plan.stage.in_(IN_FORCE))
        .order_by(Action.position, Action.id, Rule.id)
    ).all()


def placements(ids: set[int], institution_id: int) -> Sequence[Placement]:
    """Those of *ids* in the institution's inbox, whatever was decided on them.

    :raises NoResultFound: if one of them is not there
    """
    found = db.session.scalars(
        select(Placement)
        .options(joinedload(Placement.entry))
        .where(Placement.id.in_(ids), Placement.institution_id == institution_id)
        .order_by(Placement.id)
    ).all()
    if len(found) != len(ids):
        raise NoResultFound
    return found


def places(institution_id: int) -> Sequence[Action]:
    """Every action that evidence can be placed on, plan by plan, the one in force first."""
    published_first = case((Plan.stage == Stage.PUBLISHED, 0), else_=1)
    return db.session.scalars(
        select(Action)
        .join(Action.plan)
        .options(contains_eager(Action.plan))
        .where(Plan.institution_id == institution_id, Plan.stage != Stage.CLOSED)
        .order_by(published_first, Plan.starts_on.desc(), Plan.id.desc(), Action.position, Action.id)
    ).all()


def decided(institution_id: int) -> Select[Any]:
    """What was accepted or set aside, with who decided."""
    return (
        select(Placement)
        .join(Placement.entry)
        .options(contains_eager(Placement.entry), joinedload(Placement.action), joinedload(Placement.decided_by))
        .where(Placement.institution_id == institution_id, Placement.state != PlacementState.SUGGESTED)
    )


def batch_of(one: Placement) -> Sequence[Placement]:
    """What was decided at once with *one*, and still stands.

    :raises MomentPassed: if it was not a moment ago
    """
    found = db.session.scalars(
        select(Placement)
        .options(joinedload(Placement.entry))
        .where(
            Placement.decided_by_id == one.decided_by_id,
            Placement.decided_at == one.decided_at,
            Placement.decided_at > now() - A_MOMENT,
            Placement.institution_id == one.institution_id,
            Placement.state != PlacementState.SUGGESTED,
        )
        .order_by(Placement.id)
    ).all()
    if not found:
        raise MomentPassed(
            "This can no longer be undone all at once: take back what you want under “What was decided”."
        )
    return found


def just_decided(user: Person) -> Batch | None:
    """What *user* decided last, if that was a moment ago."""
    found = db.session.execute(
        select(Placement, func.count().over(partition_by=Placement.decided_at))
        .where(
            Placement.decided_by_id == user.id,
            Placement.decided_at > now() - A_MOMENT,
            Placement.state != PlacementState.SUGGESTED,
        )
        .order_by(Placement.decided_at.desc(), Placement.id)
        .limit(1)
    ).first()
    return Batch(*found) if found else None

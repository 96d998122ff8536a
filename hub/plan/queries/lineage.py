"""Reads of where actions came from and where they went."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from hub.core.db import db
from hub.plan.models import Action, Plan, Successor, Trajectory
from hub.plan.trajectories import Fate, Figures, figures


def trajectory(trajectory_id: int) -> Trajectory:
    """With its action, its plan and its successors."""
    return db.session.scalars(
        select(Trajectory)
        .options(
            joinedload(Trajectory.action, innerjoin=True),
            joinedload(Trajectory.plan, innerjoin=True),
            selectinload(Trajectory.successors),
        )
        .where(Trajectory.id == trajectory_id)
    ).one()


def trajectories(plan_id: int) -> Sequence[Trajectory]:
    """What became of every action of the plan before, in that plan's order: one statement."""
    return (
        db.session.scalars(
            select(Trajectory)
            .join(Trajectory.action)
            .options(
                contains_eager(Trajectory.action),
                joinedload(Trajectory.successors).joinedload(Successor.action),
            )
            .where(Trajectory.plan_id == plan_id)
            .order_by(Action.position, Action.id)
        )
        .unique()
        .all()
    )


def trajectory_figures(found: Sequence[Trajectory], actions: Iterable[int]) -> Figures | None:
    """The figures of a plan with such *actions* against the one before; none if it follows none."""
    fates = [Fate(t.action.rag, t.course, tuple(s.action_id for s in t.successors)) for t in found]
    return figures(fates, actions) if fates else None


def trajectories_through(action_id: int) -> Sequence[Trajectory]:
    """Those by which an action came, and those by which it went: one statement."""
    into = select(Successor.trajectory_id).where(Successor.action_id == action_id)
    return (
        db.session.scalars(
            select(Trajectory)
            .options(
                joinedload(Trajectory.action).joinedload(Action.plan),
                joinedload(Trajectory.plan),
                joinedload(Trajectory.successors).joinedload(Successor.action),
            )
            .where(or_(Trajectory.action_id == action_id, Trajectory.id.in_(into)))
            .order_by(Trajectory.id)
        )
        .unique()
        .all()
    )


def possible_predecessors(plan: Plan) -> Sequence[Plan]:
    """Plans of the same institution that began earlier, the nearest first."""
    return db.session.scalars(
        select(Plan)
        .where(Plan.institution_id == plan.institution_id, Plan.starts_on < plan.starts_on)
        .order_by(Plan.starts_on.desc(), Plan.id.desc())
    ).all()


def action_ids(plan_id: int) -> set[int]:
    return set(db.session.scalars(select(Action.id).where(Action.plan_id == plan_id)))

"""Reads of where actions came from and where they went."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

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
    """What became of every action of the plan before, in that plan's order."""
    return db.session.scalars(
        select(Trajectory)
        .join(Trajectory.action)
        .options(
            joinedload(Trajectory.action),
            selectinload(Trajectory.successors).joinedload(Successor.action),
        )
        .where(Trajectory.plan_id == plan_id)
        .order_by(Action.position, Action.id)
    ).all()


def trajectory_figures(plan_id: int) -> Figures | None:
    """The figures of a plan against the one before; none if it has none."""
    rows = db.session.execute(
        select(Trajectory.id, Trajectory.course, Action.rag, Successor.action_id)
        .join(Trajectory.action)
        .outerjoin(Successor, Successor.trajectory_id == Trajectory.id)
        .where(Trajectory.plan_id == plan_id)
    ).all()
    if not rows:
        return None
    into: dict[int, list[int]] = {}
    for row in rows:
        into.setdefault(row.id, []).extend([row.action_id] if row.action_id is not None else [])
    fates = {row.id: Fate(row.rag, row.course, tuple(into[row.id])) for row in rows}
    return figures(fates.values(), action_ids(plan_id))


def came_from(action_id: int) -> Sequence[Trajectory]:
    """The earlier actions that went into this one."""
    return db.session.scalars(
        select(Trajectory)
        .join(Successor, Successor.trajectory_id == Trajectory.id)
        .options(joinedload(Trajectory.action).joinedload(Action.plan))
        .where(Successor.action_id == action_id)
        .order_by(Trajectory.id)
    ).all()


def went_to(action_id: int) -> Sequence[Trajectory]:
    """What was decided on this one in later plans."""
    return db.session.scalars(
        select(Trajectory)
        .options(
            joinedload(Trajectory.plan),
            selectinload(Trajectory.successors).joinedload(Successor.action),
        )
        .where(Trajectory.action_id == action_id, Trajectory.course.is_not(None))
        .order_by(Trajectory.id)
    ).all()


def possible_predecessors(plan: Plan) -> Sequence[Plan]:
    """Plans of the same institution that began earlier, the nearest first."""
    return db.session.scalars(
        select(Plan)
        .where(Plan.institution_id == plan.institution_id, Plan.starts_on < plan.starts_on)
        .order_by(Plan.starts_on.desc(), Plan.id.desc())
    ).all()


def action_ids(plan_id: int) -> set[int]:
    return set(db.session.scalars(select(Action.id).where(Action.plan_id == plan_id)))

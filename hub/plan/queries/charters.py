"""Reads of which points of charters a plan's actions serve, and of the evidence that stands on points through them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, extract, func, select, union
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import contains_eager, joinedload

from hub.charters import queries as charters
from hub.charters.models import Charter, Point, PointEntry
from hub.core.db import db
from hub.evidence.models import Entry
from hub.plan.coverage import Coverage, PointLine, line_of
from hub.plan.models import Action, ActionPoint, Placement, PlacementState, Plan
from hub.plan.queries.plans import plan


@dataclass(frozen=True, slots=True)
class PlanCharter:
    """A charter as it is asked of a plan."""

    plan: Plan
    charter: Charter

    @property
    def institution_id(self) -> int:
        return self.plan.institution_id


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """A point as it is asked of a plan."""

    plan: Plan
    point: Point

    @property
    def institution_id(self) -> int:
        return self.plan.institution_id


def plan_and_charter(plan_id: int, charter_id: int) -> PlanCharter:
    found = PlanCharter(plan(plan_id), charters.charter(charter_id))
    _refuse_another_institution(found.plan, found.charter)
    return found


def plan_and_point(plan_id: int, point_id: int) -> PlanPoint:
    found = PlanPoint(plan(plan_id), charters.point(point_id))
    _refuse_another_institution(found.plan, found.point)
    return found


def _refuse_another_institution(of: Plan, asked: Charter | Point) -> None:
    if of.institution_id != asked.institution_id:
        raise NoResultFound


def points_served(action_id: int) -> Sequence[ActionPoint]:
    """Which points an action serves, each with its charter."""
    return db.session.scalars(_served().where(ActionPoint.action_id == action_id)).all()


def points_served_in(plan_id: int) -> Sequence[ActionPoint]:
    """The same of all actions of a plan."""
    return db.session.scalars(_served().join(ActionPoint.action).where(Action.plan_id == plan_id)).all()


def _served() -> Select[Any]:
    return (
        select(ActionPoint)
        .join(ActionPoint.point)
        .join(Point.charter)
        .options(contains_eager(ActionPoint.point).contains_eager(Point.charter))
        .order_by(Charter.id, *charters.IN_ORDER, ActionPoint.action_id)
    )


def action_point(action_id: int, point_id: int) -> ActionPoint:
    return db.session.scalars(
        select(ActionPoint)
        .options(joinedload(ActionPoint.action).joinedload(Action.plan), joinedload(ActionPoint.point))
        .where(ActionPoint.action_id == action_id, ActionPoint.point_id == point_id)
    ).one()


# -- coverage ----------------------------------------------------------------------------------------------------------


def charter_coverage(of: Plan, charter: Charter) -> Coverage:
    """How *of* covers one charter: two statements."""
    (found,) = charter_coverages(of, [charter])
    return found


def charter_coverages(of: Plan, some: Sequence[Charter]) -> list[Coverage]:
    """The same of several, in two statements however many. A retired point counts while an action serves it."""
    lines = _counting(of, some)
    _add_evidence(of, lines)
    return [Coverage(of, charter, [lines[p.id] for p in charter.points if p.id in lines]) for charter in some]


def _counting(of: Plan, some: Sequence[Charter]) -> dict[int, PointLine]:
    """The points that count for a plan, by id, with the actions that serve them: one statement."""
    lines = {point.id: line_of(of, point) for charter in some for point in charter.points}
    _add_actions(of, lines)
    return {key: line for key, line in lines.items() if line.point.retired_on is None or line.actions}


def point_line(of: Plan, point: Point) -> PointLine:
    """One point alone."""
    line = line_of(of, point)
    _add_actions(of, {point.id: line})
    _add_evidence(of, {point.id: line})
    return line


def _add_actions(of: Plan, lines: dict[int, PointLine]) -> None:
    rows = db.session.execute(
        select(ActionPoint.point_id, Action)
        .join(Action, Action.id == ActionPoint.action_id)
        .where(Action.plan_id == of.id, ActionPoint.point_id.in_(lines))
        .order_by(Action.position, Action.id)
    )
    for point_id, action in rows:
        lines[point_id].actions.append(action)


def _add_evidence(of: Plan, lines: dict[int, PointLine]) -> None:
    stands = _standing(of, Point.id.in_(lines))
    year = (extract("year", Entry.happened_on) - case((extract("month", Entry.happened_on) < 8, 1), else_=0)).label("y")
    key = (stands.c.point_id, Entry.theme, year)
    rows = db.session.execute(
        select(*key, func.count(), func.max(Entry.happened_on))
        .join(Entry, Entry.id == stands.c.entry_id)
        .where(Entry.withdrawn_at.is_(None))
        .group_by(*key)
    )
    for point_id, theme, first, n, newest in rows:
        line = lines[point_id]
        line.cells[theme, int(first)] = n
        line.newest = max(filter(None, (line.newest, newest)))


def _standing(of: Plan, which: ColumnElement[bool]) -> Subquery:
    """Rows of (point, entry), each once: what is accepted on an action of the plan that serves the point, and what was
    placed on it directly and happened in the plan's time."""
    through = (
        select(ActionPoint.point_id, Placement.entry_id)
        .join(Point, Point.id == ActionPoint.point_id)
        .join(Action, Action.id == ActionPoint.action_id)
        .join(Placement, Placement.action_id == Action.id)
        .where(Action.plan_id == of.id, Placement.state == PlacementState.ACCEPTED, which)
    )
    directly = (
        select(PointEntry.point_id, PointEntry.entry_id)
        .join(PointEntry.point)
        .join(PointEntry.entry)
        .where(Entry.happened_on.between(of.starts_on, of.ends_on), which)
    )
    return union(through, directly).subquery()


def evidence_on(of: Plan, point: Point) -> Select[Any]:
    """What stands on a point for a plan, for a list."""
    stands = _standing(of, Point.id == point.id)
    return (
        select(Entry)
        .options(joinedload(Entry.unit))
        .where(Entry.id.in_(select(stands.c.entry_id)), Entry.withdrawn_at.is_(None))
    )


def ways_to(of: Plan, point: Point, entry_ids: Collection[int]) -> dict[int, list[Action]]:
    """By which actions of the plan entries stand on a point; those that are not in it were placed there directly."""
    rows = db.session.execute(
        select(Placement.entry_id, Action)
        .join(Action, Action.id == Placement.action_id)
        .join(ActionPoint, ActionPoint.action_id == Action.id)
        .where(
            Action.plan_id == of.id,
            ActionPoint.point_id == point.id,
            Placement.entry_id.in_(entry_ids),
            Placement.state == PlacementState.ACCEPTED,
        )
        .order_by(Action.position, Action.id)
    )
    ways: dict[int, list[Action]] = {}
    for entry_id, action in rows:
        ways.setdefault(entry_id, []).append(action)
    return ways


def evidence_by_point(charter: Charter, of: Plan) -> dict[Point, list[Entry]]:
    """Every point of *charter* that counts for a plan → what stands on it, the oldest first: two statements."""
    points = {key: line.point for key, line in _counting(of, [charter]).items()}
    stands = _standing(of, Point.id.in_(points))
    rows = db.session.execute(
        select(stands.c.point_id, Entry)
        .join(Entry, Entry.id == stands.c.entry_id)
        .options(joinedload(Entry.unit))
        .where(Entry.withdrawn_at.is_(None))
        .order_by(Entry.happened_on, Entry.id)
    )
    found: dict[Point, list[Entry]] = {point: [] for point in points.values()}
    for point_id, entry in rows:
        found[points[point_id]].append(entry)
    return found

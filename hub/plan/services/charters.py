"""Saying which points of charters actions serve."""

from collections.abc import Collection, Iterable

from sqlalchemy import select

from hub.accounts.models import Person
from hub.charters.models import Point
from hub.core.db import db
from hub.plan.models import Action, ActionPoint

Pair = tuple[int, int]  # the ids of an action and of a point


def serve(actions: Collection[Action], points: Iterable[Point], *, actor: Person) -> list[Pair]:
    """Each of *actions* serves each of *points*, beside what it serves already; which pairs are new."""
    return serve_pairs({(action.id, point.id) for point in points for action in actions}, actor=actor)


def serve_no_more(actions: Collection[Action], points: Iterable[Point], *, actor: Person) -> list[Pair]:
    """None of *actions* serves any of *points*; which pairs were there.

    What was accepted on the actions stays there, and stands on the points no longer.
    """
    return part_pairs({(action.id, point.id) for point in points for action in actions}, actor=actor)


def serve_pairs(pairs: Collection[Pair], *, actor: Person) -> list[Pair]:  # noqa: ARG001
    there = {(one.action_id, one.point_id) for one in _among(pairs)}
    new = sorted(set(pairs) - there)
    db.session.add_all(ActionPoint(action_id=action_id, point_id=point_id) for action_id, point_id in new)
    db.session.flush()
    return new


def part_pairs(pairs: Collection[Pair], *, actor: Person) -> list[Pair]:  # noqa: ARG001
    gone = _among(pairs)
    for one in gone:
        db.session.delete(one)
    db.session.flush()
    return [(one.action_id, one.point_id) for one in gone]


def _among(pairs: Collection[Pair]) -> list[ActionPoint]:
    """Those of *pairs* that are there."""
    of_them = select(ActionPoint).where(ActionPoint.action_id.in_({action_id for action_id, _ in pairs}))
    return [one for one in db.session.scalars(of_them) if (one.action_id, one.point_id) in pairs]

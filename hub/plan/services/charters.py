"""Saying which points of charters an action serves."""

from collections.abc import Iterable

from sqlalchemy import select

from hub.accounts.models import Person
from hub.charters.models import Point
from hub.core.db import db
from hub.plan.models import Action, ActionPoint


def serve(actions: Iterable[Action], points: Iterable[Point], *, actor: Person) -> None:  # noqa: ARG001
    """Each of *actions* serves each of *points*, beside what it serves already."""
    wanted = {(action.id, point.id) for point in points for action in actions}
    known = select(ActionPoint.action_id, ActionPoint.point_id).where(
        ActionPoint.action_id.in_({action_id for action_id, _ in wanted})
    )
    new = sorted(wanted - {(row.action_id, row.point_id) for row in db.session.execute(known)})
    db.session.add_all(ActionPoint(action_id=action_id, point_id=point_id) for action_id, point_id in new)
    db.session.flush()


def serve_no_more(served: ActionPoint, *, actor: Person) -> None:  # noqa: ARG001
    """What was accepted on the action stays there, and stands on the point no longer."""
    db.session.delete(served)
    db.session.flush()

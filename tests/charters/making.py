"""Charters for tests, made through the services."""

from datetime import date
from typing import Any

from sqlalchemy import select

from hub.accounts.models import Person
from hub.charters import queries, services
from hub.charters.models import Charter, Point, PointEntry
from hub.core.db import db
from hub.core.links import path_to
from hub.evidence.models import Entry
from hub.plan import services as plans
from hub.plan.models import Action, ActionPoint


def charter(lead: Person, *topics: str, **given: Any) -> Charter:
    """With a point for each topic, numbered from 1."""
    made = services.add_charter(actor=lead, **{"name": "Fair credit charter"} | given)
    before = None
    for number, topic in enumerate(topics, 1):
        before = services.add_point(made, actor=lead, number=str(number), topic=topic, after=before)
    return queries.charter(made.id)


def points(lead: Person, *topics: str, **given: Any) -> list[Point]:
    return list(charter(lead, *topics, **given).points)


def in_every_stage(lead: Person, *, action: Action, entry: Entry) -> None:
    """A point that an action serves, one with evidence on it, one with nothing, one retired; a retired charter."""
    served, shown, _bare, retired = points(lead, "Served", "Shown", "Bare", "No longer asked")
    plans.serve([action], [served], actor=lead)
    services.place(entry, [shown], actor=lead)
    services.retire(retired, actor=lead, on=date(2026, 9, 1))
    services.retire(charter(lead, "Over", name="An older charter"), actor=lead, on=date(2026, 9, 1))


def starts() -> list[str]:
    """Pages of the lead where something can be taken off a point, or a point be removed."""
    placed, served = (db.session.scalars(select(one)).one() for one in (PointEntry.entry_id, ActionPoint.action_id))
    bare = db.session.scalars(select(Point.id).where(Point.topic == "Bare")).one()
    return [
        path_to("charters.place", entry_id=placed),
        path_to("plan.choose_points", action_id=served),
        path_to("charters.edit_point", point_id=bare),
    ]

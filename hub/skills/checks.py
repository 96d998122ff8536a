"""What must always hold of sessions and their places: each finding one sentence."""

from sqlalchemy import func, select

from hub.core.db import db
from hub.core.invariants import Invariants
from hub.skills.models import Place, PlaceStage, Session, SessionStage


def _overfull() -> list[str]:
    taken = (
        select(Session.id, Session.capacity, func.count(Place.id).label("taken"))
        .join(Place, Place.session_id == Session.id)
        .where(Place.stage.in_((PlaceStage.BOOKED, PlaceStage.ATTENDED, PlaceStage.ABSENT)))
        .group_by(Session.id, Session.capacity)
        .having(func.count(Place.id) > Session.capacity)
        .order_by(Session.id)
    )
    return [f"session {row.id} has {row.taken} places taken of {row.capacity}" for row in db.session.execute(taken)]


def _confirmed_by_nobody() -> list[str]:
    yes = select(Place.session_id).where(Place.was_there.is_(True))
    ids = db.session.scalars(
        select(Session.id).where(Session.stage == SessionStage.CONFIRMED, Session.id.not_in(yes)).order_by(Session.id)
    )
    return [f"session {session_id} is confirmed and nobody says that they were there" for session_id in ids]


INVARIANTS: Invariants = {
    "skills.places-within-capacity": _overfull,
    "skills.confirmed-by-somebody": _confirmed_by_nobody,
}

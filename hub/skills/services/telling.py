"""Saying that a session was held, and by both sides.

The host says who came. Each of them answers once: “I was there” or “I was not”. When all have answered, or after
fourteen days, a session that at least one of them confirms is confirmed for good, with the number who said yes;
later answers are not taken. A session that nobody confirms never counts.
"""

from collections.abc import Collection
from datetime import timedelta

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import MoveRefused, Refusal
from hub.directory import services as directory
from hub.skills import notifications, policy, queries, signals
from hub.skills.models import PlaceStage, RequestStage, Session
from hub.skills.services.meeting import hold
from hub.skills.workflow import PLACE, REQUEST, SESSION

TIME_TO_ANSWER = timedelta(days=14)


class NobodyCame(Refusal):
    """A session without anybody was not held."""


class NotHeldYet(Refusal):
    """Nobody can have come to what has not begun."""


def deliver(session: Session, *, attended: Collection[int], actor: Person) -> None:
    """Say that the session was held and which people (ids) of those booked came; each is asked to confirm.

    :raises NotHeldYet: before it begins
    :raises NobodyCame: if none of those booked is in *attended*
    """
    hold(session)
    if not session.has_started:
        raise NotHeldYet("Say who came once the session has begun.")
    booked = session.places_in(PlaceStage.BOOKED)
    if not any(place.person_id in attended for place in booked):
        raise NobodyCame("Tick at least one colleague who came. If nobody did, cancel the session.")
    SESSION.make(session, "deliver", actor=actor)
    session.delivered_at = now()
    for place in booked:
        PLACE.make(place, "attend" if place.person_id in attended else "miss", actor=actor)
    for place in session.places_in(PlaceStage.WAITING):
        PLACE.make(place, "withdraw", actor=actor)
    if session.request is not None and session.request.stage == RequestStage.SCHEDULED:
        REQUEST.make(session.request, "deliver", actor=actor)
    db.session.flush()
    for place in session.places_in(PlaceStage.ATTENDED):
        notifications.please_confirm(session, place)


def confirm(
    session: Session, *, was_there: bool, actor: Person, feedback: str = "", add_to_profile: bool = False
) -> None:
    """Say, as somebody whom the host marked present, whether that is so; *feedback* is for the host alone.

    :raises MoveRefused: if *actor* was not marked present, has answered, or the session is settled
    """
    hold(session)
    place = session.place_of(actor)
    if place is None or not policy.can_confirm(actor, session):
        raise MoveRefused("There is nothing for you to confirm here.")
    place.was_there, place.answered_at, place.feedback = was_there, now(), feedback
    if add_to_profile and was_there and session.skill is not None:
        directory.start_learning(actor, session.skill, actor=actor)
    db.session.flush()
    if all(other.was_there is not None for other in session.places_in(PlaceStage.ATTENDED)):
        _settle(session, actor=actor)


def settle_sessions() -> int:
    """Confirm what somebody has confirmed and nobody else has answered for fourteen days. A daily job."""
    due = queries.sessions_to_settle(now() - TIME_TO_ANSWER)
    for session in due:
        _settle(session, actor=None)
    return len(due)


def _settle(session: Session, *, actor: Person | None) -> None:
    if not session.taught:
        notifications.nobody_confirms(session)
        return
    SESSION.make(session, "confirm", actor=actor)
    session.confirmed_at = now()
    if session.request is not None and session.request.stage == RequestStage.DELIVERED:
        REQUEST.make(session.request, "close", actor=actor)
    db.session.flush()
    signals.session_delivered.send(session, actor=actor)
    notifications.confirmed(session)

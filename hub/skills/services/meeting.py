"""Arranging a session, moving and cancelling it, and the places in it."""

from datetime import datetime, timedelta

from hub.accounts.models import Person
from hub.core.clock import now, today
from hub.core.db import db, lock
from hub.core.errors import MoveRefused, Refusal
from hub.skills import notifications, policy, queries
from hub.skills.models import Offer, Place, PlaceStage, Session, SessionStage
from hub.skills.workflow import OFFER, PLACE, REQUEST, SESSION

LIVE = (PlaceStage.BOOKED, PlaceStage.WAITING)


class StartsInThePast(Refusal):
    """A session is arranged before it begins."""


class FewerThanBooked(Refusal):
    """Those who have a place keep it."""


def schedule(
    offer: Offer,
    *,
    title: str,
    place: str,
    starts_at: datetime,
    minutes: int,
    capacity: int,
    actor: Person,
    prerequisites: str = "",
    risk_assessment: str = "",
    needs_approval: bool = False,
) -> Session:
    """Arrange a session from an offer. Who asked for it has the first place; an answer is used once, an offer often.

    With *needs_approval* it waits for the host's line manager before anybody else can book.

    :raises StartsInThePast: if *starts_at* is not ahead
    """
    _refuse_past(starts_at)
    if not policy.can_schedule(actor, offer):
        raise MoveRefused("Only an open offer of your own can become a session.")
    session = _drawn_from(offer)
    session.title, session.place, session.starts_at, session.minutes = title, place, starts_at, minutes
    session.capacity, session.prerequisites, session.risk_assessment = capacity, prerequisites, risk_assessment
    session.needs_approval = needs_approval
    db.session.add(session)
    if offer.request is not None:
        OFFER.make(offer, "take", actor=actor)
        REQUEST.make(offer.request, "schedule", actor=actor)
        _seat(session, offer.request.asker, PlaceStage.BOOKED)
    if not needs_approval:
        SESSION.make(session, "schedule", actor=actor)
    db.session.flush()
    _announce(session)
    return session


def _drawn_from(offer: Offer) -> Session:
    return Session(
        institution_id=offer.institution_id,
        host=offer.host,
        host_id=offer.host_id,
        unit_id=offer.host.unit_id,
        offer_id=offer.id,
        request=offer.request,
        request_id=offer.request_id,
        skill=offer.skill,
        skill_id=offer.skill_id,
        kind=offer.kind,
        stage=SessionStage.PROPOSED,
        places=[],
    )


def _announce(session: Session) -> None:
    if session.stage == SessionStage.SCHEDULED:
        for place in session.places:
            notifications.scheduled(session, place)
    else:
        approver = queries.approver_of(session)
        if approver is not None:
            notifications.approval_wanted(session, approver)


def approve(session: Session, *, actor: Person) -> None:
    """Agree, as the host's line manager or the lead, that the session is held: from now on it can be booked."""
    SESSION.make(session, "approve", actor=actor)
    session.approved_by_id = actor.id
    db.session.flush()
    notifications.approved(session)
    _announce(session)


def change_session(
    session: Session,
    *,
    place: str,
    starts_at: datetime,
    minutes: int,
    capacity: int,
    prerequisites: str,
    risk_assessment: str,
    actor: Person,
) -> None:
    """Move a session or change its size; more room goes to the waiting list, a new time or place is told to all.

    :raises FewerThanBooked: if more people have a place than *capacity*
    """
    hold(session)
    if not policy.can_change_session(actor, session):
        raise MoveRefused("A session can be changed by its host, until it is held.")
    moved = (session.place, session.starts_at) != (place, starts_at)
    if session.starts_at != starts_at:
        _refuse_past(starts_at)
    if capacity < len(session.places_in(PlaceStage.BOOKED)):
        raise FewerThanBooked("More colleagues than that already have a place.")
    session.place, session.starts_at, session.minutes = place, starts_at, minutes
    session.capacity, session.prerequisites, session.risk_assessment = capacity, prerequisites, risk_assessment
    db.session.flush()
    if moved:
        for taken in session.places_in(*LIVE):
            notifications.changed(session, taken)
    _fill(session)


def cancel(session: Session, *, because: str, actor: Person) -> None:
    """Call a session off: everybody with a place is told why, and a request behind it is open again."""
    hold(session)
    SESSION.make(session, "cancel", actor=actor)
    session.cancelled_because = because
    told = [place.person for place in session.places_in(*LIVE)]
    for place in session.places_in(*LIVE):
        PLACE.make(place, "withdraw", actor=actor)
    if session.request is not None:
        REQUEST.make(session.request, "reopen", actor=actor)
        session.request.expires_on = max(session.request.expires_on, today() + timedelta(days=28))
    db.session.flush()
    for person in [*told, session.host]:
        if person is not actor:
            notifications.cancelled(session, person)


def book(session: Session, *, actor: Person) -> Place:
    """Take a place, or one on the waiting list when the session is full: never one more than there are.

    :raises MoveRefused: if the session cannot be booked (any more) by *actor*
    """
    hold(session)
    if not policy.can_book(actor, session):
        raise MoveRefused("This session cannot be booked, or you already have a place in it.")
    stage = PlaceStage.BOOKED if session.places_left else PlaceStage.WAITING
    place = session.place_of(actor)
    if place is None:
        place = _seat(session, actor, stage)
    else:
        PLACE.make(place, "book" if stage == PlaceStage.BOOKED else "wait", actor=actor)
        place.booked_at = now()
    db.session.flush()
    return place


def leave(session: Session, *, actor: Person) -> None:
    """Give up a place; the first of the waiting list has it and is told.

    :raises MoveRefused: if *actor* has none, or the session has begun
    """
    hold(session)
    place = session.place_of(actor)
    if place is None or not policy.can_leave(actor, session):
        raise MoveRefused("You have no place in this session that you could give up.")
    PLACE.make(place, "withdraw", actor=actor)
    db.session.flush()
    _fill(session)


def hold(session: Session) -> None:
    """Let nobody else change *session* or its places until this transaction ends, and see them as they are now."""
    db.session.flush()
    lock(session)
    queries.read_again(session)


def _seat(session: Session, person: Person, stage: PlaceStage) -> Place:
    place = Place(institution_id=session.institution_id, person=person, person_id=person.id, stage=stage)
    session.places.append(place)
    return place


def _fill(session: Session) -> None:
    """Give every free place to whoever has waited longest."""
    waiting = sorted(session.places_in(PlaceStage.WAITING), key=lambda place: (place.booked_at, place.id))
    for place in waiting[: session.places_left]:
        PLACE.make(place, "promote", actor=None)
        db.session.flush()
        notifications.place_free(session, place)


def _refuse_past(starts_at: datetime) -> None:
    if starts_at <= now():
        raise StartsInThePast("Choose a time that is still to come.")

"""Who may do what with requests, offers and sessions. Pure functions of (user, object): no request, no query."""

from typing import Any

from hub.accounts.models import Person
from hub.accounts.policy import manages
from hub.skills.models import Offer, OfferStage, PlaceStage, Request, RequestStage, Session, SessionStage


def by_the_clock(user: Person | None, _subject: Any) -> bool:
    """A move that only a scheduled job makes."""
    return user is None


def can_share(user: Person, _subject: Any = None) -> bool:
    """Asking, offering and booking are for technical staff."""
    return user.is_technician


def is_asker(user: Person | None, request: Request) -> bool:
    return user is not None and user.id == request.asker_id


def can_see_request(user: Person, request: Request) -> bool:
    """A request made of one person is between the two; any other is for everybody to answer."""
    return request.asked_id is None or user.id in {request.asker_id, request.asked_id}


def may_answer(user: Person, request: Request) -> bool:
    return user.is_technician and user.id != request.asker_id and request.asked_id in {None, user.id}


def can_answer(user: Person, request: Request) -> bool:
    return request.stage == RequestStage.OPEN and may_answer(user, request)


def is_offerer(user: Person | None, offer: Offer) -> bool:
    return user is not None and user.id == offer.host_id


def can_see_offer(user: Person, offer: Offer) -> bool:
    """An answer to a request concerns the two people in it; any other offer is for everybody."""
    return offer.request is None or user.id in {offer.host_id, offer.request.asker_id}


def is_asked_back(user: Person, offer: Offer) -> bool:
    """Whether *offer* answers a request of this person's."""
    return offer.request is not None and is_asker(user, offer.request)


def can_schedule(user: Person, offer: Offer) -> bool:
    return offer.stage == OfferStage.OPEN and is_offerer(user, offer)


def is_host(user: Person | None, session: Session) -> bool:
    return user is not None and user.id == session.host_id


def may_approve(user: Person, session: Session) -> bool:
    """The host's line manager, or the lead; never the host."""
    return session.needs_approval and not is_host(user, session) and (manages(user, session.host) or user.is_lead)


def may_cancel(user: Person, session: Session) -> bool:
    return is_host(user, session) or may_approve(user, session)


def schedules_freely(user: Person, session: Session) -> bool:
    return is_host(user, session) and not session.needs_approval


def can_see_session(user: Person, session: Session) -> bool:
    """Before it is approved a session concerns only those who have a part in it."""
    if session.stage != SessionStage.PROPOSED:
        return True
    return may_cancel(user, session) or session.place_of(user) is not None


def can_change_session(user: Person, session: Session) -> bool:
    return is_host(user, session) and session.stage in {SessionStage.PROPOSED, SessionStage.SCHEDULED}


def can_book(user: Person, session: Session) -> bool:
    place = session.place_of(user)
    return (
        user.is_technician
        and not is_host(user, session)
        and session.stage == SessionStage.SCHEDULED
        and not session.has_started
        and (place is None or place.stage == PlaceStage.WITHDRAWN)
    )


def can_leave(user: Person, session: Session) -> bool:
    place = session.place_of(user)
    return (
        place is not None
        and place.stage in {PlaceStage.BOOKED, PlaceStage.WAITING}
        and session.stage in {SessionStage.PROPOSED, SessionStage.SCHEDULED}
        and not session.has_started
    )


def can_deliver(user: Person, session: Session) -> bool:
    return is_host(user, session) and session.stage == SessionStage.SCHEDULED and session.has_started


def can_confirm(user: Person, session: Session) -> bool:
    """Everybody whom the host marked present answers once, until the session is settled."""
    place = session.place_of(user)
    return (
        session.stage == SessionStage.DELIVERED
        and place is not None
        and place.stage == PlaceStage.ATTENDED
        and place.was_there is None
    )


def has_attended(user: Person | None, session: Session) -> bool:
    place = session.place_of(user) if user else None
    return place is not None and place.stage == PlaceStage.ATTENDED


def can_settle(user: Person | None, session: Session) -> bool:
    """A session becomes confirmed by the last answer, or by the clock."""
    return user is None or has_attended(user, session)


def can_read_feedback(user: Person, session: Session) -> bool:
    return is_host(user, session)

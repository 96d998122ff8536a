"""Who is told what about skills sharing."""

from hub.accounts.models import Person
from hub.core.links import path_to
from hub.core.words import day
from hub.notifications.kinds import register
from hub.notifications.services import tell
from hub.skills.models import Offer, Place, Request, Session

GROUP = "Skills sharing"

register("skills.asked", GROUP, "Somebody asks you for help with a skill")
register("skills.answered", GROUP, "Somebody offers to help with what you asked")
register("skills.request_closing", GROUP, "A request or an offer of yours closes")
register("skills.offer_declined", GROUP, "Your offer to help is not taken up", urgent=False)
register("skills.session_changed", GROUP, "A session that you have a place in is arranged, moved or cancelled")
register("skills.place_free", GROUP, "You move up from a waiting list to a place")
register("skills.approval_wanted", GROUP, "A session waits for your agreement")
register("skills.approved", GROUP, "Your session is agreed to")
register("skills.confirm", GROUP, "A host asks you to confirm that you were there")
register("skills.confirmed", GROUP, "Those who came confirm your session", urgent=False)


def asked(request: Request) -> None:
    if request.asked is not None:
        tell(
            request.asked,
            "skills.asked",
            title=f"{request.asker.name} asks you: {request.what}",
            body=f"{request.kind.label}. When it suits: {request.when_suits or 'you may suggest a time'}.",
            path=path_to("skills.request", request_id=request.id),
        )


def answered(offer: Offer, request: Request) -> None:
    tell(
        request.asker,
        "skills.answered",
        title=f"{offer.host.name} offers to help: {request.what}",
        body=offer.summary,
        path=path_to("skills.request", request_id=request.id),
    )


def declined(offer: Offer, request: Request) -> None:
    tell(
        offer.host,
        "skills.offer_declined",
        title=f"{request.asker.name} will not take up your offer this time",
        body=f"You offered to help with “{request.what}”. Thank you for offering.",
        path=path_to("skills.home"),
    )


def offer_withdrawn(offer: Offer, request: Request) -> None:
    tell(
        request.asker,
        "skills.answered",
        title=f"{offer.host.name} can no longer help: {request.what}",
        body="Your request is open again, so that others can answer it.",
        path=path_to("skills.request", request_id=request.id),
    )


def request_withdrawn(offer: Offer, request: Request) -> None:
    tell(
        offer.host,
        "skills.offer_declined",
        title=f"{request.asker.name} has withdrawn the request “{request.what}”",
        body="There is nothing more for you to do. Thank you for offering.",
        path=path_to("skills.home"),
    )


def request_closing(request: Request) -> None:
    tell(
        request.asker,
        "skills.request_closing",
        title=f"Your request closes on {day(request.expires_on)}: {request.what}",
        body="Nobody has answered yet. Ask one person by name, or let it close and ask again.",
        path=path_to("skills.request", request_id=request.id),
        dedupe=f"skills.request_closing:{request.id}",
    )


def request_expired(request: Request) -> None:
    tell(
        request.asker,
        "skills.request_closing",
        title=f"Nobody could help in time: {request.what}",
        body="Your request has closed. You can ask again, or ask one person by name.",
        path=path_to("skills.request", request_id=request.id),
    )


def offer_closing(offer: Offer) -> None:
    if offer.expires_on is not None:
        tell(
            offer.host,
            "skills.request_closing",
            title=f"{'You promised to share it by' if offer.is_promise else 'Your offer closes on'} "
            f"{day(offer.expires_on)}: {offer.summary}",
            body="Set a date for a session while it is open.",
            path=path_to("skills.offer", offer_id=offer.id),
            dedupe=f"skills.offer_closing:{offer.id}",
        )


def offer_expired(offer: Offer) -> None:
    tell(
        offer.host,
        "skills.request_closing",
        title=f"Your offer has closed: {offer.summary}",
        body="You can offer it again whenever it suits you.",
        path=path_to("skills.offer", offer_id=offer.id),
    )


def scheduled(session: Session, place: Place) -> None:
    _of_session(place.person, "skills.session_changed", session, "You have a place")


def changed(session: Session, place: Place) -> None:
    _of_session(place.person, "skills.session_changed", session, "New time or place")


def cancelled(session: Session, person: Person) -> None:
    tell(
        person,
        "skills.session_changed",
        title=f"Cancelled: {session.title}, {day(session.starts_at)}",
        body=session.cancelled_because,
        path=path_to("skills.session", session_id=session.id),
    )


def place_free(session: Session, place: Place) -> None:
    _of_session(place.person, "skills.place_free", session, "A place is free and it is yours")


def approval_wanted(session: Session, approver: Person) -> None:
    _of_session(approver, "skills.approval_wanted", session, f"{session.host.name} asks for your agreement")


def approved(session: Session) -> None:
    _of_session(session.host, "skills.approved", session, "Agreed")


def please_confirm(session: Session, place: Place) -> None:
    tell(
        place.person,
        "skills.confirm",
        title=f"Were you there? {session.title}",
        body=f"{session.host.name} says that you came on {day(session.starts_at)}. One click confirms it.",
        path=path_to("skills.confirm", session_id=session.id),
    )


def confirmed(session: Session) -> None:
    people = len(session.taught)
    tell(
        session.host,
        "skills.confirmed",
        title=f"Confirmed: {session.title}",
        body=f"{people} {'colleague says' if people == 1 else 'colleagues say'} that you taught them. Thank you.",
        path=path_to("skills.session", session_id=session.id),
    )


def nobody_confirms(session: Session) -> None:
    tell(
        session.host,
        "skills.confirmed",
        title=f"Nobody confirms that they were there: {session.title}",
        body="Everybody whom you marked present says that they were not. Talk to them, or to the lead.",
        path=path_to("skills.session", session_id=session.id),
    )


def _of_session(person: Person, kind: str, session: Session, opening: str) -> None:
    tell(
        person,
        kind,
        title=f"{opening}: {session.title}",
        body=f"{day(session.starts_at)}, {session.place}. With {session.host.name}.",
        path=path_to("skills.session", session_id=session.id),
        due_at=session.starts_at if kind == "skills.approval_wanted" else None,
    )

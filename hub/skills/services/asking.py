"""Asking to learn, offering to teach, answering, and letting either lapse."""

from datetime import date, timedelta

from hub.accounts.models import Person
from hub.core.clock import today
from hub.core.db import db
from hub.core.errors import Refusal
from hub.directory.models import Skill
from hub.skills import notifications, queries
from hub.skills.models import Kind, Offer, Request, RequestStage
from hub.skills.workflow import OFFER, REQUEST

NOTICE = timedelta(days=7)


class NotThatPerson(Refusal):
    """One asks a colleague of the same institution, not oneself."""


def ask(
    *,
    kind: Kind,
    what: str,
    when_suits: str,
    expires_on: date,
    actor: Person,
    skill: Skill | None = None,
    asked: Person | None = None,
) -> Request:
    """Ask everybody who can teach *skill*, or one person by name, who is told.

    :raises NotThatPerson: if *asked* cannot be asked by *actor*
    """
    if asked is not None and (asked is actor or asked.institution_id != actor.institution_id):
        raise NotThatPerson("Ask a colleague of your own university.")
    request = Request(
        institution_id=actor.institution_id,
        asker=actor,
        asker_id=actor.id,
        asked=asked,
        asked_id=asked.id if asked else None,
        skill=skill,
        skill_id=skill.id if skill else None,
        kind=kind,
        what=what,
        when_suits=when_suits,
        expires_on=expires_on,
    )
    db.session.add(request)
    db.session.flush()
    notifications.asked(request)
    return request


def offer(
    *,
    kind: Kind,
    skill: Skill,
    summary: str,
    minutes: int,
    capacity: int,
    actor: Person,
    prerequisites: str = "",
    expires_on: date | None = None,
    is_promise: bool = False,
) -> Offer:
    """Offer to teach *skill*; without *expires_on* the offer stands, and with it may be a promise."""
    made = Offer(
        institution_id=actor.institution_id,
        host=actor,
        host_id=actor.id,
        skill=skill,
        skill_id=skill.id,
        request=None,
        kind=kind,
        summary=summary,
        minutes=minutes,
        capacity=capacity,
        prerequisites=prerequisites,
        expires_on=expires_on,
        is_promise=is_promise,
    )
    db.session.add(made)
    db.session.flush()
    return made


def answer(request: Request, *, summary: str, actor: Person) -> Offer:
    """Offer to help with *request*; its asker is told and may decline.

    :raises MoveRefused: if it is not open, or was made of somebody else
    """
    REQUEST.make(request, "answer", actor=actor)
    made = Offer(
        institution_id=request.institution_id,
        host=actor,
        host_id=actor.id,
        skill=request.skill,
        skill_id=request.skill_id,
        request=request,
        kind=request.kind,
        summary=summary,
        expires_on=None,
    )
    db.session.add(made)
    db.session.flush()
    notifications.answered(made, request)
    return made


def decline(offer: Offer, *, actor: Person) -> None:
    """Not take up an answer: the request is open again."""
    OFFER.make(offer, "decline", actor=actor)
    if offer.request is not None:
        _reopen(offer.request, actor=actor)
        db.session.flush()
        notifications.declined(offer, offer.request)


def withdraw_offer(offer: Offer, *, actor: Person) -> None:
    """Take back an offer; a request that it answered is open again."""
    OFFER.make(offer, "withdraw", actor=actor)
    if offer.request is not None:
        _reopen(offer.request, actor=actor)
        notifications.offer_withdrawn(offer, offer.request)
    db.session.flush()


def withdraw_request(request: Request, *, actor: Person) -> None:
    """Take back a request; somebody who has answered it is told."""
    standing = queries.answer_to(request) if request.stage == RequestStage.OFFERED else None
    REQUEST.make(request, "withdraw", actor=actor)
    if standing is not None:
        OFFER.make(standing, "lapse", actor=actor)
        notifications.request_withdrawn(standing, request)
    db.session.flush()


def _reopen(request: Request, *, actor: Person | None) -> None:
    """Open *request* again, for at least four more weeks."""
    REQUEST.make(request, "reopen", actor=actor)
    request.expires_on = max(request.expires_on, today() + timedelta(days=28))


def expire_requests() -> int:
    """Close open requests and offers whose last day has passed, and tell their owners. A daily job."""
    requests, offers = queries.requests_ending(today()), queries.offers_ending(today())
    for request in requests:
        REQUEST.make(request, "expire", actor=None)
        notifications.request_expired(request)
    for ended in offers:
        OFFER.make(ended, "expire", actor=None)
        notifications.offer_expired(ended)
    db.session.flush()
    return len(requests) + len(offers)


def remind_of_expiry() -> int:
    """Tell people once, a week before, that their request or offer will close. A daily job."""
    soon = today() + NOTICE + timedelta(days=1)
    requests, offers = queries.requests_ending(soon), queries.offers_ending(soon)
    for request in requests:
        notifications.request_closing(request)
    for closing in offers:
        notifications.offer_closing(closing)
    return len(requests) + len(offers)

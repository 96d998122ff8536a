"""Offering to mentor, wishing for a mentor, and bringing two people together."""

from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from hub.accounts.models import Person
from hub.accounts.policy import manages
from hub.core.clock import now
from hub.core.db import db, lock
from hub.registration import notifications, policy, queries
from hub.registration.models import Journey, Mentor, Mentoring, MentorRegister, Wish
from hub.registration.refusals import AlreadyPaired, CannotPair, MentorFull, NotReadyYet
from hub.registration.services.profiles import follow
from hub.registration.stages import CameBy


def offer_to_mentor(*, actor: Person, registers: list[str], **offered: Any) -> Mentor:
    """Offer, or change an offer: *offered* are columns of ``Mentor``."""
    mentor = queries.mentor_of_person(actor.id)
    if mentor is None:
        mentor = Mentor(institution_id=actor.institution_id, person=actor, register_rows=[])
        db.session.add(mentor)
    known = {row.register: row for row in mentor.register_rows}
    mentor.register_rows = [known.get(code) or MentorRegister(register=code) for code in registers]
    for name, value in offered.items():
        setattr(mentor, name, value)
    db.session.flush()
    follow(actor)
    return mentor


def wish_for(journey: Journey, *, actor: Person, **wished: Any) -> Wish:
    """Say what kind of mentor would help: *wished* are columns of ``Wish``.

    :raises NotReadyYet: if there is no register yet to match on
    """
    if not policy.can_seek_mentor(actor, journey):
        raise NotReadyYet("Choose a register first: mentors are found by it.")
    wish = queries.wish_of(journey.id)
    if wish is None:
        wish = Wish(institution_id=journey.institution_id, journey=journey)
        db.session.add(wish)
    for name, value in wished.items():
        setattr(wish, name, value)
    db.session.flush()
    return wish


def ask(mentor: Mentor, journey: Journey, *, message: str, actor: Person) -> Mentoring:
    """Ask *mentor*: the mentee has thereby said yes.

    :raises CannotPair: for line managers and pairings that did not work before
    :raises MentorFull: if there is no free place
    :raises AlreadyPaired: if another pairing is open
    """
    if not policy.can_seek_mentor(actor, journey):
        raise NotReadyYet("Choose a register first: mentors are found by it.")
    pair = propose(mentor, journey, came_by=CameBy.ASKED, message=message, actor=actor)
    pair.mentee_agreed_at = now()
    db.session.flush()
    return pair


def propose(
    mentor: Mentor,
    journey: Journey,
    *,
    came_by: CameBy,
    actor: Person,
    message: str = "",
    round_id: int | None = None,
) -> Mentoring:
    """Bring two people together; both are asked, except the one who asks.

    The mentor's row is locked first, so that two proposals at once cannot take the last place twice.

    :raises NotReadyYet: if the journey has no register yet, has gone to the body, or has ended
    :raises CannotPair: for line managers and pairings that did not work before
    :raises MentorFull: if there is no free place
    :raises AlreadyPaired: if the mentee has another open pairing
    """
    if journey.stage not in policy.MATCHABLE:
        raise NotReadyYet(f"{journey.person.name} does not look for a mentor now.")
    refuse_barred(mentor.person, journey.person)
    lock(mentor)
    if not policy.has_place(mentor, queries.open_count(mentor.person_id)):
        raise MentorFull(f"{mentor.person.name} has no free place now. Ask somebody else, or wait for the next round.")
    if queries.has_open_pair(journey.person_id):
        raise AlreadyPaired("There is an open pairing already. Close it, or wait for its answer.")
    pair = Mentoring(
        institution_id=journey.institution_id,
        journey=journey,
        mentor=mentor.person,
        mentor_id=mentor.person_id,
        mentee=journey.person,
        mentee_id=journey.person_id,
        unit_id=journey.unit_id,
        came_by=came_by,
        round_id=round_id,
        message=message,
        meetings=[],
        notes=[],
        proposed_at=now(),
    )
    db.session.add(pair)
    db.session.flush()
    for person in (pair.mentor, pair.mentee):
        if person.id != actor.id:
            notifications.proposed(pair, person)
    return pair


def refuse_barred(mentor: Person, mentee: Person) -> None:
    """:raises CannotPair: for oneself, line management in either direction, and a pairing that did not work before"""
    if mentor.id == mentee.id:
        raise CannotPair("Nobody can mentor themselves.")
    if manages(mentor, mentee) or manages(mentee, mentor):
        raise CannotPair("One of the two manages the other. A mentor is never the line manager.")
    if queries.past_pairs_failed(mentor.id, mentee.id):
        raise CannotPair("These two tried before and it did not come about. Choose somebody else.")


def follow_agreement(pair: Mentoring) -> None:
    """Let the journey know its mentor at once: the relationship is otherwise only read from the database."""
    set_committed_value(pair.journey, "mentoring", pair)

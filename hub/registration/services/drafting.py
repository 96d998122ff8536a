"""Writing towards a register: drafts, comments on them, and the person who vouches."""

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import MoveRefused
from hub.core.text import word_count
from hub.registration import notifications, policy
from hub.registration.models import Comment, Journey, KeptVersion, Statement
from hub.registration.refusals import DraftsStandStill, WrongSupporter
from hub.registration.stages import Stage
from hub.registration.workflow import JOURNEY


def save_statement(statement: Statement, *, text: str, keep: bool, actor: Person) -> None:
    """Save a draft; with *keep*, also as a version to come back to. The first words begin the drafting.

    :raises DraftsStandStill: while the mentor reads the whole, and once the body has it
    """
    journey = statement.journey
    if not policy.is_writable(journey):
        raise DraftsStandStill("Your drafts stand still now. Go on writing once they are back with you.")
    if JOURNEY.can(journey, "draft", actor):
        JOURNEY.make(journey, "draft", actor=actor)
    statement.text, statement.words, statement.saved_at = text, word_count(text), now()
    if keep and text and (not statement.kept or statement.kept[0].text != text):
        statement.kept.insert(0, KeptVersion(text=text, words=statement.words, kept_at=now()))
    db.session.flush()


def comment(statement: Statement, *, text: str, actor: Person) -> Comment:
    """Say something about one area; the other of the two is told."""
    said = Comment(author=actor, text=text, written_at=now())
    statement.comments.append(said)
    db.session.flush()
    journey = statement.journey
    if actor.id != journey.person_id:
        notifications.commented(statement, said, journey.person)
    elif journey.mentoring is not None:
        notifications.commented(statement, said, journey.mentoring.mentor)
    return said


def name_supporter(
    journey: Journey,
    *,
    actor: Person,
    person: Person | None = None,
    name: str = "",
    email: str = "",
    agreed: bool = False,
) -> None:
    """Name who will vouch to the body: a *person* in the hub, who is asked, or somebody outside, who has *agreed*.

    :raises WrongSupporter: if it is the technician or the mentor, or an outsider was not asked
    :raises DraftsStandStill: outside the time of writing
    """
    if journey.stage not in {Stage.EVIDENCE_DRAFTING, Stage.SUPPORTER_CONFIRMED}:
        raise DraftsStandStill("Name your supporter while you write your drafts.")
    _refuse_wrong(journey, person, email)
    if person is None and not agreed:
        raise WrongSupporter("Ask them first: the body will write to them.")
    journey.supporter, journey.supporter_id = person, person.id if person else None
    journey.supporter_name = person.name if person else name
    journey.supporter_email = None if person else email
    journey.supporter_agreed_at = None
    if journey.stage == Stage.SUPPORTER_CONFIRMED:
        JOURNEY.make(journey, "change_supporter", actor=actor)
    db.session.flush()
    if person is not None:
        notifications.support_wanted(journey, person)
    else:
        _confirm(journey, actor=actor)


def _refuse_wrong(journey: Journey, person: Person | None, email: str) -> None:
    mentor = journey.mentoring.mentor if journey.mentoring else None
    if (person is not None and person.id == journey.person_id) or email == journey.person.email:
        raise WrongSupporter("Nobody can vouch for themselves. Name your line manager or a senior colleague.")
    if mentor is not None and ((person is not None and person.id == mentor.id) or email == mentor.email):
        raise WrongSupporter(f"{mentor.name} is your mentor. A mentor helps; a supporter vouches. Name somebody else.")


def _confirm(journey: Journey, *, actor: Person) -> None:
    JOURNEY.make(journey, "confirm_supporter", actor=actor)
    journey.supporter_agreed_at = now()
    db.session.flush()


def support(journey: Journey, *, agreed: bool, actor: Person) -> None:
    """The answer of a supporter in the hub.

    :raises MoveRefused: if *actor* is not asked, or the time of writing is over
    """
    if not JOURNEY.can(journey, "confirm_supporter", actor):
        raise MoveRefused("You have answered already, or the time for it is over.")
    if agreed:
        _confirm(journey, actor=actor)
    else:
        journey.supporter = None
        journey.supporter_id = journey.supporter_name = None
        db.session.flush()
    notifications.support_answered(journey, actor, agreed=agreed)

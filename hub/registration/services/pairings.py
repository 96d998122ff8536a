"""What the two of a pair do: answer, agree how to work, meet, pause, close, look back."""

from datetime import date

from hub.accounts.models import Person
from hub.core.clock import now, today
from hub.core.db import db, lock
from hub.core.errors import MoveRefused
from hub.registration import notifications, policy, queries, signals
from hub.registration.models import Meeting, Mentoring, Note
from hub.registration.refusals import DatesDoNotFit, MentorFull
from hub.registration.services.mentors import follow_agreement
from hub.registration.stages import Outcome, Reason
from hub.registration.workflow import JOURNEY, MENTORING


def accept(pair: Mentoring, *, actor: Person) -> None:
    """Say yes. The second yes makes the pair, and lets the mentor read the drafts.

    :raises MoveRefused: if *actor* is not asked, or has answered
    :raises MentorFull: if the mentor's last place went meanwhile
    """
    if not policy.has_yet_to_answer(actor, pair):
        raise MoveRefused("This does not wait for your answer.")
    both = (pair.mentee_agreed_at if actor.id == pair.mentor_id else pair.mentor_agreed_at) is not None
    if both:
        _refuse_full(pair)
        MENTORING.make(pair, "agree", actor=actor)
    if actor.id == pair.mentor_id:
        pair.mentor_agreed_at = now()
    else:
        pair.mentee_agreed_at = now()
    db.session.flush()
    if both:
        _begin(pair, actor=actor)


def _refuse_full(pair: Mentoring) -> None:
    mentor = queries.mentor_of_person(pair.mentor_id)
    if mentor is None:
        return
    lock(mentor)
    if queries.live_pairs_of(pair.mentor_id) >= mentor.capacity:
        raise MentorFull(f"{pair.mentor.name} has no free place any more.")


def _begin(pair: Mentoring, *, actor: Person) -> None:
    follow_agreement(pair)
    if JOURNEY.can(pair.journey, "match", actor):
        JOURNEY.make(pair.journey, "match", actor=actor)
    wish = queries.wish_of(pair.journey_id)
    if wish is not None:
        wish.waiting = False
    db.session.flush()
    notifications.agreed(pair, actor=actor)
    signals.mentoring_started.send(pair, actor=actor)


def decline(pair: Mentoring, *, reason: Reason, note: str = "", actor: Person) -> None:
    """Say no, with a reason that only the two see."""
    MENTORING.make(pair, "decline", actor=actor)
    pair.declined_by_id, pair.decline_reason, pair.decline_note = actor.id, reason, note
    db.session.flush()
    notifications.declined(pair, actor=actor)


def agree_how(pair: Mentoring, *, goals: str, frequency: str, channel: str, actor: Person) -> None:
    """The agreement of the two; writing it the first time begins the work."""
    if MENTORING.can(pair, "begin", actor):
        MENTORING.make(pair, "begin", actor=actor)
    elif not policy.can_log(actor, pair):
        raise MoveRefused("This pairing is not open any more.")
    pair.goals, pair.frequency, pair.channel = goals, frequency, channel
    db.session.flush()


def pause(pair: Mentoring, *, actor: Person) -> None:
    MENTORING.make(pair, "pause", actor=actor)
    db.session.flush()


def resume(pair: Mentoring, *, actor: Person) -> None:
    MENTORING.make(pair, "resume", actor=actor)
    db.session.flush()


def log_meeting(pair: Mentoring, *, met_on: date, minutes: int, summary: str, actor: Person) -> Meeting:
    """:raises DatesDoNotFit: if the meeting is still to come"""
    _refuse_ended(pair, actor)
    if met_on > today():
        raise DatesDoNotFit("Log a meeting once it has happened.")
    meeting = Meeting(met_on=met_on, minutes=minutes, summary=summary, logged_by_id=actor.id)
    pair.meetings.insert(0, meeting)
    pair.last_met_on = max(met_on, pair.last_met_on or met_on)
    db.session.flush()
    return meeting


def write_note(pair: Mentoring, *, text: str, actor: Person) -> Note:
    """A note that only the two can read; it is deleted half a year after the pairing closes."""
    _refuse_ended(pair, actor)
    note = Note(author=actor, text=text, written_at=now())
    pair.notes.insert(0, note)
    db.session.flush()
    return note


def _refuse_ended(pair: Mentoring, actor: Person) -> None:
    if not policy.can_log(actor, pair):
        raise MoveRefused("This pairing is not open any more.")


def close(pair: Mentoring, *, outcome: Outcome, actor: Person) -> None:
    """End it without fault. From this moment the mentor cannot read the drafts."""
    MENTORING.make(pair, "close", actor=actor)
    pair.outcome = outcome
    db.session.flush()
    notifications.closed(pair, actor=actor)


def evaluate(pair: Mentoring, *, helped: int, evaluation: str, actor: Person) -> None:
    """The mentee looks back: *helped* from 1 to 5."""
    MENTORING.make(pair, "evaluate", actor=actor)
    pair.helped, pair.evaluation = helped, evaluation
    db.session.flush()

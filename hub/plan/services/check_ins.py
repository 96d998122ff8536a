"""How an action goes: said by its owner or the lead about once a month, acknowledged by the lead, asked for late."""

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import Refusal
from hub.plan import notifications, queries
from hub.plan.models import Action, Outlook, ProgressNote


class DecisionUnnamed(Refusal):
    """Nobody can decide on something that is not named."""


class Acknowledged(Refusal):
    """Somebody has answered it already."""


def add_note(
    action: Action,
    *,
    actor: Person,
    text: str,
    outlook: Outlook | None = None,
    needed: str = "",
    wants_decision: bool = False,
) -> ProgressNote:
    """Say how *action* goes: with an *outlook* it is a check-in, which the lead acknowledges.

    What the lead says needs no acknowledging. The leads are told at once of a decision that is wanted.

    :raises DecisionUnnamed: if one is wanted and not named
    """
    if wants_decision and not needed:
        raise DecisionUnnamed("Say what is to be decided.")
    note = ProgressNote(
        action=action, author_id=actor.id, text=text, outlook=outlook, needed=needed, wants_decision=wants_decision
    )
    if actor.is_lead and outlook is not None and not wants_decision:
        note.acknowledged_by_id, note.acknowledged_at = actor.id, now()
    db.session.add(note)
    db.session.flush()
    if wants_decision:
        notifications.decision_wanted(note, actor=actor)
    return note


def acknowledge(note: ProgressNote, *, actor: Person, answer: str = "") -> None:
    """Tell who wrote it that it was read, and what follows.

    :raises Acknowledged: if somebody did so before
    """
    if note.acknowledged_at is not None:
        raise Acknowledged("This was acknowledged already.")
    note.acknowledged_by_id, note.acknowledged_at, note.answer = actor.id, now(), answer
    db.session.flush()
    if note.author is not None and note.author_id != actor.id:
        notifications.acknowledged(note, note.author)


def remind_owners() -> int:
    """Tell owners, once a week at most, of their actions of which nothing was heard for five weeks; how many people."""
    return sum(notifications.say_how_it_goes(owner, n) for owner, n in queries.silent_owners())

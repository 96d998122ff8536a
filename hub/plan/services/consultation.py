"""Consultation: what people say about the wording of an action, and what the lead answers."""

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import Refusal
from hub.plan import notifications
from hub.plan.models import Action, PlanComment, Verdict
from hub.plan.snapshots import WORDING, told, wording


class Answered(Refusal):
    """What was answered stays as it was said."""


class NothingChanged(Refusal):
    """“We changed it” must be true."""


def add_comment(action: Action, *, actor: Person, text: str, unnamed: bool = False) -> PlanComment:
    """Say something about what *action* says now; *unnamed*: no page tells who said it."""
    comment = PlanComment(
        institution_id=action.institution_id,
        action=action,
        author=actor,
        text=text,
        unnamed=unnamed,
        wording=wording(action),
    )
    db.session.add(comment)
    db.session.flush()
    return comment


def edit_comment(comment: PlanComment, *, actor: Person, text: str, unnamed: bool) -> None:  # noqa: ARG001
    """Say it otherwise, of what the action says by now.

    :raises Answered: if it was answered meanwhile
    """
    _refuse_answered(comment)
    comment.text, comment.unnamed, comment.wording = text, unnamed, wording(comment.action)
    db.session.flush()


def remove_comment(comment: PlanComment, *, actor: Person) -> None:  # noqa: ARG001
    """Take it back whole.

    :raises Answered: if it was answered meanwhile
    """
    _refuse_answered(comment)
    db.session.delete(comment)
    db.session.flush()


def answer_comment(comment: PlanComment, *, actor: Person, verdict: Verdict, answer: str) -> None:
    """Say what came of a comment, and why; its writer is told.

    :raises Answered: if that was said before
    :raises NothingChanged: if the wording is said to be changed and is what it was
    """
    _refuse_answered(comment)
    became = wording(comment.action)
    if verdict == Verdict.CHANGED and not told(comment.wording, became, WORDING):
        raise NothingChanged("The action still says what it said when this was written. Change its wording first.")
    comment.answered_by_id, comment.answered_at = actor.id, now()
    comment.verdict, comment.answer, comment.became = verdict, answer, became
    db.session.flush()
    if comment.author_id != actor.id:
        notifications.answered(comment)


def _refuse_answered(comment: PlanComment) -> None:
    if comment.verdict is not None:
        raise Answered("This comment is answered, so it stays as it is.")

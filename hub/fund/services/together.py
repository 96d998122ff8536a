"""Applying together: colleagues are asked, and write it too once they have accepted."""

from typing import Any

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import MoveRefused
from hub.fund import notifications, policy
from hub.fund.errors import AgainstTheRules
from hub.fund.models import Answer, Application, CoApplicant

MOST_TOGETHER = 8


def ask_colleague(application: Application, *, person: Person, actor: Person) -> CoApplicant:
    """Ask somebody to apply together with the applicant.

    :raises AgainstTheRules: if they cannot
    """
    if not policy.can_ask_colleagues(actor, application):
        raise MoveRefused("This has been sent, so nobody can join it any more.")
    if person.id == application.applicant_id or not person.is_active:
        raise AgainstTheRules("Choose a colleague who has an account here.")
    if person.id in {application.manager_id, application.applicant.manager_id}:
        raise AgainstTheRules("Your manager writes the statement, so they cannot apply together with you.")
    if any(m.person_id == person.id for m in application.round.panel):
        raise AgainstTheRules(f"{person.name} sits on the panel of this round.")
    if len(application.co_applicants) >= MOST_TOGETHER:
        raise AgainstTheRules(f"{MOST_TOGETHER} colleagues are the most.")
    known = next((c for c in application.co_applicants if c.person_id == person.id), None)
    if known is not None and known.answer != Answer.DECLINED:
        raise AgainstTheRules(f"{person.name} is asked already.")
    asked = known or CoApplicant(person_id=person.id, person=person)
    asked.answer, asked.asked_at, asked.answered_at = Answer.ASKED, now(), None
    if known is None:
        application.co_applicants.append(asked)
    db.session.flush()
    notifications.asked_to_join(asked)
    return asked


def join(asked: CoApplicant, *, accepts: bool, actor: Person) -> None:
    """Answer: whoever accepts may write the application from now on."""
    if not policy.can_join(actor, asked):
        raise MoveRefused("This has been answered, or sent without you.")
    asked.answer = Answer.ACCEPTED if accepts else Answer.DECLINED
    asked.answered_at = now()
    db.session.flush()
    notifications.answered(asked)


def take_off(asked: CoApplicant, *, actor: Any) -> None:
    """Apply without them again."""
    if not policy.can_take_off(actor, asked):
        raise MoveRefused("This has been sent, so it stays as it is.")
    asked.application.co_applicants.remove(asked)
    db.session.flush()

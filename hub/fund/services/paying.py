"""After the award: accepting it, doing it, claiming, being paid."""

from datetime import date, timedelta
from typing import Any

from hub.accounts.models import Person
from hub.core.clock import now, today
from hub.core.db import lock
from hub.core.errors import MoveRefused
from hub.core.money import pounds
from hub.core.storage import keep
from hub.fund import notifications, policy
from hub.fund.errors import AgainstTheRules
from hub.fund.models import Application, Claim, MoneyKind, Receipt, Stage
from hub.fund.services.applying import Upload
from hub.fund.services.money import note
from hub.fund.services.reserves import propose_next
from hub.fund.services.rounds import leads_of
from hub.fund.services.steps import hold_still, move

MOST_RECEIPTS = 20


def accept(application: Application, *, actor: Any) -> None:
    move(application, "accept", actor=actor)


def finish(application: Application, *, done_on: date, actor: Any) -> None:
    """The applicant says that the activity is over, and when; the report's day follows from it."""
    if done_on > today():
        raise AgainstTheRules("Choose a day that has passed.")
    if application.starts_on and done_on < application.starts_on:
        raise AgainstTheRules("Choose a day after the activity began.")
    application.done_on = done_on
    days = application.round.scheme.report_days
    application.report_due_on = done_on + timedelta(days=days) if days else None
    move(application, "finish", actor=actor)


def claim(application: Application, *, pence: int, note_text: str, files: list[Upload], actor: Person) -> Claim:
    """Claim what was spent, never more than was awarded, with a receipt or more.

    :raises AgainstTheRules: if it is too much, or nothing proves it
    """
    awarded = application.awarded_pence or 0
    if not 0 < pence <= awarded:
        raise AgainstTheRules(f"Claim up to {pounds(awarded)}: what was awarded.")
    old = application.claim
    if not files and not (old and old.receipts):
        raise AgainstTheRules("Add at least one receipt.")
    if len(files) + (len(old.receipts) if old else 0) > MOST_RECEIPTS:
        raise AgainstTheRules(f"{MOST_RECEIPTS} receipts are the most. Put several on one page.")
    sent = old
    if sent is None:
        sent = Claim(application_id=application.id, receipts=[])
        application.claim = sent
    sent.pence, sent.note, sent.sent_at = pence, note_text, now()
    for content, name in files:
        kept = keep(content, name, owner=actor)
        sent.receipts.append(Receipt(file_id=kept.id, file=kept))
    move(application, "claim", actor=actor)
    notifications.claim_received(application, leads_of(application.institution_id))
    return sent


def return_claim(application: Application, *, reason: str, actor: Any) -> None:
    """Send an unapproved claim back with what is wrong."""
    hold_still(application)
    if not policy.is_unapproved(application.claim):
        raise MoveRefused("This claim is approved, so it stands.")
    move(application, "return_claim", actor=actor, note=reason)
    notifications.returned(application, "claim", reason)


def approve_claim(application: Application, *, actor: Any) -> None:
    """Approve what was claimed; what was awarded and not spent returns to the round."""
    lock(application.round)
    hold_still(application)
    claimed = application.claim
    if application.stage != Stage.CLAIMED or claimed is None or claimed.approved_at is not None:
        raise MoveRefused("There is no claim to approve.")
    if not policy.runs(actor, application):
        raise MoveRefused("You may not do this yourself.")
    claimed.approved_at, claimed.approved_by_id = now(), actor.id
    note(application, MoneyKind.CLAIMED, claimed.pence, actor=actor)
    unspent = (application.awarded_pence or 0) - claimed.pence
    if unspent:
        note(application, MoneyKind.RELEASED, unspent, actor=actor)
        propose_next(application.round)


def mark_paid(application: Application, *, paid_on: date, actor: Any) -> None:
    """Note the day on which it was paid; then the report is due, or there is nothing more to do."""
    claimed = application.claim
    if claimed is None or claimed.approved_at is None:
        raise MoveRefused("Approve the claim first.")
    if paid_on > today():
        raise AgainstTheRules("Choose a day that has passed.")
    claimed.paid_on = paid_on
    move(application, "pay", actor=actor)
    note(application, MoneyKind.PAID, claimed.pence, actor=actor)
    notifications.paid(application, paid_on, claimed.pence)
    move(application, "ask_report" if application.report_due_on else "close", actor=actor)

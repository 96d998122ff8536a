"""After the award: accepting it, doing it, claiming once or in parts, being paid."""

from datetime import date, timedelta
from typing import Any

from hub.accounts.models import Person
from hub.core.clock import now, today
from hub.core.db import db, lock
from hub.core.errors import MoveRefused
from hub.core.money import pounds
from hub.core.storage import keep
from hub.fund import notifications, policy
from hub.fund.errors import AgainstTheRules
from hub.fund.models import Application, Claim, ClaimStage, MoneyKind, Receipt, Stage
from hub.fund.services.applying import Upload
from hub.fund.services.money import note
from hub.fund.services.reserves import propose_next
from hub.fund.services.rounds import leads_of
from hub.fund.services.steps import hold_still, move
from hub.fund.workflow import CLAIM

MOST_RECEIPTS = 20


def accept(application: Application, *, actor: Any) -> None:
    move(application, "accept", actor=actor)


def finish(application: Application, *, done_on: date, actor: Any) -> None:
    """The applicant says that the activity is over, and when; the report’s day follows from it.

    Where all of the award was claimed before, nothing more can be.
    """
    if done_on > today():
        raise AgainstTheRules("Choose a day that has passed.")
    if application.starts_on and done_on < application.starts_on:
        raise AgainstTheRules("Choose a day after the activity began.")
    application.done_on = done_on
    days = application.round.scheme.report_days
    application.report_due_on = done_on + timedelta(days=days) if days else None
    move(application, "finish", actor=actor)
    if application.claims and not application.claimable_pence:
        end_claims(application, actor=actor)


def claim(
    application: Application,
    *,
    pence: int,
    note_text: str,
    files: list[Upload],
    is_last: bool = True,
    actor: Person,
) -> Claim:
    """Claim what was spent, never more than is left of the award, with a receipt or more.

    A part may be claimed before the activity is over; the last claim, after it, moves the application on. A claim that
    came back is sent again by the same deed.

    :raises AgainstTheRules: if it is too much, or nothing proves it
    """
    hold_still(application)
    sent = application.open_claim
    if not policy.can_claim(actor, application):
        raise MoveRefused("There is nothing to claim now, or your last claim still waits for the lead.")
    if is_last and application.stage != Stage.ACTIVITY_DONE:
        raise AgainstTheRules("Before the activity is over only a part can be claimed.")
    _refuse_bad_claim(application, sent, pence, files)
    is_last = is_last or (application.stage == Stage.ACTIVITY_DONE and pence == application.claimable_pence)
    if sent is None:
        sent = Claim(application_id=application.id, receipts=[])
        application.claims.append(sent)
    else:
        CLAIM.make(sent, "send", actor=actor)
    sent.pence, sent.note, sent.is_last, sent.sent_at = pence, note_text, is_last, now()
    for content, name in files:
        kept = keep(content, name, owner=actor)
        sent.receipts.append(Receipt(file_id=kept.id, file=kept))
    application.saved_at = now()
    if is_last:
        move(application, "claim", actor=actor)
    db.session.flush()
    notifications.claim_received(application, sent, leads_of(application.institution_id))
    return sent


def _refuse_bad_claim(application: Application, old: Claim | None, pence: int, files: list[Upload]) -> None:
    left = application.claimable_pence
    if not 0 < pence <= left:
        raise AgainstTheRules(f"Claim up to {pounds(left)}: what {'is left' if application.claims else 'was awarded'}.")
    if not files and not (old and old.receipts):
        raise AgainstTheRules("Add at least one receipt.")
    if len(files) + (len(old.receipts) if old else 0) > MOST_RECEIPTS:
        raise AgainstTheRules(f"{MOST_RECEIPTS} receipts are the most. Put several on one page.")


def end_claims(application: Application, *, actor: Person) -> None:
    """Claim nothing more of an award of which parts were claimed: what is left returns to the round."""
    lock(application.round)
    hold_still(application)
    if not policy.can_end_claims(actor, application):
        raise MoveRefused("This cannot be ended now.")
    if application.open_claim is not None:
        CLAIM.make(application.open_claim, "take_back", actor=actor)
    _return_unspent(application, actor=actor)
    if _is_all_paid(application):
        move(application, "end_claims", actor=actor)
        _go_on(application, actor=actor)
    else:
        move(application, "claim", actor=actor)


def return_claim(claimed: Claim, *, reason: str, actor: Any) -> None:
    """Send an unapproved claim back with what is wrong."""
    application = claimed.application
    hold_still(application)
    if claimed.approved_at is not None:
        raise MoveRefused("This claim is approved, so it stands.")
    CLAIM.make(claimed, "return", actor=actor)
    claimed.returned_because = reason
    if claimed.is_last:
        move(application, "return_claim", actor=actor, note=reason)
    db.session.flush()
    notifications.returned(application, "claim", reason)


def approve_claim(claimed: Claim, *, actor: Any) -> None:
    """Approve what was claimed; of the last claim, what was awarded and not spent returns to the round."""
    application = claimed.application
    lock(application.round)
    hold_still(application)
    if claimed.stage != ClaimStage.SENT:
        raise MoveRefused("There is no claim to approve.")
    CLAIM.make(claimed, "approve", actor=actor)
    claimed.approved_at, claimed.approved_by_id = now(), actor.id
    note(application, MoneyKind.CLAIMED, claimed.pence, actor=actor)
    if claimed.is_last:
        _return_unspent(application, actor=actor)


def _return_unspent(application: Application, *, actor: Any) -> None:
    if application.claimable_pence:
        note(application, MoneyKind.RELEASED, application.claimable_pence, actor=actor)
        propose_next(application.round)


def mark_paid(claimed: Claim, *, paid_on: date, actor: Any) -> None:
    """Note the day on which it was paid. After the last one the report is due, or there is nothing more to do."""
    application = claimed.application
    hold_still(application)
    if claimed.approved_at is None:
        raise MoveRefused("Approve the claim first.")
    if paid_on > today():
        raise AgainstTheRules("Choose a day that has passed.")
    if policy.approved_by_same(actor, claimed):
        raise AgainstTheRules("You approved it: in this fund another lead says that it was paid.")
    CLAIM.make(claimed, "pay", actor=actor)
    claimed.paid_on, claimed.paid_by_id = paid_on, actor.id
    note(application, MoneyKind.PAID, claimed.pence, actor=actor)
    notifications.paid(application, paid_on, claimed.pence)
    if application.stage == Stage.CLAIMED and _is_all_paid(application):
        move(application, "pay", actor=actor)
        _go_on(application, actor=actor)


def _is_all_paid(application: Application) -> bool:
    return all(c.stage in {ClaimStage.PAID, ClaimStage.TAKEN_BACK} for c in application.claims)


def _go_on(application: Application, *, actor: Any) -> None:
    move(application, "ask_report" if application.report_due_on else "end", actor=actor)

"""Sending what waits in the outbox: each mail on its own, nothing held while the mail server takes its time."""

import logging
from datetime import timedelta
from time import monotonic

from sqlalchemy.orm.exc import StaleDataError

from hub.accounts.models import Status
from hub.core.clock import now
from hub.core.db import db
from hub.core.unit import bookkeeping, unit_of_work
from hub.notifications import letters, queries
from hub.notifications.models import OutboxMail
from hub.notifications.transport import Transport, Undelivered
from hub.notifications.workflow import MAIL

log = logging.getLogger(__name__)

MOST_TRIES = 10
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=2)
LONGEST_RUN = 60  # seconds


def send_due(transport: Transport) -> int:
    """Send the mails that are due; how many left. Stops after a minute: the next run goes on."""
    began, sent = monotonic(), 0
    for mail_id in queries.due_mails():
        if monotonic() - began > LONGEST_RUN:
            break
        if _begin(mail_id):
            sent += _send(mail_id, transport)
    return sent


def _begin(mail_id: int) -> bool:
    """Take one mail; false if another process has it, or if nobody wants it any more."""
    try:
        with bookkeeping():
            mail = queries.mail(mail_id)
            if not queries.is_due(mail):
                return False
            if _is_unwanted(mail):
                MAIL.make(mail, "skip", actor=None)
                return False
            MAIL.make(mail, "begin", actor=None)
            mail.tries += 1
            return True
    except StaleDataError:
        return False


def _is_unwanted(mail: OutboxMail) -> bool:
    gone = mail.recipient is not None and mail.recipient.status in {Status.SUSPENDED, Status.LEFT}
    return gone and not mail.is_private and mail.tries == 0


def _send(mail_id: int, transport: Transport) -> bool:
    letter = letters.compose(queries.mail(mail_id))
    db.session.rollback()  # nothing is open while the mail server takes its time
    try:
        transport.send(letter)
    except Undelivered as fault:
        log.warning("mail %s did not leave: %s", mail_id, fault)
        _note_failure(mail_id, fault)
        return False
    with unit_of_work("notifications.send"):
        mail = queries.mail(mail_id)
        MAIL.make(mail, "arrive", actor=None)
        mail.sent_at, mail.trouble, mail.text = now(), "", ""
    return True


def _note_failure(mail_id: int, fault: Undelivered) -> None:
    with unit_of_work("notifications.send"):
        mail = queries.mail(mail_id)
        mail.trouble = str(fault)
        mail.next_try_at = now() + pause_after(mail.tries)
        MAIL.make(mail, "give_up" if fault.for_good or mail.tries >= MOST_TRIES else "fail", actor=None)


def pause_after(tries: int) -> timedelta:
    """30 seconds after the first try, doubled each time, two hours at most."""
    return min(FIRST_PAUSE * (1 << (tries - 1)), LONGEST_PAUSE)

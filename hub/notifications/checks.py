"""What must always hold of the outbox."""

from sqlalchemy import select

from hub.core.db import db
from hub.core.invariants import Invariants
from hub.notifications.models import Notice, OutboxMail, Stage


def _sent_or_not() -> list[str]:
    """No mail is both sent and waiting, none is sent without a time."""
    rows = db.session.execute(
        select(OutboxMail.id, OutboxMail.stage)
        .where((OutboxMail.stage == Stage.SENT) != OutboxMail.sent_at.is_not(None))
        .order_by(OutboxMail.id)
    )
    return [f"mail {mail_id} is {stage} and its time of sending says otherwise" for mail_id, stage in rows]


def _to_somebody_else() -> list[str]:
    ids = db.session.scalars(
        select(Notice.id)
        .join(OutboxMail, OutboxMail.id == Notice.mail_id)
        .where(OutboxMail.recipient_id != Notice.recipient_id)
        .order_by(Notice.id)
    )
    return [f"notice {one} is in the mail of somebody else" for one in ids]


INVARIANTS: Invariants = {
    "outbox.sent-has-its-moment": _sent_or_not,
    "outbox.notice-goes-to-its-reader": _to_somebody_else,
}

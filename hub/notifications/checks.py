"""What must always hold of the outbox."""

from sqlalchemy import select

from hub.core.db import db
from hub.notifications.models import OutboxMail, Stage


def broken() -> list[str]:
    """A mail is sent or it is not: none is both, none is sent without a time."""
    rows = db.session.execute(
        select(OutboxMail.id, OutboxMail.stage)
        .where((OutboxMail.stage == Stage.SENT) != OutboxMail.sent_at.is_not(None))
        .order_by(OutboxMail.id)
    )
    return [f"outbox: mail {mail_id} is {stage} and its time of sending says otherwise" for mail_id, stage in rows]

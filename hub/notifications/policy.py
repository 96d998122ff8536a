"""Who may see notices and mails. Pure functions of (user, object)."""

from typing import Any

from hub.accounts.models import Person
from hub.notifications.models import Notice, OutboxMail


def is_own_notice(user: Person, notice: Notice) -> bool:
    return user.id == notice.recipient_id


def can_see_outbox(user: Person, _subject: Any = None) -> bool:
    """Not the lead, who may be a nominee or an applicant: mails tell what panels, judges and pairs are told."""
    return user.is_administrator


def can_try_again(user: Person | None, _mail: OutboxMail) -> bool:
    return user is not None and user.is_administrator


def is_the_hub_itself(user: Person | None, _mail: OutboxMail) -> bool:
    """Mails are moved by a job, for which nobody acts."""
    return user is None

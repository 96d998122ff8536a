"""Who may see notices and mails. Pure functions of (user, object)."""

from typing import Any

from hub.accounts.models import Person
from hub.notifications.models import Notice, OutboxMail


def is_own_notice(user: Person, notice: Notice) -> bool:
    return user.id == notice.recipient_id


def can_see_outbox(user: Person, _subject: Any = None) -> bool:
    return user.is_administrator or user.is_lead


def can_read_mail(user: Person, mail: OutboxMail) -> bool:
    """Mails with links that sign somebody in are for administrators only."""
    return user.is_administrator or (user.is_lead and not mail.is_private)


def can_try_again(user: Person | None, _mail: OutboxMail) -> bool:
    return user is not None and user.is_administrator


def is_the_hub_itself(user: Person | None, _mail: OutboxMail) -> bool:
    """Mails are moved by a job, for which nobody acts."""
    return user is None

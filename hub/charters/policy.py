"""Who may read and keep charters. Pure functions of (user, object)."""

from typing import Any

from hub.accounts.models import Person, same_institution
from hub.evidence.policy import can_read_ledger


def can_read(user: Person, subject: Any = None) -> bool:
    """Charters are read by those who read the ledger, out of which they are answered."""
    return can_read_ledger(user) and (subject is None or same_institution(user, subject))


def can_keep(user: Person, subject: Any = None) -> bool:
    """Leads and deputies word the points, and place evidence on them."""
    return user.is_lead and (subject is None or same_institution(user, subject))

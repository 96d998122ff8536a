"""Who may read and add evidence. Pure functions of (user, object)."""

from typing import Any

from hub.accounts.models import Person, Role
from hub.accounts.policy import is_signed_in
from hub.evidence.models import Item


def can_read_ledger(user: Person, _subject: Any = None) -> bool:
    return user.is_lead or user.holds(Role.LEADER, Role.EDITOR)


def can_read_item(user: Person, item: Item) -> bool:
    return can_read_ledger(user) or item.added_by_id == user.id


can_add_item = is_signed_in

"""Who may read, add and take back evidence. Pure functions of (user, object)."""

from typing import Any

from hub.accounts.models import Person, Role, same_institution
from hub.accounts.policy import is_signed_in
from hub.evidence.models import Entry, Item, ItemVersion


def can_read_ledger(user: Person, _subject: Any = None) -> bool:
    return user.is_lead or user.holds(Role.LEADER, Role.EDITOR)


def can_read_entry(user: Person, entry: Entry) -> bool:
    """Whoever reads the ledger, and those whom the entry counts for."""
    return same_institution(user, entry) and (
        can_read_ledger(user) or any(person.id == user.id for person in entry.whom)
    )


def can_correct(user: Person, entry: Entry) -> bool:
    return user.is_lead and same_institution(user, entry)


# -- brought by hand ---------------------------------------------------------------------------------------------------

can_add_item = is_signed_in


def gave_consent(user: Person, item: Item) -> bool:
    """Whoever agreed to it, however that ended: they may always see what is on record about them."""
    return any(consent.person_id == user.id for consent in item.consents)


def can_read_item(user: Person, item: Item) -> bool:
    return can_read_ledger(user) or item.added_by_id == user.id or gave_consent(user, item)


def can_read_version(user: Person, version: ItemVersion) -> bool:
    return can_read_item(user, version.item)


def can_edit_item(user: Person, item: Item) -> bool:
    """Those who look after it: who brought it, and the lead."""
    return user.is_lead or item.added_by_id == user.id


def can_take_out(user: Person, item: Item) -> bool:
    return can_edit_item(user, item) or gave_consent(user, item)

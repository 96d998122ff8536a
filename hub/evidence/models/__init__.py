"""The ledger's rows with the running totals kept beside them, and what people bring by hand."""

from hub.evidence.models.items import Item, ItemConsent, ItemVersion, Scope, Sort
from hub.evidence.models.ledger import NO_LONGER_SHOWN, Entry, EntryPerson, Reach, Reached, Total

__all__ = [
    "NO_LONGER_SHOWN",
    "Entry",
    "EntryPerson",
    "Item",
    "ItemConsent",
    "ItemVersion",
    "Reach",
    "Reached",
    "Scope",
    "Sort",
    "Total",
]

"""What the plan does when the ledger changes: a new entry gets its suggestion, a withdrawn one loses its place."""

from typing import Any

from hub.evidence.models import Entry
from hub.evidence.signals import entry_recorded, entry_withdrawn
from hub.plan.services import place_entry, take_back


@entry_recorded.connect
def suggest_a_place(entry: Entry, **_: Any) -> None:
    place_entry(entry)


@entry_withdrawn.connect
def lose_its_place(entry: Entry, **_: Any) -> None:
    take_back(entry)

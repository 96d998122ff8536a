"""What the plan does when the ledger grows: every new entry gets its suggestion at once."""

from typing import Any

from hub.evidence.models import Entry
from hub.evidence.signals import entry_recorded
from hub.plan.services import place_entry


@entry_recorded.connect
def suggest_a_place(entry: Entry, **_: Any) -> None:
    place_entry(entry)

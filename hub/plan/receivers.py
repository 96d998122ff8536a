"""What the plan does when the ledger changes: a new entry gets its suggestion, a corrected one keeps
its places, a withdrawn one loses them."""

from collections.abc import Collection
from typing import Any

from hub.core.links import path_to
from hub.evidence.models import Entry
from hub.evidence.signals import entry_corrected, entry_recorded, entry_withdrawn
from hub.evidence.uses import Use, says_where
from hub.plan import queries
from hub.plan.services import follow_correction, place_entry, take_back


@entry_recorded.connect
def suggest_a_place(entry: Entry, **_: Any) -> None:
    place_entry(entry)


@entry_withdrawn.connect
def lose_its_place(entry: Entry, **_: Any) -> None:
    take_back(entry)


@entry_corrected.connect
def keep_its_places(entry: Entry, second: Entry, **_: Any) -> None:
    follow_correction(entry, second)


@says_where
def actions_shown_by(entry_ids: Collection[int]) -> list[Use]:
    return [
        Use(f"{action.ref}. {action.objective}", plan_name, path_to("plan.action", action_id=action.id))
        for action, plan_name in queries.actions_shown_by(entry_ids)
    ]

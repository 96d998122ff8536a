"""What happens to evidence on points when the ledger changes, and where a withdrawal must look for it."""

from collections.abc import Collection
from typing import Any

from hub.charters import queries
from hub.charters.policy import can_read
from hub.charters.services import follow_correction
from hub.core.links import path_to
from hub.evidence.models import Entry
from hub.evidence.signals import entry_corrected
from hub.evidence.uses import Use, says_where


@entry_corrected.connect
def keep_its_points(entry: Entry, second: Entry, **_: Any) -> None:
    follow_correction(entry, second)


@says_where
def points_shown_by(entry_ids: Collection[int]) -> list[Use]:
    return [
        Use(point.title, point.charter.name, path_to("charters.charter", charter_id=point.charter_id), can_read)
        for point in queries.points_shown_by(entry_ids)
    ]

"""Changes of a profile in words: what each field said before and what it says since."""

from collections.abc import Mapping
from typing import Any

from hub.core.differences import Told
from hub.directory.fields import FIELDS, working_days
from hub.directory.models import ProfileChange
from hub.directory.services import SEEN_BY

COLUMNS = {column: field.label for field in FIELDS.values() for column in field.columns} | {
    "building": "Building",
    "campus": "Campus",
}


def told(change: ProfileChange, audiences: Mapping[str, str]) -> list[Told]:
    """The fields in the order of the profile, *audiences* called as where they are chosen."""
    shown = []
    for field in FIELDS.values():
        for name in (*field.columns, f"{SEEN_BY}{field.key}"):
            if name in change.after:
                is_audience = name.startswith(SEEN_BY)
                label = f"Who sees: {field.label}" if is_audience else COLUMNS[name]
                said = [audiences[v] if is_audience else _text(v) for v in (change.before[name], change.after[name])]
                shown.append(Told(label, *said))
    return shown


def _text(value: Any) -> str:
    return working_days(value) if isinstance(value, list) else str(value)

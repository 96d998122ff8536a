"""Changes of a profile in words: what each field said before and what it says since."""

from typing import Any, NamedTuple

from hub.directory.fields import FIELDS, working_days
from hub.directory.models import ProfileChange
from hub.directory.services import SEEN_BY

COLUMNS = {column: field.label for field in FIELDS.values() for column in field.columns} | {
    "building": "Building",
    "campus": "Campus",
}


class Told(NamedTuple):
    """One field of a change: its name, then the words or the audience before and after."""

    label: str
    before: str
    after: str
    is_audience: bool


def told(change: ProfileChange) -> list[Told]:
    """The fields in the order of the profile; a field that is no more is left out."""
    shown = []
    for field in FIELDS.values():
        for name in (*field.columns, f"{SEEN_BY}{field.key}"):
            if name in change.after:
                is_audience = name.startswith(SEEN_BY)
                label = f"Who sees: {field.label}" if is_audience else COLUMNS[name]
                shown.append(Told(label, _text(change.before[name]), _text(change.after[name]), is_audience))
    return shown


def _text(value: Any) -> str:
    return working_days(value) if isinstance(value, list) else str(value)

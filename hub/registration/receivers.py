"""What registration does when the directory grows."""

from typing import Any

from hub.directory.signals import profiles_made
from hub.registration.services import follow_many


@profiles_made.connect
def say_what_they_hold(person_ids: tuple[int, ...], **_: Any) -> None:
    """Whoever offered to mentor, or was registered, before they were counted as a technician."""
    follow_many(person_ids)

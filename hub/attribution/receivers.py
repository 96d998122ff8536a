"""What attribution does when the directory announces that somebody has left the open web."""

from typing import Any

from hub.attribution.services import take_off_open_web
from hub.directory.signals import public_withdrawn


@public_withdrawn.connect
def follow(profile: Any, **_: Any) -> None:
    take_off_open_web(profile.person)

"""Whoever is no longer public leaves the galleries in the same transaction."""

from typing import Any

from hub.accounts import signals as accounts
from hub.accounts.models import Person
from hub.directory import signals as directory
from hub.galleries import services


@accounts.person_changed.connect
@directory.profile_changed.connect
def _follow(person: Person, **_: Any) -> None:
    services.follow([person.id])

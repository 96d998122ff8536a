"""Whoever is no longer public leaves the galleries in the same transaction."""

from typing import Any

from hub.accounts import signals as accounts
from hub.accounts.models import Institution, Person
from hub.directory import signals as directory
from hub.galleries import services
from hub.workforce import signals as workforce


@accounts.person_changed.connect
@directory.profile_changed.connect
def _follow(person: Person, **_: Any) -> None:
    services.follow([person.id])


@workforce.list_stored.connect
def _catch_up(_institution: Institution, **_: Any) -> None:
    services.catch_up()

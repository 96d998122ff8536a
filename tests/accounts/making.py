"""Makers for signing in."""

from typing import Any

from hub.accounts import passwords, queries, services, signals
from hub.accounts.models import Person, Purpose
from hub.core.db import db
from tests import factories as make

PASSWORD = "tall kettle sings green"


def member(**given: Any) -> Person:
    """Somebody who can sign in with ``PASSWORD``, already stored."""
    person = make.person(**given)
    person.password_hash = passwords.hasher().hash(PASSWORD)
    db.session.commit()
    return person


def link(person: Person, purpose: Purpose = Purpose.SIGN_IN) -> str:
    token = services.make_link(queries.person(person.id), purpose)
    db.session.commit()
    return token


def mailed_tokens(call: Any) -> list[str]:
    """The tokens of the links that are made while *call* runs."""
    seen: list[str] = []

    def listen(_link: Any, token: str, **_: Any) -> None:
        seen.append(token)

    with signals.link_made.connected_to(listen):
        call()
    return seen


def cookie(page: Any) -> dict[str, Any]:
    with page.client.session_transaction() as session:
        return dict(session)

"""Makers for signing in."""

from typing import Any

from pyotp import TOTP

from hub.accounts import passwords, queries, services, signals
from hub.accounts.models import Institution, Person, Purpose, Status
from hub.core import clock
from hub.core.db import db
from tests import factories as make

PASSWORD = "tall kettle sings green"


def member(of: Institution | None = None, **given: Any) -> Person:
    """Somebody who can sign in with ``PASSWORD``, already stored."""
    person = make.person(of, **given)
    person.password_hash = passwords.hasher().hash(PASSWORD)
    person.left_on = clock.today() if person.status == Status.LEFT else None
    db.session.commit()
    return queries.person(person.id)


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


def typed_key(shown: Any) -> str:
    """The key that the page of setting up shows to those who cannot scan."""
    return str(shown.select_one("main .secret code").text.replace(" ", ""))


def second_step(page: Any) -> str:
    """Set up a second step for whoever is signed in; the key of their app."""
    page.submit("accounts.start_second_step", at="/me/second-step")
    key = typed_key(page.get("accounts.confirm_second_step"))
    page.submit("accounts.confirm_second_step", code=TOTP(key).at(clock.now()), status=200)
    return key

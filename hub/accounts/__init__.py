"""People, the institutions they belong to, the roles they hold, and signing in."""

from flask import Flask

from hub.accounts import queries
from hub.accounts.models import Person
from hub.core.web import login_manager


def init_app(app: Flask) -> None:
    login_manager.user_loader(_person_behind)


def _person_behind(token: str) -> Person | None:
    session = queries.session_of(token)
    if session is None:
        return None
    session.person.sign_in_token = token
    return session.person

"""People, the institutions they belong to, the roles they hold, and signing in."""

import logging
from datetime import timedelta

from flask import Flask, g
from sqlalchemy.exc import OperationalError
from werkzeug.local import LocalProxy

from hub.accounts import passwords, policy, queries, services, views
from hub.accounts.models import Institution, Person
from hub.core import navigation
from hub.core.clock import now
from hub.core.db import db
from hub.core.unit import bookkeeping
from hub.core.web import login_manager

NOTED_EVERY = timedelta(minutes=5)

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    passwords.init_app(app)
    login_manager.user_loader(_person_behind)
    app.register_blueprint(views.bp)
    app.before_request(_greet_visitor)
    app.teardown_request(_note_seen)
    navigation.upkeep.add("people", "People", "accounts.people", 80, policy.can_manage_people)
    navigation.upkeep.add("institution", "Institution", "accounts.institution", 90, policy.can_manage_people)
    navigation.upkeep.add("units", "Units", "accounts.units", 85, policy.can_manage_people)


def _person_behind(token: str) -> Person | None:
    found = queries.session_of(token)
    if found is None:
        return None
    found.person.sign_in_token = token
    if found.seen_at < now() - NOTED_EVERY:
        g.seen_session = found.id
    return found.person


def _greet_visitor() -> None:
    """Pages for everybody name the institution, if the installation has only one: asked when a page does so."""
    g.institution = LocalProxy(_visited)


def _visited() -> Institution | None:
    if "visited" not in g:
        g.visited = queries.only_institution()
    found: Institution | None = g.visited
    return found


def _note_seen(_error: BaseException | None) -> None:
    """After the answer, every five minutes at most: the session is still in use."""
    seen = g.pop("seen_session", None)
    if seen is not None:
        db.session.rollback()
        try:
            with bookkeeping():
                services.note_seen(seen)
        except OperationalError:
            log.warning("could not note that a session is in use")

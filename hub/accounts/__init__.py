"""People, the institutions they belong to, the roles they hold, and signing in."""

import logging
from datetime import timedelta

from flask import Flask, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import OperationalError
from werkzeug.local import LocalProxy

from hub.accounts import passwords, policy, queries, reading, services, views
from hub.accounts.models import Institution, Person
from hub.core import navigation
from hub.core.clock import now, today
from hub.core.db import db
from hub.core.unit import bookkeeping
from hub.core.web import login_manager

OPEN_WITHOUT_SECOND_STEP = {
    "static",
    "bootstrap.static",
    "accounts.look",
    "accounts.sign_out",
    "accounts.prove",
    "accounts.second_step",
    "accounts.start_second_step",
    "accounts.confirm_second_step",
}
NOTED_EVERY = timedelta(minutes=5)

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    passwords.init_app(app)
    login_manager.user_loader(_person_behind)
    app.register_blueprint(views.bp)
    app.before_request(_greet_visitor)
    app.before_request(_ask_for_second_step)
    app.after_request(reading.notice)
    app.teardown_request(_note_seen)
    app.teardown_request(reading.write)
    navigation.upkeep.add("people", "People", "accounts.people", 80, policy.can_manage_people)
    navigation.upkeep.add("institution", "Institution", "accounts.institution", 90, policy.can_manage_people)
    navigation.upkeep.add("units", "Units", "accounts.units", 85, policy.can_manage_people)


def _person_behind(token: str) -> Person | None:
    found = queries.session_of(token)
    if found is None:
        return None
    found.person.sign_in_token, found.person.proved_at = token, found.proved_at
    found.person.second_step_from = found.second_step_from
    if found.seen_at < now() - NOTED_EVERY:
        g.seen_session = found.id
    return found.person


def _greet_visitor() -> None:
    """Pages for everybody name the institution, if the installation has only one: asked when a page does so."""
    g.institution = LocalProxy(_visited)


def _ask_for_second_step() -> ResponseReturnValue | None:
    """Whose time without a second step is over can do one thing: set it up."""
    if request.endpoint is None or request.endpoint in OPEN_WITHOUT_SECOND_STEP or not current_user.is_authenticated:
        return None
    from_when = current_user.second_step_from
    return redirect(url_for("accounts.second_step")) if from_when and from_when <= today() else None


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

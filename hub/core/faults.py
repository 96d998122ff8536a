"""What the hub answers when something is wrong: a page that says so in plain words, and a log line without names."""

from typing import Any

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import NoResultFound, OperationalError
from werkzeug.exceptions import HTTPException

from hub.core.db import db
from hub.core.web import own_path

PAGES = frozenset({400, 403, 404, 409, 413, 422, 429, 503})


def init_app(app: Flask) -> None:
    app.register_error_handler(NoResultFound, _not_found)
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(500, _broken)


def _page(status: int, **context: Any) -> tuple[str, int]:
    return render_template(
        f"errors/{status}.html", **{"reason": "", "back": own_path(request.referrer)} | context
    ), status


def _not_found(_error: NoResultFound) -> Any:
    return _page(404)


def _form_too_old(_error: CSRFError) -> Any:
    return _page(400, reason="This form was open for too long: nothing was changed. Reload its page.")


def _http(error: HTTPException) -> Any:
    status = error.code or 500
    if status < 400 or error.response is not None:
        return error
    if status == 500:
        return _broken(error)
    own_words = error.description if status == 400 and error.description != type(error).description else ""
    return _page(status if status in PAGES else 400, reason=own_words)[0], status, _kept_headers(error)


def _kept_headers(error: HTTPException) -> dict[str, str]:
    return {k: v for k, v in error.get_headers() if k in {"Allow", "Retry-After"}}


def _database_away(error: OperationalError) -> Any:
    db.session.rollback()
    current_app.logger.error("database: %s", type(error.orig).__name__)
    return _plain_page(503), 503, {"Retry-After": "5"}


def _broken(_error: Exception) -> Any:
    db.session.rollback()
    return _plain_page(500), 500


def _plain_page(status: int) -> str:
    """Drawn without the context of other pages, which would ask the database who is there."""
    return current_app.jinja_env.get_template(f"errors/{status}.html").render()

"""What the hub answers when something is wrong: a page that says so in plain words, and a log line without names."""

import errno
import logging
from contextlib import suppress
from typing import Any

from flask import Flask, Response, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy import inspect
from sqlalchemy.exc import NoResultFound, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from hub.core.db import db
from hub.core.web import own_path, typed

log = logging.getLogger(__name__)

PAGES = frozenset({400, 403, 404, 409, 413, 422, 429, 503})
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def init_app(app: Flask) -> None:
    app.register_error_handler(NoResultFound, _not_found)
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(OSError, _disk_full)
    app.register_error_handler(500, _broken)
    app.after_request(_note_refusal)


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
    lost = typed() if status == 403 and request.method == "POST" else []
    return _page(status if status in PAGES else 400, reason=own_words, lost=lost)[0], status, _kept_headers(error)


def _foreign_host(_error: SecurityError) -> Any:
    """Under a host name that is not ours no page of ours has an address: not even one that says so."""
    return Response("There is no hub at this address.\n", 400, mimetype="text/plain")


def _kept_headers(error: HTTPException) -> dict[str, str]:
    return {k: v for k, v in error.get_headers() if k in {"Allow", "Retry-After"}}


def _database_away(error: OperationalError) -> Any:
    db.session.rollback()
    current_app.logger.error("database: %s", type(error.orig).__name__)
    if _has_no_room(error.orig):
        return _plain_page(507), 507, {"Retry-After": "60"}
    return _plain_page(503), 503, {"Retry-After": "5"}


def _has_no_room(fault: BaseException | None) -> bool:
    """Whether the disk under the database is full, as SQLite and as PostgreSQL put it."""
    return getattr(fault, "sqlite_errorname", "") == "SQLITE_FULL" or getattr(fault, "sqlstate", "") == "53100"


def _disk_full(error: OSError) -> Any:
    """No room for a file, or for what is on its way in; any other trouble of the system is a fault of ours."""
    if error.errno not in NO_ROOM:
        raise error
    db.session.rollback()
    current_app.logger.error("files: no room, %s", errno.errorcode[error.errno])
    return _plain_page(507), 507, {"Retry-After": "60"}


def _broken(_error: Exception) -> Any:
    db.session.rollback()
    return _plain_page(500), 500


def _plain_page(status: int) -> str:
    """Drawn without the context of other pages, which would ask the database who is there."""
    lost: list[tuple[str, str, list[str]]] = []
    with suppress(HTTPException, OSError):  # the form itself may be what could not be read
        lost = typed()
    return current_app.jinja_env.get_template(f"errors/{status}.html").render(lost=lost)


def _note_refusal(response: Response) -> Response:
    """Who was refused what, by number: wrong passwords, missing rights, forged forms, limits that were reached."""
    if 400 <= response.status_code < 500 and request.endpoint:
        log.warning("refused %s %s %s by %s", response.status_code, request.method, request.endpoint, _asker())
    return response


def _asker() -> str:
    """The number of whoever is signed in, without asking the database, which may just have failed."""
    state = inspect(g.get("_login_user"), raiseerr=False)
    return f"person {state.identity[0]}" if state is not None and state.identity else "nobody"

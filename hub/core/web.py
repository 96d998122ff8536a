"""View decorators: who may come in, and how the work is saved; and what every answer carries."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.sessions import SecureCookieSessionInterface
from flask_bootstrap import Bootstrap5
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect
from itsdangerous import BadPayload, BadSignature, Signer, URLSafeSerializer
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, UnicodeConverter, ValidationError

from hub.core import audit
from hub.core.clock import now
from hub.core.db import db, writing
from hub.core.errors import Refusal, SomebodyWasFaster
from hub.core.money import pounds
from hub.core.text import clean
from hub.core.unit import AlreadyDone, Submission, claim

login_manager = LoginManager()
csrf = CSRFProtect()

PROOF_LASTS = timedelta(minutes=15)

View = Callable[..., Any]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OVERTAKEN = {f"SQLITE_CONSTRAINT_{of}" for of in ("UNIQUE", "PRIMARYKEY", "FOREIGNKEY")} | {"23503", "23505"}
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
HIDDEN = frozenset({"csrf_token", "_once", "_version", "_fields"})
PASSWORDS = frozenset({"password", "current", "secret", "code"})  # fields that no page shows again
ON_ITS_PAGE = "Leave it as it now is to read this"
INCOMPLETE = "The form arrived incomplete, so nothing was changed. Go back, reload the page and send it again."
GARBLED = "Some letters arrived garbled, so nothing was changed. Go back, reload the page and type them again."


class Cookies(SecureCookieSessionInterface):
    """Signed without a date: how long a session lasts is kept on the server, and a clock set back ends none."""

    def get_signing_serializer(self, app: Flask) -> Any:
        dated = super().get_signing_serializer(app)
        return dated and _Undated(
            dated.secret_keys,
            salt=dated.salt,
            serializer=dated.serializer,
            signer_kwargs=dated.signer_kwargs,
        )


class _Undated(URLSafeSerializer):
    def loads(self, value: Any, max_age: int | None = None) -> Any:  # type: ignore[override]  # noqa: ARG002 -- as Flask asks
        try:
            return super().loads(value)
        except BadPayload as dated:  # a cookie of an earlier hub: signed by us, but with a date in it
            raise BadSignature("dated") from dated


class RowId(IntegerConverter):
    """An id that a database column can hold; anything larger, or written in other digits, is simply not found."""

    regex = "[0-9]+"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": 2**31 - 1} | kwargs)


class Name(UnicodeConverter):
    """A part of an address as people write them: with what nobody can type there is no such page."""

    def to_python(self, value: str) -> str:
        if clean(value) != value:
            raise ValidationError
        return value


def allowed(rule: Callable[..., bool], *, get: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Let a view run only if *rule*(user, object) holds.

    *get* loads the object from the URL's arguments (``NoResultFound`` is a 404); the view is handed the
    object, never its id, so no view can forget to check it. An object of another institution does not exist.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**url_args: Any) -> Any:
            if not current_user.is_authenticated:
                return login_manager.unauthorized()
            if get is None:
                if not rule(current_user):
                    abort(403)
                return view(**url_args)
            subject = get(**url_args)
            if getattr(subject, "institution_id", current_user.institution_id) != current_user.institution_id:
                abort(404)
            if not rule(current_user, subject):
                abort(403)
            g.opened = subject
            return view(subject)

        guarded.access_rule = rule  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: View) -> View:
    """Say out loud that anyone may see this page."""
    view.access_rule = public  # type: ignore[attr-defined]
    return view


def proved(view: View) -> View:
    """For what a borrowed browser must not do: who has not lately said who they are is asked again.

    Stands between ``allowed`` and ``saves``. A form that comes too late changes nothing: its page is opened again.
    """

    @wraps(view)
    def asking(*args: Any, **kwargs: Any) -> Any:
        if current_user.proved_at > now() - PROOF_LASTS:
            return view(*args, **kwargs)
        back = request.full_path if request.method in SAFE else own_path(request.referrer)
        return redirect(url_for("accounts.prove", next=back), 303)

    asking.is_proved = True  # type: ignore[attr-defined]
    return asking


def takes(most: int) -> Callable[[View], View]:
    """Let forms of this view bring more than others: *most* bytes. Stands next to the route."""

    def decorate(view: View) -> View:
        view.takes = most  # type: ignore[attr-defined]
        return view

    return decorate


def saves(view: View) -> View:
    """Make a POST one unit of work: its form only once, no older version over a newer one, one journal row, one commit.

    An answer of 400 or more undoes everything. A ``Refusal`` that the view lets through becomes a page that says why.
    """

    @wraps(view)
    def saving(*args: Any, **kwargs: Any) -> Any:
        if request.method in SAFE:
            return view(*args, **kwargs)
        subject = args[0] if args else None
        _refuse_incomplete(subject)
        try:
            return _one_unit(view, args, kwargs, subject)
        except AlreadyDone as done:
            _undo()
            return redirect(done.location or own_path(request.referrer) or "/", 303)
        except (StaleDataError, SomebodyWasFaster):
            _undo()
            return _conflict(subject)
        except IntegrityError as error:
            _undo()
            return _second_of_two(error)
        except HTTPException:
            _undo()
            raise
        except Refusal as refusal:
            _undo()
            return render_template(
                "errors/422.html", reason=str(refusal), lost=typed(), back=own_path(request.referrer)
            ), 422

    saving.saves = True  # type: ignore[attr-defined]
    return saving


def _one_unit(view: View, args: Any, kwargs: Any, subject: Any) -> Response:
    with audit.deed(request.endpoint or "", actor=_actor(), subject=subject) as doing:
        submission = claim(request.form["_once"], person_id=doing.actor_id)
        if _is_stale(subject):
            raise SomebodyWasFaster
        response = make_response(view(*args, **kwargs))
        if submission not in db.session:  # the service let go of the transaction for work that takes long
            submission = claim(request.form["_once"], person_id=doing.actor_id)
        if response.status_code >= 400:
            db.session.rollback()
            return response
        submission.location = response.location
        doing.actor_id = doing.actor_id or getattr(_actor(), "id", None)
        db.session.flush()
        audit.write(doing)
        db.session.commit()
        return response


def _undo() -> None:
    """Roll back, and let the page that says so find its reader afresh: rolled back rows know nothing any more."""
    db.session.rollback()
    g.pop("_login_user", None)


def _actor() -> Any:
    return current_user if current_user.is_authenticated else None


def _refuse_incomplete(subject: Any) -> None:
    """A form that lost its hidden parts on the way must not be taken for a complete one."""
    wanted = ["_once", *(["_version"] if hasattr(subject, "version") else [])]
    times = {name: len(values) for name, values in request.form.lists()}
    is_twice = any(times.get(name, 0) > 1 for name in ("csrf_token", "_fields"))
    if is_twice or any(times.get(name) != 1 for name in wanted) or not 16 <= len(request.form["_once"]) <= 64:
        abort(400, INCOMPLETE)


def only(name: str, default: str | None = None) -> str:
    """The one value that a form without fields of ours sent as *name*; without *default* it must be there."""
    values = request.form.getlist(name)
    if len(values) > 1 or (not values and default is None):
        abort(400, INCOMPLETE)
    return values[0] if values else str(default)


def _is_stale(subject: Any) -> bool:
    return hasattr(subject, "version") and request.form["_version"] != str(subject.version)


def typed() -> list[tuple[str, str, list[str]]]:
    """What the form brought that its reader wrote or chose, as label, name and values: never a password.

    A form with a version edits a row, of which no column is one: there a “code” is an abbreviation.
    """
    return [
        (name.replace("_", " ").capitalize(), name, values)
        for name, values in request.form.lists()
        if name not in HIDDEN and (name not in PASSWORDS or "_version" in request.form)
    ]


def _conflict(subject: Any) -> tuple[str, int]:
    """Both versions side by side: nothing that was typed is lost, nothing that was saved is overwritten."""
    if subject is not None:
        db.session.refresh(subject)
    offered, lost = _offered(), typed()
    pairs = [(*yours, _stored(subject, yours[1])) for yours in lost if yours[1] in offered]
    shown = {"pairs": pairs, "lost": lost, "subject": subject, "back": own_path(request.referrer)}
    return render_template("errors/409.html", **shown), 409


def _stored(subject: Any, name: str) -> Any:
    """What the row holds in the column of that name; nothing else is loaded on this page, which says so."""
    if subject is None or name not in inspect(subject).mapper.column_attrs:
        return ON_ITS_PAGE
    value = getattr(subject, name)
    return pounds(value) if name.endswith("_pence") and value is not None else value


def sealed(names: str) -> str:
    """The *names* of a form's fields with proof that the page at this address offered them."""
    return _seal().sign(names).decode()


def _offered() -> set[str]:
    """Fields that this page has offered: of no other column may its reader be told what the row holds."""
    try:
        return set(_seal().unsign(request.form.get("_fields", "")).decode().split(","))
    except BadSignature:
        return set()


def _seal() -> Signer:
    return Signer(str(current_app.secret_key), salt=f"fields of {request.path}")


def _second_of_two(error: IntegrityError) -> Any:
    """Two of the same at once: the same form gets the first one's answer, another hears that it came second."""
    first = db.session.query(Submission).filter_by(token=request.form["_once"]).one_or_none()
    if first is not None and first.location:
        return redirect(first.location, 303)
    if is_overtaken(error):
        return _conflict(None)
    current_app.logger.error("%s was refused by the database alone: %s", request.endpoint, type(error.orig).__name__)
    return render_template("errors/422.html", reason="", lost=typed(), back=own_path(request.referrer)), 422


def is_overtaken(error: IntegrityError) -> bool:
    """Whether another row stood in the way, or one that was wanted is gone; other constraints concern the row."""
    code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    return code in OVERTAKEN


def own_path(address: str | None) -> str | None:
    """*address* as a path on this site, or nothing: never a way out of it."""
    if not address or address.startswith("//") or any(ord(c) < 0x21 or c == "\\" for c in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:  # such as http://[
        return None
    if parts.netloc and parts.netloc != request.host:
        return None
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if parts.scheme not in {"", "http", "https"} or (parts.scheme and not parts.netloc):
        return None
    return path if path.startswith("/") and not path.startswith("//") else None


def fresh_token() -> str:
    return secrets.token_urlsafe(24)


def init_app(app: Flask) -> None:
    app.session_interface = Cookies()
    app.url_map.converters |= {"int": RowId, "string": Name, "default": Name}
    Bootstrap5(app)
    login_manager.init_app(app)
    login_manager.login_view = "accounts.sign_in"
    login_manager.login_message = None
    login_manager.session_protection = None  # sessions are rows on the server: see accounts
    app.before_request(_begin)
    csrf.init_app(app)
    app.teardown_request(_end)
    app.after_request(_harden)
    if app.config["PROXIES"]:  # else anybody could write X-Forwarded-For, and no limit would hold
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=app.config["PROXIES"], x_proto=app.config["PROXIES"], x_host=0)  # type: ignore[method-assign]


def _begin() -> None:
    g.csp_nonce = secrets.token_urlsafe(16)
    g.writing = writing(request.method not in SAFE)
    g.writing.__enter__()
    if request.method not in SAFE and request.mimetype not in FORM_TYPES:
        abort(415)
    if most := getattr(current_app.view_functions.get(request.endpoint or ""), "takes", None):
        request.max_content_length = most
    if request.mimetype == "application/x-www-form-urlencoded":
        _refuse_unreadable(request.get_data())


def _refuse_unreadable(body: bytes) -> None:
    """What a form cannot hold; and letters that would be kept as percent signs, because behind those is no UTF-8."""
    if body.count(b"&") >= current_app.config["MAX_FORM_PARTS"]:
        abort(413)
    try:
        unquote_to_bytes(body).decode()
    except UnicodeDecodeError:
        abort(400, GARBLED)


def _end(_error: BaseException | None) -> None:
    if "writing" in g:
        g.pop("writing").__exit__(None, None, None)


def _harden(response: Response) -> Response:
    nonce = f"'nonce-{g.get('csp_nonce', '')}'"
    policy = (
        f"default-src 'none'; script-src 'self' {nonce}; style-src 'self' {nonce}; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
        "object-src 'none'"
    )
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint in {"static", "bootstrap.static"} and "v" in request.args:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif "_user_id" in session or "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response

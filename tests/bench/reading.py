"""Asking for pages through WSGI itself, as a server would, and the barest pages that say the same."""

import hashlib
import re
import sqlite3
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from flask import Flask, request, session
from werkzeug.test import EnvironBuilder, run_wsgi_app

SIGNED_IN = """SELECT p.id, p.name, p.institution_id, i.name,
        (SELECT group_concat(role) FROM role_grant r WHERE r.person_id = p.id AND r.ends_on IS NULL)
    FROM sign_in s JOIN person p ON p.id = s.person_id JOIN institution i ON i.id = p.institution_id
    WHERE s.token_hash = ? AND p.status = 'active'"""


def reader(app: Flask, path: str, token: str | None = None) -> Callable[[], bytes]:
    """A call that reads *path* as the person whose session has *token*; it fails unless the answer is a page."""
    headers = {"Cookie": _cookie(app, token)} if token else {}
    environment = EnvironBuilder(path=path, base_url=app.config.get("BASE_URL"), headers=headers).get_environ()

    def read() -> bytes:
        body, status, answered = run_wsgi_app(app.wsgi_app, dict(environment), buffered=True)
        text = b"".join(body)
        if status != "200 OK":
            raise RuntimeError(f"{path}: {status}")
        if "Set-Cookie" in answered:  # kept, as a browser does
            environment["HTTP_COOKIE"] = answered["Set-Cookie"].partition(";")[0]
        return text

    return read


def bare_page(
    connection: sqlite3.Connection, statements: Sequence[str], values: Any, like: bytes
) -> Callable[[], bytes]:
    """A Flask page as long as *like* that writes out the rows of all *statements*: the limit of any such page."""
    app = Flask("bare")
    filling = like.decode()

    @app.get("/")
    def answer() -> str:
        rows = (row for statement in statements for row in connection.execute(statement, values))
        lines = "".join(f"<li>{' '.join(escape(str(value)) for value in row)}</li>" for row in rows)
        return filling[: len(filling) - len(lines)] + lines

    return reader(app, "/")


def bare_search(
    connection: sqlite3.Connection, statements: tuple[str, str], query: str, like: bytes, token: str
) -> Callable[[], bytes]:
    """A search as one writes it with Flask and sqlite3 alone: who asks, twenty cards, facets counted once for a query.

    *statements* find the people and count the facets; the page is the hub’s, *like*, with both written anew.
    """
    app = Flask("bare")
    app.secret_key = "only for the benchmark"
    find, count = statements
    before, *_, after = re.split(r'<ul class="results">|<nav class="pager"', like.decode())
    counted: dict[str, Sequence[Any]] = {}

    @app.get("/people/")
    def answer() -> str:
        hashed = hashlib.sha256(session["_user_id"].encode()).hexdigest()
        _, name, institution_id, institution, _ = connection.execute(SIGNED_IN, (hashed,)).fetchone()
        query = request.args["q"]
        if query not in counted:
            counted[query] = connection.execute(count, (institution_id, query)).fetchall()
        cards = "".join(map(_card, connection.execute(find, (institution_id, query))))
        facets = "".join(map(_facet, counted[query]))
        return f"{before}<p>{escape(name)}, {escape(institution)}</p>{facets}<ul>{cards}</ul>{after}"

    return reader(app, f"/people/?q={query}", token)


def _facet(row: tuple[str, int]) -> str:
    text, n = escape(row[0]), row[1]
    return (
        f'<div class="form-check"><input class="form-check-input" type="checkbox" name="unit" value="{text}"'
        f' id="{text}"><label class="form-check-label" for="{text}">{text}</label>'
        f' <span class="facets__n">{n:,}</span></div>'
    )


def _card(row: Sequence[Any]) -> str:
    name, title, unit, slug, skill = (escape(str(value or "")) for value in row)
    return (
        f'<li class="result"><span class="avatar avatar--lg" aria-hidden="true">{name[0]}</span>'
        f'<div class="result__body"><h3><a href="/people/{slug}">{name}</a></h3><p>{title}, {unit}.</p>'
        f'<ul class="why" aria-label="Why {name} is here"><li><span class="why__field">Skill</span> {skill}</li></ul>'
        f'</div><div class="result__act"><a class="btn" href="/skills/ask?to={slug}">Ask for 20 minutes'
        f'<span class="visually-hidden"> of {name}</span></a></div></li>'
    )


def _cookie(app: Flask, token: str) -> str:
    """The cookie of a session that is already open on the server."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    return f"{name}={cookie.value}" if cookie else ""

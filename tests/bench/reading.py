"""Asking for pages through WSGI itself, as a server would, and the barest page that says the same."""

import sqlite3
from collections.abc import Callable
from html import escape
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app


def reader(app: Flask, path: str, token: str | None = None) -> Callable[[], bytes]:
    """A call that reads *path* as the person whose session has *token*; it fails unless the answer is a page."""
    headers = {"Cookie": _cookie(app, token)} if token else {}
    environment = EnvironBuilder(path=path, base_url=app.config.get("BASE_URL"), headers=headers).get_environ()

    def read() -> bytes:
        body, status, _ = run_wsgi_app(app.wsgi_app, dict(environment), buffered=True)
        text = b"".join(body)
        if status != "200 OK":
            raise RuntimeError(f"{path}: {status}")
        return text

    return read


def bare_page(connection: sqlite3.Connection, statement: str, values: Any, like: bytes) -> Callable[[], bytes]:
    """A Flask page as long as *like* that writes out the rows of one *statement*: the limit of any such page."""
    app = Flask("bare")
    filling = like.decode()

    @app.get("/")
    def answer() -> str:
        rows = connection.execute(statement, values)
        cards = "".join(f"<li>{' '.join(escape(str(value)) for value in row)}</li>" for row in rows)
        return filling[: len(filling) - len(cards)] + cards

    return reader(app, "/")


def _cookie(app: Flask, token: str) -> str:
    """The cookie of a session that is already open on the server."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    return f"{name}={cookie.value}" if cookie else ""

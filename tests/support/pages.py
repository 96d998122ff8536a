"""A browser without scripts for tests: sends forms as they stand, and checks every page it is given."""

from contextlib import contextmanager
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from flask import Flask, g
from sqlalchemy import event
from sqlalchemy.engine import Engine

from hub.accounts import queries, services
from hub.core.db import db
from hub.core.links import path_to
from hub.directory import services as directory
from tests.support.html import check_html
from tests.support.reading import Executed, without_reading

WRITES = ("INSERT", "UPDATE", "DELETE")


class Page:
    """``page.get("fund.award", application_id=7)`` and ``page.submit(…, amount="250")`` give parsed HTML."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._client = app.test_client()

    @property
    def client(self):
        """Who asks by it finds everything that the test has written, as after a transaction's end."""
        db.session.flush()
        directory.catch_up()
        return self._client

    # -- who ---------------------------------------------------------------------------------------------------------

    def as_user(self, person) -> "Page":
        """Sign in as *person* from here on."""
        token = services.open_session(queries.person(person.id))
        with self.client.session_transaction() as session:
            session.clear()
            session["_user_id"], session["_fresh"] = token, True
        return self

    def signed_out(self) -> "Page":
        with self.client.session_transaction() as session:
            session.clear()
        return self

    # -- what --------------------------------------------------------------------------------------------------------

    def get(self, endpoint: str, *, status: int = 200, query: dict | None = None, **url_args) -> BeautifulSoup:
        """Fetch a page; a GET that writes to the database fails here."""
        return self.open(path_to(endpoint, **url_args), status=status, query=query)

    def open(self, path: str, *, status: int = 200, query: dict | None = None) -> BeautifulSoup:
        db.session.flush()
        directory.catch_up()
        with _no_writes():
            response = self._send("GET", path, query_string=query)
        return self._checked(response, status)

    def raw(self, endpoint: str, *, query: dict | None = None, **url_args):
        """The bare response, for exports and downloads."""
        return self._send("GET", path_to(endpoint, **url_args), query_string=query)

    def submit(
        self,
        endpoint: str,
        *,
        form: int | str = 0,
        status: int = 302,
        button: tuple[str, str] | None = None,
        at: str = "",
        **fields,
    ):
        """Open the page, fill its form and send it.

        *form*: which POST form of <main>, by number, or by part of its action. *fields*: name → value, list of values,
        ``None`` to leave out, or a (file, name) pair. *at*: a path, instead of the endpoint with ids in *fields*.
        """
        rule_args = {k: fields.pop(k) for k in list(fields) if k in self._url_args(endpoint)} if not at else {}
        path = at or path_to(endpoint, **rule_args)
        html = self.open(path)
        found = self._form(html, form)
        values = self._filled(found) | fields
        values |= {button[0]: button[1]} if button else {}
        return self.post(found.get("action") or path, status=status, **values)

    def post(self, path: str, *, status: int = 302, **values):
        """Send *values* as they are; a redirect is given back as its path."""
        values = {k: v for k, v in values.items() if v is not None}
        files = any(isinstance(v, tuple) for v in values.values())
        response = self._send("POST", path, data=values, content_type="multipart/form-data" if files else None)
        if response.status_code in {302, 303} and status in {302, 303}:
            return response.location
        return self._checked(response, status)

    # -- how ---------------------------------------------------------------------------------------------------------

    def _url_args(self, endpoint: str) -> set[str]:
        return {arg for rule in self.app.url_map.iter_rules(endpoint) for arg in rule.arguments}

    def _form(self, html: BeautifulSoup, which: int | str):
        forms = html.select("main form[method=post]")
        if isinstance(which, str):
            forms = [f for f in forms if which in (f.get("action") or "")]
            which = 0
        actions = [f.get("action") for f in html.select("main form")]
        assert -len(forms) <= which < len(forms), f"no such form; actions: {actions}"
        return forms[which]

    @staticmethod
    def _filled(form) -> dict[str, object]:
        """What a browser would send if its reader pressed the button now."""
        values: dict[str, object] = {}
        for field in form.select("input[name], select[name], textarea[name]"):
            name, kind = field["name"], field.get("type", "")
            if field.has_attr("disabled") or kind in {"submit", "button", "file"}:
                continue
            if kind in {"checkbox", "radio"} and not field.has_attr("checked"):
                continue
            if field.name == "select":
                chosen = field.select("option[selected]") or (
                    [] if field.has_attr("multiple") else field.select("option")[:1]
                )
                found = [o.get("value", o.text) for o in chosen]
            elif field.name == "textarea":
                found = [field.text.removeprefix("\n")]
            else:
                found = [field.get("value", "on" if kind == "checkbox" else "")]
            old = values.get(name, [])
            values[name] = [*old, *found] if isinstance(old, list) else [old, *found]
        return values

    def _send(self, method: str, path: str, **kwargs):
        parts = urlsplit(path)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        db.session.commit()  # what the test made is there before the request begins, and stays if it fails
        db.session.expire_all()
        for kept in list(g):  # the test's own application context would keep who asked before, and their tokens
            g.pop(kept)
        return self.client.open(target, method=method, **kwargs)

    def _checked(self, response, status: int) -> BeautifulSoup:
        text = response.get_data(as_text=True)
        assert response.status_code == status, (
            f"{response.status_code}, not {status}: {response.location or ''}\n{_gist(text)}"
        )
        is_page = response.mimetype == "text/html" and status not in {301, 302, 303}
        if is_page and db.engine.dialect.name == "sqlite":  # it is the same page on the other database
            assert check_html(text) == []
        return BeautifulSoup(text, "lxml")


def _gist(text: str) -> str:
    html = BeautifulSoup(text, "lxml")
    return " ".join((html.select_one("main") or html).get_text(" ").split())[:1500]


@contextmanager
def _no_writes():
    """Fail if the block changes a row: reading is no deed. A session may note its use, and the journal, who read."""
    seen: list[Executed] = []

    def listen(_connection, _cursor, statement, parameters, *_args):
        if statement.lstrip().upper().startswith(WRITES) and "sign_in" not in statement:
            seen.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    written = without_reading(seen)
    assert written == [], f"a GET wrote: {written}"

"""Guessing: what nobody can tell apart, what slow work holds up, how often one may try. Each test is one promise."""

import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask

from hub.accounts import passwords
from hub.accounts.models import Purpose, Status
from hub.core import clock
from hub.core.db import db as _db
from hub.core.limits import limited
from hub.core.unit import unit_of_work
from hub.core.web import public
from tests import factories as make
from tests.accounts.making import PASSWORD, link, member, second_step
from tests.support.pages import Page
from tests.support.running import Caller, Hub, looking_at, may_sign_in

NEW = "quiet lamps over the harbour"

# -- nobody can tell who has an account --------------------------------------------------------------------------------

KINDS = {
    "known": Status.ACTIVE,
    "nobody": None,
    "suspended": Status.SUSPENDED,
    "invited": Status.INVITED,
    "left": Status.LEFT,
}
CHANGING = re.compile(
    r'(?<=name="csrf_token" value=")[^"]*|(?<=name="_once" value=")[^"]*|(?<=name="_fields" value=")[^"]*'
)


@pytest.fixture
def addresses(db):
    """One of each kind, all of the same length, at one institution."""
    place = make.institution()
    found = {kind: f"{kind:x<10}@hub.example" for kind in KINDS}
    for kind, status in KINDS.items():
        if status:
            member(of=place, email=found[kind], status=status)
    return found


def told_apart(answers) -> list[str]:
    """Which of the *answers*, kind → (response, address), is unlike the first, and in what."""
    seen = {}
    for kind, (response, address) in answers.items():
        headers = {name: value for name, value in response.headers if name not in {"Content-Security-Policy", "Date"}}
        headers["Set-Cookie"] = re.sub(r"=[^;]+", "=…", headers.get("Set-Cookie", ""), count=1)
        text = CHANGING.sub("", response.get_data(as_text=True)).replace(address, "")
        seen[kind] = {"status": response.status_code, "headers": headers, "text": text}
    first, *others = seen
    return [f"{kind}: {part}" for kind in others for part in seen[kind] if seen[kind][part] != seen[first][part]]


def answers_to(app, addresses, path, **values):
    """What each of them is answered in a browser of its own."""
    found = {}
    for kind, email in addresses.items():
        page = Page(app)
        sent = page._filled(page._form(page.open(path), 0)) | values | {"email": email}
        found[kind] = page._send("POST", path, data=sent), email
    return found


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/link", "/forgot-password"])
def test_every_address_gets_the_same_answer(app, addresses, path):
    values = {"password": "wrong horse entirely"} if path == "/sign-in" else {}
    with clock.held(clock.now()):
        assert told_apart(answers_to(app, addresses, path, **values)) == []


def test_the_right_password_of_somebody_shut_out_is_any_wrong_password(app, addresses):
    with clock.held(clock.now()):
        answers = answers_to(app, addresses, "/sign-in", password=PASSWORD)
    assert answers.pop("known")[0].status_code == 302
    assert told_apart(answers) == []


@pytest.mark.parametrize(
    ("purpose", "path"),
    [(Purpose.SIGN_IN, "/sign-in/links"), (Purpose.RESET, "/passwords"), (Purpose.INVITE, "/invitations")],
)
def test_every_link_that_is_over_gets_the_same_answer(app, db, purpose, path):
    open_to = Status.INVITED if purpose == Purpose.INVITE else Status.ACTIVE
    place = make.institution()
    tokens = {status: link(member(of=place, status=status), purpose) for status in Status if status != open_to}
    tokens["made up"] = "x" * 43
    answers = {kind: (Page(app)._send("GET", f"{path}/{token}"), token) for kind, token in tokens.items()}

    assert {response.status_code for response, _ in answers.values()} == {410}
    assert told_apart(answers) == []


def test_an_answer_that_gives_somebody_away_is_found():
    app = Flask("scratch")
    answers = {
        kind: (app.response_class("<p>…</p>", status=422, headers=headers), "")
        for kind, headers in {"known": {"X-Known": "1"}, "nobody": {}, "left": {"X-Known": "1"}}.items()
    }
    assert told_apart(answers) == ["nobody: headers"]


class Counting(PasswordHasher):
    """Notes each piece of slow work, and whether a transaction was held meanwhile."""

    def __init__(self, **strength: int) -> None:
        super().__init__(**strength)
        self.verified, self.held = 0, []

    def hash(self, password, *, salt=None):
        self.held.append(_db.session().in_transaction())
        return super().hash(password, salt=salt)

    def verify(self, hash, password):  # noqa: A002 -- as its parent calls it
        self.held.append(_db.session().in_transaction())
        self.verified += 1
        return super().verify(hash, password)


@pytest.fixture
def hasher(app, monkeypatch):
    counting = Counting(**app.config["ARGON2"])
    monkeypatch.setitem(app.extensions, "passwords", counting)
    return counting


def test_an_unknown_address_costs_the_same_work_as_a_known_one(page, addresses, hasher):
    passwords._nobodys(hasher)
    for email in addresses.values():
        before = hasher.verified
        page.submit("accounts.sign_in", email=email, password="wrong horse entirely", status=422)
        assert hasher.verified - before == 1


def test_slow_work_holds_up_no_writer(page, db, hasher):
    ana, ben = member(), member(status=Status.INVITED)
    passwords._nobodys(hasher)
    del hasher.held[:]
    page.submit("accounts.accept_invitation", token=link(ben, Purpose.INVITE), password=NEW)
    page.submit("accounts.reset_password", token=link(ana, Purpose.RESET), password=NEW)
    page.signed_out()
    page.submit("accounts.sign_in", email=ana.email, password=NEW)
    page.submit("accounts.change_password", current=NEW, password=PASSWORD)
    page.submit("accounts.prove", password=PASSWORD)
    second_step(page)
    codes = page.submit("accounts.renew_recovery_codes", at="/me/second-step", form="/codes", status=200)
    page.signed_out()
    page.submit("accounts.sign_in", email=ana.email, password=PASSWORD)
    page.submit("accounts.sign_in_code", code=codes.select_one("main li code").text)

    assert len(hasher.held) > 20
    assert not any(hasher.held)


# -- how often one may try ---------------------------------------------------------------------------------------------


def unlimited(app: Flask) -> list[str]:
    """Forms that anybody may send as often as they like."""
    posts = {
        rule.endpoint: app.view_functions[rule.endpoint] for rule in app.url_map.iter_rules() if "POST" in rule.methods
    }
    return sorted(
        name
        for name, view in posts.items()
        if getattr(view, "access_rule", None) is public and not getattr(view, "is_limited", False)
    )


def test_every_form_that_is_open_to_anybody_is_limited(app):
    assert unlimited(app) == []


def test_a_form_without_a_limit_is_found():
    app = Flask("scratch")

    @app.post("/subscribe")
    @public
    def subscribe():
        return ""

    @app.post("/ask")
    @public
    @limited("ask", str, most=10, within=timedelta(minutes=5))
    def ask():
        return ""

    assert unlimited(app) == ["subscribe"]


def test_ten_tries_in_five_minutes_hold_over_all_processes_and_whatever_address_is_claimed(database, tmp_path):
    with looking_at(database, tmp_path), unit_of_work("test.people"):
        email = may_sign_in(make.person())
    one, two = hubs = [Hub(tmp_path, database, HUB_SCHEDULER="0") for _ in range(2)]
    behind_a_proxy = Hub(tmp_path, database, HUB_SCHEDULER="0", HUB_PROXIES="1")
    try:
        for hub in (*hubs, behind_a_proxy):
            hub.start()
        answers = [tried(hub, email, f"203.0.113.{n}") for n in range(6) for hub in hubs]
        assert answers == [422] * 10 + [429] * 2
        assert [tried(behind_a_proxy, email, claimed) for claimed in ("203.0.113.1", "127.0.0.1, 203.0.113.2")] == [
            422
        ] * 2
        assert tried(behind_a_proxy, email, "203.0.113.9, 127.0.0.1") == 429
    finally:
        for hub in (one, two, behind_a_proxy):
            hub.kill()


def tried(hub: Hub, email: str, claimed: str) -> int:
    """What a wrong password is answered, from a browser that says it is elsewhere."""
    caller = Caller(hub)
    caller.opener.addheaders = [("X-Forwarded-For", claimed), ("X-Real-IP", claimed), ("Forwarded", f"for={claimed}")]
    return caller.send("/sign-in", caller.form("/sign-in") | {"email": email, "password": "wrong horse entirely"})[0]


def test_somebody_elses_tries_do_not_lock_the_owner_out(page, db):
    ana = member()
    page.client.environ_base["REMOTE_ADDR"] = "10.0.0.1"
    for _ in range(11):
        form = page.get("accounts.sign_in").select_one("main form")
        sent = page._filled(form) | {"email": ana.email, "password": "wrong horse entirely"}
        page.client.post("/sign-in", data=sent)
    page.client.environ_base["REMOTE_ADDR"] = "10.0.0.2"

    page.submit("accounts.sign_in", email=ana.email, password=PASSWORD)

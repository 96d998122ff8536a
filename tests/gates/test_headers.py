"""What every answer carries: page, list, file, redirect and refusal, for everybody; and which host it believes."""

import io
import re

import pytest
from flask import Flask, abort
from sqlalchemy.exc import OperationalError

from config import TestConfig
from hub import create_app
from tests import factories as make
from tests.support.pages import Page

STATIC = {"static", "bootstrap.static"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CLOSED = {"camera", "geolocation", "microphone", "payment", "usb"}
ONLY = {
    "default-src": {"'none'"},
    "object-src": {"'none'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
    "form-action": {"'self'"},
    "script-src": {"'self'", "nonce"},
    "style-src": {"'self'", "nonce"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "sandbox": set(),
}
NEEDED = {"default-src", "object-src", "base-uri", "frame-ancestors", "form-action"}


def faults_of(response, *, is_personal: bool = False) -> list[str]:
    """What is missing in the head of an answer, or too much; *is_personal*: it was made for somebody signed in."""
    headers = response.headers
    faults = [f"{name} is {headers.get(name)}" for name, wanted in ALWAYS.items() if headers.get(name) != wanted]
    permissions = {part.strip() for part in headers.get("Permissions-Policy", "").split(",")}
    faults += [f"Permissions-Policy leaves {one} open" for one in sorted(CLOSED) if f"{one}=()" not in permissions]
    faults += [f"{name} has {len(values)} values" for name in (*ALWAYS, "Content-Security-Policy")
               if len(values := headers.getlist(name)) > 1]  # fmt: skip
    kept = headers.get("Cache-Control", "nothing")
    if (is_personal or "Set-Cookie" in headers) and kept != "no-store":
        faults.append(f"Cache-Control is {kept}")
    policy = headers.get("Content-Security-Policy", "")
    if "nonce-" in policy and response.mimetype == "text/html" and kept != "no-store":
        faults.append("a page with a nonce may be kept")
    return faults + policy_faults(policy)


def policy_faults(policy: str) -> list[str]:
    """What a content security policy allows beyond what the hub needs, or leaves out."""
    parts = {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}
    faults = [f"no {name}" for name in sorted(NEEDED - set(parts))]
    for name, sources in parts.items():
        told = {"nonce" if re.fullmatch(r"'nonce-[\w-]{20,}'", source) else source for source in sources}
        faults += [f"{name} allows {source}" for source in sorted(told - ONLY.get(name, set()) - {"'none'"})]
    return faults


# -- every address as everybody ----------------------------------------------------------------------------------------


@pytest.mark.xdist_group("forms")
def test_every_page_list_and_file_that_somebody_is_shown_carries_them(full_world):
    client, wrong, seen = full_world.app.test_client(use_cookies=False), [], set()
    for endpoint, visits in full_world.found.paths.items():
        for who, path in visits:
            if (endpoint, who) in seen:
                continue
            seen.add((endpoint, who))
            response = client.get(path, headers={"Cookie": full_world.sweep.cookies[who]})
            wrong += [f"{path} as {who}: {fault}" for fault in faults_of(response, is_personal=who != "anybody")]
            response.close()
    assert wrong == []
    assert len(seen) > 200


@pytest.mark.parametrize("who", ["anybody", "technician", "lead"])
def test_every_address_carries_them_when_it_refuses_or_finds_nothing(page, db, who):
    if who != "anybody":
        page.as_user(make.lead() if who == "lead" else make.person())
    wrong = []
    for rule in page.app.url_map.iter_rules():
        path = re.sub(r"<int:\w+>", "2147483647", re.sub(r"<(?:path:)?\w+>", "nothing", rule.rule))
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            response = page._send(method, path, data={} if method == "POST" else None)
            is_personal = who != "anybody" and rule.endpoint not in STATIC
            wrong += [f"{method} {path}: {fault}" for fault in faults_of(response, is_personal=is_personal)]
            response.close()
    assert wrong == []


def test_static_files_carry_them_and_are_kept_for_a_year_under_the_name_of_their_content(page, db):
    named = page.get("accounts.sign_in").select("link[href], script[src]")
    for path in {tag.get("href") or tag["src"] for tag in named}:
        response = page._send("GET", path)
        assert faults_of(response) == []
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in response.headers
        response.close()


def test_each_answer_has_a_nonce_of_its_own(page, db):
    policies = [page.raw("accounts.sign_in").headers["Content-Security-Policy"] for _ in range(20)]
    assert len(set(policies)) == 20


# -- when something is wrong -------------------------------------------------------------------------------------------


def _raise(error: Exception):
    def view():
        raise error

    return view


class Away(Exception):
    """As a database that is not there says it."""


@pytest.fixture
def failing(app, db):
    """The hub with pages that fail, each in its own way."""
    settings = {"SQLALCHEMY_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"], "VAR": app.config["VAR"]}
    settings |= {"PROPAGATE_EXCEPTIONS": False, "MAX_CONTENT_LENGTH": 2048}
    scratch = create_app(type("Settings", (TestConfig,), settings))
    scratch.add_url_rule("/fails/500", "broken", _raise(ValueError("planted")))
    scratch.add_url_rule("/fails/503", "away", _raise(OperationalError("SELECT 1", {}, Away())))
    scratch.add_url_rule("/fails/507", "full", _raise(OSError(28, "no space left")))
    for status in (400, 403, 404, 413, 429):
        scratch.add_url_rule(f"/fails/{status}", f"fails_{status}", lambda status=status: abort(status))
    return scratch


@pytest.mark.parametrize("who", ["anybody", "somebody"])
@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500, 503, 507])
def test_every_error_page_carries_them(failing, who, status):
    page = Page(failing)
    if who == "somebody":
        page.as_user(make.person())
    response = page._send("GET", f"/fails/{status}")

    assert response.status_code == status
    assert faults_of(response, is_personal=True) == []


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"method": "DELETE", "path": "/sign-in"}, {405, 415}),
        ({"method": "POST", "path": "/sign-in", "json": {}}, {415}),
        ({"method": "POST", "path": "/sign-in", "data": {"email": "x" * 4096}}, {413}),
        ({"method": "POST", "path": "/sign-in", "data": {"f": (io.BytesIO(b"x" * 4096), "f.txt")}}, {413}),
        ({"method": "POST", "path": "/sign-in", "data": {"email": "x"}}, {400}),
        ({"path": "/sign-in", "headers": {"Host": "evil.test"}}, {400}),
        ({"path": "/no/such/page"}, {404}),
        ({"path": "/sign-in/"}, {404}),
        ({"path": "/%00"}, {404}),
    ],
)
def test_what_is_refused_before_any_page_is_asked_carries_them(failing, asked, status):
    response = failing.test_client().open(**asked)

    assert response.status_code in status
    assert faults_of(response, is_personal=True) == []


def test_one_try_too_many_carries_them(page, db):
    for _ in range(11):
        form = page._form(page.get("accounts.sign_in"), 0)
        response = page._send("POST", "/sign-in", data=page._filled(form) | {"email": "a@hub.example", "password": "x"})
    assert response.status_code == 429
    assert faults_of(response, is_personal=True) == []


def test_over_tls_browsers_are_told_to_stay_there(app, db):
    settings = {"SQLALCHEMY_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"], "VAR": app.config["VAR"]}
    secure = create_app(type("Settings", (TestConfig,), settings | {"SESSION_COOKIE_SECURE": True}))
    for path in ("/sign-in", "/no/such/page", "/static/css/hub.css", "/hub"):
        with secure.test_client().get(path, base_url="https://localhost") as response:
            assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    with app.test_client().get("/sign-in") as response:
        assert "Strict-Transport-Security" not in response.headers


# -- the host that a request claims ------------------------------------------------------------------------------------

FORGED = (
    *("evil.test", "localhost.evil.test", "localhost@evil.test", "evil.test:80", "localhost:evil", ""),
    *("[::1]", "evil.test#localhost", "localhost,evil.test", "localhost evil.test", "LOCALHOST.evil.test"),
)


@pytest.mark.parametrize("host", FORGED)
def test_a_forged_host_gets_nothing(app, db, host):
    response = app.test_client().get("/forgot-password", headers={"Host": host})

    assert response.status_code == 400
    assert "evil" not in response.get_data(as_text=True)


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "Forwarded", "X-Host", "X-Original-URL", "X-Rewrite-URL"])
def test_no_other_header_names_the_host_or_the_page(app, db, name):
    client = app.test_client()
    claimed = client.get("/hub", headers={name: "host=evil.test" if name == "Forwarded" else "evil.test/sign-in"})

    assert claimed.status_code == 302
    assert claimed.location == client.get("/hub").location
    assert "evil" not in str(claimed.headers)


# -- the gate itself ---------------------------------------------------------------------------------------------------

GOOD = {
    **ALWAYS,
    "Permissions-Policy": ", ".join(f"{one}=()" for one in sorted(CLOSED)),
    "Content-Security-Policy": "; ".join(f"{name} {' '.join(ONLY[name])}" for name in sorted(NEEDED)),
    "Cache-Control": "no-store",
}
NONCE = f"{GOOD['Content-Security-Policy']}; script-src 'nonce-{'x' * 22}'"


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ({}, None),
        ({"Content-Security-Policy": NONCE}, None),
        ({"X-Content-Type-Options": None}, "X-Content-Type-Options is None"),
        ({"X-Frame-Options": "SAMEORIGIN"}, "X-Frame-Options is SAMEORIGIN"),
        ({"Permissions-Policy": "camera=()"}, "Permissions-Policy leaves geolocation open"),
        ({"Cache-Control": "public, max-age=60"}, "Cache-Control is public, max-age=60"),
        ({"Cache-Control": None}, "Cache-Control is nothing"),
        ({"Content-Security-Policy": None}, "no base-uri"),
        ({"Content-Security-Policy": f"{NONCE} 'unsafe-inline'"}, "script-src allows 'unsafe-inline'"),
        ({"Content-Security-Policy": f"{NONCE} https://cdn.test"}, "script-src allows https://cdn.test"),
        ({"Content-Security-Policy": f"{NONCE}; worker-src *"}, "worker-src allows *"),
        ({"Content-Security-Policy": NONCE.replace("x" * 22, "x")}, "script-src allows 'nonce-x'"),
    ],
)
def test_a_planted_header_is_found(planted, told):
    headers = {name: value for name, value in (GOOD | planted).items() if value is not None}
    found = faults_of(Flask("scratch").response_class("", headers=headers, mimetype="text/html"), is_personal=True)

    assert told in found if told else found == []


def test_a_page_with_a_nonce_that_may_be_kept_is_found():
    kept = {**GOOD, "Content-Security-Policy": NONCE, "Cache-Control": "public"}
    found = faults_of(Flask("scratch").response_class("", headers=kept, mimetype="text/html"))

    assert found == ["a page with a nonce may be kept"]

"""Requests that no browser sends, forms that the world has overtaken, and a sweep that finds what is planted."""

import io
import socket
from types import SimpleNamespace

import pytest
from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from hub.accounts import services
from hub.accounts.models import Institution, Role, RoleGrant, SecondStep, SignIn
from hub.core import clock, storage, web
from hub.core.audit import JournalEntry
from hub.core.db import db as database
from hub.core.links import path_to
from tests import factories as make
from tests.fund import making as fund
from tests.gates.test_deeds import close_the_journal
from tests.support import sweeping
from tests.support.running import Hub
from tests.support.sweeping import Answer, Field, judged

FORM = "application/x-www-form-urlencoded"


# -- protocol ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def filled(page, db):
    """A form of somebody signed in that would be taken as it is."""
    page.as_user(make.lead(name="Ines Duarte"))
    return page._filled(page._form(page.get("accounts.add_unit"), 0)) | {"name": "Optics", "kind": "department"}


def units(page):
    return page.get("accounts.units").get_text()


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/xml", "", "multipart/form-data"])
def test_what_is_not_a_form_is_not_taken_for_one(page, filled, kind):
    answer = page.client.post("/units/new", data=b"name=Optics", content_type=kind)
    assert answer.status_code in {400, 415}
    assert "Optics" not in units(page)


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "latin-1", "nonsense"])
def test_a_form_is_read_as_utf_8_whatever_it_says(page, filled, charset):
    body = {k: v[0] if isinstance(v, list) else v for k, v in filled.items()}
    answer = page.client.post("/units/new", data=body, content_type=f"{FORM}; charset={charset}")
    assert answer.status_code in {302, 400}


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "NONSENSE"])
def test_other_methods_are_not_allowed(page, filled, method):
    assert page.client.open("/units/new", method=method, content_type=FORM).status_code in {400, 405, 415}


@pytest.mark.parametrize("override", [{"_method": "DELETE"}, {"X-HTTP-Method-Override": "DELETE"}])
def test_no_header_or_field_makes_another_method_of_a_request(page, filled, override):
    answer = page.client.get("/units/new", query_string=override, headers=override)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "a=" + "x" * 8000},
        {"Cookie": "; ".join(f"c{n}=x" for n in range(50))},
        {"Cookie": "hub=forged.session.value"},
        {"Cookie": "hub=eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"},
        {"Cookie": "hub=\xff\xfe; look=<script>"},
    ],
)
def test_forged_and_swollen_cookies_are_nobody(app, db, headers):
    answer = app.test_client(use_cookies=False).get("/hub", headers=headers)
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


@pytest.mark.parametrize(
    "headers",
    [
        {"If-Modified-Since": "garbage"},
        {"If-Modified-Since": "Sun, 99 Foo 99999 99:99:99 GMT"},
        {"If-None-Match": 'W/"' + "x" * 9000},
        {"Accept-Language": "en," * 5000},
        {"Accept": "*/*;q=garbage,application/json;q=NaN"},
        {"Range": "bytes=9-1,-,99999999999999999999-"},
        {"Referer": "http://["},
        {"User-Agent": "\x7f" * 300},
        {"X-Forwarded-For": "<script>"},
    ],
)
def test_garbage_in_a_header_is_passed_over(page, filled, headers):
    assert page.client.get("/units", headers=headers).status_code == 200
    assert page.client.get("/units/999", headers=headers).status_code == 404
    assert page.client.get("/static/hub.css", headers=headers).status_code in {200, 206, 304, 404, 416}


@pytest.mark.parametrize(
    ("key", "made_by", "status"),
    [("", None, 200), ("another secret key, long enough", None, 302), ("", SecureCookieSessionInterface(), 302)],
)
def test_a_session_that_another_key_or_an_earlier_hub_signed_is_nobody(app, db, key, made_by, status):
    token = services.open_session(make.person())
    db.session.commit()
    signs = SimpleNamespace(secret_key=key or app.secret_key, config=app.config)
    cookie = (made_by or app.session_interface).get_signing_serializer(signs).dumps({"_user_id": token, "_fresh": True})
    answer = app.test_client(use_cookies=False).get("/me/password", headers={"Cookie": f"hub={cookie}"})
    assert answer.status_code == status


def test_a_session_that_ran_out_is_nobody(page, filled, db):
    db.session.execute(update(SignIn).values(ends_at=clock.now()))
    page.post("/units/new", status=302, **filled)
    assert db.session.query(JournalEntry).count() == 0


def test_two_thousand_fields_are_refused(page, filled):
    body = filled | {f"more{n}": "x" for n in range(2000)}
    for kind in (FORM, "multipart/form-data"):
        assert page.client.post("/units/new", data=body, content_type=kind).status_code == 413
    assert "Optics" not in units(page)


class Unread(io.RawIOBase):
    """A body of which nothing must be read."""

    def readinto(self, _into):
        raise AssertionError("read")

    def seek(self, *_where):
        return 0

    tell = seek


@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x"])
def test_a_body_over_the_cap_is_refused_before_it_is_read(app, page, filled, kind):
    long = {"CONTENT_LENGTH": str(app.config["MAX_CONTENT_LENGTH"] + 1), "CONTENT_TYPE": kind}
    answer = page.client.open("/units/new", method="POST", environ_overrides=long, input_stream=Unread())
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "asked", ["bytes=0-3", "bytes=-2", "bytes=9-1", "bytes=-", "bytes=0-0,2-3", "lines=1", "x" * 9000]
)
def test_a_part_of_a_download_is_a_part_of_it_or_refused(page, db, asked):
    lead = fund.lead()
    application = fund.draft(fund.open_round(lead), fund.technician(lead))
    (line,) = fund.fresh(application).cost_lines
    line.quote = storage.keep(fund.PDF, "quote.pdf", owner=lead)
    page.as_user(application.applicant)
    answer = page._send("GET", path_to("fund.quote", line_id=line.id), headers={"Range": asked})
    assert answer.status_code in {200, 206, 416}
    assert answer.status_code == 416 or answer.get_data() in fund.PDF
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


# -- the real server ---------------------------------------------------------------------------------------------------

TWO_LENGTHS = "Transfer-Encoding: chunked\r\nContent-Length: 40\r\n"
SMUGGLED = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: {host}\r\n\r\n"


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    var = tmp_path_factory.mktemp("hub")
    running = Hub(var, f"sqlite:///{var / 'hub.sqlite3'}")
    running.start()
    yield running
    running.kill()


def said(hub, request: str) -> bytes:
    """All that the server answers to *request*, which asks it to close the connection at its end."""
    host = f"127.0.0.1:{hub.port}"
    with socket.create_connection(("127.0.0.1", hub.port), timeout=20) as wire:
        wire.sendall(request.format(host=host).encode("latin-1"))
        wire.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: wire.recv(65536), b""))


def test_two_ways_of_telling_a_length_are_not_two_requests(hub):
    answer = said(hub, "POST /sign-in HTTP/1.1\r\nHost: {host}\r\n" + TWO_LENGTHS + "\r\n" + SMUGGLED)
    assert b" 500 " not in answer
    assert b" 200 " not in answer
    assert "/smuggled" not in hub.log.read_text()


@pytest.mark.parametrize("hosts", [("{host}", "evil.example"), ("evil.example", "{host}"), ("evil.example",), ()])
def test_a_host_that_is_not_ours_is_not_believed(hub, hosts):
    lines = "".join(f"Host: {one}\r\n" for one in hosts)
    answer = said(hub, f"GET /sign-in HTTP/1.1\r\n{lines}Connection: close\r\n\r\n")
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400"))
    assert b"evil" not in answer


def test_the_token_of_somebody_else_is_refused(page, filled, app):
    theirs = dict(filled)
    page.as_user(make.lead())
    page.post("/units/new", status=400, **theirs)


# -- what only the database refuses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deed", "is_overtaken"),
    [
        (lambda uni: make.institution(name=uni.name), True),
        (lambda uni: database.session.execute(insert(RoleGrant).values(person_id=2**30, role=Role.LEAD)), True),
        (lambda uni: database.session.execute(update(Institution).values(short_name=None)), False),
        (lambda uni: database.session.execute(insert(SecondStep).values(person_id=uni.id, secret="x")), False),
    ],
    ids=["a name that is taken", "a person who is gone", "nothing where something must be", "half of a pair"],
)
def test_only_for_another_row_it_is_said_that_somebody_else_was_faster(db, deed, is_overtaken):
    uni = make.institution()
    make.person(uni)
    db.session.commit()
    with pytest.raises(IntegrityError) as refused:
        deed(uni)
    db.session.rollback()
    assert web.is_overtaken(refused.value) is is_overtaken


def test_a_form_that_only_the_database_refuses_is_not_blamed_on_somebody_else(page, filled, db):
    close_the_journal()
    shown = page.post("/units/new", status=422, **filled).text
    assert "does not fit together" in shown
    assert "Somebody else" not in shown
    assert "Optics" in shown


# -- sequence ----------------------------------------------------------------------------------------------------------


def test_a_form_sent_after_the_sender_was_signed_out_changes_nothing(page, filled, db):
    page.signed_out()
    page.post("/units/new", status=400, **filled)
    assert db.session.query(JournalEntry).count() == 0


def test_a_form_sent_after_the_role_ended_changes_nothing(page, db):
    lead = make.lead()
    make.lead(lead.institution)  # who stays
    page.as_user(lead)
    filled = page._filled(page._form(page.get("accounts.add_unit"), 0)) | {"name": "Optics", "kind": "department"}
    grant = db.session.query(RoleGrant).filter_by(person_id=lead.id, role=Role.LEAD).one()
    services.end_grant(grant)
    page.post("/units/new", status=302, **filled)  # who led is asked to sign in again
    assert db.session.query(JournalEntry).count() == 0


# -- the sweep itself --------------------------------------------------------------------------------------------------

TEXT, NUMBER, CHOICE = Field("title", "text"), Field("amount", "number"), Field("look", "select")


def scratch() -> Flask:
    """Three forms, each with a fault that the sweep must find."""
    app = Flask(__name__)
    app.testing = False

    @app.post("/breaks")
    def breaks():
        if "\x00" in request.form["title"]:
            raise ValueError("NUL")
        return "", 302

    return app


def answer_of(app, path, **sent) -> Answer:
    response = app.test_client().post(path, data=sent)
    return Answer(response.status_code, response.get_data(as_text=True), 0.0)


def test_a_form_that_breaks_is_found():
    app = scratch()
    assert judged(answer_of(app, "/breaks", title="a\x00"), TEXT, "a\x00")[0].startswith("answered 500")
    assert judged(answer_of(app, "/breaks", title="a"), TEXT, "a") == []


@pytest.mark.parametrize("stored", [float("nan"), float("inf"), "a\x00b", "a\u202eb", "a\ud800"])
def test_poison_in_a_column_is_found(stored):
    assert judged(Answer(302, "", 0.0, deeds=1, stored=[stored]), NUMBER, "NaN")[0].startswith("stored")


@pytest.mark.parametrize(
    ("one", "sent", "stored"),
    [
        (NUMBER, "12", 0),
        (NUMBER, "NaN", 0),
        (NUMBER, "-5", 5),
        (CHOICE, "no-such-choice", "auto"),
        (TEXT, "Bad\x00words", "Bad"),
        (TEXT, "x" * 100_000, "x" * 200),
        (Field("on", "date"), "0001-01-01", "2026-01-01"),
        (Field("sum", "money"), "0.005", 1),
    ],
)
def test_a_default_in_silence_is_found(one, sent, stored):
    assert judged(Answer(302, "", 0.0, deeds=1, stored=[stored]), one, sent)


@pytest.mark.parametrize(
    ("one", "sent", "stored"),
    [(NUMBER, "12", 12), (TEXT, "Bad\x00words", "Badwords"), (Field("sum", "money"), "£1,000", 100_000)],
)
def test_what_was_meant_is_no_fault(one, sent, stored):
    assert judged(Answer(302, "", 0.0, deeds=1, stored=[stored]), one, sent) == []


def test_a_refusal_must_say_why_and_must_not_write():
    words = '<main><p class="error">Enter a whole number, such as 12</p></main>'
    assert judged(Answer(422, words, 0.0), NUMBER, "NaN") == []
    assert judged(Answer(422, "<main><p class=error></p></main>", 0.0), NUMBER, "NaN")
    assert judged(Answer(422, words, 0.0, deeds=1), NUMBER, "NaN")
    assert sweeping.unchanged(Answer(302, "", 0.0, deeds=1), "form")

"""Requests that no browser sends, forms that the world has overtaken, and a sweep that finds what is planted."""

import pytest
from flask import Flask, request

from hub.accounts import services
from hub.accounts.models import Role, RoleGrant
from hub.core.audit import JournalEntry
from tests import factories as make
from tests.support import sweeping
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


def test_the_token_of_somebody_else_is_refused(page, filled, app):
    theirs = dict(filled)
    page.as_user(make.lead())
    page.post("/units/new", status=400, **theirs)


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
    page.post("/units/new", status=403, **filled)


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

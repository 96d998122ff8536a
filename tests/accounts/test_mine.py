"""One's own account: password, browsers, colours."""

import pytest
from sqlalchemy import select

from hub.accounts import services
from hub.accounts.models import SignIn
from hub.notifications.models import OutboxMail
from tests import factories as make
from tests.accounts.making import PASSWORD, cookie, member

NEW = "quiet lamps over the harbour"


def test_changing_the_password_keeps_this_browser_and_ends_the_others(page, db):
    ana = member()
    page.submit("accounts.sign_in", email=ana.email, password=PASSWORD)
    old = cookie(page)
    services.open_session(make.person())
    page.submit("accounts.change_password", current=PASSWORD, password=NEW)

    page.get("accounts.sessions")
    assert cookie(page)["_user_id"] != old["_user_id"]
    assert [s.person_id for s in db.session.scalars(select(SignIn)) if s.person_id == ana.id] == [ana.id]
    assert [m.subject for m in db.session.scalars(select(OutboxMail))] == ["Your password was changed"]
    with page.client.session_transaction() as session:
        session.update(old)
    assert page.raw("accounts.sessions").status_code == 302


def test_a_new_password_that_is_sent_again_gets_the_first_answer(page, db):
    page.as_user(member())
    filled = page._filled(page._form(page.get("accounts.change_password"), 0)) | {"current": PASSWORD, "password": NEW}
    first = page.post("/me/password", **filled)
    page.open(first)
    again = page._filled(page._form(page.get("accounts.change_password"), 0))["csrf_token"]
    assert page.post("/me/password", status=303, **filled | {"csrf_token": again}) == first


@pytest.mark.parametrize(
    ("current", "new", "said"),
    [
        ("not mine at all", NEW, "This is not your password."),
        (PASSWORD, "password1234", "Others would guess this one."),
        ("", NEW, "Enter your password"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(page, db, current, new, said):
    page.as_user(member())
    db.session.commit()
    answer = page.submit("accounts.change_password", current=current, password=new, status=422)

    assert said in answer.select_one("p.error").text


def test_guessing_the_own_password_ends_after_ten_tries(page, db):
    page.as_user(member())
    db.session.commit()
    for _ in range(10):
        page.submit("accounts.change_password", current="a wrong one again", password=NEW, status=422)

    page.submit("accounts.change_password", current=PASSWORD, password=NEW, status=429)


def test_other_browsers_are_listed_and_ended(page, db):
    ana = make.person()
    for browser in ("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "Mozilla/5.0 (iPhone) Safari/605"):
        services.open_session(ana, browser=browser)
    page.as_user(ana)
    listed = page.get("accounts.sessions").select_one("main ul").text
    assert "Firefox on Linux" in listed
    assert "Safari on an iPhone" in listed

    page.submit("accounts.end_session", at="/me/sessions", form="/end")
    assert len(db.session.scalars(select(SignIn)).all()) == 2
    page.submit("accounts.end_other_sessions", at="/me/sessions", form="end-others")
    assert len(db.session.scalars(select(SignIn)).all()) == 1
    page.get("accounts.sessions")


def test_nobody_ends_somebody_elses_session(page, db):
    other = make.person()
    services.open_session(other)
    page.as_user(make.person(other.institution))
    theirs = db.session.scalars(select(SignIn).where(SignIn.person_id == other.id)).one().id
    form = page.get("accounts.change_password").select_one("main form")
    hidden = {f["name"]: f["value"] for f in form.select("input[type=hidden]")}

    page.post(f"/me/sessions/{theirs}/end", status=404, **hidden)


@pytest.mark.parametrize(("chosen", "kept"), [("dark", "dark"), ("light", "light"), ("auto", "auto")])
def test_the_colours_are_kept_in_a_cookie(page, db, chosen, kept):
    form = page.get("accounts.sign_in").select_one('form[action="/look"]')
    hidden = {f["name"]: f["value"] for f in form.select("input")}

    assert page.post("/look", **hidden, look=chosen) == "/sign-in"
    assert page.client.get_cookie("look").value == kept


@pytest.mark.parametrize("chosen", ["<x>", "", None, ["dark", "light"]])
def test_colours_that_there_are_not_change_nothing(page, db, chosen):
    form = page.get("accounts.sign_in").select_one('form[action="/look"]')
    hidden = {f["name"]: f["value"] for f in form.select("input")}

    page.post("/look", **hidden, look=chosen, status=400)
    assert page.client.get_cookie("look") is None


def test_the_page_of_ones_browsers_costs_the_same_with_one_and_three(page, db, queries):
    ana = make.person()
    page.as_user(ana)
    with queries(at_most=5):
        page.get("accounts.sessions")
    for _ in range(2):
        services.open_session(ana)
    with queries(at_most=5):
        page.get("accounts.sessions")

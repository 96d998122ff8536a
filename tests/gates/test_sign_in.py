"""Signing in: when a cookie dies, what it is bound to, what needs the password once more. Each test is one promise."""

import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from config import TestConfig
from hub import create_app
from hub.accounts import queries, services
from hub.accounts.models import Purpose, Role, SignIn
from hub.core import clock
from tests import factories as make
from tests.accounts.making import PASSWORD, cookie, link, member, second_step
from tests.rules.tree import ROOT

NEW = "quiet lamps over the harbour"


def is_signed_in(page) -> bool:
    return page.raw("accounts.sessions").status_code == 200


def plant(page, values) -> None:
    """Put a cookie into the browser that was copied before."""
    with page.client.session_transaction() as session:
        session.clear()
        session.update(values)


# -- a cookie is dead on the very next request -------------------------------------------------------------------------


def by_signing_out(page, ana):
    out = page.open("/me/sessions").select_one('form[action="/sign-out"]')
    page.post("/sign-out", **{field["name"]: field["value"] for field in out.select("input")})


def by_changing_the_password(page, ana):
    page.submit("accounts.change_password", current=PASSWORD, password=NEW)


def by_resetting_the_password(page, ana):
    page.submit("accounts.reset_password", token=link(ana, Purpose.RESET), password=NEW)


def by_losing_a_leading_role(page, ana):
    services.end_grant(next(given for given in ana.roles if given.role == Role.DEPUTY_LEAD))


def by_coming_to_lead(page, ana):
    services.grant(ana, Role.ADMINISTRATOR, actor=make.person(ana.institution))


def by_being_suspended(page, ana):
    services.suspend(ana)


def by_leaving(page, ana):
    services.record_leaver(ana, left_on=clock.today())


def by_setting_up_a_second_step(page, ana):
    second_step(page)


def by_a_reset_of_the_second_step(page, ana):
    second_step(page)
    services.reset_second_step(queries.person(ana.id), actor=ana)


def by_ending_every_other_browser(page, ana):
    plant(page, {"_user_id": services.open_session(queries.person(ana.id))})
    page.submit("accounts.end_other_sessions", at="/me/sessions", form="end-others")


ENDINGS = [ending for name, ending in list(globals().items()) if name.startswith("by_")]


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending.__name__)
def test_a_copied_cookie_is_worth_nothing_after(page, db, ending):
    ana = member(roles=(Role.DEPUTY_LEAD,))
    page.submit("accounts.sign_in", email=ana.email, password=PASSWORD)
    copied = cookie(page)
    assert is_signed_in(page)
    ending(page, queries.person(ana.id))
    db.session.commit()
    plant(page, copied)

    assert not is_signed_in(page)


@pytest.mark.parametrize("days", [{"starts_on": 1}, {"ends_on": 1}], ids=["begins", "runs out"])
def test_a_session_does_not_outlive_the_day_on_which_a_leading_role(page, db, days):
    ana = member()
    on = {name: clock.today() + timedelta(days=n) for name, n in days.items()}
    services.grant(ana, Role.LEAD, actor=None, **on)
    page.as_user(ana)
    assert is_signed_in(page)
    still_open = {"seen_at": clock.now() + timedelta(days=2), "ends_at": clock.now() + timedelta(days=3)}
    db.session.execute(update(SignIn).values(still_open))
    with clock.held(clock.now() + timedelta(days=2)):
        assert not is_signed_in(page)


@pytest.mark.parametrize(("role", "longest"), [(Role.LEAD, 12), (Role.ADMINISTRATOR, 12), (None, 14 * 24)])
def test_even_a_busy_session_lasts_so_many_hours_and_no_longer(db, role, longest):
    services.open_session(make.person(roles=(role,) if role else ()))
    opened = db.session.scalars(select(SignIn)).one()

    assert opened.ends_at - opened.opened_at <= timedelta(hours=longest, seconds=1)


# -- a cookie from before signing in is never a signed-in one ----------------------------------------------------------


def test_signing_in_gives_a_new_cookie_and_leaves_the_old_one_what_it_was(page, db):
    ana = member()
    page.get("accounts.sign_in")
    before = page.client.get_cookie("hub").value
    page.submit("accounts.sign_in", email=ana.email, password=PASSWORD)
    assert is_signed_in(page)
    assert page.client.get_cookie("hub").value != before
    page.client.set_cookie("hub", before)

    assert not is_signed_in(page)


def test_a_token_that_somebody_planted_is_not_the_one_that_is_signed_in(page, db):
    ana = member()
    plant(page, {"_user_id": "chosen by somebody else", "half": "and this one too"})
    page.submit("accounts.sign_in", email=ana.email, password=PASSWORD)
    assert "chosen by somebody else" not in str(cookie(page))
    plant(page, {"_user_id": "chosen by somebody else"})

    assert not is_signed_in(page)


@pytest.fixture
def over_tls(app, db):
    """The hub behind TLS, on the same rows."""
    settings = {"SQLALCHEMY_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"], "VAR": app.config["VAR"]}
    settings |= {"SESSION_COOKIE_SECURE": True, "SESSION_COOKIE_NAME": "__Host-hub", "BASE_URL": "https://localhost"}
    return create_app(type("Settings", (TestConfig,), settings))


def test_over_tls_the_cookie_is_bound_to_host_scheme_and_site(over_tls):
    set_by = over_tls.test_client().get("/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    name, *rest = [part.strip() for part in set_by.split(";")]

    assert name.startswith("__Host-hub=")
    assert set(rest) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_an_https_address_is_all_that_makes_the_cookie_so():
    asked = "from config import Config as C; print(C.SESSION_COOKIE_NAME, C.SESSION_COOKIE_SECURE, C.PROXIES)"
    told = {
        address: subprocess.run(
            [sys.executable, "-c", asked],
            cwd=ROOT,
            env={"HUB_BASE_URL": address, "HUB_SECRET_KEY": "x" * 32, "HUB_PROXIES": "1"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for address in ("https://hub.example.ac.uk", "http://hub.example.ac.uk")
    }
    assert list(told.values()) == ["__Host-hub True 1", "hub False 1"]


# -- what needs the password once more ---------------------------------------------------------------------------------

ASKED_AGAIN = {
    "accounts.grant_role",
    "accounts.end_role",
    "accounts.start_second_step",
    "accounts.confirm_second_step",
    "accounts.renew_recovery_codes",
    "accounts.stop_second_step",
    "accounts.reset_second_step",
}


def test_the_deeds_that_a_borrowed_browser_must_not_do_are_named_here(app):
    marked = {name for name, view in app.view_functions.items() if getattr(view, "is_proved", False)}
    assert marked == ASKED_AGAIN


def test_a_quarter_of_an_hour_after_signing_in_the_password_is_asked_for_again(page, db):
    lead = member(roles=(Role.LEAD,))
    ben = make.person(lead.institution)
    page.as_user(lead)
    db.session.commit()
    with clock.held(clock.now() + timedelta(minutes=14)):
        page.get("accounts.grant_role", person_id=ben.id)
    with clock.held(clock.now() + timedelta(minutes=16)):
        asked = page.raw("accounts.grant_role", person_id=ben.id).location
        assert asked.startswith("/me/confirm?next=")
        before = cookie(page)
        page.submit("accounts.prove", at=asked, password="not mine at all", status=422)
        assert page.submit("accounts.prove", at=asked, password=PASSWORD) == f"/staff/{ben.id}/roles/new"
        page.submit("accounts.grant_role", person_id=ben.id, role="editor")
        plant(page, before)
        assert not is_signed_in(page)


def test_a_deed_sent_without_it_changes_nothing(page, db):
    lead = make.lead()
    ben = make.person(lead.institution, roles=(Role.EDITOR,))
    page.as_user(lead)
    form = page.get("accounts.person", person_id=ben.id).select_one('form[action$="/end"]')
    sent = {field["name"]: field["value"] for field in form.select("input")}
    with clock.held(clock.now() + timedelta(minutes=16)):
        assert page.post(form["action"], **sent).startswith("/me/confirm")
    assert queries.person(ben.id).holds(Role.EDITOR)


def test_whoever_has_no_password_is_told_to_sign_in_again(page, db):
    page.as_user(make.person())
    told = page.get("accounts.prove")
    assert told.h1.text == "Sign in again first"
    assert told.select_one('main form[action="/sign-out"]')


def test_after_signing_out_the_browser_is_told_to_forget(page, db):
    html = page.as_user(make.person()).get("accounts.sessions")
    form = next(f for f in html.select("form[method=post]") if f.get("action") == "/sign-out")
    sent = {field["name"]: field["value"] for field in form.select("input[name]")}
    assert page.client.post("/sign-out", data=sent).headers["Clear-Site-Data"] == '"cache", "storage"'

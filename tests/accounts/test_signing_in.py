"""Signing in and out: the pages and the cookie. What must always hold of them is in tests/gates."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from hub.accounts import passwords, services
from hub.accounts.models import OneTimeLink, Purpose, SignIn, Status
from hub.core import clock
from tests import factories as make
from tests.accounts.making import PASSWORD, cookie, link, mailed_tokens, member

HOME = "/hub"
NEW = "quiet lamps over the harbour"


def sessions(db):
    return db.session.scalars(select(SignIn)).all()


def test_the_right_password_opens_a_session_under_a_new_name(page, db):
    ana = member()
    with page.client.session_transaction() as session:
        session["planted"] = "before"
    path = page.submit("accounts.sign_in", email=ana.email.upper(), password=PASSWORD)

    assert path == HOME
    assert [s.person_id for s in sessions(db)] == [ana.id]
    assert "planted" not in cookie(page)
    assert sessions(db)[0].token_hash not in str(cookie(page))
    page.get("accounts.sessions")


@pytest.mark.parametrize("status", [Status.INVITED, Status.SUSPENDED, Status.LEFT])
def test_only_active_people_come_in(page, db, status):
    ana = member(status=status)
    page.submit("accounts.sign_in", email=ana.email, password=PASSWORD, status=422)

    assert sessions(db) == []


def test_the_eleventh_try_in_five_minutes_waits_even_with_the_right_password(page, db):
    ana, ben = member(), member()
    for _ in range(10):
        page.submit("accounts.sign_in", email=ana.email, password="wrong horse entirely", status=422)

    page.submit("accounts.sign_in", email=ana.email, password=PASSWORD, status=429)
    page.submit("accounts.sign_in", email=ben.email, password=PASSWORD)
    page.signed_out()
    with clock.held(clock.now() + timedelta(minutes=6)):
        page.submit("accounts.sign_in", email=ana.email, password=PASSWORD)


def test_a_hash_of_older_strength_is_renewed(page, db):
    ana = member()
    ana.password_hash = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash(PASSWORD)
    db.session.commit()
    page.submit("accounts.sign_in", email=ana.email, password=PASSWORD)

    db.session.refresh(ana)
    assert not passwords.hasher().check_needs_rehash(ana.password_hash)


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/staff?page=2", "/staff?page=2"),
        *(
            (way_out, HOME)
            for way_out in (
                "//evil.test",
                "/\\evil.test",
                "/%09/evil.test",
                "/\t/evil.test",
                "https:evil.test",
                "https:/evil.test",
                "https://evil.test/x",
                "http://hub@evil.test",
                "\\\\evil.test",
                "javascript:alert(1)",
                "evil.test",
            )
        ),
    ],
)
def test_after_signing_in_nobody_is_led_out_of_the_hub(page, db, asked, led_to):
    ana = member()
    address = f"/sign-in?next={asked.replace('?', '%3F')}"

    assert page.submit("accounts.sign_in", at=address, email=ana.email, password=PASSWORD) == led_to


# -- links ------------------------------------------------------------------------------------------------------------


def test_a_mailed_link_signs_in_once_and_only_by_its_button(page, db):
    ana = member()
    (token,) = mailed_tokens(lambda: page.submit("accounts.sign_in_link", email=ana.email))
    for _ in range(2):
        page.get("accounts.use_link", token=token)
        page.client.head(f"/sign-in/links/{token}")
    page.submit("accounts.use_link", token=token)

    assert [s.person_id for s in sessions(db)] == [ana.id]
    page.get("accounts.use_link", token=token, status=410)
    assert token not in [stored.token_hash for stored in db.session.scalars(select(OneTimeLink))]


@pytest.mark.parametrize("endpoint", ["accounts.sign_in_link", "accounts.forgot_password"])
def test_only_who_has_an_account_is_mailed(page, db, endpoint):
    ana = member()
    for email in (ana.email, "nobody@hub.example"):
        page.submit(endpoint, email=email)

    assert [made.person_id for made in db.session.scalars(select(OneTimeLink))] == [ana.id]


@pytest.mark.parametrize(
    ("purpose", "minutes"), [(Purpose.SIGN_IN, 15), (Purpose.RESET, 60), (Purpose.INVITE, 7 * 24 * 60)]
)
def test_links_run_out(page, db, purpose, minutes):
    ana = member(status=Status.INVITED if purpose == Purpose.INVITE else Status.ACTIVE)
    token, made = link(ana, purpose), clock.now()
    endpoint = {"sign_in": "use_link", "reset": "reset_password", "invite": "accept_invitation"}[purpose]
    with clock.held(made + timedelta(minutes=minutes, seconds=-5)):
        page.get(f"accounts.{endpoint}", token=token)
    with clock.held(made + timedelta(minutes=minutes, seconds=5)):
        page.get(f"accounts.{endpoint}", token=token, status=410)


@pytest.mark.parametrize("endpoint", ["accounts.use_link", "accounts.reset_password", "accounts.accept_invitation"])
def test_a_link_is_good_for_its_own_purpose_only(page, db, endpoint):
    ana = member()
    tokens = {"accounts.use_link": link(ana, Purpose.RESET), "accounts.reset_password": link(ana)}
    page.get(endpoint, token=tokens.get(endpoint, "made-up"), status=410)


def test_a_new_link_ends_the_one_before(db):
    ana = member()
    first, second = link(ana), link(ana)

    with pytest.raises(services.LinkIsOver):
        services.use_link(first, Purpose.SIGN_IN)
    assert services.use_link(second, Purpose.SIGN_IN) == ana


def test_resetting_the_password_signs_every_browser_out(page, db):
    ana = member()
    page.submit("accounts.sign_in", email=ana.email, password=PASSWORD)
    token = link(ana, Purpose.RESET)
    assert page.submit("accounts.reset_password", token=token, password=NEW) == "/sign-in"

    assert sessions(db) == []
    page.submit("accounts.sign_in", email=ana.email, password=PASSWORD, status=422)
    page.submit("accounts.sign_in", email=ana.email, password=NEW)


def test_an_invitation_is_accepted_with_a_password(page, db):
    ana = member(status=Status.INVITED)
    token = link(ana, Purpose.INVITE)
    page.submit("accounts.accept_invitation", token=token, password="short", status=422)
    assert page.submit("accounts.accept_invitation", token=token, password=NEW) == "/people/me/welcome"

    db.session.refresh(ana)
    assert ana.status == Status.ACTIVE
    page.get("accounts.sessions")
    page.get("accounts.accept_invitation", token=token, status=410)


def test_whoever_was_invited_and_lost_the_mail_is_invited_again(page, db):
    ana = member(status=Status.INVITED)
    (token,) = mailed_tokens(lambda: page.submit("accounts.forgot_password", email=ana.email))

    page.get("accounts.accept_invitation", token=token)


@pytest.mark.parametrize("host", ["evil.test", "localhost.evil.test", "localhost@evil.test"])
def test_a_forged_host_gets_no_mail_sent(page, db, host):
    response = page.client.get("/forgot-password", headers={"Host": host})

    assert response.status_code == 400


# -- sessions ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("maker", "minutes"), [(make.lead, 30), (make.person, 12 * 60)])
def test_a_session_without_use_ends(page, db, maker, minutes):
    person = maker()
    page.as_user(person)
    db.session.commit()
    began = clock.now()
    with clock.held(began + timedelta(minutes=minutes, seconds=-60)):
        page.get("accounts.sessions")
    with clock.held(began + timedelta(minutes=2 * minutes, seconds=-120)):
        page.get("accounts.sessions")
    with clock.held(began + timedelta(minutes=3 * minutes)):
        assert page.raw("accounts.sessions").status_code == 302


def test_use_is_noted_every_five_minutes_at_most(page, db):
    page.as_user(make.person())
    db.session.commit()
    began = sessions(db)[0].seen_at
    with clock.held(began + timedelta(minutes=4)):
        page.get("accounts.sessions")
        assert sessions(db)[0].seen_at == began
    with clock.held(began + timedelta(minutes=6)):
        page.get("accounts.sessions")
        db.session.expire_all()
        assert sessions(db)[0].seen_at == began + timedelta(minutes=6)


@pytest.mark.parametrize("maker", [make.lead, make.person])
def test_even_a_busy_session_ends(page, db, maker):
    page.as_user(maker())
    session = sessions(db)[0]
    session.seen_at = session.ends_at
    db.session.commit()
    with clock.held(session.ends_at + timedelta(seconds=1)):
        assert page.raw("accounts.sessions").status_code == 302

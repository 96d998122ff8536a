"""The second step: setting it up, signing in with it, the codes for a rainy day, and who may take it away."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from hub.accounts import codes, passwords, policy, queries, services
from hub.accounts.models import Institution, RecoveryCode, Role, SecondStep, SignIn
from hub.core import clock
from hub.core.audit import JournalEntry
from hub.notifications.models import OutboxMail
from tests import factories as make
from tests.accounts.making import PASSWORD, link, member, second_step, typed_key

SOME_TIME = clock.now().replace(second=10)


def code_of(key: str, half_minutes: int = 0) -> str:
    return pyotp.TOTP(key).at(clock.now() + half_minutes * timedelta(seconds=30))


def sign_in(page, person, **query) -> str:
    return page.submit("accounts.sign_in", email=person.email, password=PASSWORD)


def open_sessions(db, person) -> list[SignIn]:
    whole = SignIn.awaits_code.is_(False)
    return list(db.session.scalars(select(SignIn).where(SignIn.person_id == person.id, whole)))


def subjects(db) -> list[str]:
    return [mail.subject for mail in db.session.scalars(select(OutboxMail).order_by(OutboxMail.id))]


# -- setting it up -----------------------------------------------------------------------------------------------------


def test_whoever_wants_a_second_step_sets_it_up_with_an_app(page, db):
    ana = member()
    page.as_user(ana)
    assert page.submit("accounts.start_second_step", at="/me/second-step") == "/me/second-step/app"
    shown = page.get("accounts.confirm_second_step")
    key = typed_key(shown)
    assert shown.select_one("svg.qr")["aria-label"] == "QR code that adds the hub to your app"

    told = page.submit("accounts.confirm_second_step", code=code_of(key), status=200)

    assert len({code.text for code in told.select("main li code")}) == codes.RECOVERY_CODES
    assert queries.has_second_step(ana.id)
    assert subjects(db) == ["Your second step was changed"]
    assert "Your second step is on" in page.get("accounts.second_step").h1.text


def test_neither_the_key_nor_a_recovery_code_is_kept_as_it_is(page, db):
    ana = member()
    page.as_user(ana)
    page.submit("accounts.start_second_step", at="/me/second-step")
    key = typed_key(page.get("accounts.confirm_second_step"))
    told = page.submit("accounts.confirm_second_step", code=code_of(key), status=200)

    step = queries.second_step(ana.id)
    assert key not in (step.secret or "")
    assert codes.opened(step.secret, safe=codes.safe()) == key
    kept = [row.code_hash for row in db.session.scalars(select(RecoveryCode))]
    assert all(code_hash.startswith("$argon2id$") for code_hash in kept)
    changes = [str(entry.changes) for entry in db.session.scalars(select(JournalEntry))]
    assert "second_step" in "".join(changes)
    assert all(code.text.replace(" ", "") not in str(changes) for code in told.select("main li code"))


def test_a_wrong_code_turns_nothing_on(page, db):
    ana = member()
    page.as_user(ana)
    page.submit("accounts.start_second_step", at="/me/second-step")
    before = typed_key(page.get("accounts.confirm_second_step"))
    answer = page.submit("accounts.confirm_second_step", code="000 000", status=422)

    assert "not what the app shows now" in answer.select_one("p.error").text
    assert typed_key(answer) == before
    assert not queries.has_second_step(ana.id)


def test_setting_it_up_signs_every_other_browser_out_and_gives_this_one_a_new_token(page, db):
    ana = member()
    services.open_session(queries.person(ana.id))
    page.as_user(ana)
    second_step(page)

    assert len(open_sessions(db, ana)) == 1
    page.get("accounts.sessions")


def test_another_app_replaces_the_first_only_when_it_has_shown_a_code(page, db):
    ana = member()
    page.as_user(ana)
    first = second_step(page)
    page.submit("accounts.start_second_step", at="/me/second-step", form="/start")
    assert codes.opened(queries.second_step(ana.id).secret, safe=codes.safe()) == first
    second = typed_key(page.get("accounts.confirm_second_step"))
    page.submit("accounts.confirm_second_step", code=code_of(second), status=200)

    assert codes.opened(queries.second_step(ana.id).secret, safe=codes.safe()) == second


# -- signing in with it ------------------------------------------------------------------------------------------------


@pytest.fixture
def ana(page, db):
    """Somebody with a second step; her app's key is ``ana.key``, and she is signed out."""
    person = member()
    page.as_user(person)
    with clock.held(SOME_TIME):
        person.key = second_step(page)
    services.close_all_sessions(person)
    db.session.commit()
    page.signed_out()
    return person


LATER = SOME_TIME + timedelta(minutes=5)


def test_the_password_alone_opens_nothing(page, db, ana):
    with clock.held(LATER):
        assert sign_in(page, ana) == "/sign-in/code?next=/hub"
        assert page.raw("accounts.sessions").status_code == 302
        assert open_sessions(db, ana) == []


def test_the_code_of_now_completes_the_sign_in(page, db, ana):
    with clock.held(LATER):
        sign_in(page, ana)
        assert page.submit("accounts.sign_in_code", at="/sign-in/code?next=/staff", code=code_of(ana.key)) == "/staff"
        page.get("accounts.sessions")
        assert len(db.session.scalars(select(SignIn).where(SignIn.person_id == ana.id)).all()) == 1


def test_a_mailed_link_wants_the_second_step_too(page, db, ana):
    with clock.held(LATER):
        assert page.submit("accounts.use_link", token=link(ana)) == "/sign-in/code?next=/hub"
        assert open_sessions(db, ana) == []


@pytest.mark.parametrize(("half_minutes", "status"), [(-2, 422), (-1, 302), (0, 302), (1, 302), (2, 422)])
def test_a_phone_may_be_wrong_by_half_a_minute(page, db, ana, half_minutes, status):
    with clock.held(LATER):
        sign_in(page, ana)
        page.submit("accounts.sign_in_code", code=code_of(ana.key, half_minutes), status=status)


def test_a_code_works_once_and_so_does_none_before_it(page, db, ana):
    with clock.held(LATER):
        sign_in(page, ana)
        page.submit("accounts.sign_in_code", code=code_of(ana.key))
        page.signed_out()
        sign_in(page, ana)
        for half_minutes in (0, -1):
            page.submit("accounts.sign_in_code", code=code_of(ana.key, half_minutes), status=422)
        page.submit("accounts.sign_in_code", code=code_of(ana.key, 1))


def test_a_code_may_be_typed_with_a_space(page, db, ana):
    with clock.held(LATER):
        sign_in(page, ana)
        code = code_of(ana.key)
        page.submit("accounts.sign_in_code", code=f" {code[:3]} {code[3:]} ")


@pytest.mark.parametrize("typed", ["12345", "abcdef", "１２３４５６", "0" * 40, "0" * 41, "-", "123456\x00"])
def test_what_is_no_code_is_refused_in_words(page, db, ana, typed):
    with clock.held(LATER):
        sign_in(page, ana)
        answer = page.submit("accounts.sign_in_code", code=typed, status=422)
        assert answer.select_one("p.error").text.strip()
        assert open_sessions(db, ana) == []


def test_password_managers_and_number_pads_are_helped(page, db, ana):
    with clock.held(LATER):
        sign_in(page, ana)
        box = page.get("accounts.sign_in_code").select_one("input[name=code]")
    assert (box["autocomplete"], box["inputmode"], box["type"]) == ("one-time-code", "numeric", "text")


def test_the_eleventh_code_in_five_minutes_waits_from_wherever_it_comes(page, db, ana):
    with clock.held(LATER):
        for _ in range(5):
            sign_in(page, ana)
            for _ in range(2):
                page.submit("accounts.sign_in_code", code="000000", status=422)
        sign_in(page, ana)
        page.client.environ_base["REMOTE_ADDR"] = "10.1.1.1"
        page.submit("accounts.sign_in_code", code=code_of(ana.key), status=429)


def test_the_second_step_must_follow_within_ten_minutes(page, db, ana):
    with clock.held(LATER):
        sign_in(page, ana)
        page.get("accounts.sign_in_code")
    with clock.held(LATER + timedelta(minutes=10)):
        assert page.raw("accounts.sign_in_code").location == "/sign-in"


def test_a_password_that_changes_meanwhile_ends_the_half_session(page, db, ana):
    with clock.held(LATER):
        sign_in(page, ana)
        by = passwords.hasher()
        services.change_password(queries.person(ana.id), PASSWORD, "quiet lamps over the harbour", hasher=by)
        db.session.commit()
        assert page.raw("accounts.sign_in_code").location == "/sign-in"


def test_half_a_session_is_no_session_of_another_kind(page, db, ana):
    """Its token, planted as a whole one's, opens nothing."""
    with clock.held(LATER):
        sign_in(page, ana)
        with page.client.session_transaction() as session:
            session["_user_id"] = session["half"]
        assert page.raw("accounts.sessions").status_code == 302


def test_a_lost_secret_key_lets_nobody_in_by_an_app(page, db, ana):
    step = db.session.scalars(select(SecondStep).where(SecondStep.person_id == ana.id)).one()
    step.secret = codes.sealed(ana.key, safe=codes._safe(("another installation’s",)))
    db.session.commit()
    with clock.held(LATER):
        sign_in(page, ana)
        page.submit("accounts.sign_in_code", code=code_of(ana.key), status=422)


def test_an_earlier_secret_key_still_opens_what_it_sealed():
    old, new = codes._safe(("old",)), codes._safe(("new", "old"))

    assert codes.opened(codes.sealed("KEY", safe=old), safe=new) == "KEY"
    assert codes.opened(codes.sealed("KEY", safe=new), safe=old) is None


# -- codes for a rainy day ---------------------------------------------------------------------------------------------


def recovery_codes(page) -> list[str]:
    told = page.submit("accounts.renew_recovery_codes", at="/me/second-step", form="/codes", status=200)
    return [code.text for code in told.select("main li code")]


def test_a_recovery_code_lets_in_once_and_its_owner_is_told(page, db, ana):
    page.as_user(ana)
    kept = recovery_codes(page)
    page.signed_out()
    with clock.held(LATER):
        sign_in(page, ana)
        page.submit("accounts.sign_in_code", code=kept[3])
        assert subjects(db)[-1] == "A recovery code was used"
        page.signed_out()
        sign_in(page, ana)
        page.submit("accounts.sign_in_code", code=kept[3], status=422)
        page.submit("accounts.sign_in_code", code=kept[4].replace(" ", ""))
    assert len(queries.unused_recovery_codes(ana.id)) == 8


def test_new_codes_end_the_old_ones(page, db, ana):
    page.as_user(ana)
    old = recovery_codes(page)
    recovery_codes(page)
    page.signed_out()
    with clock.held(LATER):
        sign_in(page, ana)
        page.submit("accounts.sign_in_code", code=old[0], status=422)


# -- who must have one, and who may take it away -----------------------------------------------------------------------


def test_a_lead_is_told_the_day_and_let_in_until_then(page, db):
    lead = member(roles=(Role.LEAD,))
    assert sign_in(page, lead) == "/hub"
    notice = page.get("accounts.sessions").select_one(".flashes")
    assert notice.a["href"] == "/me/second-step"
    assert f"{clock.today() + timedelta(days=14):%-d %B %Y}" in notice.text


@pytest.mark.parametrize(("role", "days"), [(Role.ADMINISTRATOR, 0), (Role.LEAD, 14), (Role.DEPUTY_LEAD, 14)])
def test_after_its_day_nothing_is_open_but_setting_it_up(page, db, role, days):
    boss = member(roles=(role,))
    with clock.held(clock.now() + timedelta(days=days)):
        sign_in(page, boss)
        for endpoint in ("accounts.people", "accounts.sessions", "accounts.change_password", "pages.help_page"):
            assert page.raw(endpoint).location == "/me/second-step"
        second_step(page)
        page.get("accounts.people")


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.LEADER])
def test_nobody_else_is_asked(page, db, role):
    person = member(roles=(role,) if role else ())
    with clock.held(clock.now() + timedelta(days=400)):
        sign_in(page, person)
        assert page.get("accounts.sessions").select_one(".flashes") is None


def test_a_role_that_begins_later_gives_its_grace_from_then(db):
    ana = make.person()
    starts = clock.today() + timedelta(days=30)
    given = services.grant(ana, Role.LEAD, actor=None, starts_on=starts)

    assert given.second_step_from == starts + timedelta(days=14)


def test_whoever_need_not_have_one_turns_it_off(page, db, ana):
    page.as_user(ana)
    page.submit("accounts.stop_second_step", at="/me/second-step", form="/stop")

    assert queries.second_step(ana.id) is None
    assert db.session.scalars(select(RecoveryCode)).all() == []
    page.get("accounts.sessions")
    page.signed_out()
    assert sign_in(page, ana) == "/hub"


def test_whoever_must_have_one_can_change_it_but_not_be_without(page, db):
    lead = member(roles=(Role.LEAD,))
    page.as_user(lead)
    second_step(page)
    form = page.get("accounts.second_step").select_one('form[action$="/start"]')
    assert page.get("accounts.second_step").select_one('form[action$="/stop"]') is None
    page.post("/me/second-step/stop", status=403, **{f["name"]: f["value"] for f in form.select("input")})


def test_a_lead_resets_the_second_step_of_somebody_who_lost_their_phone(page, db, ana):
    lead = make.lead(db.session.get(Institution, ana.institution_id))
    services.open_session(queries.person(ana.id))
    page.as_user(lead).submit("accounts.reset_second_step", at=f"/staff/{ana.id}", form="/reset")

    assert open_sessions(db, ana) == []
    mail = db.session.scalars(select(OutboxMail).where(OutboxMail.recipient_id == ana.id)).all()[-1]
    assert f"{lead.name} has reset your second step" in mail.text
    page.signed_out()
    assert sign_in(page, ana) == "/hub"


@pytest.mark.parametrize(
    ("by", "of", "may"),
    [
        (Role.LEAD, None, True),
        (Role.LEAD, Role.DEPUTY_LEAD, True),
        (Role.LEAD, Role.LEAD, True),
        (Role.LEAD, Role.ADMINISTRATOR, False),
        (Role.DEPUTY_LEAD, Role.LEAD, False),
        (Role.DEPUTY_LEAD, None, True),
        (Role.ADMINISTRATOR, Role.ADMINISTRATOR, True),
        (Role.EDITOR, None, False),
    ],
)
def test_nobody_resets_the_second_step_of_somebody_above(db, by, of, may):
    boss = make.person(roles=(by,))
    other = make.person(boss.institution, roles=(of,) if of else ())

    assert policy.can_reset_second_step(boss, other) is may
    assert policy.can_reset_second_step(boss, boss) is False

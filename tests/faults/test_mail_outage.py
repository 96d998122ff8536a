"""A mail server that hangs delays mail and nothing else: the hub answers, the mail waits and leaves once."""

import time
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.accounts import services as accounts
from hub.accounts.models import Role
from hub.core import clock
from hub.core.db import db as database_now
from hub.core.unit import unit_of_work
from hub.notifications import jobs, transport
from hub.notifications.models import OutboxMail, Stage
from tests import factories
from tests.notifications.making import notice
from tests.support.clocks import shifted
from tests.support.running import GIVE_UP, Caller, Hub, looking_at, may_sign_in
from tests.support.smtp import HOST, free_port, smtp_server
from tests.support.torture import only_in_torture

PEOPLE = 8
AT_ONCE = 2  # seconds; the mail server is waited for ten


@pytest.fixture
def inbox():
    with smtp_server() as inbox:
        yield inbox


@pytest.fixture
def addresses(database, tmp_path):
    """Of people who may sign in, the first of whom a mail waits for; the test looks at the same database."""
    with looking_at(database, tmp_path):
        with unit_of_work("test.people"):
            place = factories.institution()
            found = [may_sign_in(factories.person(place)) for _ in range(PEOPLE)]
            accounts.send_reset_link(found[0])
        database_now.session.remove()
        yield found


def mails() -> list[OutboxMail]:
    database_now.session.rollback()
    return list(database_now.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def until(holds) -> None:
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < GIVE_UP
        time.sleep(0.1)


@only_in_torture
@pytest.mark.slow
def test_a_hanging_mail_server_delays_mail_and_nothing_else(database, addresses, inbox, tmp_path):
    inbox.hang()
    hub = Hub(tmp_path, database, HUB_MAIL_URL=f"smtp://{inbox.host}:{inbox.port}")
    try:
        hub.start()
        until(lambda: mails()[0].stage == Stage.SENDING)
        others = addresses[1:]
        took = [seconds_to_ask(hub, address) for address in others]
        assert mails()[0].stage == Stage.SENDING, "the mail server let go too early for this to prove anything"
        hub.kill()
        inbox.accept()
        hub.start()
        until(lambda: sum(mail.stage == Stage.SENT for mail in mails()) == len(others))
    finally:
        hub.kill()
    assert max(took) < AT_ONCE
    stuck, *sent = mails()
    assert stuck.stage == Stage.SENDING  # whoever had it may still be at it: it is tried again when its time is over
    assert [message["To"] for message in inbox.messages] == others
    assert [message["Message-ID"] for message in inbox.messages] == [mail.message_id for mail in sent]


def seconds_to_ask(hub: Hub, address: str) -> float:
    """Ask for a new password, which a mail will bring."""
    caller = Caller(hub)
    begun = time.monotonic()
    status, _ = caller.send("/forgot-password", caller.form("/forgot-password") | {"email": address})
    assert status == 302
    return time.monotonic() - begun


@only_in_torture
@pytest.mark.slow
def test_a_hub_that_dies_between_sending_and_noting_it_sends_once_more_and_is_known_by_its_number(
    database, addresses, inbox, tmp_path
):
    inbox.fall_silent_after_taking()
    hub = Hub(tmp_path, database, HUB_MAIL_URL=f"smtp://{inbox.host}:{inbox.port}")
    usual = hub.environment
    try:
        hub.start()
        until(lambda: inbox.messages)
        hub.kill()
        assert mails()[0].stage == Stage.SENDING
        inbox.accept()
        hub.environment = usual | shifted("+6m")  # whoever had it is given up by then
        hub.start()
        until(lambda: mails()[0].stage == Stage.SENT)
    finally:
        hub.kill()
    assert [message["To"] for message in inbox.messages] == addresses[:1] * 2
    assert {message["Message-ID"] for message in inbox.messages} == {mails()[0].message_id}


# -- ten minutes, by a clock that is moved -----------------------------------------------------------------------------

TICK = timedelta(seconds=15)
AWAY = {
    "gone": lambda app, _inbox: app.config.update(MAIL_URL=f"smtp://{HOST}:{free_port()}"),
    "hanging": lambda _app, inbox: inbox.hang(),
    "not now": lambda _app, inbox: inbox.defer(),
    "never mind": lambda _app, inbox: inbox.defer("421 4.3.2 Going down"),
    "without an answer": lambda _app, inbox: inbox.fall_silent_after_taking(),
}
AT_MOST = {"without an answer": 10}  # times that a message may come, where the sender cannot know that it came


@pytest.mark.parametrize("way", AWAY)
def test_ten_minutes_without_a_mail_server_lose_nothing_and_double_nothing(app, db, inbox, monkeypatch, way):
    usual = transport.TIMEOUT
    monkeypatch.setattr(transport, "TIMEOUT", 0.1)
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://{inbox.host}:{inbox.port}")
    people = [factories.person() for _ in range(5)]
    at_work = app.config["MAIL_URL"]
    moment = clock.now()
    AWAY[way](app, inbox)
    for n in range(40 * 4):
        if n == 40:
            inbox.accept()
            app.config["MAIL_URL"] = at_work
            monkeypatch.setattr(transport, "TIMEOUT", usual)  # a busy machine may take longer than the short one
        with clock.held(moment + n * TICK):
            if n % 8 == 0 and n < 40:
                notice(people[n // 8], title=f"News {n}")
                db.session.commit()
            jobs.send()
    sent = db.session.scalars(select(OutboxMail)).all()
    assert Counter((mail.stage, mail.trouble) for mail in sent) == {(Stage.SENT, ""): len(people)}
    assert {message["Message-ID"] for message in inbox.messages} == {mail.message_id for mail in sent}
    assert max(Counter(message["To"] for message in inbox.messages).values()) <= AT_MOST.get(way, 1)


def test_a_mail_server_that_takes_its_time_is_given_it(app, db, inbox, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://{inbox.host}:{inbox.port}")
    inbox.dawdle(0.5)
    notice(factories.person())
    db.session.commit()
    jobs.send()
    assert [mail.stage for mail in db.session.scalars(select(OutboxMail))] == [Stage.SENT]


def test_what_could_not_be_sent_in_ten_tries_is_shown_to_the_administrator(app, db, page, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://{HOST}:{free_port()}")
    boss = factories.person(roles=(Role.ADMINISTRATOR,))
    notice(factories.person(boss.institution), title="Your bench is booked")
    db.session.commit()
    for n in range(12):
        with clock.held(clock.now() + n * timedelta(hours=2, seconds=1)):
            jobs.send()
    (row,) = [r for r in page.as_user(boss).get("notifications.outbox").select("tbody tr") if "bench" in r.get_text()]
    assert "Given up" in row.get_text()
    assert "refused" in row.get_text()

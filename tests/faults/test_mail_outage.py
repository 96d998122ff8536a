"""A mail server that hangs delays mail and nothing else: the hub answers, the mail waits and leaves once."""

import time

import pytest
from sqlalchemy import select

from hub.accounts import services as accounts
from hub.core.db import db
from hub.core.unit import unit_of_work
from hub.notifications.models import OutboxMail, Stage
from tests import factories
from tests.support.running import GIVE_UP, Caller, Hub, looking_at, may_sign_in
from tests.support.smtp import smtp_server

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
        db.session.remove()
        yield found


def mails() -> list[OutboxMail]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def until(holds) -> None:
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < GIVE_UP
        time.sleep(0.1)


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

"""Mail leaves by itself, is tried again when it cannot, and never twice in the normal way of things."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.accounts.models import Role, Status
from hub.accounts.queries import person
from hub.core import clock
from hub.core.audit import JournalEntry
from hub.notifications import jobs, queries, sending, services
from hub.notifications.models import Frequency, Notice, OutboxMail, Stage
from hub.notifications.transport import Folder, MailServer, Undelivered, configured
from tests import factories as make
from tests.notifications.making import notice
from tests.support.smtp import HOST, free_port, smtp_server


@pytest.fixture(scope="module")
def server():
    with smtp_server() as inbox:
        yield inbox


@pytest.fixture
def inbox(server):
    server.accept()
    server.messages.clear()
    return server


@pytest.fixture
def by_mail(inbox):
    return MailServer(inbox.host, inbox.port)


def told(db, **given):
    """One mail that waits, and the person it is for."""
    recipient = make.person(**given)
    recipient.left_on = clock.today() if recipient.status == Status.LEFT else None
    notice(recipient)
    db.session.commit()
    return recipient


def the_mail(db) -> OutboxMail:
    db.session.expire_all()
    return db.session.scalars(select(OutboxMail)).one()


def test_a_mail_arrives_once_as_text_and_as_html(db, inbox, by_mail):
    ana = told(db, name="Ana Ødegård")
    with clock.held(clock.now()):
        assert sending.send_due(by_mail) == 1
        assert sending.send_due(by_mail) == 0

    (message,) = inbox.messages
    mail = the_mail(db)
    assert (message["To"], message["Subject"], message["Message-ID"]) == (ana.email, mail.subject, mail.message_id)
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Dear Ana Ødegård," in text
    assert "http://localhost/x/1" in text
    assert "http://localhost/me/notices/preferences" in text
    assert '<a href="http://localhost/x/1"><b>Open it in the hub</b></a>' in html
    assert (mail.stage, mail.tries, mail.sent_at is not None) == (Stage.SENT, 1, True)
    assert [e.deed for e in db.session.scalars(select(JournalEntry))] == ["notifications.send"]


def test_what_people_wrote_stays_text(db, inbox, by_mail):
    bo = make.person(name="<b>Bo</b>")
    notice(bo, title="<script>alert(1)</script>", body='"><img src=x onerror=alert(1)>', path="/x/1")
    db.session.commit()
    sending.send_due(by_mail)

    html = inbox.messages[0].get_body(("html",)).get_content()
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>Bo" not in html


@pytest.mark.parametrize(
    ("answer", "stage"),
    [
        ("451 4.3.2 Try again later", Stage.FAILED),
        ("550 5.1.1 No such mailbox here", Stage.DEAD),
    ],
)
def test_a_refused_mail_keeps_what_the_server_said(db, inbox, by_mail, answer, stage):
    told(db)
    inbox.defer(answer)
    assert sending.send_due(by_mail) == 0

    mail = the_mail(db)
    assert (mail.stage, mail.tries, mail.trouble) == (stage, 1, answer)


def test_pauses_grow_to_two_hours():
    assert [sending.pause_after(n).total_seconds() for n in (1, 2, 3, 8, 9, 10)] == [30, 60, 120, 3840, 7200, 7200]


def test_with_the_server_down_a_mail_is_tried_ten_times_and_then_given_up(db):
    told(db)
    down = MailServer(HOST, free_port())
    moment = clock.now()
    for _ in range(12):
        with clock.held(moment):
            sending.send_due(down)
            with clock.held(moment + timedelta(seconds=29)):
                sending.send_due(down)  # too early: nothing is tried
        moment += timedelta(hours=2, seconds=1)

    mail = the_mail(db)
    assert (mail.stage, mail.tries) == (Stage.DEAD, 10)
    assert "refused" in mail.trouble


def test_a_silent_server_is_left_after_the_time_limit(db, inbox, by_mail, monkeypatch):
    monkeypatch.setattr("hub.notifications.transport.TIMEOUT", 0.3)
    told(db)
    inbox.hang()
    sending.send_due(by_mail)

    assert the_mail(db).stage == Stage.FAILED


def test_an_administrator_has_a_dead_mail_sent_after_all(db, inbox, by_mail):
    told(db)
    inbox.refuse()
    sending.send_due(by_mail)
    inbox.accept()
    boss = make.person(roles=(Role.ADMINISTRATOR,)).id
    services.try_again(the_mail(db), actor=person(boss))
    db.session.commit()

    assert sending.send_due(by_mail) == 1
    assert the_mail(db).stage == Stage.SENT


class Crash(BaseException):
    """The process dies."""


class DiesAfterSending:
    def __init__(self, way):
        self.way = way

    def send(self, letter):
        self.way.send(letter)
        raise Crash


def test_a_crash_after_sending_leads_to_one_more_with_the_same_message_id(db, inbox, by_mail):
    told(db)
    began = clock.now()
    with clock.held(began), pytest.raises(Crash):
        sending.send_due(DiesAfterSending(by_mail))
    db.session.rollback()
    with clock.held(began + timedelta(minutes=4)):
        assert sending.send_due(by_mail) == 0  # whoever sends it may still be at it
    with clock.held(began + timedelta(minutes=6)):
        assert sending.send_due(by_mail) == 1

    assert len({m["Message-ID"] for m in inbox.messages}) == 1
    assert len(inbox.messages) == 2


class NotesTransaction:
    """A transport that looks whether the database is held while it works."""

    def __init__(self, db):
        self.db, self.held = db, []

    def send(self, letter):
        self.held.append(self.db.session().in_transaction())


def test_no_transaction_is_open_while_the_mail_server_takes_its_time(db):
    told(db)
    way = NotesTransaction(db)
    sending.send_due(way)

    assert way.held == [False]


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.LEFT])
def test_people_who_are_gone_get_no_news(db, inbox, by_mail, status):
    told(db, status=status)
    sending.send_due(by_mail)

    assert (the_mail(db).stage, inbox.messages) == (Stage.SKIPPED, [])


def test_news_of_last_week_is_not_mailed_any_more(db):
    with clock.held(clock.now() - timedelta(days=8)):
        told(db)
    jobs.send()

    assert the_mail(db).stage == Stage.SKIPPED


def test_a_digest_holds_nothing_older_than_two_weeks(db):
    with clock.held(clock.now() - timedelta(days=15)):
        notice(make.person(), "test.news")
        db.session.commit()
    jobs.gather_weekly()

    assert db.session.scalars(select(OutboxMail)).all() == []
    assert queries.awaiting_digest(Frequency.WEEKLY) == []


def test_a_link_is_wiped_from_the_outbox_once_it_has_left(db, inbox, by_mail):
    services.mail_only(
        make.person(), "test.link", "Your link", "Here:\n\nhttp://localhost/secret\n\nhttp://evil.test/x"
    )
    db.session.commit()
    sending.send_due(by_mail)

    text, html = (inbox.messages[0].get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "http://localhost/secret" in text
    assert '<a href="http://localhost/secret">' in html
    assert 'href="http://evil' not in html
    assert the_mail(db).text == ""


def test_into_a_folder_a_mail_goes_once_however_often_it_is_sent(db, tmp_path):
    told(db)
    folder = Folder(tmp_path / "mail")
    with pytest.raises(Crash):
        sending.send_due(DiesAfterSending(folder))
    db.session.rollback()
    with clock.held(clock.now() + timedelta(minutes=6)):
        sending.send_due(folder)

    (file,) = (tmp_path / "mail").iterdir()
    assert file.suffix == ".eml"
    assert "Say yes to a time" in folder.text_of(the_mail(db).message_id)


@pytest.mark.parametrize(
    ("url", "way"),
    [
        ("smtp://mail.uni.example", MailServer("mail.uni.example", 25)),
        ("smtp://hub:p%40ss@mail.uni.example:587", MailServer("mail.uni.example", 587, "hub", "p@ss")),
        ("smtps://mail.uni.example", MailServer("mail.uni.example", 465, encrypted=True)),
    ],
)
def test_the_mail_address_of_the_settings(app, monkeypatch, url, way):
    monkeypatch.setitem(app.config, "MAIL_URL", url)
    assert configured() == way


def test_no_password_travels_in_the_clear(inbox):
    way = MailServer("mail.localhost.invalid", inbox.port, "hub", "secret")
    with pytest.raises(Undelivered):
        way.send(None)


# -- digests ----------------------------------------------------------------------------------------------------------


def test_a_digest_gathers_what_was_not_read(db, inbox, by_mail):
    ana, ben = make.person(), make.person()
    for title in ("Bench free on Friday", "New steel rule", "Old news"):
        notice(ana, "test.news", title=title)
    notice(ben, "test.news")
    services.mark_read(db.session.scalars(select(Notice).where(Notice.title == "Old news")).one())
    db.session.commit()
    jobs.gather_weekly()
    jobs.gather_weekly()
    sending.send_due(by_mail)

    letters = {m["To"]: m for m in inbox.messages}
    assert sorted(letters) == sorted([ana.email, ben.email])
    text = letters[ana.email].get_body(("plain",)).get_content()
    assert letters[ana.email]["Subject"] == "2 things from the hub"
    assert "Bench free on Friday" in text
    assert "Old news" not in text
    assert queries.awaiting_digest(Frequency.WEEKLY) == []


def test_a_new_choice_counts_for_what_waits_already(db):
    ana = make.person()
    notice(ana, "test.news")
    services.choose(ana, {"tests": Frequency.NEVER})
    db.session.commit()
    jobs.gather_weekly()

    assert db.session.scalars(select(OutboxMail)).all() == []

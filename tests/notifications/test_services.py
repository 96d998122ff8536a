"""Telling people: on the bell at once, by mail as they chose."""

import pytest
from sqlalchemy import select

from hub.notifications import kinds, queries, services
from hub.notifications.models import Frequency, Notice, OutboxMail, Stage
from tests import factories as make
from tests.notifications.making import notice


def all_of(db, model):
    return db.session.scalars(select(model).order_by(model.id)).all()


def test_what_waits_for_an_answer_is_on_the_bell_and_in_the_outbox(db):
    ana = make.person()
    notice(ana)

    told, mail = all_of(db, Notice)[0], all_of(db, OutboxMail)[0]
    assert (told.title, told.path, told.read_at, told.digest) == ("Say yes to a time", "/x/1", None, None)
    assert (mail.address, mail.subject, mail.stage, told.mail_id) == (ana.email, told.title, Stage.WAITING, mail.id)
    assert mail.message_id.startswith("<")
    assert mail.message_id.endswith("@localhost>")
    assert queries.unread(ana) == 1


def test_news_waits_for_the_weekly_mail(db):
    notice(make.person(), "test.news")

    assert [n.digest for n in all_of(db, Notice)] == [Frequency.WEEKLY]
    assert all_of(db, OutboxMail) == []


@pytest.mark.parametrize(
    ("chosen", "digest", "mails"),
    [
        (Frequency.AT_ONCE, None, 1),
        (Frequency.DAILY, Frequency.DAILY, 0),
        (Frequency.WEEKLY, Frequency.WEEKLY, 0),
        (Frequency.NEVER, None, 0),
    ],
)
def test_a_choice_counts_for_all_kinds_of_its_group(db, chosen, digest, mails):
    ana = make.person()
    services.choose(ana, {"tests": chosen})
    notice(ana)

    assert [n.digest for n in all_of(db, Notice)] == [digest]
    assert len(all_of(db, OutboxMail)) == mails


def test_mails_about_the_account_always_go_at_once(db):
    ana = make.person()
    services.choose(ana, {"your-account": Frequency.NEVER})
    notice(ana, "test.link")

    assert len(all_of(db, OutboxMail)) == 1
    assert kinds.SECURITY not in kinds.groups()


def test_somebody_is_told_once_only(db):
    ana, ben = make.person(), make.person()
    for person in (ana, ana, ben):
        notice(person, dedupe="claim-7-due")

    assert [n.recipient_id for n in all_of(db, Notice)] == [ana.id, ben.id]


def test_a_subject_is_one_line(db):
    services.mail_only("Ana@uni.example\r\nBcc: all@uni.example", "test.link", "Hello\r\nBcc: all@uni.example", "Text")

    mail = all_of(db, OutboxMail)[0]
    assert "\n" not in mail.subject + mail.address
    assert "\r" not in mail.subject + mail.address


def test_a_kind_that_nobody_registered_is_refused(db):
    with pytest.raises(LookupError, match="is not registered"):
        notice(make.person(), "test.unknown")

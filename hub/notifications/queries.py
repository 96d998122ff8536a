"""Reads of notices, preferences and the outbox."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.notifications.models import Frequency, Notice, OutboxMail, Preference, Stage

LEASE = timedelta(minutes=5)  # a mail that is still being sent after this was left behind by a process that died


OLD_AFTER = timedelta(days=7)  # news of last week is not news, in mail; on the bell it stays
OLDEST_IN_DIGEST = timedelta(days=14)


def is_old_mail() -> ColumnElement[bool]:
    return (OutboxMail.stage == Stage.WAITING) & (OutboxMail.next_try_at < now() - OLD_AFTER)


def is_old_for_digest() -> ColumnElement[bool]:
    return Notice.digest.is_not(None) & (Notice.at < now() - OLDEST_IN_DIGEST)


def has_old_news() -> bool:
    found = select(or_(exists().where(is_old_mail()), exists().where(is_old_for_digest())))
    return bool(db.session.scalar(found))


NOTICE = Notice.__table__.c  # asked at every page: rows of tables cost half as much
UNREAD = select(func.count()).where(NOTICE.recipient_id == bindparam("person_id"), NOTICE.read_at.is_(None))


def unread(person: Any) -> int:
    """How many notices wait: asked once a request, for the bell."""
    return db.session.scalar(UNREAD, {"person_id": person.id}) or 0


def notices(person: Person) -> Select[Notice]:
    return select(Notice).where(Notice.recipient_id == person.id)


def notice(notice_id: int) -> Notice:
    return db.session.scalars(select(Notice).where(Notice.id == notice_id)).one()


def was_told(person: Person, dedupe: str) -> bool:
    found = select(Notice.id).where(Notice.recipient_id == person.id, Notice.dedupe == dedupe)
    return db.session.scalar(found) is not None


def preferences(person_id: int) -> dict[str, Frequency]:
    """What somebody chose, by topic."""
    rows = db.session.execute(
        select(Preference.topic, Preference.frequency).where(Preference.person_id == person_id)
    ).all()
    return {topic: frequency for topic, frequency in rows}  # noqa: C416 -- rows are not pairs to the type checker


def outbox(institution_id: int) -> Select[OutboxMail]:
    return (
        select(OutboxMail).options(joinedload(OutboxMail.recipient)).where(OutboxMail.institution_id == institution_id)
    )


def mail(mail_id: int) -> OutboxMail:
    """One mail with its recipient, their institution and the notices that it carries."""
    return db.session.scalars(
        select(OutboxMail)
        .options(
            joinedload(OutboxMail.recipient).joinedload(Person.institution),
            selectinload(OutboxMail.notices),
        )
        .where(OutboxMail.id == mail_id)
    ).one()


def due_mails(limit: int = 200) -> Sequence[int]:
    """Ids of mails to send now, oldest first: waiting, to be tried again, or left behind half way."""
    moment: datetime = now()
    return db.session.scalars(
        select(OutboxMail.id)
        .where(
            or_(
                OutboxMail.stage == Stage.WAITING,  # at once, even if the clock was set back since it was written
                (OutboxMail.stage == Stage.FAILED) & (OutboxMail.next_try_at <= moment),
                (OutboxMail.stage == Stage.SENDING) & (OutboxMail.stage_since < moment - LEASE),
            )
        )
        .order_by(OutboxMail.next_try_at, OutboxMail.id)
        .limit(limit)
    ).all()


def is_due(mail: OutboxMail) -> bool:
    """The same of one mail, asked once more when it is taken."""
    if mail.stage == Stage.SENDING:
        return mail.stage_since < now() - LEASE
    return mail.stage == Stage.WAITING or (mail.stage == Stage.FAILED and mail.next_try_at <= now())


def awaiting_digest(frequency: Frequency) -> Sequence[int]:
    """Ids of people for whom notices wait for a digest."""
    return db.session.scalars(
        select(Notice.recipient_id).where(Notice.digest == frequency).distinct().order_by(Notice.recipient_id)
    ).all()


def to_gather(person_id: int, frequency: Frequency) -> Sequence[Notice]:
    return db.session.scalars(
        select(Notice)
        .options(joinedload(Notice.recipient, innerjoin=True))
        .where(Notice.recipient_id == person_id, Notice.digest == frequency)
        .order_by(Notice.id)
    ).all()

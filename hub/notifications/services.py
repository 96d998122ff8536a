"""Telling people, letting them choose how often, and noting what became of each mail."""

import secrets
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import delete, update

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.links import address_of
from hub.core.text import one_line
from hub.notifications import queries
from hub.notifications.kinds import Kind, kind_of
from hub.notifications.models import Frequency, Notice, OutboxMail, Preference

DIGESTS = frozenset({Frequency.DAILY, Frequency.WEEKLY})


def tell(
    recipient: Person,
    kind: str,
    *,
    title: str,
    body: str = "",
    path: str,
    due_at: datetime | None = None,
    dedupe: str | None = None,
) -> None:
    """Put a notice on *recipient*'s bell and, as they chose, a mail into the outbox or the next digest.

    *path* is made by ``core.links.path_to``. With *dedupe*, somebody is told only once.
    """
    known = kind_of(kind)
    if dedupe is not None and queries.was_told(recipient, dedupe):
        return
    frequency = _frequency(recipient, known)
    notice = Notice(
        institution_id=recipient.institution_id,
        recipient_id=recipient.id,
        kind=kind,
        title=one_line(title),
        body=body,
        path=path,
        due_at=due_at,
        dedupe=dedupe,
        digest=frequency if frequency in DIGESTS else None,
    )
    if frequency == Frequency.AT_ONCE:
        notice.mail = _mail(recipient, kind, notice.title)
    db.session.add(notice)
    db.session.flush()


def mail_only(recipient: Person | str, kind: str, subject: str, text: str) -> None:
    """Queue a mail without a notice, always at once: for links that must not lie on a page."""
    db.session.add(_mail(recipient, kind, subject, text=text))
    db.session.flush()


def _frequency(recipient: Person, kind: Kind) -> Frequency:
    if kind.is_security:
        return Frequency.AT_ONCE
    chosen = queries.preferences(recipient.id).get(kind.topic)
    return chosen or (Frequency.AT_ONCE if kind.urgent else Frequency.WEEKLY)


def _mail(recipient: Person | str, kind: str, subject: str, text: str = "") -> OutboxMail:
    person = None if isinstance(recipient, str) else recipient
    return OutboxMail(
        institution_id=person.institution_id if person else None,
        recipient_id=person.id if person else None,
        address=one_line(person.email if person else str(recipient)),
        kind=kind,
        subject=one_line(subject),
        text=text,
        message_id=f"<{secrets.token_hex(16)}@{urlsplit(address_of('/')).hostname}>",
        notices=[],
    )


def mark_read(notice: Notice) -> None:
    notice.read_at = notice.read_at or now()
    db.session.flush()


def mark_all_read(person: Person) -> None:
    db.session.execute(
        update(Notice).where(Notice.recipient_id == person.id, Notice.read_at.is_(None)).values(read_at=now())
    )


def choose(person: Person, wanted: dict[str, Frequency | None]) -> None:
    """Keep how often *person* wants mail by topic; what already waits for a digest moves along."""
    db.session.execute(delete(Preference).where(Preference.person_id == person.id))
    db.session.add_all(
        Preference(person_id=person.id, topic=topic, frequency=frequency)
        for topic, frequency in wanted.items()
        if frequency is not None
    )
    db.session.flush()

"""Telling people, letting them choose how often, and noting what became of each mail."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import delete, exists, or_, select, update

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.links import address_of
from hub.core.text import one_line
from hub.notifications import queries
from hub.notifications.kinds import Kind, kind_of, kinds_about
from hub.notifications.models import Frequency, Notice, OutboxMail, Preference, Stage
from hub.notifications.workflow import MAIL

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
    by_mail: bool = True,
) -> None:
    """Put a notice on *recipient*'s bell and, as they chose, a mail into the outbox or the next digest.

    *path* is made by ``core.links.path_to``. With *dedupe*, somebody is told only once. Not *by_mail*: they get a
    letter of its own.
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
        digest=frequency if by_mail and frequency in DIGESTS else None,
    )
    if by_mail and frequency == Frequency.AT_ONCE:
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
        is_private=kind_of(kind).is_security,
        subject=one_line(subject),
        text=text,
        message_id=f"<{secrets.token_hex(16)}@{urlsplit(address_of('/')).hostname}>",
        notices=[],
    )


def gather(person_id: int, frequency: Frequency) -> None:
    """Put all that waits for this digest into one mail, apart from what was read meanwhile."""
    waiting = queries.to_gather(person_id, frequency)
    unread = [notice for notice in waiting if notice.read_at is None]
    for notice in waiting:
        notice.digest = None
    if unread:
        first = unread[0]
        subject = first.title if len(unread) == 1 else f"{len(unread)} things from the hub"
        mail = _mail(first.recipient, first.kind, subject)
        mail.notices = unread
        db.session.add(mail)
    db.session.flush()


def let_go_of_old_news() -> None:
    """Mails and digests that nobody was there to send: what they tell is past."""
    skipped = {"stage": Stage.SKIPPED, "stage_since": now(), "version": OutboxMail.version + 1}
    db.session.execute(update(OutboxMail).where(queries.is_old_mail()).values(skipped))
    db.session.execute(update(Notice).where(queries.is_old_for_digest()).values(digest=None))


def forget(paths: Sequence[str]) -> None:
    """Delete every notice that leads to one of *paths* or below it, with the mails that told of nothing else."""
    leads_there = or_(
        *(or_(Notice.path == path, Notice.path.startswith(f"{path}/", autoescape=True)) for path in paths)
    )
    mails = set(db.session.scalars(select(Notice.mail_id).where(leads_there, Notice.mail_id.is_not(None))).all())
    db.session.execute(delete(Notice).where(leads_there))
    others = exists().where(Notice.mail_id == OutboxMail.id)
    db.session.execute(delete(OutboxMail).where(OutboxMail.id.in_(mails), ~others))


def forget_letters(kind: str, recipient_ids: Collection[int], *, until: datetime) -> None:
    """Delete mails of *kind* that told of no notice, to these people, if they left before *until*."""
    told = exists().where(Notice.mail_id == OutboxMail.id)
    db.session.execute(
        delete(OutboxMail).where(
            OutboxMail.kind == kind,
            OutboxMail.recipient_id.in_(recipient_ids),
            OutboxMail.queued_at < until,
            OutboxMail.stage.in_((Stage.SENT, Stage.DEAD, Stage.SKIPPED)),
            ~told,
        )
    )


def try_again(mail: OutboxMail, *, actor: Person) -> None:
    """:raises MoveRefused: if the hub has not given the mail up, or *actor* may not"""
    MAIL.make(mail, "try_again", actor=actor)
    mail.tries, mail.next_try_at = 0, now()
    db.session.flush()


def mark_read(notice: Notice) -> None:
    notice.read_at = notice.read_at or now()
    db.session.flush()


def mark_all_read(person: Person) -> None:
    db.session.execute(
        update(Notice).where(Notice.recipient_id == person.id, Notice.read_at.is_(None)).values(read_at=now())
    )


def choose(person: Person, wanted: dict[str, Frequency | None]) -> None:
    """Keep how often *person* wants mail by topic; nothing chosen means as the kind says.

    What waits for a digest already is waiting for the next one of the new choice.
    """
    db.session.execute(delete(Preference).where(Preference.person_id == person.id))
    for topic, frequency in wanted.items():
        if frequency is not None:
            db.session.add(Preference(person_id=person.id, topic=topic, frequency=frequency))
            _move_digests(person, topic, frequency)
    db.session.flush()


def _move_digests(person: Person, topic: str, frequency: Frequency) -> None:
    """To the digest that was chosen; “at once” gets it tomorrow, “never” not at all."""
    digest = {Frequency.AT_ONCE: Frequency.DAILY, Frequency.NEVER: None}.get(frequency, frequency)
    waiting = (Notice.recipient_id == person.id) & Notice.digest.is_not(None) & Notice.kind.in_(kinds_about(topic))
    db.session.execute(update(Notice).where(waiting).values(digest=digest))

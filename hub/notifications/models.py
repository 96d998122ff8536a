"""What people are told: notices on the bell, mails in the outbox, and how often each person wants to hear."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.workflow import Staged


class Frequency(StrEnum):
    """How often somebody wants mail about one group of things."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Stage(StrEnum):
    """Where a mail is on its way out."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"  # and will be tried again
    DEAD = "dead"  # was tried ten times
    SKIPPED = "skipped"  # nobody wants it any more


class OutboxMail(Staged, Base):
    """One mail, written with the change that it tells of and sent afterwards."""

    __tablename__ = "outbox_mail"
    __table_args__ = (
        CheckConstraint("(stage = 'sent') = (sent_at IS NOT NULL)", name="sent_has_moment"),
        Index("ix_outbox_mail_stage_next_try_at", "stage", "next_try_at"),
        Index("ix_outbox_mail_institution_id_queued_at", "institution_id", "queued_at"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str]
    kind: Mapped[str]
    is_private: Mapped[bool]  # may carry a link that signs somebody in
    subject: Mapped[str]
    text: Mapped[str] = mapped_column(default="")  # of a mail that carries no notices; wiped once it has left
    message_id: Mapped[str] = mapped_column(unique=True)  # the same at every try
    stage: Mapped[Stage] = mapped_column(default=Stage.WAITING)
    queued_at: Mapped[datetime] = mapped_column(default=now)
    next_try_at: Mapped[datetime] = mapped_column(default=now)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(default="")  # what the mail server said last

    recipient: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    notices: Mapped[list["Notice"]] = relationship(back_populates="mail", order_by="Notice.id", lazy="raise_on_sql")


class Notice(Base):
    """One line on somebody's bell."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("recipient_id", "dedupe"),
        CheckConstraint("digest IS NULL OR digest IN ('daily', 'weekly')", name="digest_is_daily_or_weekly"),
        Index("ix_notice_recipient_id_read_at", "recipient_id", "read_at"),
        Index("ix_notice_recipient_id_at", "recipient_id", "at"),
        Index("ix_notice_digest_recipient_id", "digest", "recipient_id"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    title: Mapped[str]
    body: Mapped[str] = mapped_column(default="")
    path: Mapped[str]  # of the page where it is dealt with
    at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    dedupe: Mapped[str | None]  # told once only per recipient
    digest: Mapped[Frequency | None]  # waits for this digest; nothing once it is gathered
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_mail.id"), index=True)

    recipient: Mapped[Person] = relationship(lazy="raise_on_sql")
    mail: Mapped[OutboxMail | None] = relationship(back_populates="notices", lazy="raise_on_sql")


class Preference(Base):
    """How often somebody wants mail about a group; without a row, what the kind says."""

    __tablename__ = "notice_preference"
    __table_args__ = (UniqueConstraint("person_id", "topic"),)

    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    topic: Mapped[str]  # the group's key: see kinds
    frequency: Mapped[Frequency]

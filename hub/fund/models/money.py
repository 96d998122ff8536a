"""The money of a round as entries that are only ever added, and the claim that an award leads to."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.storage import StoredFile

if TYPE_CHECKING:
    from hub.fund.models.applications import Application


class MoneyKind(Named):
    COMMITTED = "committed", "Set aside"
    RELEASED = "released", "Given back"  # to the round
    CLAIMED = "claimed", "Claim approved"
    PAID = "paid", "Paid"


class MoneyEntry(Base):
    """One movement of a round's money: committed less released may never exceed the budget."""

    __tablename__ = "fund_entry"
    __table_args__ = (
        CheckConstraint("pence > 0", name="pence_positive"),
        Index("ix_fund_entry_round_id_kind", "round_id", "kind", "pence"),
    )

    id: Mapped[pk]
    round_id: Mapped[int] = mapped_column(ForeignKey("fund_round.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("fund_application.id"), index=True)
    kind: Mapped[MoneyKind]
    pence: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    application: Mapped["Application"] = relationship(lazy="raise_on_sql")


class Claim(Base):
    """What was really spent, with receipts."""

    __tablename__ = "fund_claim"
    __table_args__ = (
        CheckConstraint("pence > 0", name="pence_positive"),
        CheckConstraint("paid_on IS NULL OR approved_at IS NOT NULL", name="paid_after_approval"),
        CheckConstraint("(approved_at IS NULL) = (approved_by_id IS NULL)", name="approved_by_somebody"),
    )

    id: Mapped[pk]
    application_id: Mapped[int] = mapped_column(ForeignKey("fund_application.id"), unique=True)
    pence: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime] = mapped_column(default=now)
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    paid_on: Mapped[date | None]

    application: Mapped["Application"] = relationship(back_populates="claim", lazy="raise_on_sql")
    receipts: Mapped[list["Receipt"]] = relationship(
        back_populates="claim", order_by="Receipt.id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class Receipt(Base):
    """One file that proves part of a claim."""

    __tablename__ = "fund_receipt"

    id: Mapped[pk]
    claim_id: Mapped[int] = mapped_column(ForeignKey("fund_claim.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))

    claim: Mapped[Claim] = relationship(back_populates="receipts", lazy="raise_on_sql")
    file: Mapped[StoredFile] = relationship(lazy="raise_on_sql")

    @property
    def institution_id(self) -> int:
        return self.claim.application.institution_id

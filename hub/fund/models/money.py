"""The money of a round as entries that are only ever added, and the claims that an award leads to."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.storage import StoredFile
from hub.core.workflow import Staged

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


class ClaimStage(Named):
    SENT = "sent", "Sent"
    RETURNED = "returned", "Came back"
    APPROVED = "approved", "Approved, not paid"
    PAID = "paid", "Paid"
    TAKEN_BACK = "taken_back", "Taken back"

    @property
    def tone(self) -> str:
        return {"sent": "wait", "returned": "need", "approved": "wait", "paid": "good"}.get(self.value, "plain")


class Claim(Staged, Base):
    """What was really spent, or part of it, with receipts; the last one returns what is left to the round."""

    __tablename__ = "fund_claim"
    __table_args__ = (
        CheckConstraint("pence > 0", name="pence_positive"),
        CheckConstraint("(stage = 'paid') = (paid_on IS NOT NULL)", name="paid_on_a_day"),
        CheckConstraint("(stage IN ('approved', 'paid')) = (approved_at IS NOT NULL)", name="approved_at_a_moment"),
        CheckConstraint("(approved_at IS NULL) = (approved_by_id IS NULL)", name="approved_by_somebody"),
        Index("ix_fund_claim_application_id", "application_id"),
        Index(
            "uq_fund_claim_one_open",
            "application_id",
            unique=True,
            sqlite_where=text("stage IN ('sent', 'returned')"),
            postgresql_where=text("stage IN ('sent', 'returned')"),
        ),
        Index(
            "uq_fund_claim_one_last",
            "application_id",
            unique=True,
            sqlite_where=text("is_last AND stage <> 'taken_back'"),
            postgresql_where=text("is_last AND stage <> 'taken_back'"),
        ),
    )

    id: Mapped[pk]
    application_id: Mapped[int] = mapped_column(ForeignKey("fund_application.id"))
    stage: Mapped[ClaimStage] = mapped_column(default=ClaimStage.SENT)
    is_last: Mapped[bool] = mapped_column(default=True)  # nothing more is claimed of this award
    pence: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime] = mapped_column(default=now)
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    returned_because: Mapped[str] = mapped_column(default="")
    paid_on: Mapped[date | None]
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who said so

    application: Mapped["Application"] = relationship(back_populates="claims", lazy="raise_on_sql")
    receipts: Mapped[list["Receipt"]] = relationship(
        back_populates="claim", order_by="Receipt.id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )

    @property
    def institution_id(self) -> int:
        return self.application.institution_id


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

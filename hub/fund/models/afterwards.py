"""What came of it, in the technician's words: the report, and the questions that follow months later."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import london, now, today
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.workflow import Versioned
from hub.directory.models import Level, Skill
from hub.skills.models import Offer

if TYPE_CHECKING:
    from hub.fund.models.applications import Application


class FundReport(Base):
    """What was done, changed, learned and shared. A promise to share is an offer; as a fact it is the promise kept."""

    __tablename__ = "fund_report"
    __table_args__ = (
        CheckConstraint("(learned_id IS NULL) = (learned_level IS NULL)", name="skill_with_level"),
        CheckConstraint("kept_on IS NULL OR offer_id IS NOT NULL", name="kept_what_was_promised"),
    )

    id: Mapped[pk]
    application_id: Mapped[int] = mapped_column(ForeignKey("fund_application.id"), unique=True)
    did: Mapped[str]
    changed: Mapped[str]
    shared_with: Mapped[str]
    quote: Mapped[str] = mapped_column(default="")
    may_publish: Mapped[bool] = mapped_column(default=False)
    permits_words: Mapped[bool] = mapped_column(default=False)  # what changed, too: once only the sentence was asked
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)  # to the scheme's own questions, by their words
    learned_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
    learned_level: Mapped[Level | None]
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("skill_offer.id"), unique=True)  # promised until its day
    kept_on: Mapped[date | None]
    sent_at: Mapped[datetime] = mapped_column(default=now)
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    earlier: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what came back, by the moment at which it was sent

    application: Mapped["Application"] = relationship(back_populates="report", lazy="raise_on_sql")
    learned: Mapped[Skill | None] = relationship(lazy="raise_on_sql")
    offer: Mapped[Offer | None] = relationship(lazy="raise_on_sql")

    @property
    def institution_id(self) -> int:
        return self.application.institution_id

    @property
    def came_back(self) -> list[tuple[datetime, dict[str, Any]]]:
        """Earlier versions, newest first."""
        return [(datetime.fromisoformat(at), words) for at, words in sorted(self.earlier.items(), reverse=True)]

    @property
    def evidence_title(self) -> str:
        return f"Shared as promised: {self.application.title}"

    @property
    def evidence_on(self) -> date:
        return self.kept_on or today()

    @property
    def evidence_people(self) -> list[int]:
        return [self.application.applicant_id]

    @property
    def evidence_quantity(self) -> int:
        return 1

    @property
    def evidence_unit_id(self) -> int | None:
        return self.application.applicant.unit_id


class StillUsed(Named):
    OFTEN = "often", "Yes, every week or so"
    SOMETIMES = "sometimes", "Yes, now and then"
    NO = "no", "No"


class FollowUp(Versioned, Base):
    """The question what is different now, some months after an activity, and its answer."""

    __tablename__ = "fund_follow_up"
    __table_args__ = (
        UniqueConstraint("application_id", "months"),
        CheckConstraint("months IN (3, 12)", name="months_known"),
        CheckConstraint("(answered_at IS NULL) = (still_used IS NULL)", name="answered_whole"),
    )

    id: Mapped[pk]
    application_id: Mapped[int] = mapped_column(ForeignKey("fund_application.id"))
    version: Mapped[int] = mapped_column(default=1)
    months: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(default=now)
    different: Mapped[str] = mapped_column(default="")
    still_used: Mapped[StillUsed | None]
    may_quote: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime | None] = mapped_column(index=True)

    application: Mapped["Application"] = relationship(lazy="raise_on_sql")

    @property
    def institution_id(self) -> int:
        return self.application.institution_id

    @property
    def evidence_title(self) -> str:
        return f"{self.months} months later: {self.application.title}"

    @property
    def evidence_on(self) -> date:
        return london(self.answered_at or now()).date()

    @property
    def evidence_people(self) -> list[int]:
        return [self.application.applicant_id]

    @property
    def evidence_quantity(self) -> int:
        return 1

    @property
    def evidence_unit_id(self) -> int | None:
        return self.application.applicant.unit_id

"""What a panel says: declared conflicts, scores with their reasons, decisions that wait for their release."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.workflow import Versioned
from hub.fund.models.rounds import FundCriterion


class DeclaredConflict(Base):
    """A tie that the hub could not know, declared by the panel member."""

    __tablename__ = "fund_declared_conflict"
    __table_args__ = (UniqueConstraint("application_id", "person_id"),)

    id: Mapped[pk]
    application_id: Mapped[int] = mapped_column(ForeignKey("fund_application.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)


class PanelScore(Base):
    """One member's score on one criterion, with its reason; never the applicant's own."""

    __tablename__ = "fund_score"
    __table_args__ = (
        UniqueConstraint("application_id", "person_id", "criterion_id"),
        ForeignKeyConstraint(
            ["application_id", "applicant_id"], ["fund_application.id", "fund_application.applicant_id"]
        ),
        CheckConstraint("score BETWEEN 1 AND 5", name="score_in_bounds"),
        CheckConstraint("justification <> ''", name="has_justification"),
        CheckConstraint("person_id <> applicant_id", name="not_the_applicant"),
    )

    id: Mapped[pk]
    application_id: Mapped[int]
    applicant_id: Mapped[int]
    criterion_id: Mapped[int] = mapped_column(ForeignKey("fund_criterion.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    score: Mapped[int | None]  # nothing: the criterion does not apply to this one
    justification: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)

    criterion: Mapped[FundCriterion] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class Outcome(StrEnum):
    AWARD = "award"
    RESERVE = "reserve"
    DECLINE = "decline"


class PanelDecision(Versioned, Base):
    """What the panel decided; nobody else sees it before all decisions of the round are released."""

    __tablename__ = "fund_decision"
    __table_args__ = (
        ForeignKeyConstraint(
            ["application_id", "applicant_id"], ["fund_application.id", "fund_application.applicant_id"]
        ),
        CheckConstraint("(outcome = 'award') = (pence IS NOT NULL)", name="award_has_amount"),
        CheckConstraint("pence IS NULL OR pence > 0", name="pence_positive"),
        CheckConstraint("outcome <> 'decline' OR feedback <> ''", name="decline_has_feedback"),
        CheckConstraint("decided_by_id <> applicant_id", name="not_by_the_applicant"),
    )

    id: Mapped[pk]
    application_id: Mapped[int] = mapped_column(unique=True)
    applicant_id: Mapped[int]
    outcome: Mapped[Outcome]
    pence: Mapped[int | None]
    feedback: Mapped[str] = mapped_column(default="")  # to the applicant
    conditions: Mapped[str] = mapped_column(default="")  # under which it is awarded
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(default=now)
    released_at: Mapped[datetime | None]  # when everybody who applied was told

    decided_by: Mapped[Person] = relationship(lazy="raise_on_sql")

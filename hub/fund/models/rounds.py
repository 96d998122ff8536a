"""What money is for and on which rules, when it can be asked for, and who decides."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person
from hub.core.clock import is_open
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.workflow import Staged, Versioned


class SchemeKind(StrEnum):
    DEVELOPMENT = "development"
    REGISTRATION_REFUND = "registration_refund"  # the first fee of a professional register, without a panel


class FundScheme(Versioned, Base):
    """The rules of one kind of money."""

    __tablename__ = "fund_scheme"
    __table_args__ = (
        UniqueConstraint("institution_id", "name"),
        UniqueConstraint("institution_id", "code"),
        CheckConstraint("most_pence > 0", name="most_positive"),
        CheckConstraint("match_percent BETWEEN 0 AND 90", name="match_in_bounds"),
        CheckConstraint("notice_days >= 0 AND report_days >= 0", name="days_not_negative"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    kind: Mapped[SchemeKind] = mapped_column(default=SchemeKind.DEVELOPMENT)
    code: Mapped[str]  # begins every reference: TDF-2026-0143
    name: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    pays: Mapped[str] = mapped_column(default="")  # one eligible cost a line
    cannot_pay: Mapped[str] = mapped_column(default="")  # one excluded cost a line
    most_pence: Mapped[int]
    match_percent: Mapped[int] = mapped_column(default=0)  # the department's least share of the whole cost
    notice_days: Mapped[int] = mapped_column(default=28)
    retrospective: Mapped[bool] = mapped_column(default=False)  # may pay for what has begun
    report_days: Mapped[int] = mapped_column(default=28)  # after the activity's end; 0 asks for no report
    a_year: Mapped[int] = mapped_column(default=0)  # applications that one person may send in a year; 0 for any number
    pays_apart: Mapped[bool] = mapped_column(default=False)  # whoever approves a claim does not mark it as paid
    asks_return: Mapped[bool] = mapped_column(default=False)  # whether an application says what comes back
    eligibility: Mapped[str] = mapped_column(default="")  # one question a line, each to be answered with yes
    report_questions: Mapped[str] = mapped_column(default="")  # one a line, besides those that every report answers

    criteria: Mapped[list["FundCriterion"]] = relationship(
        primaryjoin="and_(FundCriterion.scheme_id == FundScheme.id, FundCriterion.round_id.is_(None))",
        order_by="FundCriterion.place, FundCriterion.id",
        viewonly=True,
        lazy="raise_on_sql",
    )


class RoundStage(Named):
    DRAFT = "draft", "In preparation"
    OPEN = "open", "Open"
    CLOSED = "closed", "With the panel"
    DECIDED = "decided", "Decided, not released"
    RELEASED = "released", "Released"


class Round(Staged, Base):
    """One budget with its dates and its panel."""

    __tablename__ = "fund_round"
    __table_args__ = (
        UniqueConstraint("scheme_id", "name"),
        CheckConstraint("budget_pence >= 0", name="budget_not_negative"),
        CheckConstraint("stage = 'draft' OR budget_pence > 0", name="live_has_budget"),
        CheckConstraint("stage = 'draft' OR closes_at > opens_at", name="live_closes_after_opening"),
        CheckConstraint("(stage = 'released') = (released_at IS NOT NULL)", name="released_has_date"),
        Index("ix_fund_round_institution_id_stage", "institution_id", "stage", "closes_at"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    scheme_id: Mapped[int] = mapped_column(ForeignKey("fund_scheme.id"), index=True)
    name: Mapped[str]
    budget_pence: Mapped[int]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]  # 17:00 in London
    panel_on: Mapped[date]
    decisions_on: Mapped[date]
    stage: Mapped[RoundStage] = mapped_column(default=RoundStage.DRAFT)
    released_at: Mapped[datetime | None]
    is_sealed: Mapped[bool] = mapped_column(default=False)  # nobody reads what was sent before it closes
    is_rolling: Mapped[bool] = mapped_column(default=False)  # the panel decides as applications come, until it closes
    is_blind: Mapped[bool] = mapped_column(default=False)  # the panel reads no name before the release
    is_test: Mapped[bool] = mapped_column(default=False)  # a rehearsal of lead and panel, which counts for nothing

    scheme: Mapped[FundScheme] = relationship(lazy="raise_on_sql")
    panel: Mapped[list["PanelMember"]] = relationship(
        back_populates="round", order_by="PanelMember.id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    criteria: Mapped[list["FundCriterion"]] = relationship(
        order_by="FundCriterion.place, FundCriterion.id", lazy="raise_on_sql"
    )

    @property
    def label(self) -> str:
        """Where it is, in words; a round of refunds has no panel to be with."""
        if self.stage == RoundStage.CLOSED and self.scheme.kind == SchemeKind.REGISTRATION_REFUND:
            return "Closed"
        return self.stage.label

    @property
    def is_judged_now(self) -> bool:
        """Whether its panel may score and decide."""
        return self.stage == RoundStage.CLOSED or (self.is_rolling and self.stage == RoundStage.OPEN)

    @property
    def takes_applications(self) -> bool:
        """Whether one can be sent at this second."""
        return self.stage == RoundStage.OPEN and is_open(self.opens_at, self.closes_at)


class FundCriterion(Base):
    """What a panel scores. A scheme's own until a round opens, which then keeps its copy unchanged."""

    __tablename__ = "fund_criterion"
    __table_args__ = (
        UniqueConstraint("scheme_id", "round_id", "name"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight_in_bounds"),
    )

    id: Mapped[pk]
    scheme_id: Mapped[int] = mapped_column(ForeignKey("fund_scheme.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("fund_round.id"), index=True)
    place: Mapped[int]
    name: Mapped[str]
    question: Mapped[str]
    weight: Mapped[int]  # per cent
    levels: Mapped[str] = mapped_column(default="")  # what each score means, one a line from 1

    scheme: Mapped[FundScheme] = relationship(lazy="raise_on_sql")

    @property
    def institution_id(self) -> int:
        return self.scheme.institution_id


class PanelMember(Base):
    """Somebody who scores and decides in one round."""

    __tablename__ = "fund_panel_member"
    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    id: Mapped[pk]
    round_id: Mapped[int] = mapped_column(ForeignKey("fund_round.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    is_chair: Mapped[bool] = mapped_column(default=False)

    round: Mapped[Round] = relationship(back_populates="panel", lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")

    @property
    def institution_id(self) -> int:
        return self.round.institution_id

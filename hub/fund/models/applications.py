"""One technician's request to one round, its costs, its manager's statement, and the steps it took."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from hub.accounts.models import Person
from hub.core.clock import london, now
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.storage import StoredFile
from hub.core.workflow import Staged, Versioned
from hub.fund.models.afterwards import FundReport
from hub.fund.models.judging import DeclaredConflict, PanelDecision
from hub.fund.models.money import Claim, ClaimStage
from hub.fund.models.rounds import Round
from hub.registration.models import Mentoring

if TYPE_CHECKING:
    from hub.fund.models.studies import CaseStudy


class Stage(StrEnum):
    DRAFT = "draft"
    AWAITING_MANAGER = "awaiting_manager"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    WITH_PANEL = "with_panel"
    AWARDED = "awarded"
    RESERVE = "reserve"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    ACTIVITY_DONE = "activity_done"
    CLAIMED = "claimed"
    PAID = "paid"
    REPORT_DUE = "report_due"
    REPORT_RECEIVED = "report_received"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _SIGNS[self][0]

    @property
    def tone(self) -> str:
        """Which sign it gets: good, wait, need (of its applicant) or plain."""
        return _SIGNS[self][1]


_SIGNS = {
    Stage.DRAFT: ("Draft", "need"),
    Stage.AWAITING_MANAGER: ("With the manager", "wait"),
    Stage.RETURNED: ("Came back", "need"),
    Stage.SUBMITTED: ("Sent", "wait"),
    Stage.WITH_PANEL: ("With the panel", "wait"),
    Stage.AWARDED: ("Awarded", "need"),
    Stage.RESERVE: ("On the reserve list", "wait"),
    Stage.DECLINED: ("Not funded", "plain"),
    Stage.ACCEPTED: ("Accepted", "good"),
    Stage.ACTIVITY_DONE: ("To be claimed", "need"),
    Stage.CLAIMED: ("Claimed", "wait"),
    Stage.PAID: ("Paid", "good"),
    Stage.REPORT_DUE: ("Report due", "need"),
    Stage.REPORT_RECEIVED: ("Report sent", "wait"),
    Stage.CLOSED: ("Finished", "good"),
    Stage.WITHDRAWN: ("Withdrawn", "plain"),
}


FUNDED = (
    Stage.AWARDED,
    Stage.ACCEPTED,
    Stage.ACTIVITY_DONE,
    Stage.CLAIMED,
    Stage.PAID,
    Stage.REPORT_DUE,
    Stage.REPORT_RECEIVED,
    Stage.CLOSED,
)
_FUNDED_SQL = ", ".join(f"'{stage}'" for stage in FUNDED)


class Application(Staged, Base):
    """A request for money; ``journey_id`` says that it refunds the fee of a registration."""

    __tablename__ = "fund_application"
    __table_args__ = (
        UniqueConstraint("id", "applicant_id"),  # so that scores and decisions can prove who did not make them
        UniqueConstraint("institution_id", "reference"),
        UniqueConstraint("journey_id"),
        Index(
            "uq_fund_application_one_in_a_round",
            "round_id",
            "applicant_id",
            unique=True,
            sqlite_where=text("journey_id IS NULL"),
            postgresql_where=text("journey_id IS NULL"),
        ),
        Index("ix_fund_application_institution_id_stage", "institution_id", "stage"),
        CheckConstraint("stage IN ('draft', 'withdrawn') OR reference IS NOT NULL", name="sent_has_reference"),
        CheckConstraint(f"(stage IN ({_FUNDED_SQL})) = (awarded_pence IS NOT NULL)", name="funded_has_amount"),
        CheckConstraint(
            "awarded_pence IS NULL OR (awarded_pence > 0 AND awarded_pence <= asked_pence)", name="award_within_asked"
        ),
        CheckConstraint("match_pence >= 0", name="match_not_negative"),
        CheckConstraint("manager_id IS NULL OR manager_id <> applicant_id", name="manager_is_another"),
        CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("fund_round.id"), index=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, nullable=True)  # none if anonymous
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # asked for the statement
    journey_id: Mapped[int | None]  # of the registration whose fee is refunded
    stage: Mapped[Stage] = mapped_column(default=Stage.DRAFT)
    reference: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    saved_at: Mapped[datetime] = mapped_column(default=now)

    title: Mapped[str] = mapped_column(default="")
    what: Mapped[str] = mapped_column(default="")
    provider: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    why: Mapped[str] = mapped_column(default="")
    helps_role: Mapped[str] = mapped_column(default="")
    helps_team: Mapped[str] = mapped_column(default="")
    helps_university: Mapped[str] = mapped_column(default="")
    themes: Mapped[list[str]] = mapped_column(default=list)
    sharing: Mapped[str] = mapped_column(default="")
    match_pence: Mapped[int] = mapped_column(default=0)  # from the applicant's department
    other_funding: Mapped[str] = mapped_column(default="")
    expected_return: Mapped[str] = mapped_column(default="")
    eligible: Mapped[dict[str, Any]] = mapped_column(default=dict)  # the scheme's questions with yes or no

    asked_pence: Mapped[int | None]  # the sum of the cost lines when it was sent: from then on it stands
    awarded_pence: Mapped[int | None]
    done_on: Mapped[date | None]  # when the activity ended, as its applicant says
    report_due_on: Mapped[date | None] = mapped_column(index=True)
    reserve_place: Mapped[int | None]  # on the reserve list, by the panel's scores, from the release on
    funded_before: Mapped[bool] = mapped_column(default=False)  # by an award that is anonymous now
    anonymised_on: Mapped[date | None]  # its words and people are gone since, its numbers stay

    round: Mapped[Round] = relationship(lazy="raise_on_sql")
    applicant: Mapped[Person] = relationship(foreign_keys=[applicant_id], lazy="raise_on_sql")  # none if anonymous
    manager: Mapped[Person | None] = relationship(foreign_keys=[manager_id], lazy="raise_on_sql")
    cost_lines: Mapped[list["CostLine"]] = relationship(
        back_populates="application", order_by="CostLine.id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    co_applicants: Mapped[list["CoApplicant"]] = relationship(
        back_populates="application", order_by="CoApplicant.id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    statement: Mapped["ManagerStatement | None"] = relationship(lazy="raise_on_sql")
    steps: Mapped[list["ApplicationStep"]] = relationship(order_by="ApplicationStep.id", lazy="raise_on_sql")
    declared: Mapped[list[DeclaredConflict]] = relationship(lazy="raise_on_sql")
    mentorings: Mapped[list[Mentoring]] = relationship(
        primaryjoin=lambda: (
            (Application.applicant_id == foreign(Mentoring.mentor_id))
            | (Application.applicant_id == foreign(Mentoring.mentee_id))
        ),
        viewonly=True,
        lazy="raise_on_sql",
    )
    decision: Mapped[PanelDecision | None] = relationship(
        primaryjoin="PanelDecision.application_id == Application.id",
        foreign_keys="PanelDecision.application_id",
        viewonly=True,
        lazy="raise_on_sql",
    )
    claims: Mapped[list[Claim]] = relationship(back_populates="application", order_by="Claim.id", lazy="raise_on_sql")
    report: Mapped[FundReport | None] = relationship(back_populates="application", lazy="raise_on_sql")
    study: Mapped["CaseStudy | None"] = relationship(back_populates="application", lazy="raise_on_sql")

    @property
    def total_pence(self) -> int:
        """What the cost lines add up to now."""
        return sum(line.pence for line in self.cost_lines)

    @property
    def open_claim(self) -> Claim | None:
        """The one claim that waits for the lead, or came back to the applicant."""
        return next((c for c in self.claims if c.stage in {ClaimStage.SENT, ClaimStage.RETURNED}), None)

    @property
    def spent_pence(self) -> int:
        """What was claimed and approved."""
        return sum(c.pence for c in self.claims if c.approved_at is not None)

    @property
    def claimable_pence(self) -> int:
        """What may still be claimed."""
        return (self.awarded_pence or 0) - self.spent_pence

    @property
    def told_at(self) -> datetime | None:
        """When its applicant heard: of its own decision, or with its round."""
        own = self.decision.released_at if self.decision else None
        return own or self.round.released_at

    @property
    def partners(self) -> list["CoApplicant"]:
        """Who applies together with the applicant."""
        return [c for c in self.co_applicants if c.answer == Answer.ACCEPTED]

    @property
    def evidence_title(self) -> str:
        return f"Development fund: {self.title}"

    @property
    def evidence_on(self) -> date:
        """The day the report was accepted, before that the day of the award."""
        return london(self.stage_since).date()

    @property
    def evidence_people(self) -> list[int]:
        return [self.applicant_id, *(c.person_id for c in self.partners)]

    @property
    def evidence_quantity(self) -> int:
        """Pence awarded; once closed, the one report."""
        return 1 if self.stage == Stage.CLOSED else self.awarded_pence or 0

    @property
    def evidence_unit_id(self) -> int | None:
        return self.applicant.unit_id


class CostKind(Named):
    FEE = "fee", "Course, conference or exam fee"
    TRAVEL = "travel", "Travel"
    STAY = "stay", "Accommodation and meals"
    TEACHER = "teacher", "Somebody who comes to teach"
    MATERIAL = "material", "Material, books or software"
    OTHER = "other", "Something else"


class CostLine(Versioned, Base):
    """One thing the money is for, with the quote that proves its price."""

    __tablename__ = "fund_cost_line"
    __table_args__ = (CheckConstraint("pence > 0", name="pence_positive"),)

    id: Mapped[pk]
    application_id: Mapped[int] = mapped_column(ForeignKey("fund_application.id"), index=True)
    kind: Mapped[CostKind] = mapped_column(default=CostKind.OTHER)
    text: Mapped[str]
    pence: Mapped[int]
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))

    application: Mapped[Application] = relationship(back_populates="cost_lines", lazy="raise_on_sql")
    quote: Mapped[StoredFile | None] = relationship(lazy="raise_on_sql")

    @property
    def institution_id(self) -> int:
        return self.application.institution_id


class ManagerStatement(Base):
    """What the line manager says, and whether the time is released."""

    __tablename__ = "fund_statement"

    id: Mapped[pk]
    application_id: Mapped[int] = mapped_column(ForeignKey("fund_application.id"), unique=True)
    manager_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    releases_time: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(default=now)


class Answer(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class CoApplicant(Base):
    """Somebody who was asked to apply together with the applicant: they write it too, once they have accepted."""

    __tablename__ = "fund_co_applicant"
    __table_args__ = (
        UniqueConstraint("application_id", "person_id"),
        CheckConstraint("(answer = 'asked') = (answered_at IS NULL)", name="answered_at_a_moment"),
    )

    id: Mapped[pk]
    application_id: Mapped[int] = mapped_column(ForeignKey("fund_application.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    answer: Mapped[Answer] = mapped_column(default=Answer.ASKED)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship(back_populates="co_applicants", lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    mentorings: Mapped[list[Mentoring]] = relationship(
        primaryjoin=lambda: (
            (CoApplicant.person_id == foreign(Mentoring.mentor_id))
            | (CoApplicant.person_id == foreign(Mentoring.mentee_id))
        ),
        viewonly=True,
        lazy="raise_on_sql",
    )

    @property
    def institution_id(self) -> int:
        return self.application.institution_id


class StatementLink(Base):
    """A mailed link by which a manager makes the statement once, without an account; only its hash is kept."""

    __tablename__ = "fund_statement_link"

    id: Mapped[pk]
    application_id: Mapped[int] = mapped_column(ForeignKey("fund_application.id"), index=True)
    manager_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    ends_at: Mapped[datetime]

    application: Mapped[Application] = relationship(lazy="raise_on_sql")
    manager: Mapped[Person] = relationship(lazy="raise_on_sql")


class ApplicationStep(Base):
    """When an application came to a stage, by whom, and what they said to its applicant."""

    __tablename__ = "fund_step"

    id: Mapped[pk]
    application_id: Mapped[int] = mapped_column(ForeignKey("fund_application.id"), index=True)
    stage: Mapped[Stage]
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(default="")

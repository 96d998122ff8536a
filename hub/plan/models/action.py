"""One action of a plan: what is promised, by whom, until when, and how far it is."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.core.workflow import Versioned
from hub.plan.models.plan import Plan

if TYPE_CHECKING:
    from hub.plan.models.evidence import Rule
    from hub.plan.models.indicator import Indicator


class Action(Versioned, Base):
    """A row of the plan, with the columns that the sector's plans have between them."""

    __tablename__ = "plan_action"
    __table_args__ = (
        UniqueConstraint("plan_id", "ref"),
        CheckConstraint("due_on IS NULL OR starts_on IS NULL OR due_on >= starts_on", name="due_after_start"),
        CheckConstraint("accepted >= 0", name="accepted_not_negative"),
    )

    id: Mapped[pk]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    ref: Mapped[str]  # V1, R2 …: for leads and documents, never shown to technicians
    position: Mapped[int]
    objective: Mapped[str]
    details: Mapped[str] = mapped_column(default="")
    delivery: Mapped[str] = mapped_column(default="")  # what will be there when it is done
    impact: Mapped[str] = mapped_column(default="")  # how impact will be evidenced
    owner_role: Mapped[str] = mapped_column(default="")  # the public plan names roles only
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    working_group: Mapped[str] = mapped_column(default="")
    resource: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None] = mapped_column(index=True)
    rag: Mapped[Rag] = mapped_column(default=Rag.RED)
    rag_explanation: Mapped[str] = mapped_column(default="")
    accepted: Mapped[int] = mapped_column(default=0)  # pieces of evidence, counted as they are decided

    plan: Mapped[Plan] = relationship(back_populates="actions", lazy="raise_on_sql")
    owner: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    theme_rows: Mapped[list["ActionTheme"]] = relationship(
        order_by="ActionTheme.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    milestones: Mapped[list["Milestone"]] = relationship(
        back_populates="action",
        order_by="Milestone.due_on, Milestone.id",
        cascade="all, delete-orphan",
        lazy="raise_on_sql",
    )
    indicators: Mapped[list["Indicator"]] = relationship(
        back_populates="action", order_by="Indicator.id", lazy="raise_on_sql"
    )
    rules: Mapped[list["Rule"]] = relationship(back_populates="action", order_by="Rule.id", lazy="raise_on_sql")

    @property
    def themes(self) -> list[Theme]:
        return [row.theme for row in self.theme_rows]


class ActionTheme(Base):
    """An action may serve several themes; the first is where it is listed."""

    __tablename__ = "plan_action_theme"

    action_id: Mapped[int] = mapped_column(ForeignKey("plan_action.id"), primary_key=True)
    theme: Mapped[Theme] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class Milestone(Versioned, Base):
    """One dated promise of an action."""

    __tablename__ = "plan_milestone"

    id: Mapped[pk]
    action_id: Mapped[int] = mapped_column(ForeignKey("plan_action.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    text: Mapped[str]
    due_on: Mapped[date | None]
    met_on: Mapped[date | None]

    action: Mapped[Action] = relationship(back_populates="milestones", lazy="raise_on_sql")


class Outlook(Named):
    """How whoever sees to an action thinks that it goes: their word, beside what the hub works out."""

    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    OFF_TRACK = "off_track", "Off track"


class ProgressNote(Versioned, Base):
    """How an action goes, said by its owner or the lead about once a month; only the lead's answer is added later."""

    __tablename__ = "plan_progress_note"
    __table_args__ = (
        CheckConstraint("(acknowledged_at IS NULL) = (acknowledged_by_id IS NULL)", name="acknowledged_by_somebody"),
        CheckConstraint("wants_decision IS FALSE OR needed <> ''", name="decision_is_named"),
        Index("ix_plan_progress_note_action_id_written_at", "action_id", "written_at"),
    )

    id: Mapped[pk]
    action_id: Mapped[int] = mapped_column(ForeignKey("plan_action.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    outlook: Mapped[Outlook | None]
    needed: Mapped[str] = mapped_column(default="")
    wants_decision: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime] = mapped_column(default=now)
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    acknowledged_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")

    action: Mapped[Action] = relationship(lazy="raise_on_sql")
    author: Mapped[Person | None] = relationship(foreign_keys=author_id, lazy="raise_on_sql")

    @property
    def institution_id(self) -> int:
        return self.action.institution_id


class RagDecision(Base):
    """Who set an action's RAG, against what the hub proposed, and why."""

    __tablename__ = "plan_rag_decision"
    __table_args__ = (CheckConstraint("rag <> 'red' OR explanation <> ''", name="red_is_explained"),)

    id: Mapped[pk]
    action_id: Mapped[int] = mapped_column(ForeignKey("plan_action.id"), index=True)
    rag: Mapped[Rag]
    proposed: Mapped[Rag]
    reasons: Mapped[list[str]]  # as they stood when it was decided
    explanation: Mapped[str]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(default=now)

    decided_by: Mapped[Person] = relationship(lazy="raise_on_sql")

    @property
    def is_override(self) -> bool:
        return self.rag != self.proposed

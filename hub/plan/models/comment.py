"""What people say about the wording of an action while the plan is open to consultation, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.workflow import Versioned
from hub.plan.models.action import Action


class Verdict(StrEnum):
    """What a comment led to."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"


class PlanComment(Versioned, Base):
    """One voice on the wording of an action: its writer changes it until it is answered."""

    __tablename__ = "plan_comment"
    __table_args__ = (
        CheckConstraint("(verdict IS NULL) = (answered_at IS NULL)", name="answered_at_a_moment"),
        CheckConstraint("(verdict IS NULL) = (answered_by_id IS NULL)", name="answered_by_somebody"),
        CheckConstraint("verdict IS NULL OR answer <> ''", name="answered_in_words"),
        Index("ix_plan_comment_institution_id_verdict", "institution_id", "verdict"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    action_id: Mapped[int] = mapped_column(ForeignKey("plan_action.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unnamed: Mapped[bool] = mapped_column(default=False)  # then no page and no file says who wrote it
    text: Mapped[str]
    wording: Mapped[dict[str, Any]]  # what the action said when it was written
    written_at: Mapped[datetime] = mapped_column(default=now)
    verdict: Mapped[Verdict | None]
    answer: Mapped[str] = mapped_column(default="")
    became: Mapped[dict[str, Any] | None]  # what the action said when it was answered
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]

    action: Mapped[Action] = relationship(lazy="raise_on_sql")
    author: Mapped[Person] = relationship(foreign_keys=author_id, lazy="raise_on_sql")

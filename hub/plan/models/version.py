"""The plan as it stood at a moment, kept whole; and why it was changed after it was published."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.db import Base, pk
from hub.plan.models.plan import Plan


class Occasion(StrEnum):
    """Why a version was kept."""

    APPROVED = "approved"
    PUBLISHED = "published"
    SAVED = "saved"  # by the lead, who says what for


class PlanVersion(Base):
    """Every word of a plan at a moment; never rewritten, and *sha256* proves it."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]  # 1, 2, 3 within its plan
    occasion: Mapped[Occasion]
    note: Mapped[str] = mapped_column(default="")
    content: Mapped[dict[str, Any]]  # as hub.plan.snapshots.snapshot gives it
    sha256: Mapped[str]
    kept_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kept_at: Mapped[datetime] = mapped_column(default=now)

    plan: Mapped[Plan] = relationship(lazy="raise_on_sql")


class Amendment(Base):
    """Why an action was changed, or added, after its plan was published; never rewritten."""

    __tablename__ = "plan_amendment"
    __table_args__ = (CheckConstraint("reason <> ''", name="has_reason"),)

    id: Mapped[pk]
    action_id: Mapped[int] = mapped_column(ForeignKey("plan_action.id"), index=True)
    reason: Mapped[str]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)

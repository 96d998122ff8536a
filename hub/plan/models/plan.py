"""An institution's plan over 24 or 36 months, and a file on its way to becoming one."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.workflow import Staged, Versioned

if TYPE_CHECKING:
    from hub.plan.models.action import Action


class Stage(StrEnum):
    DRAFT = "draft"
    CONSULTATION = "consultation"
    APPROVED = "approved"
    PUBLISHED = "published"
    CLOSED = "closed"


class Plan(Staged, Base):
    """What the institution promises its technicians, for 24 or 36 months."""

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="ends_after_start"),
        Index("ix_plan_institution_id_stage", "institution_id", "stage"),
        Index(
            "uq_plan_published",
            "institution_id",
            unique=True,
            sqlite_where=text("stage = 'published'"),
            postgresql_where=text("stage = 'published'"),
        ),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    stage: Mapped[Stage] = mapped_column(default=Stage.DRAFT)
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    published_at: Mapped[datetime | None]

    actions: Mapped[list["Action"]] = relationship(
        back_populates="plan", order_by="Action.position", lazy="raise_on_sql"
    )


class PlanImport(Versioned, Base):
    """A file read and shown, not yet stored as a plan: corrected here until its owner says so."""

    __tablename__ = "plan_import"

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    file_name: Mapped[str]
    preview: Mapped[dict[str, Any]]  # as hub.plan.importing.as_json gives it, with corrections
    read_at: Mapped[datetime] = mapped_column(default=now)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))  # once stored

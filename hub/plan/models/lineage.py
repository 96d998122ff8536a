"""What became of the actions of one plan in the next."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.db import Base, pk
from hub.core.workflow import Versioned
from hub.plan.models.action import Action
from hub.plan.models.plan import Plan


class Course(StrEnum):
    """The words of the sector: an action goes on, goes on in another shape, or ends. What has no past is new."""

    CONTINUED = "continued"
    RELATED = "related"
    STOPPED = "stopped"


class Trajectory(Versioned, Base):
    """What becomes of one action of the plan before *plan*: into which of its actions it goes, or why it ends.

    One that is split has several successors; several that are merged have the same one.
    """

    __tablename__ = "plan_trajectory"
    __table_args__ = (
        UniqueConstraint("plan_id", "action_id"),
        CheckConstraint("course IS NULL OR course <> 'stopped' OR reason <> ''", name="stopped_has_reason"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    action_id: Mapped[int] = mapped_column(ForeignKey("plan_action.id"), index=True)
    course: Mapped[Course | None]  # none: not decided yet
    reason: Mapped[str] = mapped_column(default="")

    plan: Mapped[Plan] = relationship(lazy="raise_on_sql")
    action: Mapped[Action] = relationship(lazy="raise_on_sql")
    successors: Mapped[list["Successor"]] = relationship(
        order_by="Successor.action_id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class Successor(Base):
    """An action into which an earlier one went, whole or in part."""

    __tablename__ = "plan_successor"

    trajectory_id: Mapped[int] = mapped_column(ForeignKey("plan_trajectory.id"), primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("plan_action.id"), primary_key=True, index=True)

    action: Mapped[Action] = relationship(lazy="raise_on_sql")

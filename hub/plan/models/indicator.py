"""What an action is measured by: counted by the hub where it can be, typed where it cannot."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.workflow import Versioned
from hub.plan.models.action import Action


class Indicator(Versioned, Base):
    """A number that shows whether the action works."""

    __tablename__ = "plan_indicator"

    id: Mapped[pk]
    action_id: Mapped[int] = mapped_column(ForeignKey("plan_action.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    text: Mapped[str]  # “Number of staff registered”
    measure: Mapped[str | None]  # a key of hub.plan.measures.MEASURES, or none: then readings are typed
    baseline: Mapped[int | None]
    baseline_on: Mapped[date | None]

    action: Mapped[Action] = relationship(back_populates="indicators", lazy="raise_on_sql")
    targets: Mapped[list["Target"]] = relationship(
        order_by="Target.due_on, Target.id",
        cascade="all, delete-orphan",
        back_populates="indicator",
        lazy="raise_on_sql",
    )
    readings: Mapped[list["Reading"]] = relationship(
        order_by="Reading.on, Reading.id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class Target(Base):
    """What the indicator should reach by a day."""

    __tablename__ = "plan_target"
    __table_args__ = (CheckConstraint("value >= 0", name="value_not_negative"),)

    id: Mapped[pk]
    indicator_id: Mapped[int] = mapped_column(ForeignKey("plan_indicator.id"), index=True)
    value: Mapped[int]
    due_on: Mapped[date | None]

    indicator: Mapped[Indicator] = relationship(back_populates="targets", lazy="raise_on_sql")


class Reading(Base):
    """What the indicator was on a day: frozen, so that a printed number can be found again."""

    __tablename__ = "plan_reading"
    __table_args__ = (UniqueConstraint("indicator_id", "on"),)

    id: Mapped[pk]
    indicator_id: Mapped[int] = mapped_column(ForeignKey("plan_indicator.id"), index=True)
    on: Mapped[date]
    value: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(default=now)

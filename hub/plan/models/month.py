"""What the lead puts to the steering group in the report of a month."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.workflow import Versioned
from hub.plan.models.plan import Plan


class DecisionWanted(Versioned, Base):
    """One thing to decide; what owners want decided stands in their check-ins."""

    __tablename__ = "plan_decision_wanted"
    __table_args__ = (
        CheckConstraint("text <> ''", name="is_named"),
        Index("ix_plan_decision_wanted_plan_id_month", "plan_id", "month"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    month: Mapped[date]  # its first day
    text: Mapped[str]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)

    plan: Mapped[Plan] = relationship(lazy="raise_on_sql")

"""Which points of charters an action serves."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.charters.models import Point
from hub.core.db import Base
from hub.plan.models.action import Action


class ActionPoint(Base):
    """An action serves a point: what is accepted on the one stands on the other."""

    __tablename__ = "plan_action_point"

    action_id: Mapped[int] = mapped_column(ForeignKey("plan_action.id"), primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("charter_point.id"), primary_key=True, index=True)

    action: Mapped[Action] = relationship(lazy="raise_on_sql")
    point: Mapped[Point] = relationship(lazy="raise_on_sql")

    @property
    def institution_id(self) -> int:
        return self.action.institution_id

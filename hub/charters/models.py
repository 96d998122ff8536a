"""A charter with its points, and evidence that a lead has placed on a point without an action between."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.workflow import Versioned
from hub.evidence.models import Entry


class Charter(Versioned, Base):
    """A list of things that an institution answers for: its own copy, to be worded as it needs."""

    __tablename__ = "charter"
    __table_args__ = (UniqueConstraint("institution_id", "name"), UniqueConstraint("institution_id", "standard"))

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    standard: Mapped[str | None]  # its key in standard.toml; none if the institution made it
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    retired_on: Mapped[date | None]

    points: Mapped[list["Point"]] = relationship(
        back_populates="charter",
        order_by="Point.position, Point.id",
        cascade="all, delete-orphan",
        lazy="raise_on_sql",
    )


class Point(Versioned, Base):
    """One row of a charter: a short topic, and the official wording where somebody has pasted it."""

    __tablename__ = "charter_point"
    __table_args__ = (UniqueConstraint("charter_id", "number"),)

    id: Mapped[pk]
    charter_id: Mapped[int] = mapped_column(ForeignKey("charter.id"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    number: Mapped[str]  # as the charter counts: 4, 4.2, b
    topic: Mapped[str]
    wording: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    retired_on: Mapped[date | None]

    charter: Mapped[Charter] = relationship(back_populates="points", lazy="raise_on_sql")

    @property
    def title(self) -> str:
        return f"{self.number}. {self.topic}"


class PointEntry(Base):
    """Evidence for a point itself, whatever actions it is accepted on."""

    __tablename__ = "charter_point_entry"

    point_id: Mapped[int] = mapped_column(ForeignKey("charter_point.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("evidence_entry.id"), primary_key=True, index=True)
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    placed_at: Mapped[datetime] = mapped_column(default=now)

    point: Mapped[Point] = relationship(lazy="raise_on_sql")
    entry: Mapped[Entry] = relationship(lazy="raise_on_sql")
    placed_by: Mapped[Person] = relationship(lazy="raise_on_sql")

    @property
    def institution_id(self) -> int:
        return self.point.institution_id

"""The ledger's rows, and the running totals kept beside them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, case, or_, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person, Unit
from hub.core.clock import now, today
from hub.core.db import Base, pk
from hub.core.themes import Theme

NO_LONGER_SHOWN = "Evidence that is no longer used"
COUNTS_NO_MORE: dict[str, Any] = dict.fromkeys(("sqlite_where", "postgresql_where"), text("withdrawn_at IS NOT NULL"))


class Entry(Base):
    """One dated, countable fact. Never edited while it stands: corrected by a second entry, or marked as withdrawn.

    The entries of a fact are numbered by *revision*; at most the last of them counts.
    """

    __tablename__ = "evidence_entry"
    __table_args__ = (
        UniqueConstraint("kind", "source_id", "revision"),
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        CheckConstraint("(revision > 0) = (reason <> '')", name="corrected_for_a_reason"),
        CheckConstraint("corrected_at IS NULL OR withdrawn_at IS NOT NULL", name="corrected_counts_no_more"),
        Index("ix_evidence_entry_institution_id_happened_on_id", "institution_id", "happened_on", "id"),
        Index("ix_evidence_entry_institution_id_kind_happened_on", "institution_id", "kind", "happened_on"),
        Index("ix_evidence_entry_counts_no_more", "institution_id", "happened_on", "id", **COUNTS_NO_MORE),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    kind: Mapped[str]  # a key of hub.evidence.kinds.KINDS
    source_id: Mapped[int]  # id in the feature's own table: no foreign key, on purpose
    revision: Mapped[int] = mapped_column(default=0)  # above 0 it corrects the one before
    theme: Mapped[Theme] = mapped_column(index=True)
    words: Mapped[str] = mapped_column("title")  # a sentence fit for a steering group: shown as ``title``
    shown_until: Mapped[date | None]  # the last day on which its words may be shown, if there is one
    quantity: Mapped[int]  # in the kind's unit
    people: Mapped[int]  # how many it counts for
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    happened_on: Mapped[date]  # what it shows, apart from
    recorded_at: Mapped[datetime] = mapped_column(default=now)  # when the hub learned of it
    reason: Mapped[str] = mapped_column(default="")  # why the one before was wrong
    recorded_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id")
    )  # who corrected; facts come by themselves
    corrected_at: Mapped[datetime | None]  # when the next revision took its place
    anonymised_on: Mapped[date | None]  # its words and its people are gone since, as its source let go of them
    withdrawn_at: Mapped[datetime | None]  # when it stopped counting: taken back by its source, or corrected

    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    recorded_by: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    whom: Mapped[list[Person]] = relationship(  # it counts for
        secondary="evidence_entry_person", order_by=(Person.name, Person.id), viewonly=True, lazy="raise_on_sql"
    )

    @hybrid_property
    def title(self) -> str:
        """Its words, as long as they may be shown."""
        return self.words if self.shown_until is None or self.shown_until >= today() else NO_LONGER_SHOWN

    @title.inplace.setter
    def _set_title(self, words: str) -> None:
        self.words = words

    @title.inplace.expression
    @classmethod
    def _title_in_sql(cls) -> ColumnElement[str]:
        may_be_shown = or_(cls.shown_until.is_(None), cls.shown_until >= today())
        return case((may_be_shown, cls.words), else_=NO_LONGER_SHOWN)

    @property
    def counts(self) -> bool:
        return self.withdrawn_at is None

    @property
    def standing(self) -> str:
        """Whether it counts, in a word."""
        if self.counts:
            return "Counts"
        return "Corrected" if self.corrected_at else "Withdrawn"


class EntryPerson(Base):
    """Whom an entry counts for: so that people are counted once, however often they took part."""

    __tablename__ = "evidence_entry_person"

    entry_id: Mapped[int] = mapped_column(ForeignKey("evidence_entry.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class Total(Base):
    """Entries of a kind in a month, counted as they are written: equals the GROUP BY, at any size."""

    __tablename__ = "evidence_total"
    __table_args__ = (UniqueConstraint("institution_id", "kind", "theme", "month"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    kind: Mapped[str]
    theme: Mapped[Theme]
    month: Mapped[date]  # its first day
    n: Mapped[int]
    quantity: Mapped[int]


class Reached(Base):
    """Somebody whom at least one entry of a kind counts for: distinct people, counted as they come."""

    __tablename__ = "evidence_reached"

    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class Reach(Base):
    """How many people the entries of a kind count for, each once: equals the rows of ``Reached``."""

    __tablename__ = "evidence_reach"

    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    people: Mapped[int]

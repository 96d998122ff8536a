"""The ledger's rows, the running totals kept beside them, and what people add by hand."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person, Unit
from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.storage import StoredFile
from hub.core.themes import Theme


class Entry(Base):
    """One dated, countable fact. Never edited while it stands: corrected by a second entry, or marked as withdrawn."""

    __tablename__ = "evidence_entry"
    __table_args__ = (
        UniqueConstraint("kind", "source_id"),
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        Index("ix_evidence_entry_institution_id_happened_on_id", "institution_id", "happened_on", "id"),
        Index("ix_evidence_entry_institution_id_kind_happened_on", "institution_id", "kind", "happened_on"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    kind: Mapped[str]  # a key of hub.evidence.kinds.KINDS
    source_id: Mapped[int]  # id in the feature's own table: no foreign key, on purpose
    theme: Mapped[Theme] = mapped_column(index=True)
    title: Mapped[str]  # a sentence fit for a steering group
    quantity: Mapped[int]  # in the kind's unit
    people: Mapped[int]  # how many it counts for
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    happened_on: Mapped[date]  # what it shows, apart from
    recorded_at: Mapped[datetime] = mapped_column(default=now)  # when the hub learned of it
    withdrawn_at: Mapped[datetime | None]  # when its source took it back: it stays, and counts no more

    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")

    @property
    def as_listed(self) -> str:
        return f"{self.title} (withdrawn)" if self.withdrawn_at else self.title


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


class Scope(StrEnum):
    """How far an item may travel: what the people in it agreed to."""

    HUB = "hub"
    STEERING_GROUP = "steering_group"
    SUBMISSION = "submission"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        return {
            "hub": "Inside the hub",
            "steering_group": "Steering group",
            "submission": "Submission",
            "public": "Public page",
        }[self]


class Item(Base):
    """Evidence that somebody brought: a link, a document, a testimonial, a figure."""

    __tablename__ = "evidence_item"
    __table_args__ = (CheckConstraint("link IS NOT NULL OR file_id IS NOT NULL OR text <> ''", name="says_something"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    title: Mapped[str]
    theme: Mapped[Theme]
    text: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")  # who says so, with their permission
    link: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    happened_on: Mapped[date]
    people: Mapped[int] = mapped_column(default=0)
    scope: Mapped[Scope] = mapped_column(default=Scope.STEERING_GROUP)
    use_until: Mapped[date | None]

    added_by: Mapped[Person] = relationship(lazy="raise_on_sql")
    file: Mapped[StoredFile | None] = relationship(lazy="raise_on_sql")

    # what evidence.services.record reads of everything that becomes an entry
    @property
    def evidence_title(self) -> str:
        return self.title

    @property
    def evidence_on(self) -> date:
        return self.happened_on

    @property
    def evidence_people(self) -> list[int]:
        return []

    @property
    def evidence_quantity(self) -> int:
        return 1

    @property
    def evidence_unit_id(self) -> int | None:
        return None

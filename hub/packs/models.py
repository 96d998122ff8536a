"""A pack of evidence as it was frozen, and its numbered pieces."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.workflow import Staged
from hub.evidence.models import Entry, ItemVersion
from hub.plan.models import Plan


class Stage(Named):
    IN_USE = "in_use", "In use"
    SUPERSEDED = "superseded", "Superseded"
    RETIRED = "retired", "Retired"


class Audience(Named):
    """Whom a pack is for: nothing goes into it that may not travel so far."""

    INTERNAL = "internal", "Our steering group and leadership"
    PANEL = "panel", "Those who read our submission"
    PUBLIC = "public", "Anybody"


class Why(Named):
    """Why a piece is in no pack, or no longer in one."""

    WITHDRAWN = "withdrawn", "Taken back where it came from"
    OUT_OF_USE = "out_of_use", "Its permission was withdrawn, or it was taken out of use"
    EXPIRED = "expired", "Its permission has run out"
    NOT_ASKED = "not_asked", "Nobody has agreed to its use as it is now"
    NOT_SO_FAR = "not_so_far", "It may not travel as far as this audience"
    OTHER_WORDS = "other_words", "Other words were agreed to since"


class Pack(Staged, Base):
    """What was chosen for an audience, frozen: its numbers and words never change, and *sha256* proves it."""

    __tablename__ = "pack"
    __table_args__ = (Index("ix_pack_institution_id_frozen_at", "institution_id", "frozen_at"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    name: Mapped[str]
    audience: Mapped[Audience]
    stage: Mapped[Stage] = mapped_column(default=Stage.IN_USE)
    choice: Mapped[dict[str, Any]]  # as hub.packs.choosing.Choice keeps it
    sections: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # each “over”, “heading” and the “numbers” under it
    sha256: Mapped[str]  # of all that and of every piece: see seal
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    frozen_at: Mapped[datetime] = mapped_column(default=now)
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("pack.id"), unique=True)  # in whose place it came

    plan: Mapped[Plan] = relationship(lazy="raise_on_sql")
    made_by: Mapped[Person] = relationship(lazy="raise_on_sql")
    predecessor: Mapped["Pack | None"] = relationship(
        remote_side="Pack.id", back_populates="successor", lazy="raise_on_sql"
    )
    successor: Mapped["Pack | None"] = relationship(back_populates="predecessor", lazy="raise_on_sql")
    pieces: Mapped[list["PackPiece"]] = relationship(back_populates="pack", order_by="PackPiece.n", lazy="raise_on_sql")


class PackPiece(Base):
    """One numbered piece in the words that it had; *stopped_at*: from then on it is sent to nobody."""

    __tablename__ = "pack_piece"
    __table_args__ = (
        UniqueConstraint("pack_id", "n"),
        CheckConstraint("(stopped_at IS NULL) = (why IS NULL)", name="stopped_for_a_reason"),
    )

    id: Mapped[pk]
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"))
    n: Mapped[int]
    entry_id: Mapped[int] = mapped_column(ForeignKey("evidence_entry.id"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_item_version.id"))  # if brought by hand
    happened_on: Mapped[date]
    people: Mapped[int]
    title: Mapped[str]
    claim: Mapped[str] = mapped_column(default="")  # with its figures
    words: Mapped[str] = mapped_column(default="")  # those agreed to, if somebody was asked
    source: Mapped[str] = mapped_column(default="")  # whose words they are
    unit: Mapped[str] = mapped_column(default="")
    proof: Mapped[str] = mapped_column(default="")  # an address
    sha256: Mapped[str]  # of its words, and of the version with its file
    anonymised_on: Mapped[date | None]  # its words are gone since; the mark is that of what was frozen
    stopped_at: Mapped[datetime | None]
    why: Mapped[Why | None]

    pack: Mapped[Pack] = relationship(back_populates="pieces", lazy="raise_on_sql")
    entry: Mapped[Entry] = relationship(lazy="raise_on_sql")
    version: Mapped[ItemVersion | None] = relationship(lazy="raise_on_sql")

    @property
    def institution_id(self) -> int:
        return self.pack.institution_id

    @property
    def fact(self) -> tuple[str, int]:
        """What stays the same when its entry is corrected."""
        return self.entry.kind, self.entry.source_id

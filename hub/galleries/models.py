"""Galleries of technicians, who is in each and with which words, and what of them was printed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Institution, Person
from hub.core.clock import london, now
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.themes import Theme
from hub.core.workflow import Staged


class Stage(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Answer(Named):
    """Whether somebody is in a gallery: what they said to it."""

    ASKED = "asked", "Has not answered yet"
    SHOWN = "shown", "Shown"
    DECLINED = "declined", "Would rather not"
    LEFT = "left", "Stepped out"  # stepped out, or took back that they may be public


class Paper(Named):
    CARDS = "cards", "A5 cards"
    POSTER = "poster", "A3 poster"


class Gallery(Staged, Base):
    """A page of chosen technicians for everybody, such as those of a building."""

    __tablename__ = "gallery"
    __table_args__ = (
        CheckConstraint("(stage = 'draft') = (published_at IS NULL)", name="published_has_moment"),
        CheckConstraint("position BETWEEN 1 AND 99", name="position_in_range"),
        Index("ix_gallery_institution_id_stage", "institution_id", "stage"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    slug: Mapped[str] = mapped_column(unique=True)  # its public address
    title: Mapped[str]
    introduction: Mapped[str] = mapped_column(default="")
    building: Mapped[str] = mapped_column(default="")
    theme: Mapped[Theme | None]
    position: Mapped[int] = mapped_column(default=1)  # among the galleries of the public page
    stage: Mapped[Stage] = mapped_column(default=Stage.DRAFT)
    published_at: Mapped[datetime | None]
    made_at: Mapped[datetime] = mapped_column(default=now)

    institution: Mapped[Institution] = relationship(lazy="raise_on_sql")
    portraits: Mapped[list["Portrait"]] = relationship(
        back_populates="gallery", order_by="Portrait.position, Portrait.id", lazy="raise_on_sql"
    )

    @property
    def shown(self) -> list["Portrait"]:
        return [portrait for portrait in self.portraits if portrait.is_shown]

    @property
    def about(self) -> str:
        """What it gathers people by: a building, a theme, both or neither."""
        return ", ".join(text for text in (self.building, self.theme.label if self.theme else "") if text)

    # what evidence.services.record reads of everything that becomes an entry
    @property
    def evidence_title(self) -> str:
        return f"Gallery published: {self.title}"

    @property
    def evidence_on(self) -> date:
        return london(self.published_at or now()).date()

    @property
    def evidence_people(self) -> list[int]:
        return [portrait.person_id for portrait in self.shown]

    @property
    def evidence_quantity(self) -> int:
        return len(self.shown)

    @property
    def evidence_unit_id(self) -> int | None:
        return None


class Portrait(Staged, Base):
    """Somebody's place in a gallery: asked, shown or not, with words that they have agreed to."""

    __tablename__ = "gallery_portrait"
    __table_args__ = (UniqueConstraint("gallery_id", "person_id"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    gallery_id: Mapped[int] = mapped_column(ForeignKey("gallery.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position: Mapped[int]
    stage: Mapped[Answer] = mapped_column(default=Answer.ASKED)
    does: Mapped[str] = mapped_column(default="")  # what they do, in a line
    quote: Mapped[str] = mapped_column(default="")
    approved: Mapped[bool] = mapped_column(default=True)  # its person wrote the words or agreed to them

    gallery: Mapped[Gallery] = relationship(back_populates="portraits", lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")

    @property
    def is_shown(self) -> bool:
        return self.stage == Answer.SHOWN

    @property
    def has_words(self) -> bool:
        return bool(self.does or self.quote)


class Printing(Base):
    """That somebody took a gallery away to print it."""

    __tablename__ = "gallery_printing"

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    gallery_id: Mapped[int] = mapped_column(ForeignKey("gallery.id"), index=True)
    printed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    paper: Mapped[Paper]
    printed_at: Mapped[datetime] = mapped_column(default=now)

    gallery: Mapped[Gallery] = relationship(lazy="raise_on_sql")
    printed_by: Mapped[Person] = relationship(lazy="raise_on_sql")
    cards: Mapped[list["PrintedCard"]] = relationship(
        back_populates="printing", order_by="PrintedCard.id", lazy="raise_on_sql"
    )

    @property
    def to_take_down(self) -> list["PrintedCard"]:
        return [card for card in self.cards if card.waits]

    @property
    def down_by(self) -> datetime | None:
        """By when the first of them must be down."""
        return min((card.down_by for card in self.to_take_down if card.down_by), default=None)


class PrintedCard(Base):
    """Somebody on a printed paper. Once they are no longer to be seen there, it must come down by a day."""

    __tablename__ = "gallery_printed_card"
    __table_args__ = (
        UniqueConstraint("printing_id", "person_id"),
        CheckConstraint("(down_at IS NULL) = (confirmed_by_id IS NULL)", name="somebody_took_it_down"),
        CheckConstraint("down_at IS NULL OR down_by IS NOT NULL", name="down_when_asked"),
        Index("ix_gallery_printed_card_person_id_down_by", "person_id", "down_by"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    printing_id: Mapped[int] = mapped_column(ForeignKey("gallery_printing.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    has_photograph: Mapped[bool]
    down_by: Mapped[datetime | None]  # the end of the next working day
    down_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    printing: Mapped[Printing] = relationship(back_populates="cards", lazy="raise_on_sql")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise_on_sql")

    @property
    def waits(self) -> bool:
        return self.down_by is not None and self.down_at is None

"""What people bring by hand: the item, each version of what it says, and what the people in it agreed to."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person, Unit
from hub.core.clock import now, today
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.storage import StoredFile
from hub.core.themes import Theme
from hub.core.workflow import Versioned


class Sort(Named):
    LINK = "link", "Link"
    TESTIMONIAL = "testimonial", "Testimonial"
    ARTICLE = "article", "Article or account"
    DOCUMENT = "document", "Document"
    PHOTOGRAPH = "photograph", "Photograph"
    FIGURE = "figure", "Figure"
    AWARD = "award", "Award from outside"


class Scope(Named):
    """How far an item may travel: what the people in it agreed to."""

    HUB = "hub", "Inside the hub"
    STEERING_GROUP = "steering_group", "Steering group"
    SUBMISSION = "submission", "Submission"
    PUBLIC = "public", "Public page"


class Item(Versioned, Base):
    """Evidence that somebody brought. What it says is in its versions; if it is about somebody, they agreed to it."""

    __tablename__ = "evidence_item"
    __table_args__ = (
        CheckConstraint("(sort = 'figure') = (figure IS NOT NULL)", name="figure_has_number"),
        CheckConstraint("figure IS NULL OR figure_unit <> ''", name="figure_has_unit"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(default=now)
    sort: Mapped[Sort] = mapped_column(default=Sort.DOCUMENT)
    title: Mapped[str]
    theme: Mapped[Theme]
    source: Mapped[str] = mapped_column(default="")  # who says so, with their permission
    happened_on: Mapped[date]  # what it shows, apart from when it was added
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    people: Mapped[int] = mapped_column(default=0)
    figure: Mapped[int | None]
    figure_unit: Mapped[str] = mapped_column(default="")
    about_somebody: Mapped[bool] = mapped_column(default=False)  # it travels no further than a consent says
    scope: Mapped[Scope] = mapped_column(default=Scope.STEERING_GROUP)
    use_until: Mapped[date | None] = mapped_column(index=True)  # the last day on which it is used
    withdrawn_at: Mapped[datetime | None]  # from then on it is served to nobody

    added_by: Mapped[Person] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    versions: Mapped[list["ItemVersion"]] = relationship(
        back_populates="item", order_by="ItemVersion.number", lazy="raise_on_sql"
    )
    consents: Mapped[list["ItemConsent"]] = relationship(
        back_populates="item", order_by="ItemConsent.id", lazy="raise_on_sql"
    )

    @property
    def latest(self) -> "ItemVersion":
        return self.versions[-1]

    @property
    def consent(self) -> "ItemConsent | None":
        """The one in force: of the words as they are now, and not taken back."""
        last = self.consents[-1] if self.consents else None
        return last if last and last.withdrawn_at is None and last.number == self.latest.number else None

    @property
    def has_expired(self) -> bool:
        return self.use_until is not None and self.use_until < today()

    @property
    def is_usable(self) -> bool:
        """Whether anything of it may be served to anybody."""
        return self.withdrawn_at is None and not self.has_expired

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
        return self.unit_id


class ItemVersion(Base):
    """What an item said from then on. Never changed: new words or a new file are a new version."""

    __tablename__ = "evidence_item_version"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        CheckConstraint("link IS NOT NULL OR file_id IS NOT NULL OR text <> ''", name="says_something"),
    )

    id: Mapped[pk]
    item_id: Mapped[int] = mapped_column(ForeignKey("evidence_item.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(default="")
    link: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    sha256: Mapped[str]  # of text, link and file: see services.items.fingerprint
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)

    item: Mapped[Item] = relationship(back_populates="versions", lazy="raise_on_sql")
    made_by: Mapped[Person] = relationship(lazy="raise_on_sql")
    file: Mapped[StoredFile | None] = relationship(lazy="raise_on_sql")

    @property
    def institution_id(self) -> int:
        return self.item.institution_id


class ItemConsent(Base):
    """What somebody agreed to: which words, how far, until when. Kept after it ends, so that it can be shown."""

    __tablename__ = "evidence_item_consent"
    __table_args__ = (
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by_somebody"),
    )

    id: Mapped[pk]
    item_id: Mapped[int] = mapped_column(ForeignKey("evidence_item.id"), index=True)
    number: Mapped[int]  # of the version that they saw
    given_by: Mapped[str]  # their name
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # if they have an account
    wording: Mapped[str]  # that they approved
    scope: Mapped[Scope]
    given_on: Mapped[date]
    use_until: Mapped[date | None]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    item: Mapped[Item] = relationship(back_populates="consents", lazy="raise_on_sql")
    recorded_by: Mapped[Person] = relationship(foreign_keys=[recorded_by_id], lazy="raise_on_sql")
    withdrawn_by: Mapped[Person | None] = relationship(foreign_keys=[withdrawn_by_id], lazy="raise_on_sql")

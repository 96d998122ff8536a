"""Contributions to outputs with the credit they get, and the documents that say how credit is given."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Institution, Person, Unit
from hub.core.clock import london, now
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.words import day
from hub.core.workflow import Staged, Versioned
from hub.directory.models import Visibility

# -- contributions -----------------------------------------------------------------------------------------------------


class OutputKind(Named):
    ARTICLE = "article", "Journal article"
    CONFERENCE_PAPER = "conference_paper", "Conference paper"
    DATASET = "dataset", "Dataset"
    SOFTWARE = "software", "Software"
    BOOK = "book", "Book or chapter"
    THESIS = "thesis", "Thesis"
    EXHIBITION = "exhibition", "Exhibition or performance"
    DEVICE = "device", "Device, patent or design"
    REPORT = "report", "Report"
    OTHER = "other", "Something else"


class CreditRole(Named):
    """The fourteen roles of CRediT (ANSI/NISO Z39.104-2022), under the standard's own names."""

    CONCEPTUALIZATION = "conceptualization", "Conceptualization"
    DATA_CURATION = "data_curation", "Data curation"
    FORMAL_ANALYSIS = "formal_analysis", "Formal analysis"
    FUNDING_ACQUISITION = "funding_acquisition", "Funding acquisition"
    INVESTIGATION = "investigation", "Investigation"
    METHODOLOGY = "methodology", "Methodology"
    PROJECT_ADMINISTRATION = "project_administration", "Project administration"
    RESOURCES = "resources", "Resources"
    SOFTWARE = "software", "Software"
    SUPERVISION = "supervision", "Supervision"
    VALIDATION = "validation", "Validation"
    VISUALIZATION = "visualization", "Visualization"
    WRITING_DRAFT = "writing_original_draft", "Writing – original draft"
    WRITING_REVIEW = "writing_review_editing", "Writing – review & editing"


class CreditForm(Named):
    """How an output names somebody, or does not."""

    AUTHOR = "author", "Author"
    NAMED = "named", "Named acknowledgement"
    FACILITY = "facility", "Facility acknowledgement"
    NONE = "none", "No credit"


class Agreement(Named):
    """When the credit was agreed."""

    BEFORE = "before", "Agreed before the work started"
    LATER = "later", "Agreed after it had started"
    NOT_YET = "not_yet", "Not agreed yet"


class Contribution(Versioned, Base):
    """What a technician added to an output, the credit it gets, and to whom they show it."""

    __tablename__ = "contribution"
    __table_args__ = (
        CheckConstraint("(agreement = 'not_yet') = (agreed_on IS NULL)", name="agreed_has_day"),
        Index("ix_contribution_institution_id_year_id", "institution_id", "year", "id"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)  # where the work was done
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str]  # of the output
    output: Mapped[OutputKind]
    doi: Mapped[str] = mapped_column(default="")  # bare, such as 10.1234/abc
    year: Mapped[int]
    facility: Mapped[str] = mapped_column(default="")  # as an acknowledgement names it
    credit: Mapped[CreditForm]
    agreement: Mapped[Agreement]
    agreed_on: Mapped[date | None]
    permission_at: Mapped[datetime | None]  # when its owner agreed to be named in the output
    shown_to: Mapped[Visibility] = mapped_column(default=Visibility.PRIVATE)
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]  # until it is forgotten it can be put back

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    role_rows: Mapped[list["ContributionRole"]] = relationship(
        cascade="all, delete-orphan", order_by="ContributionRole.role", lazy="raise_on_sql"
    )

    @property
    def roles(self) -> list[CreditRole]:
        """In the standard's order."""
        held = {row.role for row in self.role_rows}
        return [role for role in CreditRole if role in held]

    @property
    def agreed_in_words(self) -> str:
        """“Before the work started, 3 March 2026”."""
        if self.agreed_on is None:
            return "Not yet"
        when = "Before the work started" if self.agreement == Agreement.BEFORE else "After it had started"
        return f"{when}, {day(self.agreed_on, weekday=False)}"

    @property
    def is_credit_agreed(self) -> bool:
        """What counts as evidence: a credit that both sides know of."""
        return self.removed_at is None and self.agreed_on is not None and self.credit != CreditForm.NONE

    @property
    def evidence_title(self) -> str:
        """Without the name and the output: colleagues read it in the plan, whoever sees the contribution."""
        how = {
            CreditForm.AUTHOR: "a technician is an author",
            CreditForm.NAMED: "a technician is acknowledged by name",
            CreditForm.FACILITY: "a technicians’ facility is acknowledged",
        }.get(self.credit, "a technician contributed")
        when = ", agreed before the work started" if self.agreement == Agreement.BEFORE else ", as agreed"
        return f"{self.output.label}: {how}{when}"

    @property
    def evidence_on(self) -> date:
        return self.agreed_on or london(self.recorded_at).date()

    @property
    def evidence_people(self) -> list[int]:
        return [self.person_id]

    @property
    def evidence_quantity(self) -> int:
        return 1

    @property
    def evidence_unit_id(self) -> int | None:
        return self.unit_id


class ContributionRole(Base):
    __tablename__ = "contribution_role"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    role: Mapped[CreditRole] = mapped_column(primary_key=True)


# -- documents ---------------------------------------------------------------------------------------------------------


class DocumentKind(Named):
    STATEMENT = "statement", "Statement of expectations"
    GUIDANCE = "guidance", "Guidance"


class Audience(Named):
    """For whom a document is: they may read it, and are asked to say that they have."""

    TECHNICIANS = "technicians", "Technicians"
    INSTITUTION = "institution", "Everybody with an account here"
    PUBLIC = "public", "Everybody here, and shown on the open web"


class DocumentStage(Named):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "In force"
    SUPERSEDED = "superseded", "Replaced"
    WITHDRAWN = "withdrawn", "Withdrawn"

    @property
    def tone(self) -> str:
        return {"draft": "wait", "published": "good", "superseded": "plain", "withdrawn": "stop"}[self]


class Document(Base):
    """Guidance or a statement of expectations through all of its versions."""

    __tablename__ = "document"

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    kind: Mapped[DocumentKind]

    institution: Mapped[Institution] = relationship(lazy="raise_on_sql")
    editions: Mapped[list["DocumentEdition"]] = relationship(
        back_populates="document",
        cascade="all, delete-orphan",
        order_by="DocumentEdition.number.desc()",
        lazy="raise_on_sql",
    )

    @property
    def current(self) -> "DocumentEdition | None":
        """The version in force; the editions must be loaded."""
        return self._in(DocumentStage.PUBLISHED)

    @property
    def newest(self) -> "DocumentEdition":
        return max(self.editions, key=lambda edition: edition.number)

    @property
    def draft(self) -> "DocumentEdition | None":
        return self._in(DocumentStage.DRAFT)

    def _in(self, stage: DocumentStage) -> "DocumentEdition | None":
        return next((edition for edition in self.editions if edition.stage == stage), None)


class DocumentEdition(Staged, Base):
    """One version of a document. A published one never changes."""

    __tablename__ = "document_edition"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        CheckConstraint("(stage = 'draft') = (published_at IS NULL)", name="published_has_moment"),
        CheckConstraint("counts_from BETWEEN 1 AND number", name="counts_from_earlier"),
        Index("ix_document_edition_institution_id_stage", "institution_id", "stage"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    stage: Mapped[DocumentStage] = mapped_column(default=DocumentStage.DRAFT)
    title: Mapped[str]
    text: Mapped[str]  # Markdown
    audience: Mapped[Audience]
    effective_on: Mapped[date]
    what_changed: Mapped[str] = mapped_column(default="")  # since the version before
    is_material: Mapped[bool] = mapped_column(default=True)  # whoever read an earlier one is asked again
    counts_from: Mapped[int]  # the lowest number of which a receipt counts for this one
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    document: Mapped[Document] = relationship(back_populates="editions", lazy="raise_on_sql")


class ReadReceipt(Base):
    """Somebody says that they have read a version. Never taken back."""

    __tablename__ = "read_receipt"
    __table_args__ = (UniqueConstraint("edition_id", "person_id"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("document_edition.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    confirmed_at: Mapped[datetime] = mapped_column(default=now)

    edition: Mapped[DocumentEdition] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")

    @property
    def evidence_title(self) -> str:
        """Without the name: who has read what is for the lead."""
        return f"“{self.edition.title}”, version {self.edition.number}, was read and confirmed"

    @property
    def evidence_on(self) -> date:
        return london(self.confirmed_at).date()

    @property
    def evidence_people(self) -> list[int]:
        return [self.person_id]

    @property
    def evidence_quantity(self) -> int:
        return 1

    @property
    def evidence_unit_id(self) -> int | None:
        return self.person.unit_id

"""What a funded activity changed, as a story for everybody, and what its author agreed to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Institution, Person
from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.workflow import Staged
from hub.directory.models import Skill
from hub.fund.models.applications import Application


class StudyStage(Named):
    ASKED = "asked", "Waits for its author"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Taken down"


class CaseStudy(Staged, Base):
    """A report in a few words on the public page. It outlives its application as long as its author agrees."""

    __tablename__ = "fund_case_study"
    __table_args__ = (Index("ix_fund_case_study_institution_id_stage", "institution_id", "stage"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("fund_application.id"), unique=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    stage: Mapped[StudyStage] = mapped_column(default=StudyStage.ASKED)
    slug: Mapped[str] = mapped_column(unique=True)  # its public address
    title: Mapped[str]
    summary: Mapped[str]  # what changed
    quote: Mapped[str] = mapped_column(default="")
    pence: Mapped[int]  # awarded
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)

    institution: Mapped[Institution] = relationship(lazy="raise_on_sql")
    application: Mapped[Application | None] = relationship(back_populates="study", lazy="raise_on_sql")
    author: Mapped[Person] = relationship(lazy="raise_on_sql")
    skill: Mapped[Skill | None] = relationship(lazy="raise_on_sql")
    consents: Mapped[list["CaseConsent"]] = relationship(
        back_populates="study", order_by="CaseConsent.id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )

    @property
    def wording(self) -> str:
        """All that its author agrees to."""
        return "\n".join(words for words in (self.title, self.summary, self.quote) if words)


class Given(Named):
    REPORT = "report", "With the report, in its own words"
    STUDY = "study", "After reading the case study"


class CaseConsent(Base):
    """Who agreed to be published with their name, when, how and to which words; kept after it is taken back."""

    __tablename__ = "fund_case_consent"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= agreed_at", name="withdrawn_after_agreed"),
        Index(
            "uq_fund_case_consent_open",
            "study_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[pk]
    study_id: Mapped[int] = mapped_column(ForeignKey("fund_case_study.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    given: Mapped[Given]
    wording: Mapped[str]
    agreed_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]

    study: Mapped[CaseStudy] = relationship(back_populates="consents", lazy="raise_on_sql")

    @property
    def institution_id(self) -> int:
        return self.study.institution_id

"""The skill vocabulary, technicians' profiles, what they know, what they agreed to show, and the search index."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person
from hub.core.clock import london, now
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.storage import StoredFile
from hub.core.workflow import Staged, Versioned

BY_CODE_POINT = String().with_variant(String(collation="C"), "postgresql")  # the same order on both databases


class SkillGroup(Named):
    LABORATORY = "laboratory", "Laboratory"
    IMAGING = "imaging", "Microscopy and imaging"
    WORKSHOP = "workshop", "Workshop and making"
    DIGITAL = "digital", "Digital and data"
    ARTS = "arts", "Arts, media and performance"
    CLINICAL = "clinical", "Clinical and anatomy"
    ANIMAL = "animal", "Animals and plants"
    TEACHING = "teaching", "Teaching support"
    ESTATES = "estates", "Safety and buildings"


class Level(StrEnum):
    """How somebody describes their own use of a skill: never a ranking of people."""

    LEARNING = "learning"
    WORKING = "working"
    EXPERT = "expert"
    CAN_TEACH = "can_teach"

    @property
    def label(self) -> str:
        return self.replace("_", " ")

    @property
    def step(self) -> int:
        """1 to 4."""
        return tuple(Level).index(self) + 1


class Visibility(StrEnum):
    """Who may see one field of a profile, from the fewest to the most."""

    PRIVATE = "private"
    UNIT = "unit"
    TECHNICIANS = "technicians"
    INSTITUTION = "institution"
    PUBLIC = "public"


class Skill(Versioned, Base):
    """One entry of an institution's vocabulary; each institution has its own copy of the shipped list."""

    __tablename__ = "skill"
    __table_args__ = (UniqueConstraint("institution_id", "name"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    group: Mapped[SkillGroup]
    synonyms: Mapped[list[str]] = mapped_column(default=list)
    abbreviations: Mapped[list[str]] = mapped_column(default=list)


def letters(registrations: str) -> list[str]:
    """“RSci” of “RSci, Registered Scientist”, for each line of ``Profile.registrations``."""
    return [line.split(",")[0] for line in registrations.splitlines()]


class Profile(Versioned, Base):
    """What a technician tells the others; one for each technician, made with the person."""

    __tablename__ = "profile"
    __table_args__ = (CheckConstraint("completeness BETWEEN 0 AND 100", name="completeness_in_percent"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    pronouns: Mapped[str] = mapped_column(default="")
    building: Mapped[str] = mapped_column(default="")
    campus: Mapped[str] = mapped_column(default="")
    working_days: Mapped[list[str]] = mapped_column(default=list)  # keys of fields.DAYS
    contact_route: Mapped[str] = mapped_column(default="")
    contact_for: Mapped[str] = mapped_column(default="")
    can_help_with: Mapped[str] = mapped_column(default="")  # one thing a line
    equipment: Mapped[str] = mapped_column(default="")  # one machine a line
    biography: Mapped[str] = mapped_column(default="")  # Markdown
    disciplines: Mapped[str] = mapped_column(default="")  # one a line
    fellowships: Mapped[str] = mapped_column(default="")  # one a line
    champion_role: Mapped[str] = mapped_column(default="")
    orcid: Mapped[str] = mapped_column(default="")  # 0000-0000-0000-0000 with its check digit right
    registrations: Mapped[str] = mapped_column(default="")  # one a line, letters first: kept by hub.registration
    mentors: Mapped[bool] = mapped_column(default=False)  # offers to; likewise
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    shown_to: Mapped[dict[str, Any]] = mapped_column(default=dict)  # field → Visibility, if not the default
    completeness: Mapped[int] = mapped_column(default=0)  # percent
    published_at: Mapped[datetime | None]  # the first time its owner confirmed it
    confirmed_at: Mapped[datetime | None]  # the last time
    edited_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    photo: Mapped[StoredFile | None] = relationship(lazy="raise_on_sql")
    skills: Mapped[list["PersonSkill"]] = relationship(
        primaryjoin="Profile.person_id == foreign(PersonSkill.person_id)", viewonly=True, lazy="raise_on_sql"
    )
    editors: Mapped[list["ProfileEditor"]] = relationship(back_populates="profile", lazy="raise_on_sql")
    consents: Mapped[list["PublicConsent"]] = relationship(
        primaryjoin="Profile.person_id == foreign(PublicConsent.person_id)", viewonly=True, lazy="raise_on_sql"
    )

    @property
    def post_nominals(self) -> list[str]:
        """“RSciTech”; a title in words does not stand after a name."""
        return [one for one in letters(self.registrations) if " " not in one]

    @property
    def evidence_title(self) -> str:
        """Without the name: colleagues read it in the plan, also after its owner has taken the name back."""
        return "A technician published their profile in the directory"

    @property
    def evidence_on(self) -> date:
        return london(self.published_at or now()).date()

    @property
    def evidence_people(self) -> list[int]:
        return [self.person_id]

    @property
    def evidence_quantity(self) -> int:
        return 1

    @property
    def evidence_unit_id(self) -> int | None:
        return self.person.unit_id


class PersonSkill(Base):
    """A skill as its owner describes it: a level, a wish to learn it, or both."""

    __tablename__ = "person_skill"
    __table_args__ = (
        UniqueConstraint("person_id", "skill_id"),
        CheckConstraint("level IS NOT NULL OR wants_to_learn", name="says_something"),
        Index("ix_person_skill_skill_id_level", "skill_id", "level"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"))
    level: Mapped[Level | None]
    wants_to_learn: Mapped[bool] = mapped_column(default=False)
    last_used: Mapped[date | None]
    added_at: Mapped[datetime] = mapped_column(default=now)

    skill: Mapped[Skill] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    profile: Mapped[Profile] = relationship(
        primaryjoin="Profile.person_id == foreign(PersonSkill.person_id)", viewonly=True, lazy="raise_on_sql"
    )


class SkillConfirmation(Base):
    """A colleague has seen somebody use a skill at this level; it goes when the owner says another level."""

    __tablename__ = "skill_confirmation"
    __table_args__ = (UniqueConstraint("person_skill_id", "confirmed_by_id"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    person_skill_id: Mapped[int] = mapped_column(ForeignKey("person_skill.id"))
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    confirmed_at: Mapped[datetime] = mapped_column(default=now)

    person_skill: Mapped[PersonSkill] = relationship(lazy="raise_on_sql")
    confirmed_by: Mapped[Person] = relationship(lazy="raise_on_sql")


class SuggestionStage(StrEnum):
    WAITING = "waiting"
    ADDED = "added"  # as a new skill
    KNOWN = "known"  # as another name of one that there was
    DECLINED = "declined"


class SkillSuggestion(Staged, Base):
    """A skill that a technician misses in the vocabulary, until the lead has answered."""

    __tablename__ = "skill_suggestion"
    __table_args__ = (CheckConstraint("(stage IN ('added', 'known')) = (skill_id IS NOT NULL)", name="leads_to_skill"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    stage: Mapped[SuggestionStage] = mapped_column(default=SuggestionStage.WAITING)
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    level: Mapped[Level | None]  # at which it goes onto the profile; none is a wish to learn it
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
    answer: Mapped[str] = mapped_column(default="")
    suggested_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    skill: Mapped[Skill | None] = relationship(lazy="raise_on_sql")


class Covers(StrEnum):
    """What a permission to show something on the open web is about."""

    PAGE = "page"
    PHOTOGRAPH = "photograph"


class PublicConsent(Base):
    """Who agreed to be on the open web, when, to which wording; withdrawn ones are kept."""

    __tablename__ = "public_consent"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= agreed_at", name="withdrawn_after_agreed"),
        Index(
            "uq_public_consent_open",
            "person_id",
            "covers",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    covers: Mapped[Covers]
    wording_version: Mapped[int]
    agreed_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]


class ProfileChange(Base):
    """What somebody changed on a profile: the fields as they were and as they became."""

    __tablename__ = "profile_change"

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    profile_id: Mapped[int] = mapped_column(ForeignKey("profile.id"), index=True)
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    before: Mapped[dict[str, Any]]  # column → value
    after: Mapped[dict[str, Any]]

    profile: Mapped[Profile] = relationship(lazy="raise_on_sql")
    changed_by: Mapped[Person] = relationship(lazy="raise_on_sql")


class ProfileEditor(Base):
    """A colleague whom somebody lets write their profile; who sees which field stays the owner's."""

    __tablename__ = "profile_editor"
    __table_args__ = (UniqueConstraint("profile_id", "person_id"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    profile_id: Mapped[int] = mapped_column(ForeignKey("profile.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[datetime] = mapped_column(default=now)

    profile: Mapped[Profile] = relationship(back_populates="editors", lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class SavedSearch(Base):
    """A search whose owner wants to hear of people who are new in it."""

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("person_id", "query"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    query: Mapped[str]  # of the search page's address
    seen: Mapped[list[int]] = mapped_column(default=list)  # people whom its owner has been shown or told of
    saved_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class Listed(Base):
    """One technician as the search page needs them: facets and standing, ready to be read in order."""

    __tablename__ = "directory_listed"
    __table_args__ = (Index("ix_directory_listed_browse", "institution_id", "sort_name", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    sort_name: Mapped[str] = mapped_column(BY_CODE_POINT)
    standing: Mapped[int]  # completeness first, then how recently confirmed
    faculty_id: Mapped[int | None]
    department_id: Mapped[int | None]
    campus: Mapped[str]
    groups: Mapped[int]  # one bit for each skill group
    registers: Mapped[str]  # “|RSci|AFHEA|”, or “|”
    mentors: Mapped[bool]
    audience: Mapped[int]  # who may find them at all: see policy.audience_of
    campus_audience: Mapped[int]
    skills_audience: Mapped[int]
    registers_audience: Mapped[int]


class Posting(Base):
    """The index: one term in one field of one technician, and who may find it. Private fields are never here."""

    __tablename__ = "directory_posting"
    __table_args__ = (
        Index("ix_directory_posting_person_id", "person_id"),
        {"sqlite_with_rowid": False},
    )

    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), primary_key=True)
    term: Mapped[str] = mapped_column(primary_key=True)  # a stem, or “#12” for the skill of that id
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    audience: Mapped[int]
    weight: Mapped[int]
    level: Mapped[int]  # Level.step of the skill, else 0
    skill_id: Mapped[int | None]


class KnownWord(Base):
    """A word of the index and how many technicians have it for an audience: what spelling is mended to."""

    __tablename__ = "directory_word"
    __table_args__ = (
        CheckConstraint("people >= 0", name="people_not_negative"),
        {"sqlite_with_rowid": False},
    )

    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), primary_key=True)
    audience: Mapped[int] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(primary_key=True)
    shown: Mapped[str]  # the word as somebody wrote it
    people: Mapped[int]


class Edition(Base):
    """Marks that change with an institution's index, so that kept answers know when they are old."""

    __tablename__ = "directory_edition"

    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), primary_key=True, autoincrement=False)
    answers: Mapped[str]  # new at any change
    words: Mapped[str]  # new when a word came or went
    vocabulary: Mapped[str]  # new when the skills or their names changed
    made_as: Mapped[int]  # of index_store.MADE_AS, with which the whole was built

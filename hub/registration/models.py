"""Journeys to a professional register, what is drafted on the way, and the mentoring that helps."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person
from hub.core.clock import london, now, today
from hub.core.db import Base, pk
from hub.core.storage import StoredFile
from hub.core.workflow import Staged, Versioned
from hub.registration import registers
from hub.registration.stages import LIVE, OPEN, UNDER_WAY, CameBy, Outcome, PairStage, Reason, RoundStage, Stage


def _one_of(stages: tuple[StrEnum, ...]) -> dict[str, object]:
    """A partial index over rows in one of *stages*, on both databases."""
    where = text("stage IN ({})".format(", ".join(f"'{s}'" for s in stages)))
    return {"sqlite_where": where, "postgresql_where": where}


class Journey(Staged, Base):
    """One technician's way to one register. The body decides; the hub keeps what the technician reports."""

    __tablename__ = "registration_journey"
    __table_args__ = (
        CheckConstraint("stage = 'interested' OR stage = 'withdrawn' OR register IS NOT NULL", name="has_register"),
        CheckConstraint(
            "stage NOT IN ('registered', 'renewal_due', 'lapsed') OR registered_on IS NOT NULL AND number IS NOT NULL",
            name="registered_has_number",
        ),
        CheckConstraint("(stage = 'lapsed') = (lapsed_on IS NOT NULL)", name="lapsed_has_day"),
        CheckConstraint("fee_pence >= 0", name="fee_not_negative"),
        CheckConstraint("supporter_id IS NULL OR supporter_id <> person_id", name="not_own_supporter"),
        Index("uq_registration_journey_under_way", "person_id", unique=True, **_one_of(UNDER_WAY)),  # type: ignore[arg-type]
        Index("ix_registration_journey_institution_id_stage", "institution_id", "stage"),
        Index("ix_registration_journey_institution_id_registered_on", "institution_id", "registered_on"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)  # where they worked at the time
    stage: Mapped[Stage] = mapped_column(default=Stage.INTERESTED)
    started_at: Mapped[datetime] = mapped_column(default=now)
    register: Mapped[str | None]  # a code of the reference data
    body: Mapped[str | None]  # likewise
    framework: Mapped[str | None]  # the version of the competences that was drafted against
    supporter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    supporter_name: Mapped[str | None]
    supporter_email: Mapped[str | None]  # of a supporter outside the hub
    supporter_agreed_at: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]  # the mentor read the whole and called it ready
    submitted_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    registered_on: Mapped[date | None]
    number: Mapped[str | None]  # on the body's public register
    fee_pence: Mapped[int] = mapped_column(default=0)  # what the technician paid for application and first year
    renewal_on: Mapped[date | None] = mapped_column(index=True)
    renewal_reminded: Mapped[int | None]  # the last rung of the ladder told, in days before
    lapsed_on: Mapped[date | None]
    proof_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise_on_sql")
    supporter: Mapped[Person | None] = relationship(foreign_keys=[supporter_id], lazy="raise_on_sql")
    proof: Mapped[StoredFile | None] = relationship(lazy="raise_on_sql")
    statements: Mapped[list["Statement"]] = relationship(
        back_populates="journey", order_by="Statement.area", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    mentoring: Mapped["Mentoring | None"] = relationship(
        primaryjoin=lambda: (Mentoring.journey_id == Journey.id) & Mentoring.stage.in_(LIVE),
        viewonly=True,
        uselist=False,
        lazy="raise_on_sql",
    )

    @property
    def register_name(self) -> str:
        return registers.name_of(self.register)

    @property
    def evidence_title(self) -> str:
        return f"A technician became registered: {self.register_name}"

    @property
    def evidence_on(self) -> date:
        return self.registered_on or today()

    @property
    def evidence_people(self) -> list[int]:
        return [self.person_id]

    @property
    def evidence_quantity(self) -> int:
        return 1

    @property
    def evidence_unit_id(self) -> int | None:
        return self.unit_id


class Statement(Versioned, Base):
    """What a technician writes for one competence area, as it stands now."""

    __tablename__ = "registration_statement"
    __table_args__ = (UniqueConstraint("journey_id", "area"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    journey_id: Mapped[int] = mapped_column(ForeignKey("registration_journey.id"))
    area: Mapped[str]  # A to E, or the framework's own code
    text: Mapped[str] = mapped_column(default="")
    words: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime | None]

    journey: Mapped[Journey] = relationship(back_populates="statements", lazy="raise_on_sql")
    kept: Mapped[list["KeptVersion"]] = relationship(
        order_by="KeptVersion.kept_at.desc(), KeptVersion.id.desc()", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    comments: Mapped[list["Comment"]] = relationship(
        order_by="Comment.written_at, Comment.id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class KeptVersion(Base):
    """A statement as it stood when its writer pressed Save."""

    __tablename__ = "registration_kept_version"

    id: Mapped[pk]
    statement_id: Mapped[int] = mapped_column(ForeignKey("registration_statement.id"), index=True)
    text: Mapped[str]
    words: Mapped[int]
    kept_at: Mapped[datetime] = mapped_column(default=now)


class Comment(Base):
    """What the mentor, or the mentee in answer, says about one area."""

    __tablename__ = "registration_comment"

    id: Mapped[pk]
    statement_id: Mapped[int] = mapped_column(ForeignKey("registration_statement.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=now)

    author: Mapped[Person] = relationship(lazy="raise_on_sql")


class Mentor(Versioned, Base):
    """What somebody offers as a mentor."""

    __tablename__ = "mentor"
    __table_args__ = (CheckConstraint("capacity BETWEEN 1 AND 10", name="capacity_in_bounds"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    bodies: Mapped[list[str]] = mapped_column(default=list)
    disciplines: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)
    campus: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int]  # mentees at once
    paused: Mapped[bool] = mapped_column(default=False)
    offered_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    register_rows: Mapped[list["MentorRegister"]] = relationship(cascade="all, delete-orphan", lazy="raise_on_sql")

    @property
    def registers(self) -> list[str]:
        return sorted(row.register for row in self.register_rows)

    @property
    def register_names(self) -> list[str]:
        return [registers.name_of(code) for code in self.registers]

    @property
    def discipline_names(self) -> list[str]:
        known = registers.disciplines()
        return [known[code] for code in self.disciplines if code in known]


class MentorRegister(Base):
    """A register that a mentor knows the way to."""

    __tablename__ = "mentor_register"

    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"), primary_key=True)
    register: Mapped[str] = mapped_column(primary_key=True, index=True)


class Wish(Versioned, Base):
    """What a technician on a journey looks for in a mentor; it waits for the next matching round while it is open."""

    __tablename__ = "mentoring_wish"

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    journey_id: Mapped[int] = mapped_column(ForeignKey("registration_journey.id"), unique=True)
    disciplines: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)
    campus: Mapped[str] = mapped_column(default="")
    remote: Mapped[bool] = mapped_column(default=True)  # meeting by video is fine
    note: Mapped[str] = mapped_column(default="")
    waiting: Mapped[bool] = mapped_column(default=True, index=True)  # for the next round
    made_at: Mapped[datetime] = mapped_column(default=now)

    journey: Mapped[Journey] = relationship(lazy="raise_on_sql")


class Mentoring(Staged, Base):
    """A mentor and a mentee. What they write to each other is theirs; a lead sees counts and outcomes."""

    __tablename__ = "mentoring"
    __table_args__ = (
        CheckConstraint("mentor_id <> mentee_id", name="two_people"),
        CheckConstraint(
            "stage NOT IN ('agreed', 'active', 'paused') "
            "OR mentor_agreed_at IS NOT NULL AND mentee_agreed_at IS NOT NULL",
            name="agreed_by_both",
        ),
        CheckConstraint("stage <> 'declined' OR decline_reason IS NOT NULL", name="declined_has_reason"),
        CheckConstraint("stage NOT IN ('closed', 'evaluated') OR outcome IS NOT NULL", name="closed_has_outcome"),
        Index("uq_mentoring_open", "mentee_id", unique=True, **_one_of(OPEN)),  # type: ignore[arg-type]
        Index("ix_mentoring_institution_id_stage", "institution_id", "stage"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    journey_id: Mapped[int] = mapped_column(ForeignKey("registration_journey.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    mentee_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # of the mentee at the time
    round_id: Mapped[int | None] = mapped_column(ForeignKey("matching_round.id"), index=True)
    came_by: Mapped[CameBy]
    stage: Mapped[PairStage] = mapped_column(default=PairStage.PROPOSED)
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    message: Mapped[str] = mapped_column(default="")  # with the proposal
    mentor_agreed_at: Mapped[datetime | None]
    mentee_agreed_at: Mapped[datetime | None]
    declined_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decline_reason: Mapped[Reason | None]
    decline_note: Mapped[str] = mapped_column(default="")
    goals: Mapped[str] = mapped_column(default="")
    frequency: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="")
    last_met_on: Mapped[date | None]
    nudged_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    helped: Mapped[int | None]  # 1 to 5, said by the mentee at the end
    evaluation: Mapped[str] = mapped_column(default="")

    journey: Mapped[Journey] = relationship(lazy="raise_on_sql")
    mentor: Mapped[Person] = relationship(foreign_keys=[mentor_id], lazy="raise_on_sql")
    mentee: Mapped[Person] = relationship(foreign_keys=[mentee_id], lazy="raise_on_sql")
    meetings: Mapped[list["Meeting"]] = relationship(
        order_by="Meeting.met_on.desc(), Meeting.id.desc()", lazy="raise_on_sql"
    )
    notes: Mapped[list["Note"]] = relationship(order_by="Note.written_at.desc(), Note.id.desc()", lazy="raise_on_sql")

    @property
    def evidence_title(self) -> str:
        return "Mentoring towards professional registration began"

    @property
    def evidence_on(self) -> date:
        """The day of the second yes."""
        agreed = [at for at in (self.mentor_agreed_at, self.mentee_agreed_at) if at]
        return london(max(agreed, default=self.proposed_at)).date()

    @property
    def evidence_people(self) -> list[int]:
        return [self.mentee_id, self.mentor_id]

    @property
    def evidence_quantity(self) -> int:
        return 1

    @property
    def evidence_unit_id(self) -> int | None:
        return self.unit_id


class Meeting(Base):
    """One meeting of a pair."""

    __tablename__ = "mentoring_meeting"
    __table_args__ = (CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes_in_bounds"),)

    id: Mapped[pk]
    mentoring_id: Mapped[int] = mapped_column(ForeignKey("mentoring.id"), index=True)
    met_on: Mapped[date]
    minutes: Mapped[int]
    summary: Mapped[str] = mapped_column(default="")
    logged_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Note(Base):
    """A note private to the pair."""

    __tablename__ = "mentoring_note"

    id: Mapped[pk]
    mentoring_id: Mapped[int] = mapped_column(ForeignKey("mentoring.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=now)

    author: Mapped[Person] = relationship(lazy="raise_on_sql")


class MatchingRound(Staged, Base):
    """Everybody who waits, matched at once; a preview until the lead proposes it."""

    __tablename__ = "matching_round"

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    name: Mapped[str]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    stage: Mapped[RoundStage] = mapped_column(default=RoundStage.PREVIEW)

    pairs: Mapped[list["MatchedPair"]] = relationship(
        back_populates="round", order_by="MatchedPair.id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class MatchedPair(Base):
    """What a round says of one wish: this mentor at this cost for these reasons, or nobody yet."""

    __tablename__ = "matched_pair"
    __table_args__ = (UniqueConstraint("round_id", "wish_id"),)

    id: Mapped[pk]
    round_id: Mapped[int] = mapped_column(ForeignKey("matching_round.id"), index=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("mentoring_wish.id"))
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("mentor.id"))
    cost: Mapped[int | None]
    reasons: Mapped[list[str]] = mapped_column(default=list)
    chosen_by_lead: Mapped[bool] = mapped_column(default=False)

    round: Mapped[MatchingRound] = relationship(back_populates="pairs", lazy="raise_on_sql")
    wish: Mapped[Wish] = relationship(lazy="raise_on_sql")
    mentor: Mapped[Mentor | None] = relationship(lazy="raise_on_sql")

    @property
    def institution_id(self) -> int:
        return self.round.institution_id

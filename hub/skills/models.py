"""Requests to learn, offers to teach, the sessions that come of them and the places in a session."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person
from hub.core.clock import london, now
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.workflow import Staged
from hub.directory.models import Skill


class Kind(Named):
    """In which form a skill is passed on."""

    DEMONSTRATION = "demonstration", "Demonstration"
    SHADOWING = "shadowing", "Shadowing"
    ADVICE = "advice", "20 minutes of advice"
    COVER = "cover", "Cover while somebody is away"
    COURSE = "course", "Training course"


class RequestStage(StrEnum):
    OPEN = "open"
    OFFERED = "offered"
    SCHEDULED = "scheduled"
    DELIVERED = "delivered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class OfferStage(StrEnum):
    OPEN = "open"
    TAKEN = "taken"  # an answer to a request that became a session
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class SessionStage(StrEnum):
    PROPOSED = "proposed"  # waits for approval
    SCHEDULED = "scheduled"
    DELIVERED = "delivered"  # the host says so
    CONFIRMED = "confirmed"  # so do those who were there
    CANCELLED = "cancelled"


class PlaceStage(StrEnum):
    BOOKED = "booked"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    ATTENDED = "attended"  # the host says so; ``was_there`` is the participant's own word
    ABSENT = "absent"


class Request(Staged, Base):
    """Somebody asks to learn a skill, of everybody or of one person."""

    __tablename__ = "skill_request"
    __table_args__ = (
        CheckConstraint("asked_id <> asker_id", name="not_of_oneself"),
        CheckConstraint("skill_id IS NOT NULL OR asked_id IS NOT NULL", name="skill_or_person"),
        Index("ix_skill_request_institution_id_stage_expires_on", "institution_id", "stage", "expires_on"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # nobody: everybody who can teach
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
    kind: Mapped[Kind]
    what: Mapped[str]
    when_suits: Mapped[str] = mapped_column(default="")
    expires_on: Mapped[date]  # the last day on which it can be answered
    asked_at: Mapped[datetime] = mapped_column(default=now)
    stage: Mapped[RequestStage] = mapped_column(default=RequestStage.OPEN)

    asker: Mapped[Person] = relationship(foreign_keys=[asker_id], lazy="raise_on_sql")
    asked: Mapped[Person | None] = relationship(foreign_keys=[asked_id], lazy="raise_on_sql")
    skill: Mapped[Skill | None] = relationship(lazy="raise_on_sql")


class Offer(Staged, Base):
    """Somebody offers to teach: standing, until a day, or in answer to one request."""

    __tablename__ = "skill_offer"
    __table_args__ = (
        CheckConstraint("capacity BETWEEN 1 AND 500", name="capacity_in_range"),
        CheckConstraint("minutes BETWEEN 10 AND 2400", name="minutes_in_range"),
        CheckConstraint("skill_id IS NOT NULL OR request_id IS NOT NULL", name="skill_or_request"),
        Index("ix_skill_offer_institution_id_stage_expires_on", "institution_id", "stage", "expires_on"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    host_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("skill_request.id"), index=True)
    kind: Mapped[Kind]
    summary: Mapped[str]
    minutes: Mapped[int] = mapped_column(default=60)
    capacity: Mapped[int] = mapped_column(default=1)
    prerequisites: Mapped[str] = mapped_column(default="")
    expires_on: Mapped[date | None]  # none: it stands
    is_promise: Mapped[bool] = mapped_column(default=False)  # made when something was paid for, to be kept until then
    stage: Mapped[OfferStage] = mapped_column(default=OfferStage.OPEN)

    host: Mapped[Person] = relationship(lazy="raise_on_sql")
    skill: Mapped[Skill | None] = relationship(lazy="raise_on_sql")
    request: Mapped[Request | None] = relationship(lazy="raise_on_sql")


class Session(Staged, Base):
    """A time and place where one colleague teaches others."""

    __tablename__ = "skill_session"
    __table_args__ = (
        CheckConstraint("capacity BETWEEN 1 AND 500", name="capacity_in_range"),
        CheckConstraint("minutes BETWEEN 10 AND 2400", name="minutes_in_range"),
        CheckConstraint("approved_by_id <> host_id", name="not_approved_by_host"),
        CheckConstraint(
            "NOT needs_approval OR stage IN ('proposed', 'cancelled') OR approved_by_id IS NOT NULL",
            name="approved_where_asked",
        ),
        CheckConstraint(
            "(stage IN ('delivered', 'confirmed')) = (delivered_at IS NOT NULL)", name="delivered_has_moment"
        ),
        CheckConstraint("(stage = 'confirmed') = (confirmed_at IS NOT NULL)", name="confirmed_has_moment"),
        Index("ix_skill_session_institution_id_stage_starts_at", "institution_id", "stage", "starts_at"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    host_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # of the host at the time
    offer_id: Mapped[int] = mapped_column(ForeignKey("skill_offer.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("skill_request.id"), index=True)
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
    kind: Mapped[Kind]
    title: Mapped[str]
    place: Mapped[str]
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    capacity: Mapped[int]
    prerequisites: Mapped[str] = mapped_column(default="")
    risk_assessment: Mapped[str] = mapped_column(default="")  # reference of the assessment that covers it
    needs_approval: Mapped[bool] = mapped_column(default=False)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    delivered_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    cancelled_because: Mapped[str] = mapped_column(default="")
    stage: Mapped[SessionStage] = mapped_column(default=SessionStage.PROPOSED)

    host: Mapped[Person] = relationship(foreign_keys=[host_id], lazy="raise_on_sql")
    skill: Mapped[Skill | None] = relationship(lazy="raise_on_sql")
    offer: Mapped[Offer] = relationship(lazy="raise_on_sql")
    request: Mapped[Request | None] = relationship(lazy="raise_on_sql")
    places: Mapped[list["Place"]] = relationship(
        back_populates="session", order_by="Place.booked_at, Place.id", lazy="raise_on_sql"
    )

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def has_started(self) -> bool:
        return self.starts_at <= now()

    def places_in(self, *stages: PlaceStage) -> list["Place"]:
        return [place for place in self.places if place.stage in stages]

    @property
    def places_left(self) -> int:
        return max(0, self.capacity - len(self.places_in(PlaceStage.BOOKED)))

    def place_of(self, person: Person) -> "Place | None":
        return next((place for place in self.places if place.person_id == person.id), None)

    # What evidence reads, once it is confirmed.

    @property
    def taught(self) -> list["Place"]:
        """Those whom the host saw and who say so themselves."""
        return [place for place in self.places if place.was_there]

    @property
    def evidence_title(self) -> str:
        return f"{self.kind.label}: {self.title}"

    @property
    def evidence_on(self) -> date:
        return london(self.starts_at).date()

    @property
    def evidence_people(self) -> list[int]:
        return [self.host_id, *(place.person_id for place in self.taught)]

    @property
    def evidence_quantity(self) -> int:
        return len(self.taught)

    @property
    def evidence_unit_id(self) -> int | None:
        return self.unit_id


class Place(Staged, Base):
    """One person's place in one session."""

    __tablename__ = "skill_place"
    __table_args__ = (
        UniqueConstraint("session_id", "person_id"),
        CheckConstraint("was_there IS NULL OR stage = 'attended'", name="answers_attendance"),
        CheckConstraint("(was_there IS NULL) = (answered_at IS NULL)", name="answer_has_moment"),
        Index("ix_skill_place_person_id_stage", "person_id", "stage"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("skill_session.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    booked_at: Mapped[datetime] = mapped_column(default=now)  # the order of the waiting list
    was_there: Mapped[bool | None]
    answered_at: Mapped[datetime | None]
    feedback: Mapped[str] = mapped_column(default="")  # for the host alone
    stage: Mapped[PlaceStage]

    session: Mapped[Session] = relationship(back_populates="places", lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")

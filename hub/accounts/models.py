"""Institutions and their units, the people in them, the roles they hold, and how they are signed in."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now, today
from hub.core.db import Base, pk
from hub.core.workflow import Versioned


class Role(StrEnum):
    """What a person may do beyond being a technician. Panels, judges and mentors are named by their features."""

    LEAD = "lead"  # the nominated institutional lead
    DEPUTY_LEAD = "deputy_lead"
    LEADER = "leader"  # the head of institution, who signs
    WORKFORCE_OFFICER = "workforce_officer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"  # of this installation


class Status(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"


class Source(StrEnum):
    """How somebody came into the hub."""

    HR_IMPORT = "hr_import"
    INVITED = "invited"
    SELF_DECLARED = "self_declared"


class Institution(Versioned, Base):
    """A signatory of the Technician Commitment."""

    __tablename__ = "institution"

    id: Mapped[pk]
    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    email_domain: Mapped[str]
    phase: Mapped[int | None]  # signing cohort
    signed_on: Mapped[date | None]
    contact_name: Mapped[str] = mapped_column(default="")  # as the public page names the contact
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    # How long what is personal is kept before it becomes anonymous or goes.
    unsuccessful_months: Mapped[int] = mapped_column(default=12)  # applications, after the decision
    scores_months: Mapped[int] = mapped_column(default=12)  # of panels, after the release
    awarded_years: Mapped[int] = mapped_column(default=6)  # money, after the financial year in which it moved last


class UnitKind(StrEnum):
    FACULTY = "faculty"
    DEPARTMENT = "department"
    TEAM = "team"


class Unit(Base):
    """A faculty, a department of it, or a team."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("institution_id", "name"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[UnitKind]
    name: Mapped[str]


class Person(Versioned, Base, UserMixin):
    """Somebody in the hub, with an account or not yet."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("institution_id", "staff_id"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("manager_id <> id", name="not_own_manager"),
        Index("ix_person_institution_id_status_name", "institution_id", "status", "name"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    staff_id: Mapped[str | None]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]  # the preferred name, whole
    job_title: Mapped[str] = mapped_column(default="")
    slug: Mapped[str] = mapped_column(unique=True)  # the public address: cannot be counted through
    is_technician: Mapped[bool] = mapped_column(default=True)  # in the hub's remit
    status: Mapped[Status] = mapped_column(default=Status.ACTIVE)
    source: Mapped[Source] = mapped_column(default=Source.INVITED)
    password_hash: Mapped[str | None]
    joined_at: Mapped[datetime] = mapped_column(default=now)
    left_on: Mapped[date | None]

    institution: Mapped[Institution] = relationship(foreign_keys=[institution_id], lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    manager: Mapped["Person | None"] = relationship(
        remote_side="Person.id", foreign_keys=[manager_id], lazy="raise_on_sql"
    )
    roles: Mapped[list["RoleGrant"]] = relationship(
        back_populates="person", foreign_keys="RoleGrant.person_id", lazy="raise_on_sql"
    )

    # of the session that this request came with
    sign_in_token = None  # type: str | None
    proved_at = None  # type: datetime | None  # when its owner last said who they are
    second_step_from = None  # type: date | None  # from when on nothing is open to it before a second step is set up

    def get_id(self) -> str:
        """What the cookie carries: the secret of one server-side session, never the person's id."""
        if self.sign_in_token is None:
            raise ValueError("open a session first: accounts.services.open_session")
        return self.sign_in_token

    @property
    def is_active(self) -> bool:
        return self.status == Status.ACTIVE

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def initials(self) -> str:
        words = self.name.split()
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    def holds(self, *wanted: Role) -> bool:
        """Whether one of the roles is held today; the grants must be loaded."""
        return any(g.role in wanted and g.in_force for g in self.roles)

    @property
    def is_lead(self) -> bool:
        return self.holds(Role.LEAD, Role.DEPUTY_LEAD)

    @property
    def is_administrator(self) -> bool:
        return self.holds(Role.ADMINISTRATOR)

    @property
    def leads(self) -> bool:
        """Whether more hangs on this account than on others: shorter sessions, a second step."""
        return self.is_lead or self.is_administrator

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__


class RoleGrant(Base):
    """A role, from one day to another, in the person's own institution."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        UniqueConstraint("person_id", "role", "starts_on"),
    )

    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role]
    starts_on: Mapped[date] = mapped_column(default=today)
    ends_on: Mapped[date | None]  # the last day on which it is held
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    second_step_from: Mapped[date | None]  # the first day on which nobody signs in to this role without one

    person: Mapped[Person] = relationship(back_populates="roles", foreign_keys=[person_id], lazy="raise_on_sql")

    @property
    def institution_id(self) -> int:
        return self.person.institution_id

    @property
    def in_force(self) -> bool:
        on = today()
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class SignIn(Base):
    """One signed-in browser. The cookie's token is kept only as a hash; deleting the row signs the browser out."""

    __tablename__ = "sign_in"

    id: Mapped[pk]
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    browser: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    ends_at: Mapped[datetime] = mapped_column(index=True)  # whatever happens
    proved_at: Mapped[datetime] = mapped_column(default=now)  # when its owner last said who they are
    leads: Mapped[bool] = mapped_column(default=False)  # opened by somebody who led: it ends when that changes
    awaits_code: Mapped[bool] = mapped_column(default=False)  # the first step is done, the second is not
    second_step_from: Mapped[date | None]  # from when on nothing is open to it before a second step is set up

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class SecondStep(Base):
    """A code from somebody's own app, asked for beside the password. The app's keys are kept encrypted."""

    __tablename__ = "second_step"
    __table_args__ = (CheckConstraint("(secret IS NULL) = (on_since IS NULL)", name="on_with_secret"),)

    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    offered: Mapped[str | None]  # the key of the app that is being set up
    secret: Mapped[str | None]  # the key of the app in use
    on_since: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)  # half minutes since 1970: of the newest code that was used

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class RecoveryCode(Base):
    """Stands in once for a code from the app. Kept as passwords are."""

    __tablename__ = "recovery_code"

    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]


class Purpose(StrEnum):
    SIGN_IN = "sign_in"
    INVITE = "invite"
    RESET = "reset"


class OneTimeLink(Base):
    """A mailed link that works once. Only the hash of its token is kept; looking at it does not use it up."""

    __tablename__ = "one_time_link"

    id: Mapped[pk]
    token_hash: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[Purpose]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


def same_institution(one: Any, other: Any) -> bool:
    return bool(one.institution_id == other.institution_id)

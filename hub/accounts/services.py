"""What is done to people: making them known, opening and closing their sessions, giving and ending roles."""

import secrets
from datetime import date, timedelta

from argon2 import PasswordHasher
from sqlalchemy import delete

from hub.accounts.models import Institution, Person, Role, RoleGrant, SignIn, Source, Status, Unit, UnitKind
from hub.accounts.queries import hashed
from hub.core.clock import now, today
from hub.core.db import db
from hub.core.text import slugify

LONGEST_SESSION = timedelta(days=14)
LONGEST_ADMINISTRATOR_SESSION = timedelta(hours=12)


def add_institution(
    *, name: str, short_name: str, email_domain: str, signed_on: date | None = None, phase: int | None = None
) -> Institution:
    institution = Institution(
        name=name,
        short_name=short_name,
        slug=slugify(short_name),
        email_domain=email_domain,
        signed_on=signed_on,
        phase=phase,
    )
    db.session.add(institution)
    db.session.flush()
    return institution


def add_unit(institution: Institution, *, name: str, kind: UnitKind, parent: Unit | None = None) -> Unit:
    unit = Unit(institution_id=institution.id, name=name, kind=kind, parent_id=parent.id if parent else None)
    db.session.add(unit)
    db.session.flush()
    return unit


def add_person(
    institution: Institution,
    *,
    name: str,
    email: str,
    job_title: str = "",
    unit: Unit | None = None,
    manager: Person | None = None,
    staff_id: str | None = None,
    is_technician: bool = True,
    status: Status = Status.ACTIVE,
    source: Source = Source.INVITED,
) -> Person:
    """Make somebody known to the hub; they have no password until they set one."""
    person = Person(
        institution=institution,
        institution_id=institution.id,
        name=name,
        email=email.strip().lower(),
        job_title=job_title,
        unit=unit,
        manager=manager,
        staff_id=staff_id,
        is_technician=is_technician,
        status=status,
        source=source,
        slug=f"{slugify(name)}-{secrets.token_hex(3)}",
        roles=[],
    )
    db.session.add(person)
    db.session.flush()
    return person


def set_password(person: Person, password: str, *, hasher: PasswordHasher) -> None:
    """Keep *password* as argon2id only, and end every session opened with the old one."""
    person.password_hash = hasher.hash(password)
    close_all_sessions(person)


def open_session(person: Person, *, browser: str = "") -> str:
    """A new server-side session; the token returned is for the cookie and kept nowhere else."""
    token = secrets.token_urlsafe(32)
    longest = LONGEST_ADMINISTRATOR_SESSION if person.is_lead or person.is_administrator else LONGEST_SESSION
    db.session.add(
        SignIn(token_hash=hashed(token), person_id=person.id, browser=browser[:200], ends_at=now() + longest)
    )
    db.session.flush()
    person.sign_in_token = token
    return token


def close_session(token: str) -> None:
    db.session.execute(delete(SignIn).where(SignIn.token_hash == hashed(token)))


def close_all_sessions(person: Person) -> None:
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))


def grant(
    person: Person, role: Role, *, actor: Person | None, starts_on: date | None = None, ends_on: date | None = None
) -> RoleGrant:
    """Give *person* a role in their own institution."""
    given = RoleGrant(
        person=person,
        role=role,
        starts_on=starts_on or today(),
        ends_on=ends_on,
        granted_by_id=actor.id if actor else None,
    )
    db.session.add(given)
    db.session.flush()
    return given

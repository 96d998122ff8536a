"""Reads of people, units and sessions."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, bindparam, exists, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from hub.accounts.models import (
    Institution,
    OneTimeLink,
    Person,
    Purpose,
    RecoveryCode,
    Role,
    RoleGrant,
    SecondStep,
    SignIn,
    Status,
    Unit,
)
from hub.core.clock import now, today
from hub.core.db import db

LONGEST_IDLE = timedelta(hours=12)
LONGEST_LEADING_IDLE = timedelta(minutes=30)


def hashed(token: str) -> str:
    """How tokens are kept: they are random enough that a plain hash is."""
    return hashlib.sha256(token.encode()).hexdigest()


def session_of(token: str) -> SignIn | None:
    """The open session behind a cookie, with its person, their institution, unit and roles: one statement.

    Not used for twelve hours, it is over; for those who lead or administer, after half an hour. It is also over when
    its owner comes to lead, or leads no more.
    """
    values = {"token_hash": hashed(token), "at": now(), "idle_since": now() - LONGEST_IDLE}
    found = db.session.scalars(_open_session(), values).unique().one_or_none()
    if found is None:
        return None
    leads = found.person.leads
    is_idle = leads and found.seen_at < now() - LONGEST_LEADING_IDLE
    return None if is_idle or leads != found.leads else found


@cache
def _open_session() -> Select[SignIn]:
    """Asked at every request, so put together once."""
    return (
        select(SignIn)
        .join(SignIn.person)
        .options(
            contains_eager(SignIn.person).options(
                joinedload(Person.institution, innerjoin=True), joinedload(Person.unit), joinedload(Person.roles)
            )
        )
        .where(
            SignIn.token_hash == bindparam("token_hash"),
            SignIn.awaits_code.is_(False),
            SignIn.ends_at > bindparam("at"),
            SignIn.seen_at > bindparam("idle_since"),
            Person.status == Status.ACTIVE,
        )
    )


def half_session(token: str) -> SignIn | None:
    """The session that still awaits a code, with its person."""
    return db.session.scalars(
        select(SignIn)
        .options(
            joinedload(SignIn.person, innerjoin=True).options(
                joinedload(Person.institution, innerjoin=True), selectinload(Person.roles)
            )
        )
        .join(SignIn.person)
        .where(
            SignIn.token_hash == hashed(token),
            SignIn.awaits_code.is_(True),
            SignIn.ends_at > now(),
            Person.status == Status.ACTIVE,
        )
    ).one_or_none()


def second_step(person_id: int) -> SecondStep | None:
    """In use, or being set up."""
    return db.session.scalars(select(SecondStep).where(SecondStep.person_id == person_id)).one_or_none()


def has_second_step(person_id: int) -> bool:
    found = second_step(person_id)
    return found is not None and found.on_since is not None


def unused_recovery_codes(person_id: int) -> Sequence[RecoveryCode]:
    return db.session.scalars(
        select(RecoveryCode)
        .where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
        .order_by(RecoveryCode.id)
    ).all()


def person_by_email(email: str) -> Person | None:
    return db.session.scalars(
        select(Person)
        .options(joinedload(Person.institution), selectinload(Person.roles))
        .where(Person.email == email.strip().lower())
    ).one_or_none()


def person(person_id: int) -> Person:
    """One person with unit, manager, institution and roles.

    :raises NoResultFound: if there is none
    """
    return db.session.scalars(
        select(Person)
        .options(
            joinedload(Person.unit),
            joinedload(Person.manager),
            joinedload(Person.institution),
            selectinload(Person.roles),
        )
        .where(Person.id == person_id)
    ).one()


def people(institution_id: int) -> Select[Person]:
    """Everybody who has not left, by name."""
    return (
        select(Person)
        .where(Person.institution_id == institution_id, Person.status != Status.LEFT)
        .order_by(Person.name, Person.id)
    )


def holds(person_id: int | SQLColumnExpression[int], *roles: Role) -> ColumnElement[bool]:
    """Whether somebody holds one of the roles today, as a condition of a statement."""
    is_over = RoleGrant.ends_on.is_not(None) & (RoleGrant.ends_on < today())
    given = (RoleGrant.person_id == person_id, RoleGrant.role.in_(roles), RoleGrant.starts_on <= today())
    return exists().where(*given, ~is_over)


def holders(institution_id: int, *roles: Role) -> Sequence[Person]:
    """Active people who hold one of the roles today."""
    active = (Person.institution_id == institution_id, Person.status == Status.ACTIVE)
    return db.session.scalars(select(Person).where(*active, holds(Person.id, *roles)).order_by(Person.id)).all()


def managers_above(person: Person) -> list[int]:
    """Who manages somebody, who manages those, and so on up."""
    above: list[int] = []
    at = person.manager_id
    while at is not None and at not in above:
        above.append(at)
        at = db.session.scalar(select(Person.manager_id).where(Person.id == at))
    return above


def units(institution_id: int) -> Sequence[Unit]:
    return db.session.scalars(
        select(Unit).where(Unit.institution_id == institution_id).order_by(Unit.name, Unit.id)
    ).all()


def beneath(unit_id: int) -> Select[Any]:
    """The ids of a unit and of everything that is part of it, however deep."""
    inside = select(Unit.id).where(Unit.id == unit_id).cte(recursive=True)
    return select(inside.union_all(select(Unit.id).join(inside, Unit.parent_id == inside.c.id)).c.id)


def above(unit_id: int) -> Select[Any]:
    """The ids of a unit and of everything that it is part of."""
    around = select(Unit.id, Unit.parent_id).where(Unit.id == unit_id).cte(recursive=True)
    return select(around.union_all(select(Unit.id, Unit.parent_id).join(around, Unit.id == around.c.parent_id)).c.id)


def institution(institution_id: int) -> Institution:
    return db.session.scalars(select(Institution).where(Institution.id == institution_id)).one()


def institutions() -> Sequence[Institution]:
    return db.session.scalars(select(Institution).order_by(Institution.name, Institution.id)).all()


def institution_by_slug(slug: str) -> Institution:
    return db.session.scalars(select(Institution).where(Institution.slug == slug)).one()


def link_of(token: str) -> OneTimeLink | None:
    """An unused link that has not run out, with its person."""
    return db.session.scalars(
        select(OneTimeLink)
        .options(joinedload(OneTimeLink.person, innerjoin=True).joinedload(Person.institution, innerjoin=True))
        .where(OneTimeLink.token_hash == hashed(token), OneTimeLink.used_at.is_(None), OneTimeLink.ends_at > now())
    ).one_or_none()


def may_use(link: OneTimeLink) -> bool:
    """Invitations are for those who have not begun, the others for those who have."""
    return link.person.status == (Status.INVITED if link.purpose == Purpose.INVITE else Status.ACTIVE)


def open_sessions(person_id: int) -> Sequence[SignIn]:
    """Where somebody is signed in, latest use first."""
    return db.session.scalars(
        select(SignIn)
        .where(
            SignIn.person_id == person_id,
            SignIn.awaits_code.is_(False),
            SignIn.ends_at > now(),
            SignIn.seen_at > now() - LONGEST_IDLE,
        )
        .order_by(SignIn.seen_at.desc(), SignIn.id)
    ).all()


def session_of_person(session_id: int, person_id: int) -> SignIn:
    """:raises NoResultFound: if it is not theirs: nobody learns which sessions others have"""
    return db.session.scalars(
        select(SignIn)
        .options(joinedload(SignIn.person, innerjoin=True))
        .where(SignIn.id == session_id, SignIn.person_id == person_id)
    ).one()


def everybody(institution_id: int) -> Select[Person]:
    """All people of an institution, those who left too, with unit and roles."""
    return (
        select(Person)
        .options(joinedload(Person.unit), selectinload(Person.roles))
        .outerjoin(Person.unit)
        .where(Person.institution_id == institution_id)
    )


def colleague(email: str, institution_id: int) -> Person | None:
    """Somebody of the same institution by address."""
    return db.session.scalars(
        select(Person).where(Person.email == email.strip().lower(), Person.institution_id == institution_id)
    ).one_or_none()


def active_colleague(email: str, institution_id: int) -> Person | None:
    """Somebody of the same institution by address, if they can sign in."""
    found = colleague(email, institution_id)
    return found if found is not None and found.status == Status.ACTIVE else None


def holder_of_staff_number(institution_id: int, staff_id: str) -> int | None:
    return db.session.scalar(
        select(Person.id).where(Person.institution_id == institution_id, Person.staff_id == staff_id)
    )


def units_with_people(institution_id: int) -> Select[Any]:
    """Units as rows: id, name, kind, the name of what they are part of, how many people who have not left."""
    above = aliased(Unit)
    people_in = (
        select(func.count())
        .where(Person.unit_id == Unit.id, Person.status != Status.LEFT)
        .correlate(Unit)
        .scalar_subquery()
    )
    return (
        select(Unit.id, Unit.name, Unit.kind, above.name.label("parent"), people_in.label("people"))
        .outerjoin(above, Unit.parent_id == above.id)
        .where(Unit.institution_id == institution_id)
    )


def grant_of(grant_id: int) -> RoleGrant:
    """One grant with its person, their institution and all their roles."""
    return db.session.scalars(
        select(RoleGrant)
        .options(
            joinedload(RoleGrant.person, innerjoin=True).options(
                joinedload(Person.institution, innerjoin=True), selectinload(Person.roles)
            )
        )
        .where(RoleGrant.id == grant_id)
    ).one()


def unit(unit_id: int) -> Unit:
    return db.session.scalars(select(Unit).where(Unit.id == unit_id)).one()


def only_institution() -> Institution | None:
    """The institution of this installation, if it has just one: whose name visitors see."""
    found = db.session.scalars(select(Institution).order_by(Institution.id).limit(2)).all()
    return found[0] if len(found) == 1 else None

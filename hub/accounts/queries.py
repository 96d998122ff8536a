"""Reads of people, units and sessions."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from hub.accounts.models import Institution, OneTimeLink, Person, Role, RoleGrant, SignIn, Status, Unit
from hub.core.clock import now, today
from hub.core.db import db


def hashed(token: str) -> str:
    """How tokens are kept: they are random enough that a plain hash is."""
    return hashlib.sha256(token.encode()).hexdigest()


def session_of(token: str) -> SignIn | None:
    """The open session behind a cookie, with its person, their institution and roles: two statements."""
    return db.session.scalars(
        select(SignIn)
        .join(SignIn.person)
        .options(
            joinedload(SignIn.person, innerjoin=True).options(
                joinedload(Person.institution, innerjoin=True), joinedload(Person.unit), selectinload(Person.roles)
            )
        )
        .where(SignIn.token_hash == hashed(token), SignIn.ends_at > now(), Person.status == Status.ACTIVE)
    ).one_or_none()


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


def holders(institution_id: int, *roles: Role) -> Sequence[Person]:
    """Active people who hold one of the roles today."""
    return db.session.scalars(
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            Person.institution_id == institution_id,
            Person.status == Status.ACTIVE,
            RoleGrant.role.in_(roles),
            RoleGrant.starts_on <= today(),
            (RoleGrant.ends_on.is_(None)) | (RoleGrant.ends_on >= today()),
        )
        .order_by(Person.id)
        .distinct()
    ).all()


def units(institution_id: int) -> Sequence[Unit]:
    return db.session.scalars(
        select(Unit).where(Unit.institution_id == institution_id).order_by(Unit.name, Unit.id)
    ).all()


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

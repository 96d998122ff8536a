"""Reads of contributions: one’s own, those on a profile, those that a lead sees."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from hub.accounts.models import Person, Unit
from hub.attribution.models import Contribution, ContributionRole
from hub.attribution.policy import SHOWN_TO_LEAD
from hub.core.db import db
from hub.core.lists import matching
from hub.directory.models import Visibility

BY_YEAR = (Contribution.year.desc(), Contribution.id.desc())


def _whole(roles: Callable[..., Any] = selectinload) -> Select[Contribution]:
    return select(Contribution).options(
        roles(Contribution.role_rows),
        joinedload(Contribution.unit),
        joinedload(Contribution.person, innerjoin=True).joinedload(Person.institution, innerjoin=True),
    )


def contribution(contribution_id: int) -> Contribution:
    """:raises NoResultFound: if there is none"""
    return db.session.scalars(_whole().where(Contribution.id == contribution_id)).one()


def contributions_of(person_id: int, roles: Callable[..., Any] = selectinload) -> Select[Any]:
    """What somebody has recorded and not removed."""
    return _whole(roles).where(Contribution.person_id == person_id, Contribution.removed_at.is_(None))


def removed_by(person_id: int) -> Sequence[Contribution]:
    """What somebody removed and can put back, the latest first."""
    return db.session.scalars(
        select(Contribution)
        .where(Contribution.person_id == person_id, Contribution.removed_at.is_not(None))
        .order_by(Contribution.removed_at.desc(), Contribution.id.desc())
    ).all()


def forget_before(moment: datetime) -> Sequence[Contribution]:
    """What was removed before *moment*."""
    return db.session.scalars(
        select(Contribution).options(selectinload(Contribution.role_rows)).where(Contribution.removed_at < moment)
    ).all()


def shown_in(person_id: int) -> Sequence[Contribution]:
    """What stands on somebody’s profile for one reader or another: one statement."""
    shown = contributions_of(person_id, joinedload).where(Contribution.shown_to != Visibility.PRIVATE)
    return db.session.scalars(shown.order_by(*BY_YEAR)).unique().all()


def shown_publicly(person_id: int) -> Sequence[Contribution]:
    """Removed ones included: they may come back."""
    return db.session.scalars(
        select(Contribution).where(Contribution.person_id == person_id, Contribution.shown_to == Visibility.PUBLIC)
    ).all()


def _of_institution(institution_id: int) -> tuple[ColumnElement[bool], ...]:
    return (Contribution.institution_id == institution_id, Contribution.removed_at.is_(None))


def shown_to_lead(institution_id: int) -> Select[Any]:
    """Every contribution that its owner shows to technicians or to more."""
    here = _of_institution(institution_id)
    return _whole().join(Contribution.person).where(*here, Contribution.shown_to.in_(SHOWN_TO_LEAD))


def matches(q: str) -> ColumnElement[bool]:
    return matching(q, Contribution.title, Contribution.facility)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many contributions a lead sees of each credit, role and unit, and how many there are besides."""

    credits: dict[str, int]
    roles: dict[str, int]
    units: dict[str, int]
    unit_names: dict[str, str]
    kept_closer: int


def figures(institution_id: int) -> Figures:
    """One statement, however many there are."""
    here = _of_institution(institution_id)
    shown = Contribution.shown_to.in_(SHOWN_TO_LEAD)
    nothing = literal("", String())

    def counted(of: str, key: Any, *where: Any, name: Any = nothing) -> Select[Any]:
        return select(literal(of, String()), cast(key, String), name, func.count()).where(*here, *where)

    role_of = Contribution.id == ContributionRole.contribution_id
    rows = union_all(
        counted("credit", Contribution.credit, shown).group_by(Contribution.credit),
        counted("role", ContributionRole.role, shown).join(Contribution, role_of).group_by(ContributionRole.role),
        counted("unit", Unit.id, shown, name=Unit.name)
        .join(Contribution, Contribution.unit_id == Unit.id)
        .group_by(Unit.id, Unit.name),
        counted("kept", nothing, ~shown).select_from(Contribution),
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    names: dict[str, str] = {}
    for of, value, name, n in sorted(db.session.execute(rows), key=lambda row: str(row[2])):
        found[of][value] = n
        if name:
            names[value] = name
    return Figures(found["credit"], found["role"], found["unit"], names, found["kept"].get("", 0))

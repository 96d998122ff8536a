"""Reads of journeys and drafts, each only for those who may see them; who holds a registration on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from hub.accounts.models import Person
from hub.core.clock import today
from hub.core.db import db
from hub.registration import registers
from hub.registration.models import Comment, Journey, Mentor, Mentoring, Statement
from hub.registration.stages import HELD, LIVE, UNDER_WAY, Stage


def _seen_by(viewer: Person) -> ColumnElement[bool]:
    """Journeys whose drafts *viewer* may read now; all others do not exist for them."""
    mentored = select(Mentoring.journey_id).where(Mentoring.mentor_id == viewer.id, Mentoring.stage.in_(LIVE))
    return or_(Journey.person_id == viewer.id, Journey.id.in_(mentored))


def journey_for(journey_id: int, *, viewer: Person) -> Journey:
    """The journey with its drafts, mentor, supporter and proof.

    :raises NoResultFound: if there is none that *viewer* may read
    """
    return db.session.scalars(
        select(Journey)
        .options(
            joinedload(Journey.person, innerjoin=True),
            joinedload(Journey.supporter),
            joinedload(Journey.proof),
            joinedload(Journey.mentoring).joinedload(Mentoring.mentor),
            selectinload(Journey.statements).selectinload(Statement.comments),
        )
        .where(Journey.id == journey_id, _seen_by(viewer))
    ).one()


def supported_journey(journey_id: int, *, viewer: Person) -> Journey:
    """A journey that asks *viewer* to be its supporter; without the drafts.

    :raises NoResultFound: if it does not
    """
    return db.session.scalars(
        select(Journey)
        .options(joinedload(Journey.person, innerjoin=True), joinedload(Journey.mentoring))
        .where(Journey.id == journey_id, Journey.supporter_id == viewer.id)
    ).one()


def statement_for(journey_id: int, area: str, *, viewer: Person) -> Statement:
    """One area's draft with its journey, comments and kept versions.

    :raises NoResultFound: if there is none that *viewer* may read
    """
    return db.session.scalars(
        select(Statement)
        .join(Statement.journey)
        .options(
            contains_eager(Statement.journey).options(
                joinedload(Journey.person, innerjoin=True),
                joinedload(Journey.mentoring).joinedload(Mentoring.mentor),
            ),
            selectinload(Statement.comments).joinedload(Comment.author, innerjoin=True),
            selectinload(Statement.kept),
        )
        .where(Statement.journey_id == journey_id, Statement.area == area, _seen_by(viewer))
    ).one()


@dataclass(frozen=True, slots=True)
class Thread:
    """The talk about one area. It has no version: who adds to it overwrites nobody."""

    statement: Statement

    @property
    def institution_id(self) -> int:
        return self.statement.institution_id

    @property
    def journey(self) -> Journey:
        return self.statement.journey


def thread_for(journey_id: int, area: str, *, viewer: Person) -> Thread:
    """:raises NoResultFound: if there is none that *viewer* may read"""
    return Thread(statement_for(journey_id, area, viewer=viewer))


def journeys_of(person_id: int) -> Sequence[Journey]:
    """All journeys of one person, those under way first, with drafts and mentor."""
    return db.session.scalars(
        select(Journey)
        .options(
            joinedload(Journey.mentoring).joinedload(Mentoring.mentor),
            selectinload(Journey.statements),
            joinedload(Journey.supporter),
        )
        .where(Journey.person_id == person_id)
        .order_by(Journey.stage.not_in(UNDER_WAY), Journey.started_at.desc(), Journey.id.desc())
    ).all()


def under_way(person_id: int) -> Journey | None:
    """The one journey that *person_id* is on, if any."""
    return db.session.scalars(
        select(Journey)
        .options(joinedload(Journey.mentoring), joinedload(Journey.person, innerjoin=True))
        .where(Journey.person_id == person_id, Journey.stage.in_(UNDER_WAY))
    ).one_or_none()


def _held(on: date) -> ColumnElement[bool]:
    return and_(
        Journey.registered_on.is_not(None),
        Journey.registered_on <= on,
        or_(Journey.lapsed_on.is_(None), Journey.lapsed_on > on),
        or_(Person.left_on.is_(None), Person.left_on > on),
    )


def registered_people(institution_id: int, on: date) -> Select[Person]:
    """Everybody who worked here and held a registration on that day, each once."""
    holders = select(Journey.person_id).join(Journey.person).where(Journey.institution_id == institution_id, _held(on))
    return select(Person).where(Person.id.in_(holders)).order_by(Person.name, Person.id)


def held_on(institution_id: int, on: date) -> Select[Any]:
    """The ids of the journeys whose registration was held on that day by somebody who worked here."""
    return select(Journey.id).join(Journey.person).where(Journey.institution_id == institution_id, _held(on))


def count_registered(institution_id: int, on: date) -> int:
    """How many people that is."""
    return (
        db.session.scalar(
            select(func.count(Journey.person_id.distinct()))
            .join(Journey.person)
            .where(Journey.institution_id == institution_id, _held(on))
        )
        or 0
    )


def current_registrations(person_ids: Sequence[int] | None = None) -> dict[int, list[Journey]]:
    """What each of these people, or everybody, holds today, oldest first: the letters after their names."""
    held = select(Journey).where(Journey.stage.in_(HELD)).order_by(Journey.registered_on, Journey.id)
    found: dict[int, list[Journey]] = {}
    for journey in db.session.scalars(held if person_ids is None else held.where(Journey.person_id.in_(person_ids))):
        found.setdefault(journey.person_id, []).append(journey)
    return found


def holders_and_mentors(person_ids: Sequence[int]) -> Sequence[Person]:
    """Those of these people who are registered or offer to mentor."""
    held = select(Journey.person_id).where(Journey.stage.in_(HELD))
    both = or_(Person.id.in_(held), Person.id.in_(select(Mentor.person_id)))
    return db.session.scalars(select(Person).where(Person.id.in_(person_ids), both)).all()


def as_on_profiles(held: Sequence[Journey]) -> list[str]:
    """“RSci, Registered Scientist” of each register, once."""
    registers_held = (registers.register_of(journey.register) for journey in held)
    return list(dict.fromkeys(f"{one.letters}, {one.name}" for one in registers_held if one))


def registered_on(journeys: Sequence[Any], on: date) -> int:
    """The same count as ``count_registered``, of rows as ``registered_by_month`` reads them."""
    return len(
        {
            person_id
            for person_id, since, lapsed, left in journeys
            if since <= on and (lapsed is None or lapsed > on) and (left is None or left > on)
        }
    )


def registered_by_month(institution_id: int, months: int = 24) -> list[tuple[date, int]]:
    """How many were registered at the end of each of the last months, and today: one statement."""
    rows = db.session.execute(
        select(Journey.person_id, Journey.registered_on, Journey.lapsed_on, Person.left_on)
        .join(Journey.person)
        .where(Journey.institution_id == institution_id, Journey.registered_on.is_not(None))
    ).all()
    ends = [today()]
    while len(ends) <= months:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return [(on, registered_on(rows, on)) for on in reversed(ends)]


def listed_registrations(institution_id: int) -> Select[Journey]:
    """Everybody's registrations that were ever reached, with person and unit."""
    return (
        select(Journey)
        .join(Journey.person)
        .options(contains_eager(Journey.person).joinedload(Person.unit))
        .where(Journey.institution_id == institution_id, Journey.registered_on.is_not(None))
    )


def interested_and_under_way(institution_id: int) -> dict[Stage, int]:
    """How many journeys stand at each stage."""
    counted = db.session.execute(
        select(Journey.stage, func.count()).where(Journey.institution_id == institution_id).group_by(Journey.stage)
    )
    return dict(counted.all())


def renewals_near(on: date, within_days: int) -> Sequence[Journey]:
    """Registrations, in every institution, that want renewing by then, with the person."""
    return db.session.scalars(
        select(Journey)
        .options(joinedload(Journey.person, innerjoin=True), joinedload(Journey.mentoring))
        .where(
            Journey.stage.in_(HELD),
            Journey.renewal_on <= on + timedelta(days=within_days),
            Journey.renewal_on >= on,
        )
        .order_by(Journey.renewal_on, Journey.id)
    ).all()

"""The lists of this feature: mentors to ask, and who is registered."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from hub.accounts import queries as accounts
from hub.accounts.models import Person, Unit
from hub.core.lists import Column, Filter, Listing, matching
from hub.registration import guidance, queries, registers
from hub.registration.models import Journey, Mentor, Mentoring, MentorRegister
from hub.registration.stages import HELD, OPEN, Stage


def _names(codes: list[str], of: dict[str, str]) -> str:
    return ", ".join(of.get(code, code) for code in codes)


def _knows(registers_wanted: list[str]) -> ColumnElement[bool]:
    return Mentor.id.in_(select(MentorRegister.mentor_id).where(MentorRegister.register.in_(registers_wanted)))


def _has_place() -> ColumnElement[bool]:
    taken = (
        select(func.count())
        .select_from(Mentoring)
        .where(Mentoring.mentor_id == Mentor.person_id, Mentoring.stage.in_(OPEN))
        .correlate(Mentor)
        .scalar_subquery()
    )
    return taken < Mentor.capacity


def mentors(institution_id: int, journey: Journey | None) -> Listing:
    """Those who offer, first the ones who know the register of *journey*."""
    fitting = [_knows([journey.register]).desc()] if journey is not None and journey.register else []
    return Listing(
        name="mentors",
        noun=("mentor", "mentors"),
        rows=queries.mentors(institution_id),
        columns=[
            Column("name", "Name", lambda m: m.person.name, Person.name),
            Column("registers", "Registers", lambda m: _names(m.registers, registers.letters())),
            Column("bodies", "Bodies", lambda m: _names(m.bodies, registers.bodies())),
            Column("disciplines", "Disciplines", lambda m: _names(m.disciplines, registers.disciplines())),
            Column("campus", "Campus", lambda m: m.campus, Mentor.campus),
            Column("capacity", "Mentees at once", lambda m: m.capacity, Mentor.capacity, numeric=True),
        ],
        default_order=[*fitting, Person.name, Mentor.id],
        filters_offered=[
            Filter("register", "Register", registers.letters, _knows),
            Filter("place", "Places", lambda: {"free": "Has a free place"}, lambda _: _has_place()),
        ],
        search=lambda q: matching(q, Person.name, Mentor.about, Mentor.campus),
    )


def _in_units(institution_id: int) -> dict[str, str]:
    return {str(unit.id): unit.name for unit in accounts.units(institution_id)}


def _stage_words(rows: Any) -> str:
    return guidance.WORDS[rows.stage]


def registrations(institution_id: int) -> Listing:
    """Every registration that was reached, newest first."""
    rows: Select[Any] = queries.listed_registrations(institution_id).outerjoin(Person.unit)
    return Listing(
        name="registered",
        noun=("registration", "registrations"),
        rows=rows,
        columns=[
            Column("name", "Name", lambda j: j.person.name, Person.name),
            Column("unit", "Unit", lambda j: j.person.unit.name if j.person.unit else "", Unit.name),
            Column("register", "Register", lambda j: j.register_name, Journey.register),
            Column("body", "Body", lambda j: registers.bodies().get(j.body or "", "")),
            Column("since", "Since", lambda j: j.registered_on, Journey.registered_on),
            Column("renewal", "Renewal", lambda j: j.renewal_on, Journey.renewal_on),
            Column("stage", "State", _stage_words),
        ],
        default_order=[Journey.registered_on.desc(), Journey.id],
        filters_offered=[
            Filter("register", "Register", registers.letters, Journey.register.in_),
            Filter(
                "state",
                "State",
                lambda: {stage.value: guidance.WORDS[stage] for stage in (*HELD, Stage.LAPSED)},
                Journey.stage.in_,
            ),
            Filter(
                "unit",
                "Unit",
                lambda: _in_units(institution_id),
                lambda chosen: Person.unit_id.in_([int(one) for one in chosen]),
            ),
        ],
        search=lambda q: matching(q, Person.name),
    )

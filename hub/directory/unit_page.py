"""What somebody sees of a faculty, a department or a team: nobody and nothing hidden from them is counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, literal, select

from hub.accounts import queries as accounts
from hub.accounts.models import Person, Unit, UnitKind
from hub.core.db import db
from hub.core.links import path_to
from hub.core.lists import COUNT_UP_TO
from hub.core.text import lines
from hub.directory import finding, policy
from hub.directory.cards import Found, Look, found
from hub.directory.fields import FIELDS
from hub.directory.finding import Scope
from hub.directory.models import Level, Listed, Posting, Profile, Skill
from hub.directory.reading import Reading

MOST_CARDS, MOST_SKILLS, MOST_KEEPERS = 12, 15, 50


@dataclass(frozen=True)
class UnitPage:
    """*parts* come with how many people of each are in sight; *search* is the address of all of them."""

    above: Unit | None
    parts: Sequence[tuple[Unit, int]]
    people: int
    first: Sequence[Found]
    skills: Sequence[Any]  # name, people, teachers
    champions: Sequence[Any]  # people, each with their role as text
    machines: dict[str, list[Any]]  # each with those who look after it
    search: str


def unit_page(user: Person, unit: Unit) -> UnitPage:
    units = accounts.units(user.institution_id)
    inside = _inside(unit, units)
    audiences = policy.audiences(policy.viewer_of(user), user.institution_id)
    where, campus = finding.scope(user.institution_id, audiences, user.id)
    people = _people_in(where, list(inside))
    path = path_to("directory.search")
    in_each = Counter(row.unit_id for row in people)
    return UnitPage(
        above=next((one for one in units if one.id == unit.parent_id), None),
        parts=[(one, sum(in_each[part] for part in _inside(one, units))) for one in units if one.parent_id == unit.id],
        people=len(people),
        first=list(found(Look(where, Reading(), campus, path), [row.person_id for row in people[:MOST_CARDS]])),
        skills=_skills_in(where, list(inside), most=MOST_SKILLS),
        champions=_said_in(where, list(inside), "champion_role", most=MOST_CARDS),
        machines=_machines(_said_in(where, list(inside), "equipment", most=MOST_KEEPERS)),
        search=f"{path}?{'faculty' if unit.kind == UnitKind.FACULTY else 'unit'}={unit.id}",
    )


def _machines(keepers: Sequence[Any]) -> dict[str, list[Any]]:
    """Each machine once, whoever wrote it with which capitals."""
    called: dict[str, str] = {}
    kept: dict[str, list[Any]] = {}
    for who in keepers:
        for machine in lines(who.text):
            kept.setdefault(called.setdefault(machine.casefold(), machine), []).append(who)
    return dict(sorted(kept.items(), key=lambda item: item[0].casefold()))


def _inside(unit: Unit, units: Sequence[Unit]) -> set[int]:
    """The unit and all its parts."""
    inside = {unit.id}
    while more := {one.id for one in units if one.parent_id in inside} - inside:
        inside |= more
    return inside


# -- its statements ---------------------------------------------------------------------------------------------------


def _in_units(where: Scope, unit_ids: Sequence[int]) -> ColumnElement[bool]:
    """Whoever is listed there for *where*; of a statement that joins ``Listed`` and ``Person``."""
    seen = Listed.audience.in_(where.audiences)
    return and_(Listed.institution_id == where.institution_id, seen, Person.unit_id.in_(unit_ids))


def _people_in(where: Scope, unit_ids: Sequence[int]) -> Sequence[Any]:
    """Person and unit of everybody there, by name, up to as many as are counted."""
    return db.session.execute(
        select(Listed.person_id, Person.unit_id)
        .join(Person, Person.id == Listed.person_id)
        .where(_in_units(where, unit_ids))
        .order_by(Listed.sort_name, Listed.person_id)
        .limit(COUNT_UP_TO)
    ).all()


def _skills_in(where: Scope, unit_ids: Sequence[int], *, most: int) -> Sequence[Any]:
    """The skills that most people there show: id, name, how many have it, how many can teach it."""
    people = func.count()
    return db.session.execute(
        select(
            Skill.id,
            Skill.name,
            people.label("people"),
            func.count().filter(Posting.level == Level.CAN_TEACH.step).label("teachers"),
        )
        .join(Posting, and_(Posting.skill_id == Skill.id, Posting.term == literal("#") + cast(Skill.id, String)))
        .join(Listed, Listed.person_id == Posting.person_id)
        .join(Person, Person.id == Posting.person_id)
        .where(
            _in_units(where, unit_ids),
            Posting.institution_id == where.institution_id,
            Posting.field == "skills",
            Posting.audience.in_(where.audiences),
        )
        .group_by(Skill.id, Skill.name)
        .order_by(people.desc(), Skill.name)
        .limit(most)
    ).all()


def _said_in(where: Scope, unit_ids: Sequence[int], key: str, *, most: int) -> Sequence[Any]:
    """What people there say in the field *key*, of one column: id, slug, name, job title, text."""
    (column,) = FIELDS[key].columns
    shown = (
        Posting.institution_id == where.institution_id,
        Posting.field == key,
        Posting.audience.in_(where.audiences),
    )
    return db.session.execute(
        select(Person.id, Person.slug, Person.name, Person.job_title, getattr(Profile, column).label("text"))
        .join(Listed, Listed.person_id == Person.id)
        .join(Profile, Profile.person_id == Person.id)
        .where(_in_units(where, unit_ids), exists().where(Posting.person_id == Person.id, *shown))
        .order_by(Listed.sort_name, Person.id)
        .limit(most)
    ).all()

"""Finding people: one statement gives everybody who matches, in order, with what the facets count; answers are kept."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, false, func, literal, or_, select

from hub.accounts.models import Person, Status, Unit
from hub.core.db import db
from hub.core.lists import COUNT_UP_TO
from hub.directory import index_store, policy
from hub.directory.fields import FIELDS
from hub.directory.models import Edition, Level, Listed, Posting, Profile, SkillGroup
from hub.directory.reading import Part, Reading

MENTOR = "mentor"  # a mark beside the letters of the registers
ORDER = (Listed.standing.desc(), Listed.sort_name, Listed.person_id)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where somebody looks, with whose eyes, and as of which change."""

    institution_id: int
    audiences: frozenset[int]
    answers: str
    words: str
    vocabulary: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What the facets narrow to: any value of one facet, and each facet chosen."""

    faculties: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()
    campuses: frozenset[str] = frozenset()
    levels: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    marks: frozenset[str] = frozenset()  # letters of registers, and MENTOR

    def __bool__(self) -> bool:
        return any((self.faculties, self.departments, self.campuses, self.levels, self.groups, self.marks))


NO_CHOICE = Choice()


@dataclass(frozen=True)
class Answer:
    """Who matches, best first, as columns; *capped* when there are more than are counted."""

    people: Sequence[int]
    levels: Sequence[int]
    faculties: Sequence[int]
    departments: Sequence[int]
    campuses: Sequence[str]
    groups: Sequence[int]
    marks: Sequence[str]
    parts: int = 0  # of the query that they satisfy
    capped: bool = False

    def __len__(self) -> int:
        return len(self.people)

    @cached_property
    def _rows(self) -> list[tuple[Any, ...]]:
        return list(
            zip(
                *(self.people, self.levels, self.faculties, self.departments, self.campuses, self.groups, self.marks),
                [self.parts] * len(self),
                strict=True,
            )
        )

    def narrowed(self, choice: Choice) -> "Answer":
        """Those who fit the choice."""
        rows = [row for row in self._rows if _fits(row, choice)] if choice else self._rows
        return _answer(rows) if choice else self

    @cached_property
    def counts(self) -> dict[str, Counter[Any]]:
        """How many have each value of each facet; of the groups, each bit is a value, of the marks each word."""
        marks: Counter[str] = Counter()
        for words, people in Counter(self.marks).items():
            marks.update(dict.fromkeys(filter(None, words.split("|")), people))
        bits: Counter[int] = Counter()
        for groups, people in Counter(self.groups).items():
            bits.update({bit: people for bit in range(len(SkillGroup)) if groups >> bit & 1})
        return {
            "faculties": Counter(self.faculties),
            "departments": Counter(self.departments),
            "campuses": Counter(self.campuses),
            "levels": Counter(self.levels),
            "groups": bits,
            "marks": marks,
        }


NOBODY_FOUND = Answer((), (), (), (), (), (), ())


PROFILE, EDITION = Profile.__table__.c, Edition.__table__.c  # asked at every search: rows of tables cost half as much
SCOPE = select(
    select(PROFILE.campus).where(PROFILE.person_id == bindparam("person_id")).scalar_subquery(),
    EDITION.answers,
    EDITION.words,
    EDITION.vocabulary,
).where(EDITION.institution_id == bindparam("institution_id"))


def scope(institution_id: int, audiences: frozenset[int], person_id: int | None = None) -> tuple[Scope, str]:
    """As of when kept answers must be, and the campus of the person who looks, in one statement."""
    index_store.catch_up()
    row = db.session.execute(SCOPE, {"institution_id": institution_id, "person_id": person_id}).one_or_none()
    of_viewer, *marks = row or ("", "", "", "")
    return Scope(institution_id, audiences, *marks), of_viewer or ""


@lru_cache(maxsize=128)
def find(where: Scope, reading: Reading, choice: Choice = NO_CHOICE) -> Answer:
    """Everybody in *where* who matches most of what is asked for; the whole directory when nothing is."""
    rows = db.session.execute(_matching(where, reading, choice).limit(COUNT_UP_TO + 1)).all()
    return _answer([tuple(row) for row in rows[:COUNT_UP_TO]], capped=len(rows) > COUNT_UP_TO)


def _answer(rows: list[tuple[Any, ...]], *, capped: bool = False) -> Answer:
    columns = zip(*rows, strict=True) if rows else ((),) * 8
    people, levels, faculties, departments, campuses, groups, marks, parts = columns
    once: dict[str, str] = {}  # each text in memory
    return Answer(
        array("i", people),
        array("b", levels),
        array("i", faculties),
        array("i", departments),
        [once.setdefault(campus, campus) for campus in campuses],
        array("i", groups),
        [once.setdefault(words, words) for words in marks],
        parts[0] if parts else 0,
        capped,
    )


def _fits(row: tuple[Any, ...], choice: Choice) -> bool:
    _, level, faculty, department, campus, groups, marks, _ = row
    return (
        (not choice.faculties or faculty in choice.faculties)
        and (not choice.departments or department in choice.departments)
        and (not choice.campuses or campus in choice.campuses)
        and (not choice.levels or level in choice.levels)
        and (not choice.groups or any(groups >> bit & 1 for bit in choice.groups))
        and (not choice.marks or not choice.marks.isdisjoint(marks.split("|")))
    )


# -- the statement -----------------------------------------------------------------------------------------------------


def _matching(where: Scope, reading: Reading, choice: Choice) -> Select[Any]:
    if not reading.parts:
        rows = _facets(where, literal(0), literal(0)).select_from(Listed)
        return _narrow(rows, where, literal(0), choice).order_by(Listed.sort_name, Listed.person_id)
    hits = _hits(where, reading)
    rows = _facets(where, hits.c.level, hits.c.parts).join(hits, hits.c.person_id == Listed.person_id)
    rows = _narrow(rows.where(hits.c.parts == hits.c.most), where, hits.c.level, choice)
    return rows.order_by(hits.c.weight.desc(), *ORDER)


def _hits(where: Scope, reading: Reading) -> Any:
    """Who has how many of the parts, and how well: of each part what counts most, all parts added up."""
    best = (
        select(
            Posting.person_id,
            func.max(Posting.level).label("level"),
            *(_weight(part).label(f"part{n}") for n, part in enumerate(reading.parts)),
        )
        .join(Listed, and_(Listed.person_id == Posting.person_id, Listed.audience.in_(where.audiences)))
        .where(
            Posting.institution_id == where.institution_id,
            Posting.term.in_(set(reading.terms)),
            Posting.audience.in_(where.audiences),
        )
        .group_by(Posting.person_id)
        .subquery()
    )
    weights = [best.c[f"part{n}"] for n in range(len(reading.parts))]
    parts = _sum(case((weight.is_not(None), 1), else_=0) for weight in weights)
    return select(
        best.c.person_id,
        best.c.level,
        _sum(func.coalesce(weight, 0) for weight in weights).label("weight"),
        parts.label("parts"),
        func.max(parts).over().label("most"),
    ).subquery()


def _weight(part: Part) -> ColumnElement[Any]:
    """How well somebody satisfies one part; nothing if they do not."""
    meant = (Posting.term.in_(part.terms), Posting.weight * part.worth)
    ending = [(Posting.term.in_(part.endings), Posting.weight * part.worth // 2)] if part.endings else []
    return func.max(case(meant, *ending))


def _sum(columns: Iterable[ColumnElement[Any]]) -> ColumnElement[Any]:
    return reduce(add, columns)


def _facets(where: Scope, level: ColumnElement[Any], parts: ColumnElement[Any]) -> Select[Any]:
    def seen(audience: Any, value: Any, otherwise: Any) -> ColumnElement[Any]:
        return case((audience.in_(where.audiences), value), else_=otherwise)

    return select(
        Listed.person_id,
        level,
        func.coalesce(Listed.faculty_id, 0),
        func.coalesce(Listed.department_id, 0),
        seen(Listed.campus_audience, Listed.campus, ""),
        seen(Listed.skills_audience, Listed.groups, 0),
        seen(Listed.registers_audience, Listed.registers, "|").concat(case((_offers(where), MENTOR), else_="")),
        parts,
    ).where(Listed.institution_id == where.institution_id, Listed.audience.in_(where.audiences))


def _offers(where: Scope) -> ColumnElement[bool]:
    """Who mentors is for colleagues to know."""
    return Listed.mentors.is_(True) if policy.INSTITUTION in where.audiences else false()


def _has(where: Scope, mark: str) -> ColumnElement[bool]:
    if mark == MENTOR:
        return _offers(where)
    return and_(Listed.registers.contains(f"|{mark}|", autoescape=True), Listed.registers_audience.in_(where.audiences))


def _narrow(rows: Select[Any], where: Scope, level: ColumnElement[Any], choice: Choice) -> Select[Any]:
    if choice.faculties:
        rows = rows.where(Listed.faculty_id.in_(choice.faculties))
    if choice.departments:
        rows = rows.where(Listed.department_id.in_(choice.departments))
    if choice.campuses:
        rows = rows.where(Listed.campus.in_(choice.campuses), Listed.campus_audience.in_(where.audiences))
    if choice.levels:
        rows = rows.where(level.in_(choice.levels))
    if choice.groups:
        bits = sum(1 << bit for bit in choice.groups)
        rows = rows.where(Listed.groups.bitwise_and(bits) != 0, Listed.skills_audience.in_(where.audiences))
    if choice.marks:
        rows = rows.where(or_(*(_has(where, mark) for mark in sorted(choice.marks))))
    return rows


# -- what the page shows of them ---------------------------------------------------------------------------------------

CARD = (
    select(
        Person.id,
        Person.slug,
        Person.name,
        Person.job_title,
        Person.unit_id,
        Unit.name.label("unit"),
        *(getattr(Profile, column) for field in FIELDS.values() if field.weight for column in field.columns),
        Profile.photo_id,
        Profile.shown_to,
    )
    .join(Profile, Profile.person_id == Person.id)
    .outerjoin(Unit, Unit.id == Person.unit_id)
    .where(Person.status == Status.ACTIVE, Person.is_technician.is_(True))
)


def cards(person_ids: Sequence[int]) -> list[Any]:
    """The people in the order given; whoever has left since is not among them."""
    rows = {row.id: row for row in db.session.execute(CARD.where(Person.id.in_(person_ids)))}
    return [rows[person_id] for person_id in person_ids if person_id in rows]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is in the answer: a field, the term or skill in it, and the level of the skill."""

    field: str
    term: str
    skill_id: int | None
    level: Level | None


MOST_REASONS = 3


def reasons(where: Scope, reading: Reading, person_ids: Sequence[int]) -> dict[int, list[Reason]]:
    """The strongest reasons for each of the people, one for each field and skill."""
    found: dict[int, dict[Any, Reason]] = {}
    if not reading.parts or not person_ids:
        return {}
    rows = db.session.execute(
        select(Posting.person_id, Posting.field, Posting.term, Posting.skill_id, Posting.level)
        .where(
            Posting.institution_id == where.institution_id,
            Posting.term.in_(set(reading.terms)),
            Posting.person_id.in_(person_ids),
            Posting.audience.in_(where.audiences),
        )
        .order_by(Posting.weight.desc(), Posting.field, Posting.skill_id, Posting.term)
    )
    for row in rows:
        level = tuple(Level)[row.level - 1] if row.level else None
        kept = found.setdefault(row.person_id, {})
        key = (row.field, row.skill_id if row.field in {"skills", "learning"} else None)
        kept.setdefault(key, Reason(row.field, row.term, row.skill_id, level))
    return {person_id: list(kept.values())[:MOST_REASONS] for person_id, kept in found.items()}


# -- people alike ------------------------------------------------------------------------------------------------------


def alike(where: Scope, person_id: int, skill_ids: Sequence[int], *, most: int = 4) -> list[Any]:
    """Who has the most of these skills at any level, as far as *where* may see; a rare skill in common counts more."""
    terms = [f"#{skill_id}" for skill_id in skill_ids]
    shared = (Posting.institution_id == where.institution_id, Posting.field == "skills", Posting.term.in_(terms))
    seen = (Posting.audience.in_(where.audiences), Listed.audience.in_(where.audiences))
    holding = select(Posting.term, func.count().label("people")).where(*shared).group_by(Posting.term).subquery()
    common = (
        select(Posting.person_id, func.count().label("skills"), func.sum(1000 / (1 + holding.c.people)).label("weight"))
        .join(Listed, Listed.person_id == Posting.person_id)
        .join(holding, holding.c.term == Posting.term)
        .where(*shared, *seen, Posting.person_id != person_id)
        .group_by(Posting.person_id)
        .subquery()
    )
    return list(
        db.session.execute(
            select(Person.id, Person.slug, Person.name, Person.job_title, Unit.name.label("unit"), common.c.skills)
            .join(common, common.c.person_id == Person.id)
            .join(Listed, Listed.person_id == Person.id)
            .outerjoin(Unit, Unit.id == Person.unit_id)
            .order_by(common.c.weight.desc(), *ORDER)
            .limit(most)
        )
    )

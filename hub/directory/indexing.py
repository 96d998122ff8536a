"""What the index says of each technician, worked out from their profile and the rule of who sees what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import exists, select

from hub.accounts.models import Person, Status, Unit, UnitKind
from hub.core.db import db
from hub.directory import policy
from hub.directory.fields import FIELDS
from hub.directory.models import (
    Covers,
    Level,
    PersonSkill,
    Profile,
    PublicConsent,
    SkillGroup,
    Visibility,
    letters,
)
from hub.directory.phrases import KnownSkill, Phrases, Vocabulary, vocabulary
from hub.directory.terms import plain, stem, written

EXACT_SKILL = 100  # and ten for each step of its level
IN_A_SKILL = 58  # a word of a skill’s name, and six for each step: whoever can teach comes before whose title says it
WISH = 50
NAME = 100
TITLE = 90
UNIT = 40
OFTEN_THE_SAME = 120  # letters: many have the same title and the same unit
A_WORD_LESS = 10  # than the skill it stands in

TEXTS = tuple((f.key, f.columns, f.weight) for f in FIELDS.values() if f.weight)


class Entry(NamedTuple):
    """One posting without its person: see models.Posting."""

    term: str
    field: str
    audience: int
    weight: int
    level: int
    skill_id: int | None


@dataclass
class Indexed:
    """A technician as the index has them: the row of ``Listed``, the postings, and how each word was written."""

    listed: dict[str, Any]
    entries: set[Entry] = field(default_factory=set)
    shown: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> set[tuple[int, str]]:
        return known_words(self.entries)


def known_words(entries: Iterable[Entry]) -> set[tuple[int, str]]:
    return {(entry.audience, entry.term) for entry in entries if not entry.term.startswith("#")}


@dataclass(frozen=True)
class Surroundings:
    """What all technicians of an institution share: its units and its vocabulary."""

    units: dict[int, Unit]
    vocabulary: Vocabulary

    def above(self, unit_id: int | None) -> Iterator[Unit]:
        """The unit, then what it is part of."""
        seen: set[int] = set()
        while unit_id is not None and unit_id in self.units and unit_id not in seen:
            seen.add(unit_id)
            yield self.units[unit_id]
            unit_id = self.units[unit_id].parent_id


def surroundings(institution_id: int, mark: str) -> Surroundings:
    """As of *mark* (``Edition.vocabulary``)."""
    units = db.session.scalars(select(Unit).where(Unit.institution_id == institution_id)).all()
    return Surroundings({unit.id: unit for unit in units}, vocabulary(institution_id, mark))


SUBJECT = (
    select(
        Person.id,
        Person.institution_id,
        Person.unit_id,
        Person.name,
        Person.job_title,
        *(getattr(Profile, column) for _, columns, _ in TEXTS for column in columns),
        Profile.shown_to,
        Profile.mentors,
        Profile.completeness,
        Profile.confirmed_at,
        exists()
        .where(
            PublicConsent.person_id == Person.id,
            PublicConsent.covers == Covers.PAGE,
            PublicConsent.withdrawn_at.is_(None),
        )
        .label("agreed"),
    )
    .join(Profile, Profile.person_id == Person.id)
    .where(Person.status == Status.ACTIVE, Person.is_technician.is_(True))
)


def subjects(person_ids: Sequence[int], around: Surroundings) -> Iterator[Indexed]:
    """Those of the people whom the directory lists, as the index should have them."""
    skills: dict[int, list[Any]] = {}
    for own in db.session.execute(
        select(PersonSkill.person_id, PersonSkill.skill_id, PersonSkill.level, PersonSkill.wants_to_learn).where(
            PersonSkill.person_id.in_(person_ids)
        )
    ):
        skills.setdefault(own.person_id, []).append(own)
    for row in db.session.execute(SUBJECT.where(Person.id.in_(person_ids))):
        yield _indexed(row, skills.get(row.id, []), around)


def _indexed(row: Any, skills: list[Any], around: Surroundings) -> Indexed:
    units = list(around.above(row.unit_id))
    audiences = _audiences(frozenset(row.shown_to.items()), row.unit_id, row.agreed)
    own = [s for s in skills if s.level is not None]
    one = Indexed(
        {
            "person_id": row.id,
            "institution_id": row.institution_id,
            "sort_name": plain(row.name),
            "standing": standing(row.completeness, row.confirmed_at),
            "faculty_id": next((u.id for u in units if u.kind == UnitKind.FACULTY), None),
            "department_id": next((u.id for u in units if u.kind == UnitKind.DEPARTMENT), row.unit_id),
            "campus": row.campus,
            "groups": groups(around.vocabulary.skills[s.skill_id].group for s in own),
            "registers": "|".join(["", *letters(row.registrations), ""]),
            "mentors": row.mentors,
            "audience": audiences["name"],
            "campus_audience": audiences["place"],
            "skills_audience": audiences["skills"],
            "registers_audience": audiences["registrations"],
        }
    )
    _add_name(one, row, units, audiences["name"], around)
    _add_skills(one, skills, audiences, around)
    for key, columns, weight in TEXTS:
        _add_text(one, key, " \n ".join(getattr(row, c) for c in columns), audiences[key], weight, around)
    one.entries = _strongest(one.entries)
    return one


@lru_cache(maxsize=4096)  # most are shown to whom the hub proposes, and units are few
def _audiences(chosen: frozenset[tuple[str, str]], unit_id: int | None, agreed: bool) -> dict[str, int]:
    """Who may find somebody by each field."""
    shown = {key: field.default for key, field in FIELDS.items()} | {key: Visibility(to) for key, to in chosen}
    return {key: policy.audience(to, unit_id=unit_id, agreed=agreed) for key, to in shown.items()}


def standing(completeness: int, confirmed_at: datetime | None) -> int:
    """One number that orders equals: the fuller profile first, then the one confirmed last."""
    return completeness * 1_000_000 + (confirmed_at.toordinal() if confirmed_at else 0)


def groups(of: Iterable[SkillGroup]) -> int:
    """Skill groups as bits, in the order of the enumeration."""
    order = list(SkillGroup)
    return sum({1 << order.index(group) for group in of})


def _add_name(one: Indexed, row: Any, units: list[Unit], audience: int, around: Surroundings) -> None:
    if audience == policy.NOBODY:
        return
    for word, as_written in written(row.name):
        one.shown.setdefault(word, as_written)
        one.entries.add(Entry(word, "name", audience, NAME, 0, None))
    _add_text(one, "title", row.job_title, audience, TITLE, around)
    for unit in units:
        _add_text(one, "unit", unit.name, audience, UNIT, None)


def _add_skills(one: Indexed, skills: list[Any], audiences: dict[str, int], around: Surroundings) -> None:
    for own in skills:
        skill = around.vocabulary.skills[own.skill_id]
        if own.level is not None:
            step = Level(own.level).step
            weights = (EXACT_SKILL + 10 * step, IN_A_SKILL + 6 * step)
            _add_skill(one, "skills", skill, audiences["skills"], weights, step)
        if own.wants_to_learn:
            _add_skill(one, "learning", skill, audiences["learning"], (WISH, WISH - A_WORD_LESS), 0)


def _add_skill(one: Indexed, key: str, skill: KnownSkill, audience: int, weights: tuple[int, int], step: int) -> None:
    if audience == policy.NOBODY:
        return
    one.entries.add(Entry(f"#{skill.id}", key, audience, weights[0], step, skill.id))
    for word, as_written in written(skill.name):
        one.shown.setdefault(stem(word), as_written)
        one.entries.add(Entry(stem(word), key, audience, weights[1], step, skill.id))


def _add_text(one: Indexed, key: str, text: str, audience: int, weight: int, around: Surroundings | None) -> None:
    if audience == policy.NOBODY or not text:
        return
    read = _read_again if len(text) <= OFTEN_THE_SAME else _read
    entries, shown = read(key, text, audience, weight, around.vocabulary.phrases if around else None)
    one.entries.update(entries)
    one.shown = dict(shown) | one.shown


def _read(
    key: str, text: str, audience: int, weight: int, phrases: Phrases | None
) -> tuple[tuple[Entry, ...], tuple[tuple[str, str], ...]]:
    """Postings of a text, and how each word was written, the first word last."""
    words = [(stem(word), as_written) for word, as_written in written(text)]
    skills = [Entry(f"#{skill_id}", key, audience, weight, 0, skill_id) for skill_id in _skills_in(text, phrases)]
    plain_words = [Entry(word, key, audience, weight - A_WORD_LESS, 0, None) for word, _ in words]
    return (*skills, *plain_words), tuple(reversed(words))


_read_again = lru_cache(maxsize=4096)(_read)


def _skills_in(text: str, phrases: Phrases | None) -> Iterable[int]:
    return phrases.in_text(text) if phrases else ()


def _strongest(entries: set[Entry]) -> set[Entry]:
    """One entry for each term and field: the one that counts most."""
    best: dict[tuple[str, str], Entry] = {}
    for entry in sorted(entries, key=lambda e: (e.weight, e.skill_id or 0)):
        best[entry.term, entry.field] = entry
    return set(best.values())

"""What is done to an institution's vocabulary of skills: the lead changes it, whoever misses a skill suggests it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from hub.accounts.models import Institution, Person
from hub.core.db import Base, db
from hub.core.errors import Refusal
from hub.directory import index_store, notifications, queries
from hub.directory.models import Level, Skill, SkillGroup, SkillSuggestion
from hub.directory.services.index import reindex_all
from hub.directory.services.skills import Claim, add_skills_to, forget_confirmations
from hub.directory.vocabulary_file import Line
from hub.directory.workflow import SUGGESTION

SHIPPED = Path(__file__).parent.parent / "vocabulary.csv"


class SkillNameTaken(Refusal):
    """Two skills of one vocabulary cannot have one name."""


class SameSkill(Refusal):
    """A skill cannot be merged with itself."""


class StillInUse(Refusal):
    """Somebody has it on their profile, or a session is about it."""


def load_vocabulary(institution: Institution) -> int:
    """Give the institution what it lacks of the shipped skills; what it has is left as it is. How many were new."""
    known = set(db.session.scalars(select(Skill.name).where(Skill.institution_id == institution.id)))
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = [
            {
                "institution_id": institution.id,
                "name": row["name"],
                "group": SkillGroup(row["group"]),
                "synonyms": [s for s in row["synonyms"].split(";") if s],
                "abbreviations": [a for a in row["abbreviations"].split(";") if a],
            }
            for row in csv.DictReader(file)
            if row["name"] not in known
        ]
    if rows:
        db.session.execute(insert(Skill), rows)
        index_store.change_vocabulary(institution.id)
    return len(rows)


def add_to_vocabulary(
    institution: Institution,
    *,
    name: str,
    group: SkillGroup,
    synonyms: Sequence[str] = (),
    abbreviations: Sequence[str] = (),
    actor: Person,
) -> Skill:
    """:raises SkillNameTaken: if a skill has that name"""
    del actor  # the journal has it
    _refuse_taken(institution.id, name)
    skill = Skill(
        institution_id=institution.id,
        name=name,
        group=group,
        synonyms=list(synonyms),
        abbreviations=list(abbreviations),
    )
    db.session.add(skill)
    db.session.flush()
    _follow(institution.id, [skill.id], [name, *synonyms, *abbreviations])
    return skill


def change_in_vocabulary(
    skill: Skill,
    *,
    name: str,
    group: SkillGroup,
    synonyms: Sequence[str],
    abbreviations: Sequence[str],
    actor: Person,
) -> None:
    """Whoever has the skill, or says one of its names, is found by what it is called now.

    :raises SkillNameTaken: if another skill has that name
    """
    del actor
    if name.casefold() != skill.name.casefold():
        _refuse_taken(skill.institution_id, name)
    before = {skill.name, *skill.synonyms, *skill.abbreviations}
    skill.name, skill.group = name, group
    skill.synonyms, skill.abbreviations = list(synonyms), list(abbreviations)
    db.session.flush()
    _follow(skill.institution_id, [skill.id], before | {name, *synonyms, *abbreviations})


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file changed of the vocabulary."""

    added: int
    changed: int
    same: int


def import_vocabulary(institution: Institution, lines: Sequence[Line], *, actor: Person) -> Brought:
    """Make the skills that a file names say what it says of them; whatever it does not name stays as it is."""
    del actor
    known = {skill.name.casefold(): skill for skill in queries.skills(institution.id)}
    added = changed = 0
    for line in lines:
        said = {"group": line.group, "synonyms": list(line.synonyms), "abbreviations": list(line.abbreviations)}
        skill = known.get(line.name.casefold())
        if skill is None:
            db.session.add(Skill(institution_id=institution.id, name=line.name, **said))
            added += 1
        elif any(getattr(skill, column) != value for column, value in said.items()):
            for column, value in said.items():
                setattr(skill, column, value)
            changed += 1
    db.session.flush()
    if added or changed:
        index_store.change_vocabulary(institution.id)
        reindex_all(institution.id)
    return Brought(added, changed, len(lines) - added - changed)


def remove_from_vocabulary(skill: Skill, *, actor: Person) -> None:
    """Only what nobody has and nothing is about can go; the rest can be merged with another skill.

    :raises StillInUse: if anything refers to it
    """
    del actor
    if any(queries.with_skill(model, column, skill.id) for model, column in _references()):
        raise StillInUse("People or sessions have this skill. Merge it with another one instead.")
    institution_id, names = skill.institution_id, [skill.name, *skill.synonyms, *skill.abbreviations]
    db.session.delete(skill)
    db.session.flush()
    _follow(institution_id, [], names)


def merge_skills(skill: Skill, *, into: Skill, actor: Person) -> None:
    """Make one skill of two: what was said with *skill* is said with *into*, which takes its names as other names.

    Whoever had both keeps the higher level and the wish.

    :raises SameSkill: if both are one
    """
    del actor
    if skill.id == into.id:
        raise SameSkill("This is the same skill. Name the other one.")
    _join_holders(skill, into)
    for model, column in _references():
        for row in queries.with_skill(model, column, skill.id):
            setattr(row, column, into.id)
    names = [skill.name, *skill.synonyms, *skill.abbreviations]
    _take_names(into, [skill.name, *skill.synonyms], skill.abbreviations)
    merged = skill.id
    db.session.delete(skill)
    db.session.flush()
    db.session.expire_all()
    _follow(into.institution_id, [merged, into.id], [*names, into.name])


def _join_holders(skill: Skill, into: Skill) -> None:
    """Of each person who has both, one row with the best of the two."""
    kept = {own.person_id: own for own in queries.holders(into)}
    for own in queries.holders(skill):
        other = kept.get(own.person_id)
        if other is None:
            continue
        levels = [level for level in (own.level, other.level) if level is not None]
        best = max(levels, key=lambda level: level.step, default=None)
        if best != other.level:
            forget_confirmations(other)
        other.level, other.wants_to_learn = best, own.wants_to_learn or other.wants_to_learn
        other.last_used = max(filter(None, (own.last_used, other.last_used)), default=None)
        forget_confirmations(own)
        db.session.delete(own)
    db.session.flush()


def _take_names(skill: Skill, synonyms: Iterable[str], abbreviations: Iterable[str]) -> None:
    known = {name.casefold() for name in (skill.name, *skill.synonyms, *skill.abbreviations)}
    skill.synonyms = [*skill.synonyms, *_unknown(synonyms, known)]
    skill.abbreviations = [*skill.abbreviations, *_unknown(abbreviations, known)]


def _unknown(names: Iterable[str], known: set[str]) -> Iterator[str]:
    for name in names:
        if name.casefold() not in known:
            known.add(name.casefold())
            yield name


def _references() -> list[tuple[type[Any], str]]:
    """Every model of whatever feature that names a skill, and its column for it."""
    target = Base.metadata.tables["skill"].c.id
    return [
        (mapper.class_, mapper.get_property_by_column(key.parent).key)
        for mapper in Base.registry.mappers
        for key in mapper.local_table.foreign_keys
        if key.column is target
    ]


def _refuse_taken(institution_id: int, name: str) -> None:
    wanted = name.casefold()
    if any(skill.name.casefold() == wanted for skill in queries.skills(institution_id)):
        raise SkillNameTaken("The vocabulary has a skill of this name already.")


def _follow(institution_id: int, skill_ids: Sequence[int], names: Iterable[str]) -> None:
    """Bring the index along for whoever has one of the skills or has all words of one of the names in a text."""
    index_store.change_vocabulary(institution_id)
    index_store.refresh(institution_id, queries.people_touched_by(institution_id, skill_ids, names))


# -- suggestions -------------------------------------------------------------------------------------------------------


def suggest_skill(person: Person, *, name: str, about: str, level: Level | None) -> SkillSuggestion:
    """Ask the lead for a skill that the vocabulary lacks; with it goes how its owner would put it on their profile.

    :raises SkillNameTaken: if the vocabulary has it, or this person waits for it already
    """
    if queries.skill_called(name, person.institution_id) is not None:
        raise SkillNameTaken("The hub has this skill already: add it to your profile.")
    if queries.waits_for(person, name):
        raise SkillNameTaken("You have suggested this already. The lead has been told.")
    suggestion = SkillSuggestion(
        institution_id=person.institution_id, person_id=person.id, person=person, name=name, about=about, level=level
    )
    db.session.add(suggestion)
    db.session.flush()
    notifications.suggested(suggestion)
    return suggestion


def accept_suggestion(suggestion: SkillSuggestion, *, group: SkillGroup, name: str, actor: Person) -> None:
    """Make it a skill, under a name that the lead may have put right, and put it on its owner's profile.

    :raises SkillNameTaken: if the vocabulary has one of that name
    :raises MoveRefused: if it has been answered
    """
    names = [] if name.casefold() == suggestion.name.casefold() else [suggestion.name]
    skill = add_to_vocabulary(actor.institution, name=name, group=group, synonyms=names, actor=actor)
    _settle(suggestion, "accept", skill, actor)


def recognise_suggestion(suggestion: SkillSuggestion, *, skill: Skill, actor: Person) -> None:
    """Say that the vocabulary has it under another name: the suggested name becomes another name of that skill.

    :raises MoveRefused: if it has been answered
    """
    _take_names(skill, [suggestion.name], [])
    db.session.flush()
    _follow(skill.institution_id, [skill.id], [suggestion.name])
    _settle(suggestion, "recognise", skill, actor)


def decline_suggestion(suggestion: SkillSuggestion, *, answer: str, actor: Person) -> None:
    SUGGESTION.make(suggestion, "decline", actor=actor)
    suggestion.answer = answer
    db.session.flush()
    notifications.suggestion_answered(suggestion)


def _settle(suggestion: SkillSuggestion, move: str, skill: Skill, actor: Person) -> None:
    suggestion.skill = skill
    SUGGESTION.make(suggestion, move, actor=actor)
    own: dict[str, Any] = {"level": suggestion.level, "wants_to_learn": suggestion.level is None}
    if queries.skill_of(suggestion.person, skill) is None:
        add_skills_to(suggestion.person, [Claim(skill, **own)], actor=actor)
    db.session.flush()
    notifications.suggestion_answered(suggestion)

"""Reads of the vocabulary: skills, who has them, what is suggested."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, select
from sqlalchemy.orm import joinedload

from hub.accounts.models import Person, Status
from hub.core.db import db
from hub.core.errors import Refusal
from hub.core.lists import matching
from hub.directory.models import Level, PersonSkill, Posting, Skill, SkillSuggestion, SuggestionStage
from hub.directory.terms import stems


class UnknownSkill(Refusal):
    """Nothing in the vocabulary is called that."""


def skills(institution_id: int) -> Sequence[Skill]:
    """The vocabulary, by name."""
    return db.session.scalars(
        select(Skill).where(Skill.institution_id == institution_id).order_by(func.lower(Skill.name), Skill.id)
    ).all()


def skill_named(name: str, institution_id: int) -> Skill:
    """The skill of that name, synonym or abbreviation, whatever its capitals; a name counts before the others.

    :raises UnknownSkill: if the vocabulary has none
    """
    of_institution = select(Skill).where(Skill.institution_id == institution_id)
    as_listed = db.session.scalars(of_institution.where(Skill.name == name.strip())).first()
    if as_listed is not None:
        return as_listed
    wanted = name.strip().casefold()
    rows = db.session.execute(
        of_institution.with_only_columns(Skill.id, Skill.name, Skill.synonyms, Skill.abbreviations).order_by(Skill.id)
    ).all()
    by_name = [row.id for row in rows if row.name.casefold() == wanted]
    by_other = [row.id for row in rows if wanted in {o.casefold() for o in (*row.synonyms, *row.abbreviations)}]
    if not by_name and not by_other:
        raise UnknownSkill("The hub has no skill of that name. Choose one from the list, or ask the lead to add it.")
    return skill((by_name or by_other)[0])


def skill_called(name: str, institution_id: int) -> Skill | None:
    """The skill of that name, synonym or abbreviation, if the vocabulary has one."""
    try:
        return skill_named(name, institution_id)
    except UnknownSkill:
        return None


def skill(skill_id: int) -> Skill:
    """:raises NoResultFound: if there is none"""
    return db.session.scalars(select(Skill).where(Skill.id == skill_id)).one()


def vocabulary_rows(institution_id: int) -> Select[Any]:
    """Every skill with how many have it at all, and how many can teach it."""
    has = PersonSkill.level.is_not(None)
    held = (
        select(
            PersonSkill.skill_id,
            func.count().filter(has).label("people"),
            func.count().filter(PersonSkill.level == Level.CAN_TEACH).label("teachers"),
            func.count().filter(PersonSkill.wants_to_learn).label("learners"),
        )
        .join(PersonSkill.person)
        .where(PersonSkill.institution_id == institution_id, Person.status == Status.ACTIVE)
        .group_by(PersonSkill.skill_id)
        .subquery()
    )
    people, teachers, learners = (func.coalesce(held.c[n], 0).label(n) for n in ("people", "teachers", "learners"))
    named: tuple[Any, ...] = (Skill.id, Skill.name, Skill.group, Skill.synonyms, Skill.abbreviations)
    return (
        select(*named, people, teachers, learners)
        .outerjoin(held, held.c.skill_id == Skill.id)
        .where(Skill.institution_id == institution_id)
    )


def names_like(text: str) -> ColumnElement[bool]:
    """Skills of which a name, whichever, has *text* in it; the lists are looked through as they are kept."""
    return matching(text, Skill.name, cast(Skill.synonyms, String), cast(Skill.abbreviations, String))


def holders(skill: Skill) -> Sequence[PersonSkill]:
    return db.session.scalars(select(PersonSkill).where(PersonSkill.skill_id == skill.id)).all()


def with_skill(model: type[Any], column: str, skill_id: int) -> Sequence[Any]:
    """The rows of *model* that name the skill in *column*."""
    return db.session.scalars(select(model).where(getattr(model, column) == skill_id)).all()


def people_touched_by(institution_id: int, skill_ids: Sequence[int], names: Iterable[str]) -> list[int]:
    """Whoever has one of the skills, or has every word of one of the names among what the index has of them."""
    found = set(db.session.scalars(select(PersonSkill.person_id).where(PersonSkill.skill_id.in_(skill_ids))))
    found |= set(
        db.session.scalars(
            select(Posting.person_id).where(
                Posting.institution_id == institution_id, Posting.term.in_([f"#{one}" for one in skill_ids])
            )
        )
    )
    for said in {stems(name) for name in names} - {()}:
        found |= set(
            db.session.scalars(
                select(Posting.person_id)
                .where(Posting.institution_id == institution_id, Posting.term.in_(said))
                .group_by(Posting.person_id)
                .having(func.count(Posting.term.distinct()) == len(set(said)))
            )
        )
    return sorted(found)


def suggestion(suggestion_id: int) -> SkillSuggestion:
    """:raises NoResultFound: if there is none"""
    return db.session.scalars(
        select(SkillSuggestion)
        .options(joinedload(SkillSuggestion.person, innerjoin=True), joinedload(SkillSuggestion.skill))
        .where(SkillSuggestion.id == suggestion_id)
    ).one()


def suggestions_of(person_id: int) -> Sequence[SkillSuggestion]:
    """What somebody suggested, the last first."""
    return db.session.scalars(
        select(SkillSuggestion)
        .options(joinedload(SkillSuggestion.skill))
        .where(SkillSuggestion.person_id == person_id)
        .order_by(SkillSuggestion.id.desc())
    ).all()


def waiting_suggestions(institution_id: int) -> Sequence[SkillSuggestion]:
    """What waits for the lead, the oldest first."""
    return db.session.scalars(
        select(SkillSuggestion)
        .options(joinedload(SkillSuggestion.person, innerjoin=True))
        .where(SkillSuggestion.institution_id == institution_id, SkillSuggestion.stage == SuggestionStage.WAITING)
        .order_by(SkillSuggestion.id)
    ).all()


def waits_for(person: Person, name: str) -> bool:
    """Whether somebody has suggested that already and has no answer yet."""
    waiting = (s for s in suggestions_of(person.id) if s.stage == SuggestionStage.WAITING)
    return name.casefold() in {one.name.casefold() for one in waiting}

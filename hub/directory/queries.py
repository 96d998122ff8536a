"""Reads of profiles, skills and permissions. Finding people is in ``finding``."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from hub.accounts.models import Person, Status
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import Refusal
from hub.core.tasks import task
from hub.directory.models import Level, Listed, PersonSkill, Posting, Profile, PublicConsent, Skill
from hub.directory.policy import INSTITUTION, PUBLIC, TECHNICIANS, THE_PUBLIC, visible


class UnknownSkill(Refusal):
    """Nothing in the vocabulary is called that."""


STALE_AFTER = timedelta(days=365)


def _whole_profile() -> Select[Profile]:
    """A profile with everything that its page and its rules read: four statements, whoever it is."""
    return select(Profile).options(
        joinedload(Profile.person, innerjoin=True).options(
            joinedload(Person.unit), joinedload(Person.institution, innerjoin=True)
        ),
        joinedload(Profile.photo),
        selectinload(Profile.skills).joinedload(PersonSkill.skill, innerjoin=True),
        selectinload(Profile.consents),
    )


def profile_of(person_id: int, *, fresh: bool = False) -> Profile:
    """Somebody's profile, whole; *fresh* reads again what this transaction has already seen.

    :raises NoResultFound: if they are not a technician
    """
    return db.session.scalars(
        _whole_profile()
        .join(Profile.person)
        .where(Profile.person_id == person_id, Person.is_technician.is_(True))
        .execution_options(populate_existing=fresh)
    ).one()


def profile_by_slug(slug: str) -> Profile:
    """:raises NoResultFound: if there is none"""
    return db.session.scalars(_whole_profile().join(Profile.person).where(Person.slug == slug)).one()


def profile_by_id(profile_id: int) -> Profile:
    """:raises NoResultFound: if there is none"""
    return db.session.scalars(_whole_profile().where(Profile.id == profile_id)).one()


def public_profiles(person_ids: Collection[int] | Select[int]) -> dict[int, Profile]:
    """Of these people, those whom the open web may know of at this moment, each with unit and photograph."""
    rows = db.session.execute(
        select(Profile, PublicConsent)
        .outerjoin(PublicConsent, PublicConsent.person_id == Profile.person_id)
        .options(
            joinedload(Profile.person, innerjoin=True).joinedload(Person.unit),
            joinedload(Profile.photo),
        )
        .where(Profile.person_id.in_(person_ids))
    )
    consents: dict[Profile, list[PublicConsent]] = {}
    for profile, consent in rows:
        consents.setdefault(profile, []).extend([consent] if consent else [])
    for profile, own in consents.items():  # whoever has it at hand may have agreed or withdrawn since they read it
        set_committed_value(profile, "consents", own)
    return {profile.person_id: profile for profile in consents if visible("name", profile, THE_PUBLIC)}


def public_slugs() -> Sequence[str]:
    """The addresses of everybody who has a page on the open web, whatever the institution."""
    return db.session.scalars(
        select(Person.slug)
        .join(Listed, Listed.person_id == Person.id)
        .where(Listed.audience == PUBLIC)
        .order_by(Person.slug)
    ).all()


def own_skill(person_skill_id: int) -> PersonSkill:
    """:raises NoResultFound: if there is none"""
    return db.session.scalars(
        select(PersonSkill)
        .options(joinedload(PersonSkill.skill, innerjoin=True), joinedload(PersonSkill.person, innerjoin=True))
        .where(PersonSkill.id == person_skill_id)
    ).one()


def skill_of(person: Person, skill: Skill) -> PersonSkill | None:
    return db.session.scalars(
        select(PersonSkill).where(PersonSkill.person_id == person.id, PersonSkill.skill_id == skill.id)
    ).one_or_none()


def skills_of(person: Person) -> Sequence[PersonSkill]:
    return db.session.scalars(select(PersonSkill).where(PersonSkill.person_id == person.id)).all()


def skills(institution_id: int) -> Sequence[Skill]:
    """The vocabulary, by name."""
    return db.session.scalars(
        select(Skill).where(Skill.institution_id == institution_id).order_by(func.lower(Skill.name), Skill.id)
    ).all()


def skill_named(name: str, institution_id: int) -> Skill:
    """The skill of that name, synonym or abbreviation, whatever its capitals; a name counts before the others.

    :raises UnknownSkill: if the vocabulary has none
    """
    wanted = name.strip().casefold()
    vocabulary = skills(institution_id)
    by_name = (skill for skill in vocabulary if skill.name.casefold() == wanted)
    by_other = (
        skill
        for skill in vocabulary
        if wanted in {other.casefold() for other in (*skill.synonyms, *skill.abbreviations)}
    )
    found = next(by_name, None) or next(by_other, None)
    if found is None:
        raise UnknownSkill("The hub has no skill of that name. Choose one from the list, or ask the lead to add it.")
    return found


def find_skills(prefix: str, institution_id: int, *, most: int = 20) -> Sequence[Skill]:
    """Skills whose name, synonym or abbreviation has a word that starts so, by name."""
    wanted = prefix.strip().casefold()
    if not wanted:
        return []
    starts = (
        skill
        for skill in skills(institution_id)
        if any(f" {wanted}" in f" {name.casefold()}" for name in (skill.name, *skill.synonyms, *skill.abbreviations))
    )
    return [skill for skill, _ in zip(starts, range(most), strict=False)]


def people_who_can_teach(skill_id: int, institution_id: int) -> Sequence[Person]:
    """Active technicians who let their colleagues see that they can teach the skill, by name."""
    teach = (
        Posting.institution_id == institution_id,
        Posting.term == f"#{skill_id}",
        Posting.field == "skills",
        Posting.level == Level.CAN_TEACH.step,
        Posting.audience.in_((TECHNICIANS, INSTITUTION, PUBLIC)),
    )
    return db.session.scalars(
        select(Person)
        .join(Posting, Posting.person_id == Person.id)
        .options(joinedload(Person.unit))
        .where(*teach, Person.status == Status.ACTIVE)
        .order_by(Person.name, Person.id)
    ).all()


def open_consents(person_id: int) -> Sequence[PublicConsent]:
    return db.session.scalars(
        select(PublicConsent).where(PublicConsent.person_id == person_id, PublicConsent.withdrawn_at.is_(None))
    ).all()


def technician_ids(institution_id: int) -> Sequence[int]:
    """Everybody whom the directory may list."""
    return db.session.scalars(
        select(Person.id).where(
            Person.institution_id == institution_id, Person.status == Status.ACTIVE, Person.is_technician.is_(True)
        )
    ).all()


def without_profile(person_ids: Sequence[int]) -> Sequence[Any]:
    """Those technicians among them who have no profile yet, with their institution."""
    return db.session.execute(
        select(Person.id, Person.institution_id)
        .outerjoin(Profile, Profile.person_id == Person.id)
        .where(Person.id.in_(person_ids), Person.is_technician.is_(True), Profile.id.is_(None))
    ).all()


def tasks_for(user: Person) -> list[Select[Any]]:
    unconfirmed: ColumnElement[bool] = or_(Profile.confirmed_at.is_(None), Profile.confirmed_at < now() - STALE_AFTER)
    return [
        task("directory.confirm", Profile.id, literal("your profile is right"))
        .select_from(Profile)
        .where(Profile.person_id == user.id, unconfirmed)
    ]

"""Reads of profiles: what is on them, who may write them, what they said, what their owners keep."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from hub.accounts.models import Person, Role, Status
from hub.accounts.queries import holds
from hub.core.clock import now
from hub.core.db import db
from hub.core.tasks import task
from hub.directory.models import (
    Listed,
    PersonSkill,
    Profile,
    ProfileChange,
    ProfileEditor,
    PublicConsent,
    SavedSearch,
    Skill,
    SkillConfirmation,
    SkillSuggestion,
    SuggestionStage,
)
from hub.directory.policy import PUBLIC, THE_PUBLIC, visible

STALE_AFTER = timedelta(days=365)


WHOLE = (
    joinedload(Profile.person, innerjoin=True).options(
        joinedload(Person.unit), joinedload(Person.institution, innerjoin=True)
    ),
    joinedload(Profile.photo),
    selectinload(Profile.skills).joinedload(PersonSkill.skill, innerjoin=True),
    selectinload(Profile.consents),
)
"""Everything that a profile's page and its rules read: four statements, whoever it is."""


def _whole_profile() -> Select[Profile]:
    return select(Profile).options(*WHOLE)


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


def claimed_skill(person_skill_id: int) -> PersonSkill:
    """A skill with the profile that it stands on, for whoever may see it.

    :raises NoResultFound: if there is none
    """
    profile = joinedload(PersonSkill.profile, innerjoin=True)
    return db.session.scalars(
        select(PersonSkill)
        .options(
            joinedload(PersonSkill.skill, innerjoin=True),
            joinedload(PersonSkill.person, innerjoin=True),
            profile.joinedload(Profile.person, innerjoin=True),
            profile.selectinload(Profile.consents),
        )
        .where(PersonSkill.id == person_skill_id)
    ).one()


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


def confirmations_of(person_id: int) -> dict[int, set[int]]:
    """Of each skill on somebody's profile who has confirmed it: ids of skills and of people."""
    rows = db.session.execute(
        select(PersonSkill.skill_id, SkillConfirmation.confirmed_by_id)
        .join(SkillConfirmation.person_skill)
        .join(SkillConfirmation.confirmed_by)
        .where(PersonSkill.person_id == person_id, Person.status == Status.ACTIVE)
    )
    found: dict[int, set[int]] = {}
    for skill_id, by in rows:
        found.setdefault(skill_id, set()).add(by)
    return found


def confirmations_of_skill(own: PersonSkill) -> Sequence[SkillConfirmation]:
    return db.session.scalars(select(SkillConfirmation).where(SkillConfirmation.person_skill_id == own.id)).all()


def old_changes(before: datetime) -> Sequence[ProfileChange]:
    return db.session.scalars(select(ProfileChange).where(ProfileChange.changed_at < before)).all()


def confirmation_by(person_id: int, own: PersonSkill) -> SkillConfirmation | None:
    return db.session.scalars(
        select(SkillConfirmation).where(
            SkillConfirmation.person_skill_id == own.id, SkillConfirmation.confirmed_by_id == person_id
        )
    ).one_or_none()


def history_of(profile_id: int, *, most: int = 50) -> Sequence[ProfileChange]:
    """What changed on a profile, the last first."""
    return db.session.scalars(
        select(ProfileChange)
        .options(joinedload(ProfileChange.changed_by, innerjoin=True))
        .where(ProfileChange.profile_id == profile_id)
        .order_by(ProfileChange.id.desc())
        .limit(most)
    ).all()


def change(change_id: int) -> ProfileChange:
    """With the profile as a whole, so that the change can be taken back.

    :raises NoResultFound: if there is none
    """
    return db.session.scalars(
        select(ProfileChange)
        .options(joinedload(ProfileChange.profile, innerjoin=True).options(*WHOLE))
        .where(ProfileChange.id == change_id)
    ).one()


def profile_to_write(slug: str) -> Profile:
    """A profile with those who may write it.

    :raises NoResultFound: if there is none
    """
    return db.session.scalars(
        _whole_profile().options(selectinload(Profile.editors)).join(Profile.person).where(Person.slug == slug)
    ).one()


def editor(editor_id: int) -> ProfileEditor:
    """:raises NoResultFound: if there is none"""
    return db.session.scalars(
        select(ProfileEditor)
        .options(
            joinedload(ProfileEditor.person, innerjoin=True),
            joinedload(ProfileEditor.profile, innerjoin=True).joinedload(Profile.person, innerjoin=True),
        )
        .where(ProfileEditor.id == editor_id)
    ).one()


def editor_of(profile: Profile, person_id: int) -> ProfileEditor | None:
    return db.session.scalars(
        select(ProfileEditor).where(ProfileEditor.profile_id == profile.id, ProfileEditor.person_id == person_id)
    ).one_or_none()


def editors(*, profile_id: int | None = None, person_id: int | None = None) -> Sequence[ProfileEditor]:
    """Who writes a profile, or whose profiles somebody writes, by when it began."""
    of = ProfileEditor.profile_id == profile_id if profile_id else ProfileEditor.person_id == person_id
    return db.session.scalars(
        select(ProfileEditor)
        .options(
            joinedload(ProfileEditor.person, innerjoin=True),
            joinedload(ProfileEditor.profile, innerjoin=True).joinedload(Profile.person, innerjoin=True),
        )
        .where(of)
        .order_by(ProfileEditor.id)
    ).all()


def searches_of(person_id: int) -> Sequence[SavedSearch]:
    return db.session.scalars(
        select(SavedSearch).where(SavedSearch.person_id == person_id).order_by(SavedSearch.id)
    ).all()


def search(search_id: int) -> SavedSearch:
    """:raises NoResultFound: if there is none"""
    return db.session.scalars(
        select(SavedSearch).options(joinedload(SavedSearch.person, innerjoin=True)).where(SavedSearch.id == search_id)
    ).one()


def searches() -> Sequence[SavedSearch]:
    """All that anybody keeps, with whose they are and what those may see."""
    return db.session.scalars(
        select(SavedSearch)
        .options(joinedload(SavedSearch.person, innerjoin=True).selectinload(Person.roles))
        .order_by(SavedSearch.id)
    ).all()


def tasks_for(user: Person) -> list[Select[Any]]:
    unconfirmed: ColumnElement[bool] = or_(Profile.confirmed_at.is_(None), Profile.confirmed_at < now() - STALE_AFTER)
    return [
        task("directory.confirm", Profile.id, literal("your profile is right"))
        .select_from(Profile)
        .where(Profile.person_id == user.id, unconfirmed),
        task("directory.suggestion", SkillSuggestion.id, SkillSuggestion.name)
        .select_from(SkillSuggestion)
        .where(
            SkillSuggestion.institution_id == user.institution_id,
            SkillSuggestion.stage == SuggestionStage.WAITING,
            holds(user.id, Role.LEAD, Role.DEPUTY_LEAD),
        ),
    ]

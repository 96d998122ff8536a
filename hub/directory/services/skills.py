"""What is done to the skills on somebody's profile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import Refusal
from hub.directory import notifications, queries
from hub.directory.models import Level, PersonSkill, Profile, Skill, SkillConfirmation
from hub.directory.services.index import reindex
from hub.directory.services.profiles import completeness

MOST_SKILLS = 60  # on one profile


class OwnSkill(Refusal):
    """Nobody confirms what they say of themselves."""


class TooManySkills(Refusal):
    """A profile holds as many skills as it may."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A skill as its owner would put it on the profile."""

    skill: Skill
    level: Level | None = None
    wants_to_learn: bool = False
    last_used: date | None = None


def add_skills_to(person: Person, claims: Sequence[Claim], *, actor: Person) -> list[PersonSkill]:
    """Put skills on somebody's profile, or change those that stand there.

    :raises TooManySkills: if the profile would be too full
    """
    del actor
    known = {own.skill_id: own for own in queries.skills_of(person)}
    if len(known.keys() | {claim.skill.id for claim in claims}) > MOST_SKILLS:
        raise TooManySkills(f"A profile holds at most {MOST_SKILLS} skills. Remove one that matters less.")
    for claim in claims:
        own = known.get(claim.skill.id)
        if own is None:
            own = PersonSkill(institution_id=person.institution_id, person_id=person.id, skill=claim.skill)
            db.session.add(own)
        elif own.level != claim.level:
            forget_confirmations(own)
        own.level, own.wants_to_learn, own.last_used = claim.level, claim.wants_to_learn, claim.last_used
        known[claim.skill.id] = own
    _skills_changed(person)
    return [known[claim.skill.id] for claim in claims]


def add_skill_to(
    person: Person,
    skill: Skill,
    level: Level | None,
    actor: Person,
    *,
    wants_to_learn: bool = False,
    last_used: date | None = None,
) -> PersonSkill:
    """One skill, as ``add_skills_to`` does it."""
    return add_skills_to(person, [Claim(skill, level, wants_to_learn, last_used)], actor=actor)[0]


def start_learning(person: Person, skill: Skill, *, actor: Person) -> PersonSkill:
    """Note that somebody is learning a skill; whoever knows it already keeps their level."""
    own = queries.skill_of(person, skill)
    if own is not None and own.level is not None:
        return own
    return add_skill_to(person, skill, Level.LEARNING, actor)


def remove_skill(own: PersonSkill, *, actor: Person) -> None:
    del actor
    person = own.person
    forget_confirmations(own)
    db.session.delete(own)
    _skills_changed(person)


def _skills_changed(person: Person) -> None:
    """Past the version of the profile: a skill added elsewhere must not stop somebody from saving the rest."""
    db.session.flush()
    if not person.is_technician:
        return
    profile = queries.profile_of(person.id, fresh=True)
    db.session.execute(
        update(Profile)
        .where(Profile.id == profile.id)
        .values(completeness=completeness(profile), edited_at=now())
        .execution_options(synchronize_session="evaluate")
    )
    reindex(person)


# -- confirmed by colleagues -------------------------------------------------------------------------------------------


def confirm_skill(own: PersonSkill, *, actor: Person) -> None:
    """Say that one has seen a colleague use the skill at the level that they give; once is enough.

    :raises OwnSkill: if it is one's own
    """
    if own.person_id == actor.id:
        raise OwnSkill("Your own skills are confirmed by colleagues.")
    if queries.confirmation_by(actor.id, own) is not None:
        return
    db.session.add(
        SkillConfirmation(institution_id=own.institution_id, person_skill_id=own.id, confirmed_by_id=actor.id)
    )
    db.session.flush()
    notifications.skill_confirmed(own)


def take_confirmation_back(own: PersonSkill, *, actor: Person) -> None:
    """No longer say so; nobody is told."""
    confirmation = queries.confirmation_by(actor.id, own)
    if confirmation is not None:
        db.session.delete(confirmation)
        db.session.flush()


def forget_confirmations(own: PersonSkill) -> None:
    """They were of another level."""
    for confirmation in queries.confirmations_of_skill(own):
        db.session.delete(confirmation)

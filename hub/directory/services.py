"""What is done to profiles and skills; each deed brings the index along in its own transaction."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import insert, select, update

from hub.accounts.models import Institution, Person, Unit
from hub.core import storage
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import Refusal
from hub.directory import index_store, notifications, policy, queries, signals
from hub.directory.fields import FIELDS, PARTS, WORDING_NOW, shown_to
from hub.directory.models import (
    Covers,
    Level,
    PersonSkill,
    Profile,
    PublicConsent,
    Skill,
    SkillGroup,
    Visibility,
)

SHIPPED = Path(__file__).parent / "vocabulary.csv"
MOST_SKILLS = 60  # on one profile
EDITABLE = frozenset(column for field in FIELDS.values() for column in field.columns) - {"photo_id"}


class NotAgreed(Refusal):
    """“Everyone” was chosen without a permission on record."""


class TooManySkills(Refusal):
    """A profile holds as many skills as it may."""


# -- the vocabulary ----------------------------------------------------------------------------------------------------


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


# -- the index ---------------------------------------------------------------------------------------------------------


together = index_store.together


def reindex(person: Person) -> None:
    """Bring the index up to date with *person*: name, unit, status, profile, skills."""
    index_store.refresh(person.institution_id, [person.id])
    signals.profile_changed.send(person)


def reindex_all(institution: Institution) -> None:
    """Build the institution's index afresh, and profiles for technicians who have none."""
    ids = queries.technician_ids(institution.id)
    for start in range(0, len(ids), index_store.AT_ONCE):
        _make_profiles(ids[start : start + index_store.AT_ONCE])
    index_store.rebuild(institution.id, ids)


def follow_people(institution_id: int, person_ids: Sequence[int]) -> None:
    """After people were made or changed by whatever means: profiles for those without, and the index."""
    _make_profiles(person_ids)
    index_store.refresh(institution_id, person_ids)


def follow_vocabulary(institution_id: int) -> None:
    """After skills or their names changed."""
    index_store.change_vocabulary(institution_id)


def follow_unit(unit: Unit) -> None:
    """After a unit's name or place changed: everybody in it and in its parts."""
    inner = select(Unit.id).where(Unit.parent_id == unit.id)
    whole = [unit.id, *db.session.scalars(inner), *db.session.scalars(select(Unit.id).where(Unit.parent_id.in_(inner)))]
    ids = db.session.scalars(select(Person.id).where(Person.unit_id.in_(whole))).all()
    if ids:
        index_store.refresh(unit.institution_id, ids)


def _make_profiles(person_ids: Sequence[int]) -> None:
    rows = [
        {"person_id": person_id, "institution_id": institution_id, "completeness": 0}
        for person_id, institution_id in queries.without_profile(person_ids)
    ]
    if rows:
        db.session.execute(insert(Profile), rows)


# -- the profile -------------------------------------------------------------------------------------------------------


def edit_profile(
    profile: Profile, *, actor: Person, values: dict[str, object], visibility: dict[str, Visibility] | None = None
) -> None:
    """Change what the profile says, and who sees which field of it.

    :raises NotAgreed: if a field should be seen by everyone without a permission on record
    """
    del actor  # the journal has it
    chosen = {key: shown for key, shown in (visibility or {}).items() if shown != shown_to(profile, key)}
    if Visibility.PUBLIC in chosen.values() and not policy.agreed(profile):
        raise NotAgreed("Agree to a public page first; until then choose another audience.")
    if chosen.get("photograph") == Visibility.PUBLIC and not policy.agreed(profile, Covers.PHOTOGRAPH):
        raise NotAgreed("Agree to your photograph being public first; until then choose another audience.")
    for column in values.keys() & EDITABLE:
        setattr(profile, column, values[column])
    if chosen:
        profile.shown_to = profile.shown_to | {key: str(shown) for key, shown in chosen.items()}
    _saved(profile)


def missing_parts(profile: Profile) -> list[str]:
    """Keys of the fields that a full profile has and this one lacks; the skills must be loaded."""
    said = {
        "skills": any(own.level is not None for own in profile.skills),
        "learning": any(own.wants_to_learn for own in profile.skills),
    }
    return [part.key for part in PARTS if not said.get(part.key, any(bool(getattr(profile, c)) for c in part.columns))]


def _saved(profile: Profile) -> None:
    profile.edited_at = now()
    profile.completeness = _completeness(profile)
    db.session.flush()
    reindex(profile.person)


def _completeness(profile: Profile) -> int:
    return 100 * (len(PARTS) - len(missing_parts(profile))) // len(PARTS)


def confirm(profile: Profile, *, actor: Person) -> None:
    """Its owner says that all of it is right; the first time makes it a published profile."""
    is_first = profile.published_at is None
    profile.confirmed_at = now()
    profile.published_at = profile.published_at or profile.confirmed_at
    _saved(profile)
    if is_first:
        signals.profile_published.send(profile, actor=actor)


def report(profile: Profile, *, what: str, words: str, actor: Person) -> None:
    """A colleague says that something is wrong: the leads and the owner learn of it."""
    notifications.reported(profile, what=what, words=words, actor=actor)


def set_photograph(profile: Profile, *, content: bytes, name: str, alt: str, actor: Person) -> None:
    """:raises NotAllowed: if it is no picture that the hub takes"""
    kept = storage.keep(content, name, owner=actor, alt=alt)
    if not kept.media_type.startswith("image/"):
        raise storage.NotAllowed("Send a JPEG, PNG or WebP picture.")
    storage.draw_sizes(kept)
    old, profile.photo = profile.photo, kept
    _saved(profile)
    if old is not None:
        storage.discard(old)


def describe_photograph(profile: Profile, *, alt: str, actor: Person) -> None:
    """Change the words for those who cannot see it."""
    del actor
    if profile.photo is not None:
        profile.photo.alt = alt
    _saved(profile)


def crop_photograph(profile: Profile, *, focus_x: int, focus_y: int, actor: Person) -> None:
    """Choose what stays in sight where the photograph is cut to size, in percent from the left and from the top."""
    del actor
    if profile.photo is not None:
        profile.photo.focus_x, profile.photo.focus_y = focus_x, focus_y
        storage.draw_sizes(profile.photo)
    _saved(profile)


def remove_photograph(profile: Profile, *, actor: Person) -> None:
    """Take the photograph down for good, and the permission to show it with it."""
    del actor
    old, profile.photo = profile.photo, None
    profile.shown_to = profile.shown_to | {"photograph": str(Visibility.PRIVATE)}
    _withdraw(profile, Covers.PHOTOGRAPH)
    _saved(profile)
    if old is not None:
        storage.discard(old)


# -- permission to be public -------------------------------------------------------------------------------------------


def agree_to_public(profile: Profile, *, photograph: bool, actor: Person) -> None:
    """Record that its owner agrees to a public page, in today's wording; their name becomes public."""
    wanted = {Covers.PAGE} | ({Covers.PHOTOGRAPH} if photograph else set())
    for covers in sorted(wanted - {consent.covers for consent in queries.open_consents(profile.person_id)}):
        db.session.add(
            PublicConsent(
                institution_id=profile.institution_id,
                person_id=actor.id,
                covers=covers,
                wording_version=WORDING_NOW,
            )
        )
    public = {"name": str(Visibility.PUBLIC)} | ({"photograph": str(Visibility.PUBLIC)} if photograph else {})
    profile.shown_to = profile.shown_to | public
    _saved(profile)


def withdraw_public(profile: Profile, *, actor: Person) -> None:
    """Take everything off the open web at once; the record of the permission stays, with its end."""
    del actor
    for covers in Covers:
        _withdraw(profile, covers)
    profile.shown_to = {
        key: str(Visibility.INSTITUTION) if shown == Visibility.PUBLIC else shown
        for key, shown in profile.shown_to.items()
    }
    _saved(profile)


def _withdraw(profile: Profile, covers: Covers) -> None:
    for consent in queries.open_consents(profile.person_id):
        if consent.covers == covers:
            consent.withdrawn_at = now()


# -- skills ------------------------------------------------------------------------------------------------------------


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
        .values(completeness=_completeness(profile), edited_at=now())
        .execution_options(synchronize_session="evaluate")
    )
    reindex(person)

"""Who sees which field of whose profile: one rule for pages, exports and the search index."""

from dataclasses import dataclass
from typing import Any

from hub.accounts.models import Person, Status, same_institution
from hub.directory.fields import FIELDS, shown_to
from hub.directory.models import (
    Covers,
    PersonSkill,
    Profile,
    ProfileChange,
    ProfileEditor,
    SavedSearch,
    Skill,
    SkillSuggestion,
    Visibility,
)

NOBODY, TECHNICIANS, INSTITUTION, PUBLIC = 0, 2, 3, 4
"""Audiences as the index keeps them; a unit's own is minus its id."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks: a person, the public (all defaults), or whom a preview imagines."""

    institution_id: int | None = None
    person_id: int | None = None
    unit_id: int | None = None
    is_technician: bool = False


THE_PUBLIC = Viewer()


def viewer_of(user: Any) -> Viewer:
    """*user* as one who looks; a lead sees what technicians see, as their work is with them."""
    if not user.is_authenticated:
        return THE_PUBLIC
    return Viewer(user.institution_id, user.id, user.unit_id, user.is_technician or user.is_lead)


def colleague_of(profile: Profile) -> Viewer:
    """A technician elsewhere in the same institution: for the preview."""
    return Viewer(profile.institution_id, is_technician=True)


def audience(visibility: Visibility, *, unit_id: int | None, agreed: bool) -> int:
    """The audience of a field; without a permission on record “public” reaches the institution and no further."""
    if visibility == Visibility.UNIT:
        return -unit_id if unit_id else NOBODY
    if visibility == Visibility.PUBLIC and not agreed:
        return INSTITUTION
    return {Visibility.TECHNICIANS: TECHNICIANS, Visibility.INSTITUTION: INSTITUTION, Visibility.PUBLIC: PUBLIC}.get(
        visibility, NOBODY
    )


def audiences(viewer: Viewer, institution_id: int) -> frozenset[int]:
    """Every audience that *viewer* belongs to in an institution."""
    if viewer.institution_id != institution_id:
        return frozenset({PUBLIC})
    unit = {-viewer.unit_id} if viewer.unit_id else set()
    technicians = {TECHNICIANS} if viewer.is_technician else set()
    return frozenset({PUBLIC, INSTITUTION} | technicians | unit)


def agreed(profile: Profile, covers: Covers = Covers.PAGE) -> bool:
    """Whether a permission to show it on the open web is in force; the consents must be loaded."""
    return any(consent.covers == covers and consent.withdrawn_at is None for consent in profile.consents)


def audience_of(key: str, profile: Profile) -> int:
    agreement = agreed(profile) and (key != "photograph" or agreed(profile, Covers.PHOTOGRAPH))
    return audience(shown_to(profile, key), unit_id=profile.person.unit_id, agreed=agreement)


def visible(key: str, profile: Profile, viewer: Viewer) -> bool:
    """Whether *viewer* may see the field; nobody sees any field of somebody whose name is not theirs to see."""
    return reaches(audience_of(key, profile), profile, viewer)


def shows(visibility: Visibility, profile: Profile, viewer: Viewer) -> bool:
    """The same for what has a visibility of its own, such as one thing of many that a part of the profile lists."""
    return reaches(audience(visibility, unit_id=profile.person.unit_id, agreed=agreed(profile)), profile, viewer)


def reaches(audience: int, profile: Profile, viewer: Viewer) -> bool:
    if viewer.person_id == profile.person_id:
        return True
    if profile.person.status != Status.ACTIVE or not profile.person.is_technician:
        return False
    seen = audiences(viewer, profile.institution_id)
    return audience_of("name", profile) in seen and audience in seen


def visible_fields(profile: Profile, viewer: Viewer) -> frozenset[str]:
    return frozenset(key for key in FIELDS if visible(key, profile, viewer))


def can_report(user: Any, profile: Profile) -> bool:
    return visible("name", profile, viewer_of(user))


def owns(user: Any, subject: Profile | PersonSkill | SavedSearch) -> bool:
    return bool(subject.person_id == user.id)


def owns_change(user: Any, change: ProfileChange) -> bool:
    """Only the owner reads what their profile once said, and to whom."""
    return bool(change.profile.person_id == user.id)


def owns_editor(user: Any, editor: ProfileEditor) -> bool:
    """Whose profile it is ends it; so may whoever was let in."""
    return user.id in {editor.profile.person_id, editor.person_id}


def can_write(user: Any, profile: Profile) -> bool:
    """The owner, and colleagues whom they let write the words; the editors must be loaded."""
    return owns(user, profile) or any(editor.person_id == user.id for editor in profile.editors)


def may_look(person: Person) -> bool:
    """Whether somebody is there to be told of others."""
    return person.status == Status.ACTIVE


def can_confirm_skill(user: Any, own: PersonSkill) -> bool:
    """Whoever works beside technicians, of a skill that they are shown; that it is not their own is for the deed."""
    viewer = viewer_of(user)
    return own.level is not None and viewer.is_technician and visible("skills", own.profile, viewer)


def keeps_vocabulary(user: Any, subject: Skill | SkillSuggestion | None = None) -> bool:
    """The lead and the deputies say what skills are called."""
    return bool(user.is_lead) and (subject is None or same_institution(user, subject))

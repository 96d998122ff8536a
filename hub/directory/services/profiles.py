"""What is done to profiles; each deed brings the index along in its own transaction."""

from datetime import timedelta
from typing import Any

from hub.accounts.models import Person
from hub.core import storage
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import Refusal
from hub.directory import notifications, policy, queries, signals
from hub.directory.fields import FIELDS, PARTS, TYPED, WORDING_NOW, shown_to
from hub.directory.models import Covers, Profile, ProfileChange, ProfileEditor, PublicConsent, Visibility
from hub.directory.services.index import reindex

SEEN_BY = "see_"  # before a field's key: who sees it
HISTORY_LASTS = timedelta(days=365)


class NotTheirs(Refusal):
    """Somebody who may not be given a profile to write."""


class NotAgreed(Refusal):
    """“Everyone” was chosen without a permission on record."""


def edit_profile(
    profile: Profile, *, actor: Person, values: dict[str, object], visibility: dict[str, Visibility] | None = None
) -> None:
    """Change what the profile says, and who sees which field of it.

    :raises NotAgreed: if a field should be seen by everyone without a permission on record
    """
    chosen = {key: shown for key, shown in (visibility or {}).items() if shown != shown_to(profile, key)}
    if Visibility.PUBLIC in chosen.values() and not policy.agreed(profile):
        raise NotAgreed("Agree to a public page first; until then choose another audience.")
    if chosen.get("photograph") == Visibility.PUBLIC and not policy.agreed(profile, Covers.PHOTOGRAPH):
        raise NotAgreed("Agree to your photograph being public first; until then choose another audience.")
    before = _as_it_stands(profile)
    for column in values.keys() & set(TYPED):
        setattr(profile, column, values[column])
    if chosen:
        profile.shown_to = profile.shown_to | {key: str(shown) for key, shown in chosen.items()}
    _note_change(profile, before, actor)
    _saved(profile)


def _as_it_stands(profile: Profile) -> dict[str, Any]:
    """What the history keeps of a profile: the words by column, and who sees which field."""
    seen = {f"{SEEN_BY}{key}": str(shown_to(profile, key)) for key in FIELDS}
    return {column: getattr(profile, column) for column in TYPED} | seen


def _note_change(profile: Profile, before: dict[str, Any], actor: Person) -> None:
    after = _as_it_stands(profile)
    changed = sorted(name for name in after if after[name] != before[name])
    if not changed:
        return
    db.session.add(
        ProfileChange(
            institution_id=profile.institution_id,
            profile_id=profile.id,
            changed_by_id=actor.id,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    )
    if actor.id != profile.person_id:
        notifications.edited(profile, actor=actor)


def take_back(change: ProfileChange, *, actor: Person) -> None:
    """Put what a change changed as it was before; this is a change itself, and can be taken back.

    :raises NotAgreed: if a field would be seen by everyone again without a permission on record
    """
    profile = change.profile
    seen = {
        name.removeprefix(SEEN_BY): Visibility(was) for name, was in change.before.items() if name.startswith(SEEN_BY)
    }
    edit_profile(profile, actor=actor, values=change.before, visibility=seen)


def forget_old_changes() -> int:
    """What profiles said more than a year ago is nobody's business any more. How many changes went."""
    gone = queries.old_changes(now() - HISTORY_LASTS)
    for change in gone:
        db.session.delete(change)
    db.session.flush()
    return len(gone)


def missing_parts(profile: Profile) -> list[str]:
    """Keys of the fields that a full profile has and this one lacks; the skills must be loaded."""
    said = {
        "skills": any(own.level is not None for own in profile.skills),
        "learning": any(own.wants_to_learn for own in profile.skills),
    }
    return [part.key for part in PARTS if not said.get(part.key, any(bool(getattr(profile, c)) for c in part.columns))]


def _saved(profile: Profile) -> None:
    profile.edited_at = now()
    profile.completeness = completeness(profile)
    db.session.flush()
    reindex(profile.person)


def completeness(profile: Profile) -> int:
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


# -- who else may write it ---------------------------------------------------------------------------------------------


def let_write(profile: Profile, *, colleague: Person, actor: Person) -> None:
    """Let a colleague write what the profile says; who sees which field stays its owner's.

    :raises NotTheirs: if it is its owner
    """
    del actor
    if colleague.id == profile.person_id:
        raise NotTheirs("You may write it already. Choose a colleague.")
    if queries.editor_of(profile, colleague.id) is None:
        db.session.add(
            ProfileEditor(institution_id=profile.institution_id, profile_id=profile.id, person_id=colleague.id)
        )
        db.session.flush()
        notifications.may_write(profile, colleague)


def stop_writing(editor: ProfileEditor, *, actor: Person) -> None:
    del actor
    db.session.delete(editor)
    db.session.flush()


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
    before = _as_it_stands(profile)
    public = {"name": str(Visibility.PUBLIC)} | ({"photograph": str(Visibility.PUBLIC)} if photograph else {})
    profile.shown_to = profile.shown_to | public
    _note_change(profile, before, actor)
    _saved(profile)


def withdraw_public(profile: Profile, *, actor: Person) -> None:
    """Take everything off the open web at once; the record of the permission stays, with its end."""
    for covers in Covers:
        _withdraw(profile, covers)
    before = _as_it_stands(profile)
    profile.shown_to = {
        key: str(Visibility.INSTITUTION) if shown == Visibility.PUBLIC else shown
        for key, shown in profile.shown_to.items()
    }
    _note_change(profile, before, actor)
    _saved(profile)
    signals.public_withdrawn.send(profile, actor=actor)


def _withdraw(profile: Profile, covers: Covers) -> None:
    for consent in queries.open_consents(profile.person_id):
        if consent.covers == covers:
            consent.withdrawn_at = now()

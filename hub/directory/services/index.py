"""Keeping the search index true: in the transaction of whatever changed."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert, select, update

from hub.accounts.models import Person, Unit
from hub.core.db import db, in_pieces
from hub.directory import index_store, queries, signals
from hub.directory.models import Profile

catch_up = index_store.catch_up


def reindex(person: Person) -> None:
    """Bring the index up to date with *person*: name, unit, status, profile, skills."""
    index_store.refresh(person.institution_id, [person.id])
    signals.profile_changed.send(person)


def reindex_all(institution_id: int) -> None:
    """Build the institution's index afresh, and profiles for technicians who have none."""
    ids = queries.technician_ids(institution_id)
    for some in in_pieces(ids, index_store.AT_ONCE):
        _make_missing(some, {})
    index_store.rebuild(institution_id, ids)


def renew_indexes() -> int:
    """Build what an earlier release has indexed otherwise afresh; how many institutions that were."""
    stale = index_store.made_otherwise()
    for institution_id in stale:
        reindex_all(institution_id)
    return len(stale)


def note_registrations(person: Person, registrations: Sequence[str], *, mentors: bool) -> None:
    """Keep on a profile what hub.registration knows of *person*: “RSci, Registered Scientist”, one each.

    Nothing that its owner types changes, so a form that they have open is not overtaken.
    """
    kept = update(Profile).where(Profile.person_id == person.id)
    db.session.execute(kept.values(registrations="\n".join(registrations), mentors=mentors))
    reindex(person)


def follow_people(institution_id: int, person_ids: Sequence[int], *, campuses: Mapping[int, str] | None = None) -> None:
    """After people were made or changed by whatever means: profiles for those without, and the index.

    *campuses*, by person, are written on new profiles only: from then on their owners say where they work.
    """
    _make_missing(person_ids, campuses or {})
    index_store.refresh(institution_id, person_ids)


def follow_newcomers(institution_id: int, people: Sequence[Person]) -> None:
    """After people were made who were not here before, so that nothing is known of them yet."""
    _make_profiles([(key, institution_id) for key in sorted(p.id for p in people if p.is_technician)], {})
    index_store.refresh(institution_id, [person.id for person in people])


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


def _make_missing(person_ids: Sequence[int], campuses: Mapping[int, str]) -> None:
    made = queries.without_profile(person_ids)
    _make_profiles(made, campuses)
    if made:
        signals.profiles_made.send(tuple(person_id for person_id, _ in made))


def _make_profiles(people: Sequence[Sequence[int]], campuses: Mapping[int, str]) -> None:
    """*people*: each with their institution."""
    rows = [
        {
            "person_id": person_id,
            "institution_id": institution_id,
            "completeness": 0,
            "campus": campuses.get(person_id, ""),
        }
        for person_id, institution_id in people
    ]
    if rows:
        db.session.execute(insert(Profile), rows)

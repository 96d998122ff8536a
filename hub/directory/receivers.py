"""Whoever changes a person, a unit or a skill, the directory follows in the same transaction."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, SessionTransaction

from hub.accounts.models import Person, Unit
from hub.directory import index_store, services
from hub.directory.models import Skill

OF_PEOPLE = ("name", "job_title", "unit_id", "status", "is_technician")
OF_UNITS = ("name", "parent_id", "kind")
WAITING, NEW = "directory.follows", "directory.new"


@event.listens_for(Session, "after_flush")
def _notice(session: Session, _context: Any) -> None:
    new = [row for row in session.new if isinstance(row, Person)]
    people = [row for row in session.dirty if isinstance(row, Person) and _changed(row, OF_PEOPLE)]
    units = [row for row in session.dirty if isinstance(row, Unit) and _changed(row, OF_UNITS)]
    skills = [row for row in (*session.new, *session.dirty, *session.deleted) if isinstance(row, Skill)]
    if new or people or units or skills:
        session.info.setdefault(WAITING, []).extend([*skills, *people, *units])
        session.info.setdefault(NEW, []).extend(new)


@event.listens_for(Session, "after_flush_postexec")
def _follow(session: Session, _context: Any) -> None:
    waiting, new = session.info.pop(WAITING, []), session.info.pop(NEW, [])
    for institution_id in {row.institution_id for row in waiting if isinstance(row, Skill)}:
        services.follow_vocabulary(institution_id)
    for unit in (row for row in waiting if isinstance(row, Unit)):
        services.follow_unit(unit)
    for institution_id, newcomers in _by_institution(new).items():
        services.follow_newcomers(institution_id, newcomers)
    for institution_id, people in _by_institution(row for row in waiting if isinstance(row, Person)).items():
        services.follow_people(institution_id, [person.id for person in people])


@event.listens_for(Session, "before_commit")
def _index(session: Session) -> None:
    session.flush()
    if session.info.get(index_store.WAITING):
        services.catch_up()


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, previous: SessionTransaction) -> None:
    session.info.pop(WAITING, None)
    session.info.pop(NEW, None)
    if not previous.nested:  # what is undone in part is indexed as it is again
        session.info.pop(index_store.WAITING, None)


def _by_institution(people: Iterable[Person]) -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = {}
    for person in people:
        found.setdefault(person.institution_id, []).append(person)
    return found


def _changed(row: Any, names: tuple[str, ...]) -> bool:
    state = inspect(row)
    return any(state.attrs[name].history.has_changes() for name in names)

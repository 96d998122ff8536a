"""Whoever changes a person, a unit or a skill, the directory follows in the same transaction."""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from hub.accounts.models import Person, Unit
from hub.directory import services
from hub.directory.models import Skill

OF_PEOPLE = ("name", "job_title", "unit_id", "status", "is_technician")
OF_UNITS = ("name", "parent_id", "kind")
WAITING = "directory_follows"


@event.listens_for(Session, "after_flush")
def _notice(session: Session, _context: Any) -> None:
    new = [row for row in session.new if isinstance(row, Person)]
    people = [row for row in session.dirty if isinstance(row, Person) and _changed(row, OF_PEOPLE)]
    units = [row for row in session.dirty if isinstance(row, Unit) and _changed(row, OF_UNITS)]
    skills = [row for row in (*session.new, *session.dirty, *session.deleted) if isinstance(row, Skill)]
    if new or people or units or skills:
        session.info.setdefault(WAITING, []).extend([*skills, *new, *people, *units])


@event.listens_for(Session, "after_flush_postexec")
def _follow(session: Session, _context: Any) -> None:
    waiting = session.info.pop(WAITING, [])
    people: dict[int, list[int]] = {}
    for institution_id in {row.institution_id for row in waiting if isinstance(row, Skill)}:
        services.follow_vocabulary(institution_id)
    for row in waiting:
        if isinstance(row, Unit):
            services.follow_unit(row)
        elif isinstance(row, Person):
            people.setdefault(row.institution_id, []).append(row.id)
    for institution_id, ids in people.items():
        services.follow_people(institution_id, ids)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _previous: Any) -> None:
    session.info.pop(WAITING, None)


def _changed(row: Any, names: tuple[str, ...]) -> bool:
    state = inspect(row)
    return any(state.attrs[name].history.has_changes() for name in names)

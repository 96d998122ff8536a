"""Who may read what plans say, and what is said of them: the rules that tests/gates/readers.py names."""

from typing import Any

from sqlalchemy.orm import object_session

from hub.accounts.models import Person
from hub.plan import policy
from hub.plan.models import (
    Action,
    Indicator,
    Occasion,
    Plan,
    PlanComment,
    PlanVersion,
    ProgressNote,
    Reading,
    Stage,
    Trajectory,
)


def _plan_of(row: Any) -> Plan:
    if isinstance(row, Plan):
        return row
    session = object_session(row)
    if isinstance(row, PlanVersion | Trajectory):
        return session.get(Plan, row.plan_id)
    if isinstance(row, Reading):
        row = session.get(Indicator, row.indicator_id)
    return (row if isinstance(row, Action) else session.get(Action, row.action_id)).plan


def _institution_of(row: Any) -> int:
    return row.institution_id if hasattr(row, "institution_id") else _plan_of(row).institution_id


def reads_plan(viewer: Person | None, row: Any) -> bool:
    whole = _plan_of(row)
    is_here = viewer is not None and viewer.institution_id == whole.institution_id
    return whole.stage == Stage.PUBLISHED or (is_here and policy.can_read(viewer, whole))


def makes_plan(viewer: Person | None, row: Any) -> bool:
    return viewer is not None and policy.can_read_plans(viewer) and viewer.institution_id == _institution_of(row)


def reads_version(viewer: Person | None, version: PlanVersion) -> bool:
    was_published = version.occasion == Occasion.PUBLISHED
    return makes_plan(viewer, version) or (was_published and reads_plan(viewer, version))


def hears_what_is_needed(viewer: Person | None, note: ProgressNote) -> bool:
    return makes_plan(viewer, note) or (viewer is not None and viewer.id in {note.author_id, note.action.owner_id})


def is_named_with(viewer: Person | None, comment: PlanComment) -> bool:
    return not comment.unnamed and reads_plan(viewer, comment)

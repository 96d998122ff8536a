"""Reads of how actions go: the last check-in of each, those of which nothing was heard, those without an answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import joinedload

from hub.accounts import queries as accounts
from hub.accounts.models import Person, Role, Status
from hub.core.clock import now, today
from hub.core.db import db
from hub.core.rag import Rag
from hub.core.tasks import task
from hub.plan.models import Action, Plan, ProgressNote, Stage

SILENT_AFTER = timedelta(days=35)


def note(note_id: int) -> ProgressNote:
    return db.session.scalars(
        select(ProgressNote)
        .options(
            joinedload(ProgressNote.author),
            joinedload(ProgressNote.action, innerjoin=True).joinedload(Action.plan, innerjoin=True),
        )
        .where(ProgressNote.id == note_id)
    ).one()


def _last_written() -> ScalarSelect[datetime]:
    return (
        select(func.max(ProgressNote.written_at))
        .where(ProgressNote.action_id == Action.id)
        .correlate(Action)
        .scalar_subquery()
    )


def is_silent() -> ColumnElement[bool]:
    """Under way, not done, and nothing heard of it for five weeks; for rows of actions joined with their plan."""
    return and_(
        Plan.stage == Stage.PUBLISHED,
        Action.rag != Rag.GREEN,
        or_(Action.starts_on.is_(None), Action.starts_on <= today()),
        func.coalesce(_last_written(), Plan.published_at) < now() - SILENT_AFTER,
    )


def waits_for_answer() -> ColumnElement[bool]:
    """A check-in of a plan in force that nobody has acknowledged; earlier notes were never asked about."""
    return and_(ProgressNote.acknowledged_at.is_(None), ProgressNote.outlook.is_not(None))


def silent_owners() -> Sequence[tuple[Person, int]]:
    """Who has not said for five weeks how their actions go, and of how many; in every institution."""
    counts = (
        select(Action.owner_id.label("owner_id"), func.count().label("n"))
        .join(Plan, Plan.id == Action.plan_id)
        .where(is_silent())
        .group_by(Action.owner_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Person, counts.c.n)
        .join(counts, counts.c.owner_id == Person.id)
        .where(Person.status == Status.ACTIVE)
        .order_by(Person.id)
    )
    return [(person, n) for person, n in rows]


def check_ins(plan_id: int) -> Select[Any]:
    """Rows of (Action, its latest ProgressNote or none)."""
    newest = (
        select(ProgressNote.id)
        .where(ProgressNote.action_id == Action.id)
        .order_by(ProgressNote.written_at.desc(), ProgressNote.id.desc())
        .limit(1)
        .correlate(Action)
        .scalar_subquery()
    )
    asked: Select[Any] = select(Action).add_columns(ProgressNote)
    return (
        asked.join(Plan, Plan.id == Action.plan_id)
        .outerjoin(ProgressNote, ProgressNote.id == newest)
        .options(joinedload(Action.owner), joinedload(ProgressNote.author))
        .where(Action.plan_id == plan_id)
    )


def tasks_for(user: Person) -> list[Select[Any]]:
    """The owner's actions of which nothing was heard; for the lead, how many, and what waits for an answer."""
    mine = task("plan.check_in", Action.id, Action.objective).join(Plan, Plan.id == Action.plan_id)
    here = and_(
        Plan.institution_id == user.institution_id,
        Plan.stage == Stage.PUBLISHED,
        accounts.holds(user.id, Role.LEAD, Role.DEPUTY_LEAD),
    )
    silent = task("plan.silent", Plan.id, _times("action", "actions")).select_from(Plan)
    waiting = task("plan.acknowledge", Plan.id, _times("check-in", "check-ins")).select_from(Plan)
    return [
        mine.where(Action.owner_id == user.id, is_silent()),
        silent.join(Action, Action.plan_id == Plan.id).where(here, is_silent()).group_by(Plan.id),
        waiting.join(Action, Action.plan_id == Plan.id)
        .join(ProgressNote, ProgressNote.action_id == Action.id)
        .where(here, waits_for_answer())
        .group_by(Plan.id),
    ]


def _times(one: str, many: str) -> ColumnElement[str]:
    """“1 action”, “7 actions”: how many rows there are in a group."""
    n = func.count()
    return case((n == 1, literal(f"1 {one}")), else_=cast(n, String) + literal(f" {many}"))

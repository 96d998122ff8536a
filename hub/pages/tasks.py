"""“My tasks”: what waits for somebody in every feature, in one statement and one list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, union_all

from hub.accounts.models import Person
from hub.attribution import queries as attribution
from hub.attribution import tasks as attribution_tasks
from hub.awards import queries as awards
from hub.awards import tasks as award_tasks
from hub.core.db import db
from hub.core.links import path_to
from hub.core.tasks import TaskKind
from hub.directory import queries as directory
from hub.directory import tasks as directory_tasks
from hub.fund import queries as fund
from hub.fund import tasks as fund_tasks
from hub.galleries import queries as galleries
from hub.galleries import tasks as gallery_tasks
from hub.plan import queries as plan
from hub.plan import tasks as plan_tasks
from hub.registration import queries as registration
from hub.registration import tasks as registration_tasks
from hub.skills import queries as skills
from hub.skills import tasks as skill_tasks
from hub.workforce import queries as workforce
from hub.workforce import tasks as workforce_tasks

ASK: tuple[Callable[[Person], list[Select[Any]]], ...] = (
    directory.tasks_for,
    skills.tasks_for,
    registration.tasks_for,
    fund.tasks_for,
    awards.tasks_for,
    attribution.tasks_for,
    galleries.tasks_for,
    plan.tasks_for,
    workforce.tasks_for,
)
KINDS: dict[str, TaskKind] = {
    **directory_tasks.KINDS,
    **skill_tasks.KINDS,
    **registration_tasks.KINDS,
    **fund_tasks.KINDS,
    **award_tasks.KINDS,
    **attribution_tasks.KINDS,
    **gallery_tasks.KINDS,
    **plan_tasks.KINDS,
    **workforce_tasks.KINDS,
}
MOST = 50


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for its reader. *sentence* is what to do, *href* where."""

    sentence: str
    href: str
    due_at: datetime | None


def of(user: Person) -> list[Task]:
    """What waits for *user*, the nearest day first, then what has none: one statement."""
    asked = [select.order_by(None) for ask in ASK for select in ask(user)]
    everything = union_all(*asked).subquery()
    rows = db.session.execute(
        everything.select()
        .order_by(everything.c.due_at.is_(None), everything.c.due_at, everything.c.kind, everything.c.subject_id)
        .limit(MOST)
    )
    return [_task(row) for row in rows]


def _task(row: Any) -> Task:
    kind = KINDS[row.kind]
    href = path_to(kind.endpoint, **{kind.argument: row.subject_id})
    return Task(f"{kind.verb} {row.title}", href, row.due_at)

"""Reads of plans and their actions, of the evidence placed on them, what is said of them and what became of them."""

from typing import Any

from sqlalchemy import Select

from hub.accounts.models import Person
from hub.plan.queries import check_ins as _check_ins
from hub.plan.queries import consultation as _consultation
from hub.plan.queries import plans as _plans
from hub.plan.queries.check_ins import (
    check_ins,
    is_silent,
    note,
    outlooks,
    silent_owners,
    waits_for_answer,
)
from hub.plan.queries.consultation import (
    comment,
    comment_counts,
    comments_of,
    comments_on,
    coverage,
)
from hub.plan.queries.lineage import (
    action_ids,
    possible_predecessors,
    trajectories,
    trajectories_through,
    trajectory,
    trajectory_figures,
)
from hub.plan.queries.plans import (
    NEWEST_FIRST,
    OPEN_STAGES,
    action,
    actions,
    current_plan,
    decisions,
    facts,
    indicator,
    latest_notes,
    measured,
    milestone,
    note_count,
    note_counts,
    notes,
    placed_on,
    placement,
    placements,
    plan,
    plan_import,
    plans,
    projections,
    proposal,
    proposals,
    published_plan,
    readings_missing,
    series,
    value_on,
    values_now,
    waiting,
    waiting_count,
)
from hub.plan.queries.versions import (
    amendments,
    amendments_of,
    baseline,
    last_number,
    version,
    version_numbered,
    versions_of,
)

__all__ = [
    "NEWEST_FIRST",
    "OPEN_STAGES",
    "action",
    "action_ids",
    "actions",
    "amendments",
    "amendments_of",
    "baseline",
    "check_ins",
    "comment",
    "comment_counts",
    "comments_of",
    "comments_on",
    "coverage",
    "current_plan",
    "decisions",
    "facts",
    "indicator",
    "is_silent",
    "last_number",
    "latest_notes",
    "measured",
    "milestone",
    "note",
    "note_count",
    "note_counts",
    "notes",
    "outlooks",
    "placed_on",
    "placement",
    "placements",
    "plan",
    "plan_import",
    "plans",
    "possible_predecessors",
    "projections",
    "proposal",
    "proposals",
    "published_plan",
    "readings_missing",
    "series",
    "silent_owners",
    "tasks_for",
    "trajectories",
    "trajectories_through",
    "trajectory",
    "trajectory_figures",
    "value_on",
    "values_now",
    "version",
    "version_numbered",
    "versions_of",
    "waiting",
    "waiting_count",
    "waits_for_answer",
]


def tasks_for(user: Person) -> list[Select[Any]]:
    """Milestones that are due, what waits to be said or answered about actions, plans to comment on."""
    return [*_plans.tasks_for(user), *_check_ins.tasks_for(user), *_consultation.tasks_for(user)]

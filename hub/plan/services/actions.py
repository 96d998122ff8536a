"""Writing an action: its words, milestones and notes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from hub.accounts.models import Person
from hub.core.db import db
from hub.core.errors import Refusal
from hub.core.themes import Theme
from hub.plan.models import Action, ActionTheme, Milestone, Plan
from hub.plan.services.versions import amend
from hub.plan.snapshots import told, wording

Promises = Iterable[tuple[str, date | None]]  # milestones: what, until when


class NotInPlan(Refusal):
    """A date lies outside what the plan covers."""


def add_action(
    plan: Plan,
    *,
    actor: Person,
    objective: str,
    themes: Sequence[Theme],
    ref: str = "",
    reason: str = "",
    **columns: Any,
) -> Action:
    """Add an action at the end of *plan*; *columns* are those of ``Action``; without a *ref* it gets the next one.

    :raises ReasonWanted: if the plan is published and no *reason* is given
    """
    position = (db.session.scalar(select(func.max(Action.position)).where(Action.plan_id == plan.id)) or 0) + 1
    action = Action(
        plan=plan,
        institution_id=plan.institution_id,
        ref=ref or _next_ref(plan, themes),
        position=position,
        objective=objective,
        milestones=[],
        indicators=[],
        rules=[],
        theme_rows=[ActionTheme(theme=t, position=i) for i, t in enumerate(dict.fromkeys(themes))],
        **columns,
    )
    _check_dates(action)
    db.session.add(action)
    db.session.flush()
    amend(action, actor=actor, reason=reason)
    return action


def _next_ref(plan: Plan, themes: Sequence[Theme]) -> str:
    letter = (themes[0] if themes else "action")[0].upper()
    taken = set(db.session.scalars(select(Action.ref).where(Action.plan_id == plan.id)))
    return next(f"{letter}{n}" for n in range(1, len(taken) + 2) if f"{letter}{n}" not in taken)


def edit_action(
    action: Action,
    *,
    actor: Person,
    themes: Sequence[Theme],
    milestones: Promises | None = None,
    reason: str = "",
    **columns: Any,
) -> None:
    """Change an action's own columns, its themes, of which the first leads, and its milestones if they are given.

    :raises ReasonWanted: if that changes what a published plan says and no *reason* is given
    """
    before = wording(action)
    for name, value in columns.items():
        setattr(action, name, value)
    wanted = list(dict.fromkeys(themes))
    if wanted != action.themes:
        kept = {row.theme: row for row in action.theme_rows}
        action.theme_rows = [kept.get(t) or ActionTheme(theme=t) for t in wanted]
        for position, row in enumerate(action.theme_rows):
            row.position = position
    _check_dates(action)
    if milestones is not None:
        set_milestones(action, milestones, actor=actor)
    db.session.flush()
    if told(before, wording(action)):
        amend(action, actor=actor, reason=reason)


def _check_dates(action: Action) -> None:
    if action.starts_on and action.due_on and action.due_on < action.starts_on:
        raise NotInPlan("The due date lies before the start.")


def set_milestones(action: Action, rows: Promises, *, actor: Person) -> None:  # noqa: ARG001
    """Replace the milestones by *rows* of (text, due); those whose text stays keep the day on which they were met."""
    met = {m.text: m.met_on for m in action.milestones}
    action.milestones = [
        Milestone(institution_id=action.institution_id, text=text, due_on=due, met_on=met.get(text))
        for text, due in rows
    ]
    db.session.flush()


def meet_milestone(milestone: Milestone, *, actor: Person, on: date | None) -> None:  # noqa: ARG001
    """Say on which day it was met; ``None`` takes that back."""
    milestone.met_on = on
    db.session.flush()

"""Who may see and change a plan. Pure functions of (user, object)."""

from typing import Any

from hub.accounts.models import Person, Role, same_institution
from hub.plan.models import Action, Plan, PlanImport, Stage


def can_lead(user: Person, subject: Any = None) -> bool:
    """Leads and deputies write the plan, place evidence and set RAG."""
    return user.is_lead and (subject is None or same_institution(user, subject))


def can_read_plans(user: Person, _subject: Any = None) -> bool:
    return user.is_lead or user.holds(Role.LEADER, Role.EDITOR)


def can_read(user: Person, plan: Plan) -> bool:
    """Everybody in the institution reads what is open to consultation or decided; drafts are the lead's."""
    return can_read_plans(user) or (same_institution(user, plan) and plan.stage != Stage.DRAFT)


def can_read_action(user: Person, action: Action) -> bool:
    return can_read(user, action.plan)


def can_edit(user: Person, plan: Plan) -> bool:
    return can_lead(user, plan) and plan.stage != Stage.CLOSED


def can_edit_action(user: Person, action: Action) -> bool:
    return can_edit(user, action.plan)


def can_note(user: Person, action: Action) -> bool:
    """The lead and the action's owner say how it goes."""
    return action.plan.stage != Stage.CLOSED and (can_lead(user, action) or user.id == action.owner_id)


def can_read_part(user: Person, part: Any) -> bool:
    """Indicators and their values are read with their action."""
    return can_read_action(user, part.action)


def can_change_part(user: Person, part: Any) -> bool:
    """Milestones, indicators and rules go with their action."""
    return can_edit_action(user, part.action)


def can_correct(user: Person, read: PlanImport) -> bool:
    """Whoever leads may take over a file that a deputy has begun with, until it is stored."""
    return can_lead(user, read) and read.plan_id is None

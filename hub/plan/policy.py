"""Who may see and change a plan. Pure functions of (user, object)."""

from typing import Any

from hub.accounts.models import Person, Role, same_institution
from hub.plan.models import Action, DecisionWanted, Plan, PlanComment, PlanImport, ProgressNote, Stage, Trajectory


def can_lead(user: Person, subject: Any = None) -> bool:
    """Leads and deputies write the plan, place evidence and set RAG."""
    return user.is_lead and (subject is None or same_institution(user, subject))


def can_read_plans(user: Person, _subject: Any = None) -> bool:
    return user.is_lead or user.holds(Role.LEADER, Role.EDITOR)


def can_read_versions(user: Person, subject: Any) -> bool:
    """Versions, and what owners say is needed, are for those who make the plan and those who answer for it."""
    return can_read_plans(user) and same_institution(user, subject)


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


def can_acknowledge(user: Person, note: ProgressNote) -> bool:
    """The lead answers what an owner says; that it was not answered before the service asks."""
    return can_edit_action(user, note.action)


def can_comment(user: Person, action: Action) -> bool:
    """Everybody at the institution, while it is asked about the plan."""
    return same_institution(user, action) and action.plan.stage == Stage.CONSULTATION


def can_change_comment(user: Person, comment: PlanComment) -> bool:
    """Whoever wrote it, until it is answered."""
    return comment.author_id == user.id and comment.verdict is None and can_read_action(user, comment.action)


def can_answer(user: Person, comment: PlanComment) -> bool:
    """The lead; that it was not answered before the service asks."""
    return can_edit_action(user, comment.action)


def can_change_decision(user: Person, wanted: DecisionWanted) -> bool:
    """What stands on the report of a month is the lead's, as the plan is."""
    return can_edit(user, wanted.plan)


def can_trace(user: Person, trajectory: Trajectory) -> bool:
    """Whoever writes the later plan says what becomes of the earlier one's actions."""
    return can_edit(user, trajectory.plan)


def can_change_part(user: Person, part: Any) -> bool:
    """Milestones, indicators and rules go with their action."""
    return can_edit_action(user, part.action)


def can_correct(user: Person, read: PlanImport) -> bool:
    """Whoever leads may take over a file that a deputy has begun with, until it is stored."""
    return can_lead(user, read) and read.plan_id is None

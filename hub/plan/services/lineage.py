"""From one plan to the next: what became of each action."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm.attributes import flag_modified

from hub.accounts.models import Person
from hub.core.db import db
from hub.core.errors import Refusal
from hub.core.rag import Rag
from hub.plan import queries
from hub.plan.feeding import kinds_in
from hub.plan.models import Action, Course, Plan, Successor, Trajectory
from hub.plan.services.actions import add_action, set_milestones
from hub.plan.services.charters import serve
from hub.plan.services.plans import add_plan
from hub.plan.services.rules import add_rules

DONE = "Done in the plan before."


class NoSuchCourse(Refusal):
    """An action goes on in others, or it ends for a reason."""


def follow(plan: Plan, predecessor: Plan, *, actor: Person) -> None:  # noqa: ARG001
    """Let *plan* be the one after *predecessor*: what becomes of each of its actions is to be decided.

    :raises NoSuchCourse: if it follows a plan already, or *predecessor* did not begin earlier
    """
    if plan.predecessor_id is not None:
        raise NoSuchCourse("This plan follows another already.")
    if predecessor.institution_id != plan.institution_id or predecessor.starts_on >= plan.starts_on:
        raise NoSuchCourse("Choose a plan that began before this one.")
    plan.predecessor_id = predecessor.id
    for action in queries.actions(predecessor.id):
        _trajectory(plan, action)
    db.session.flush()


def _trajectory(plan: Plan, action: Action) -> Trajectory:
    made = Trajectory(institution_id=plan.institution_id, plan=plan, action=action, successors=[])
    db.session.add(made)
    return made


def decide_course(
    trajectory: Trajectory, *, actor: Person, course: Course, into: Collection[int] = (), reason: str = ""
) -> None:
    """Say what becomes of an action: it goes on in the actions *into*, as it was or reshaped, or ends for a *reason*.

    :raises NoSuchCourse: if one of *into* is not of the later plan, none goes on, or what ends has no reason
    """
    del actor
    wanted = set(into)
    if course == Course.STOPPED:
        if not reason:
            raise NoSuchCourse("Say why it ends.")
        wanted = set()
    elif not wanted:
        raise NoSuchCourse("Choose at least one action that it goes on in.")
    if wanted - queries.action_ids(trajectory.plan_id):
        raise NoSuchCourse("Choose actions of the new plan.")
    kept = {one.action_id: one for one in trajectory.successors}
    trajectory.course, trajectory.reason = course, reason
    trajectory.successors = [kept.get(key) or Successor(action_id=key) for key in sorted(wanted)]
    flag_modified(trajectory, "course")  # a newer version also when only its successors are others
    db.session.flush()


def carry_forward(old: Plan, *, actor: Person, name: str, starts_on: date, ends_on: date) -> Plan:
    """A new draft in which every action of *old* that is not done goes on; what is done ends there.

    :raises NoSuchCourse: if it would not begin later than *old*
    """
    plan = add_plan(actor=actor, name=name, starts_on=starts_on, ends_on=ends_on)
    follow(plan, old, actor=actor)
    courses = {one.action_id: one for one in queries.trajectories(plan.id)}
    for before in queries.actions(old.id):
        if before.rag == Rag.GREEN:
            decide_course(courses[before.id], actor=actor, course=Course.STOPPED, reason=DONE)
        else:
            after = _carried(before, plan, actor)
            decide_course(courses[before.id], actor=actor, course=Course.CONTINUED, into=[after.id])
    return plan


def _carried(before: Action, plan: Plan, actor: Person) -> Action:
    columns = ("details", "delivery", "impact", "owner_role", "owner_id", "working_group", "resource")
    after = add_action(
        plan,
        actor=actor,
        objective=before.objective,
        themes=before.themes,
        ref=before.ref,
        **{name: getattr(before, name) for name in columns},
    )
    set_milestones(after, [(m.text, None) for m in before.milestones if m.met_on is None], actor=actor)
    add_rules(after, kinds_in(after.objective, after.details, after.impact), actor=actor)
    serve([after], [served.point for served in queries.points_served(before.id)], actor=actor)
    return after

"""Making plans, by hand or from a file that was read and corrected, and moving them along."""

from collections.abc import Iterable
from datetime import date

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import Refusal
from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.plan import queries
from hub.plan.comparing import Draft, date_of, milestones_of, objective_of, targets_of
from hub.plan.feeding import kinds_in
from hub.plan.measures import definition_in
from hub.plan.models import Action, Occasion, Plan, PlanImport, Stage
from hub.plan.services.actions import add_action, set_milestones
from hub.plan.services.check_ins import add_note
from hub.plan.services.indicators import add_indicator
from hub.plan.services.rules import add_rules
from hub.plan.services.versions import keep_version
from hub.plan.workflow import PLAN

KEPT = {Stage.APPROVED: Occasion.APPROVED, Stage.PUBLISHED: Occasion.PUBLISHED}


class NotReady(Refusal):
    """Something must be right before the plan goes on."""


def add_plan(*, actor: Person, name: str, starts_on: date, ends_on: date) -> Plan:
    plan = Plan(
        institution_id=actor.institution_id,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        actions=[],
    )
    db.session.add(plan)
    db.session.flush()
    return plan


def store_import(
    read: PlanImport, *, actor: Person, name: str, starts_on: date, ends_on: date, owner_role: str = ""
) -> Plan:
    """Store the corrected preview as a draft plan: every action with its milestones, indicators and rules.

    *owner_role* is given to actions that name nobody.

    :raises NotReady: if it was stored before, or an action has no theme or objective
    """
    if read.plan_id is not None:
        raise NotReady("This file was stored as a plan already.")
    drafts = read.preview["actions"]
    lacking = [d["ref"] for d in drafts if not d["themes"] or not (d["objective"] or d["details"])]
    if lacking or not drafts:
        raise NotReady(
            f"Give these a theme and an objective first: {', '.join(lacking)}."
            if lacking
            else "There is no action to store."
        )
    plan = add_plan(actor=actor, name=name, starts_on=starts_on, ends_on=ends_on)
    for draft in drafts:
        store_draft(plan, draft | {"owner": draft["owner"] or owner_role}, actor=actor, rag=Rag(draft["rag"] or "red"))
    read.plan_id = plan.id
    db.session.flush()
    return plan


def store_draft(plan: Plan, draft: Draft, *, actor: Person, rag: Rag = Rag.RED, reason: str = "") -> Action:
    """One action of a file, with its milestones, indicators and rules.

    :raises ReasonWanted: if the plan is published and no *reason* is given
    """
    action = add_action(
        plan,
        actor=actor,
        objective=objective_of(draft),
        themes=[Theme(t) for t in draft["themes"]],
        ref=draft["ref"],
        reason=reason,
        details=draft["details"] or "",
        impact=draft["impact"] or "",
        owner_role=draft["owner"] or "",
        delivery=draft.get("delivery", ""),
        working_group=draft.get("working_group", ""),
        resource=draft.get("resource", ""),
        starts_on=date_of(draft["start"]),
        due_on=date_of(draft["due"]),
        rag=rag,
    )
    set_milestones(action, milestones_of(draft), actor=actor)
    for text, rows in targets_of(draft).items():
        counted = definition_in(f"{text} {action.objective}")
        add_indicator(action, actor=actor, text=text, definition=counted, targets=rows)
    add_rules(action, kinds_in(action.objective, action.details, action.impact), actor=actor)
    if draft["progress"]:
        add_note(action, actor=actor, text=draft["progress"])
    return action


def make_move(plan: Plan, name: str, *, actor: Person) -> None:
    """Move *plan* along; publishing closes the one published before. What is approved and published is kept whole.

    :raises NotReady: if it has no action, or one without a theme, when it is to be approved
    """
    if name == "approve":
        _refuse_unready(queries.actions(plan.id))
    if name == "publish":
        old = queries.published_plan(plan.institution_id)
        if old is not None:
            PLAN.make(old, "close", actor=actor)
            db.session.flush()
        plan.published_at = now()
    PLAN.make(plan, name, actor=actor)
    db.session.flush()
    if plan.stage in KEPT:
        keep_version(plan, actor=actor, occasion=KEPT[plan.stage])


def _refuse_unready(actions: Iterable[Action]) -> None:
    found = list(actions)
    if not found:
        raise NotReady("Add at least one action first.")
    lacking = [a.ref for a in found if not a.themes or not a.owner_role]
    if lacking:
        raise NotReady(f"These actions have no theme or no owner yet: {', '.join(lacking)}.")

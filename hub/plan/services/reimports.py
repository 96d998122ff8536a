"""A file that is read again: what was accepted of it goes into the plan that is there, all of it or nothing."""

from hub.accounts.models import Person
from hub.core.db import db, lock
from hub.core.errors import Refusal
from hub.plan import queries
from hub.plan.comparing import Difference, alike, compare
from hub.plan.measures import definition_in
from hub.plan.models import Action, Plan, PlanImport
from hub.plan.services.actions import NotInPlan, edit_action
from hub.plan.services.check_ins import add_note
from hub.plan.services.indicators import add_indicator, set_targets
from hub.plan.services.plans import store_draft
from hub.plan.services.status import set_rag
from hub.plan.services.versions import amend


class ChangedMeanwhile(Refusal):
    """What was accepted is no longer what would be changed."""


class NoTheme(Refusal):
    """Every action serves a theme."""


def take_over(read: PlanImport, plan: Plan, keys: list[str], *, actor: Person, reason: str = "") -> int:
    """Take what stands under *keys* of the comparison into *plan*; everything else stays. How many actions.

    :raises ChangedMeanwhile: if one of these actions was edited since
    :raises NoTheme: if a new action has none
    :raises NotInPlan: if one were due before it starts
    :raises ReasonWanted: if the plan is published and no *reason* is given
    """
    lock(plan)
    offered = {one.key: one for one in compare(plan, read.preview["actions"]).offered}
    if gone := {key for key in keys if key not in offered}:
        raise ChangedMeanwhile(_changed(read, gone))
    chosen = [one for key, one in offered.items() if key in keys]
    if lacking := [one.draft["ref"] for one in chosen if one.action is None and not one.draft["themes"]]:
        raise NoTheme(f"Give these a theme first, or leave them: {', '.join(lacking)}.")
    for one in chosen:
        try:
            _take(read, plan, one, actor, reason)
        except NotInPlan as refusal:
            raise NotInPlan(f"{one.draft['ref']}: {refusal}") from refusal
    read.plan_id = plan.id
    db.session.flush()
    return len(chosen)


def _changed(read: PlanImport, keys: set[str]) -> str:
    drafts = read.preview["actions"]
    places = sorted({int(key.partition("-")[0]) for key in keys})
    refs = [drafts[place]["ref"] for place in places if place < len(drafts)]
    return f"Changed by somebody meanwhile, so nothing is stored yet: {', '.join(refs)}. Look at it again below."


def _take(read: PlanImport, plan: Plan, one: Difference, actor: Person, reason: str) -> None:
    if one.action is None:
        _add(read, plan, one, actor, reason)
    else:
        _change(read, one.action, one, actor, reason)


def _add(read: PlanImport, plan: Plan, one: Difference, actor: Person, reason: str) -> None:
    taken = {ref.casefold() for ref in queries.references(plan.id)}
    ref = one.draft["ref"] if one.draft["ref"].casefold() not in taken else ""
    action = store_draft(plan, {**one.draft, "ref": ref}, actor=actor, reason=reason)
    _set_rag(read, action, one, actor)


def _change(read: PlanImport, action: Action, one: Difference, actor: Person, reason: str) -> None:
    if one.columns:
        changed = {"themes": action.themes, **one.columns}
        edit_action(action, actor=actor, reason=reason, **changed)
    for text, rows in one.targets.items():
        known = next((each for each in action.indicators if alike(each.text, text)), None)
        if known is None:
            counted = definition_in(f"{text} {action.objective}")
            add_indicator(action, actor=actor, text=text, definition=counted, targets=rows)
        else:
            set_targets(known, rows, actor=actor)
    if one.targets and not one.columns:
        amend(action, actor=actor, reason=reason)
    if one.note:
        add_note(action, actor=actor, text=one.note)
    _set_rag(read, action, one, actor)


def _set_rag(read: PlanImport, action: Action, one: Difference, actor: Person) -> None:
    """The colour of the file, explained by its words on progress, else by where it comes from."""
    if one.rag is not None and one.rag != action.rag:
        explanation = one.draft["progress"] or f"So it stands in {read.file_name}."
        set_rag(action, one.rag, actor=actor, explanation=explanation)

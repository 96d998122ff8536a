"""One action: its page, its editing, its milestones and RAG."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.clock import today
from hub.core.db import db
from hub.core.errors import Refusal
from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.core.web import allowed, saves
from hub.plan import policy, queries, services
from hub.plan.forms import ActionForm, AmendForm, DatedLinesField, RagForm
from hub.plan.lines import figure
from hub.plan.models import Action, Milestone, Plan, ProgressNote, Stage
from hub.plan.rag import propose
from hub.plan.views.blueprint import bp
from hub.plan.wording import names

SHOWN_EVIDENCE = 5
TEXTS = ("details", "delivery", "impact", "owner_role", "working_group", "resource")


@bp.get("/actions/<int:action_id>")
@allowed(policy.can_read_action, get=queries.action)
def action(action: Action) -> ResponseReturnValue:
    return render_template("plan/action.html", **_about(action))


def _about(action: Action) -> dict[str, Any]:
    notes = queries.notes(action.id)
    values = queries.values_on(action.indicators, today())
    lineage = queries.trajectories_through(action.id)
    return {
        "action": action,
        "proposal": propose(queries.facts(action, values, len(notes))),
        "figures": [figure(i, values[i.id]) for i in action.indicators],
        "evidence": db.session.scalars(queries.placed_on(action.id).limit(SHOWN_EVIDENCE)).all(),
        "evidence_count": action.accepted,
        "names": names,
        "history": _history(action, notes),
        "came_from": [
            t for t in lineage if t.action_id != action.id and policy.can_read_action(current_user, t.action)
        ],
        "went_to": [
            t for t in lineage if t.action_id == action.id and t.course and policy.can_read(current_user, t.plan)
        ],
        "can_edit": policy.can_edit_action(current_user, action),
        "can_note": policy.can_note(current_user, action),
        "may_answer": policy.can_read_versions(current_user, action),
    }


def _history(action: Action, notes: Sequence[ProgressNote]) -> list[tuple[str, Any]]:
    """What was said, decided and changed, newest first."""
    dated: list[tuple[datetime, str, Any]] = [
        *((note.written_at, "note", note) for note in notes),
        *((decision.decided_at, "decision", decision) for decision in queries.decisions(action.id)),
        *((amendment.made_at, "amendment", amendment) for amendment in queries.amendments_of(action.id)),
    ]
    return [(kind, row) for _, kind, row in sorted(dated, key=lambda one: one[0], reverse=True)]


@bp.route("/<int:plan_id>/actions/new", methods=["GET", "POST"])
@allowed(policy.can_edit, get=queries.plan)
@saves
def add_action(plan: Plan) -> ResponseReturnValue:
    form = _form_for(plan)(version_of=plan, institution_id=plan.institution_id)
    if form.validate_on_submit():
        added = services.add_action(plan, actor=current_user, **_columns(form))
        services.set_milestones(added, form.milestone_rows, actor=current_user)
        return redirect(url_for("plan.action", action_id=added.id))
    return render_template("plan/edit_action.html", form=form, plan=plan, action=None), 422 if form.errors else 200


@bp.route("/actions/<int:action_id>/edit", methods=["GET", "POST"])
@allowed(policy.can_edit_action, get=queries.action)
@saves
def edit_action(action: Action) -> ResponseReturnValue:
    form = _form_for(action.plan)(version_of=action, data=_filled(action), institution_id=action.institution_id)
    if form.validate_on_submit():
        services.edit_action(action, actor=current_user, milestones=form.milestone_rows, **_columns(form))
        flash("Saved.", "success")
        return redirect(url_for("plan.action", action_id=action.id))
    return render_template(
        "plan/edit_action.html", form=form, plan=action.plan, action=action
    ), 422 if form.errors else 200


def _form_for(plan: Plan) -> type[ActionForm]:
    return AmendForm if plan.stage == Stage.PUBLISHED else ActionForm


def _filled(action: Action) -> dict[str, Any]:
    promised = DatedLinesField.write([(m.text, m.due_on) for m in action.milestones])
    names = (*TEXTS, "objective", "themes", "starts_on", "due_on")
    owner = action.owner.email if action.owner else ""
    return {name: getattr(action, name) for name in names} | {"milestones": promised, "owner_email": owner}


def _columns(form: ActionForm) -> dict[str, Any]:
    return {
        **{name: form[name].data or "" for name in TEXTS},
        "objective": form.objective.data,
        "themes": [Theme(t) for t in form.themes.data],
        "owner_id": form.owner.id if form.owner else None,
        "starts_on": form.starts_on.data,
        "due_on": form.due_on.data,
        "reason": form.reason.data if isinstance(form, AmendForm) else "",
    }


@bp.route("/actions/<int:action_id>/status", methods=["GET", "POST"])
@allowed(policy.can_edit_action, get=queries.action)
@saves
def set_rag(action: Action) -> ResponseReturnValue:
    form = RagForm(version_of=action, data={"rag": action.rag.value, "explanation": action.rag_explanation})
    if form.validate_on_submit() and set_status(form, action):
        return redirect(url_for("plan.action", action_id=action.id))
    context = {"form": form, "action": action, "proposal": queries.proposal(action)}
    return render_template("plan/set_rag.html", **context), 422 if form.errors else 200


def set_status(form: RagForm, action: Action) -> bool:
    """Whether the status of a filled form could be set; what stands against it is said beside the field."""
    try:
        services.set_rag(action, Rag(form.rag.data), actor=current_user, explanation=form.explanation.data or "")
    except services.GreenNeedsEvidence as refusal:
        form.refuse(form.rag, refusal)
        return False
    except Refusal as refusal:
        form.refuse(form.explanation, refusal)
        return False
    flash(f"Status set: {action.rag.label.lower()}.", "success")
    return True


@bp.post("/actions/<int:action_id>/status/proposed")
@allowed(policy.can_edit_action, get=queries.action)
@saves
def accept_proposal(action: Action) -> ResponseReturnValue:
    proposal = queries.proposal(action)
    if proposal.rag == Rag.RED and not action.rag_explanation:
        return redirect(url_for("plan.set_rag", action_id=action.id))
    services.set_rag(
        action, proposal.rag, actor=current_user, explanation=action.rag_explanation if proposal.rag == Rag.RED else ""
    )
    flash(f"Status set: {action.rag.label.lower()}.", "success")
    return redirect(url_for("plan.action", action_id=action.id))


@bp.post("/milestones/<int:milestone_id>")
@allowed(policy.can_change_part, get=queries.milestone)
@saves
def meet_milestone(milestone: Milestone) -> ResponseReturnValue:
    services.meet_milestone(milestone, actor=current_user, on=None if milestone.met_on else today())
    flash(f"“{milestone.text}” is {'met' if milestone.met_on else 'open again'}.", "success")
    return redirect(url_for("plan.action", action_id=milestone.action_id))

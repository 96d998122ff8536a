"""How actions go: said by owners and leads, acknowledged by the lead, and where nothing was heard."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import ColumnElement, and_, or_

from hub.core.lists import Column, Filter, Listing, matching
from hub.core.web import allowed, saves
from hub.plan import policy, queries, services
from hub.plan.life_forms import AcknowledgeForm, CheckInForm
from hub.plan.models import Action, Outlook, Plan, ProgressNote
from hub.plan.views.blueprint import bp

STATES = {
    "silent": "Nothing heard for five weeks",
    "waiting": "Not acknowledged",
    "decision": "A decision is wanted",
    "risk": "At risk or off track",
}


@bp.get("/<int:plan_id>/check-ins")
@allowed(policy.can_read_versions, get=queries.plan)
def check_ins(plan: Plan) -> ResponseReturnValue:
    return Listing(
        name="check-ins",
        noun=("action", "actions"),
        rows=queries.check_ins(plan.id),
        columns=(
            Column("action", "Action", lambda row: row.Action.objective, Action.objective),
            Column("owner", "Owner", lambda row: row.Action.owner.name if row.Action.owner else row.Action.owner_role),
            Column("heard", "Last heard", lambda row: row[1] and row[1].written_at, ProgressNote.written_at),
            Column("outlook", "How it goes", lambda row: row[1].outlook.label if row[1] and row[1].outlook else ""),
            Column("said", "What was said", lambda row: row[1].text if row[1] else ""),
            Column("needed", "What is needed", lambda row: row[1].needed if row[1] else ""),
            Column("decision", "Decision wanted", lambda row: bool(row[1] and row[1].wants_decision), beside=True),
        ),
        default_order=(Action.position, Action.id),
        filters_offered=(Filter("state", "What to see to", lambda: STATES, _in_state),),
        search=lambda q: matching(q, Action.objective, ProgressNote.text),
        per_page=50,
        entities=False,
    ).answer("plan/check_ins.html", plan=plan, can_lead=policy.can_edit(current_user, plan))


def _in_state(chosen: list[str]) -> ColumnElement[bool]:
    meant: dict[str, ColumnElement[bool]] = {
        "silent": queries.is_silent(),
        "waiting": queries.waits_for_answer(),
        "decision": and_(ProgressNote.wants_decision, queries.waits_for_answer()),
        "risk": ProgressNote.outlook.in_([Outlook.AT_RISK, Outlook.OFF_TRACK]),
    }
    return or_(*(meant[state] for state in chosen))


@bp.route("/actions/<int:action_id>/notes", methods=["GET", "POST"])
@allowed(policy.can_note, get=queries.action)
@saves
def add_note(action: Action) -> ResponseReturnValue:
    form = CheckInForm(version_of=action)
    if form.validate_on_submit():
        services.add_note(
            action,
            actor=current_user,
            text=form.text.data,
            outlook=Outlook(form.outlook.data),
            needed=form.needed.data or "",
            wants_decision=form.wants_decision.data,
        )
        flash("What you said is on the action’s page.", "success")
        return redirect(url_for("plan.action", action_id=action.id))
    return render_template("plan/add_note.html", form=form, action=action), 422 if form.errors else 200


@bp.route("/notes/<int:note_id>", methods=["GET", "POST"])
@allowed(policy.can_acknowledge, get=queries.note)
@saves
def acknowledge(note: ProgressNote) -> ResponseReturnValue:
    form = AcknowledgeForm(version_of=note)
    if form.validate_on_submit():
        services.acknowledge(note, actor=current_user, answer=form.answer.data or "")
        flash("Acknowledged.", "success")
        return redirect(url_for("plan.check_ins", plan_id=note.action.plan_id))
    return render_template("plan/acknowledge.html", form=form, note=note), 422 if form.errors else 200

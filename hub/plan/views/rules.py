"""The rules by which evidence is suggested for an action, and the evidence accepted on it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.lists import Column, Listing
from hub.core.web import allowed, saves
from hub.core.words import counted
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry
from hub.plan import feeding, policy, queries, services
from hub.plan.forms import RuleForm
from hub.plan.models import Action, Rule
from hub.plan.services.rules import MOST_AT_ONCE
from hub.plan.views.blueprint import bp
from hub.plan.views.measuring import unit_options
from hub.plan.wording import names

SAVED = "Saved. What waits in the inbox follows this rule now."


@bp.route("/actions/<int:action_id>/rules", methods=["GET", "POST"])
@allowed(policy.can_edit_action, get=queries.action)
@saves
def rules(action: Action) -> ResponseReturnValue:
    form = RuleForm(version_of=action, units=unit_options())
    if form.validate_on_submit():
        try:
            services.add_rule(action, actor=current_user, **form.named)
        except services.NamesNothing as refusal:
            form.refuse(form.kind, refusal)
        else:
            flash(SAVED, "success")
            return redirect(url_for("plan.rules", action_id=action.id))
    return render_template("plan/rules.html", form=form, action=action, **_offered(action)), 422 if form.errors else 200


def _offered(action: Action) -> dict[str, Any]:
    """The rules in words, and how many entries of the ledger fit them without having been suggested here."""
    in_force = action.plan.stage in feeding.IN_FORCE
    older = feeding.older_for(action, action.rules, MOST_AT_ONCE + 1) if in_force else {}
    return {"names": names, "in_force": in_force, "older": len(older), "most": MOST_AT_ONCE}


@bp.route("/rules/<int:rule_id>", methods=["GET", "POST"])
@allowed(policy.can_change_part, get=queries.rule)
@saves
def edit_rule(rule: Rule) -> ResponseReturnValue:
    form = RuleForm(version_of=rule, units=unit_options(), data=_filled(rule))
    if form.validate_on_submit():
        try:
            services.edit_rule(rule, actor=current_user, **form.named)
        except services.NamesNothing as refusal:
            form.refuse(form.kind, refusal)
        else:
            flash(SAVED, "success")
            return redirect(url_for("plan.rules", action_id=rule.action_id))
    return render_template("plan/edit_rule.html", form=form, rule=rule), 422 if form.errors else 200


def _filled(rule: Rule) -> dict[str, Any]:
    named = {name: getattr(rule, name) for name in ("kind", "theme", "words", "since", "until")}
    return named | {"unit": str(rule.unit_id) if rule.unit_id else None}


@bp.post("/rules/<int:rule_id>/remove")
@allowed(policy.can_change_part, get=queries.rule)
@saves
def remove_rule(rule: Rule) -> ResponseReturnValue:
    action_id = rule.action_id
    services.remove_rule(rule, actor=current_user)
    flash("Removed. What it had suggested and nobody decided waits without an action.", "success")
    return redirect(url_for("plan.rules", action_id=action_id))


@bp.post("/actions/<int:action_id>/rules/older")
@allowed(policy.can_edit_action, get=queries.action)
@saves
def suggest_older(action: Action) -> ResponseReturnValue:
    found = services.suggest_older(action, actor=current_user)
    if not found:
        flash("Nothing older fits any more.", "message")
        return redirect(url_for("plan.rules", action_id=action.id))
    flash(f"{counted(found, 'older entry', 'older entries')} put in the inbox.", "success")
    return redirect(url_for("plan.inbox", action=action.id))


@bp.get("/actions/<int:action_id>/evidence")
@allowed(policy.can_read_action, get=queries.action)
def evidence(action: Action) -> ResponseReturnValue:
    return Listing(
        name=f"evidence-{action.ref}",
        noun=("piece of evidence", "pieces of evidence"),
        rows=queries.placed_on(action.id).order_by(None),
        columns=(
            Column("title", "What happened", lambda p: p.entry.title, Entry.title),
            Column("kind", "Kind", lambda p: KINDS[p.entry.kind].label),
            Column("happened", "Date", lambda p: p.entry.happened_on, Entry.happened_on),
            Column("unit", "Unit", lambda p: p.entry.unit.name if p.entry.unit else ""),
        ),
        default_order=queries.NEWEST_FIRST,
    ).answer("plan/evidence.html", action=action, can_edit=policy.can_edit_action(current_user, action))

"""What an action is measured by and fed from: indicators, readings, rules for evidence, accepted evidence."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.lists import Column, Listing
from hub.core.web import allowed, saves
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry
from hub.plan import policy, queries, services
from hub.plan.forms import DatedLinesField, FeedsForm, IndicatorForm, ReadingForm
from hub.plan.models import Action, Indicator
from hub.plan.views.blueprint import bp


@bp.route("/actions/<int:action_id>/indicators/new", methods=["GET", "POST"])
@allowed(policy.can_edit_action, get=queries.action)
@saves
def add_indicator(action: Action) -> ResponseReturnValue:
    form = IndicatorForm(version_of=action)
    if form.validate_on_submit():
        services.add_indicator(
            action,
            actor=current_user,
            text=form.text.data,
            measure=form.measure.data,
            baseline=form.baseline.data,
            baseline_on=form.baseline_on.data,
            targets=form.target_rows,
        )
        return redirect(url_for("plan.action", action_id=action.id))
    return render_template("plan/indicator.html", form=form, action=action, indicator=None), 422 if form.errors else 200


@bp.route("/indicators/<int:indicator_id>", methods=["GET", "POST"])
@allowed(policy.can_change_part, get=queries.indicator)
@saves
def indicator(indicator: Indicator) -> ResponseReturnValue:
    form = IndicatorForm(version_of=indicator, data=_filled(indicator))
    if form.validate_on_submit():
        indicator.text, indicator.measure = form.text.data, form.measure.data
        indicator.baseline, indicator.baseline_on = form.baseline.data, form.baseline_on.data
        services.set_targets(indicator, form.target_rows, actor=current_user)
        flash("Saved.", "success")
        return redirect(url_for("plan.action", action_id=indicator.action_id))
    return render_template(
        "plan/indicator.html", form=form, action=indicator.action, indicator=indicator
    ), 422 if form.errors else 200


def _filled(indicator: Indicator) -> dict[str, Any]:
    names = ("text", "measure", "baseline", "baseline_on")
    targets = DatedLinesField.write([(f"{t.value:,}", t.due_on) for t in indicator.targets])
    return {name: getattr(indicator, name) for name in names} | {"targets": targets}


@bp.route("/indicators/<int:indicator_id>/readings", methods=["GET", "POST"])
@allowed(policy.can_change_part, get=queries.indicator)
@saves
def add_reading(indicator: Indicator) -> ResponseReturnValue:
    form = ReadingForm(version_of=indicator)
    if form.validate_on_submit():
        services.read_indicator(indicator, actor=current_user, value=form.value.data, on=form.on.data)
        flash("Figure kept.", "success")
        return redirect(url_for("plan.action", action_id=indicator.action_id))
    return render_template("plan/add_reading.html", form=form, indicator=indicator), 422 if form.errors else 200


@bp.route("/actions/<int:action_id>/rules", methods=["GET", "POST"])
@allowed(policy.can_edit_action, get=queries.action)
@saves
def feeds(action: Action) -> ResponseReturnValue:
    form = FeedsForm(version_of=action, data={"kinds": [f.kind for f in action.feeds]})
    if form.validate_on_submit():
        services.set_feeds(action, form.kinds.data, actor=current_user)
        flash("New evidence of these kinds is suggested here from now on.", "success")
        return redirect(url_for("plan.action", action_id=action.id))
    return render_template("plan/feeds.html", form=form, action=action), 422 if form.errors else 200


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

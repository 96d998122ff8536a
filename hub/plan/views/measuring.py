"""What an action is measured by: indicators, the records behind their numbers, figures typed and values frozen."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select

from hub.accounts import queries as accounts
from hub.core.clock import today
from hub.core.lists import Column, Listing
from hub.core.money import pounds
from hub.core.web import allowed, saves
from hub.core.words import counted, day
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry
from hub.evidence.policy import can_read_ledger
from hub.plan import policy, queries, records, services
from hub.plan.forms import AmendIndicatorForm, DatedLinesField, FreezeForm, IndicatorForm, ReadingForm
from hub.plan.lines import figure
from hub.plan.measures import is_money
from hub.plan.models import Action, Counting, Indicator, Period, Plan, Reading, Shown, Stage
from hub.plan.views.blueprint import bp
from hub.plan.wording import question, said


@bp.route("/actions/<int:action_id>/indicators/new", methods=["GET", "POST"])
@allowed(policy.can_edit_action, get=queries.action)
@saves
def add_indicator(action: Action) -> ResponseReturnValue:
    usual = {"period": Period.PLAN, "shown": Shown.NUMBER}
    form = _form_for(action.plan)(version_of=action, units=unit_options(), data=usual)
    if form.validate_on_submit():
        added = services.add_indicator(action, actor=current_user, **_asked(form))
        return redirect(url_for("plan.indicator", indicator_id=added.id))
    return render_template(
        "plan/edit_indicator.html", form=form, action=action, indicator=None
    ), 422 if form.errors else 200


@bp.route("/indicators/<int:indicator_id>/edit", methods=["GET", "POST"])
@allowed(policy.can_change_part, get=queries.indicator)
@saves
def edit_indicator(indicator: Indicator) -> ResponseReturnValue:
    form = _form_for(indicator.action.plan)(version_of=indicator, units=unit_options(), data=_filled(indicator))
    if form.validate_on_submit():
        services.edit_indicator(indicator, actor=current_user, **_asked(form))
        flash("Saved. What was frozen before stays as it was.", "success")
        return redirect(url_for("plan.indicator", indicator_id=indicator.id))
    return render_template(
        "plan/edit_indicator.html", form=form, action=indicator.action, indicator=indicator
    ), 422 if form.errors else 200


def _form_for(plan: Plan) -> type[IndicatorForm]:
    return AmendIndicatorForm if plan.stage == Stage.PUBLISHED else IndicatorForm


def unit_options() -> dict[str, str]:
    return {str(unit.id): unit.name for unit in accounts.units(current_user.institution_id)}


def _asked(form: IndicatorForm) -> dict[str, Any]:
    return {
        "text": form.text.data,
        "definition": form.definition,
        "targets": form.target_rows,
        "baseline": form.baseline.data,
        "baseline_on": form.baseline_on.data,
        "reason": form.why,
    }


def _filled(indicator: Indicator) -> dict[str, Any]:
    names = ("text", "counting", "kinds", "theme", "words", "period", "shown", "baseline", "baseline_on")
    targets = DatedLinesField.write([(f"{t.value:,}", t.due_on) for t in indicator.targets])
    unit = str(indicator.unit_id) if indicator.unit_id else None
    return {name: getattr(indicator, name) for name in names} | {"targets": targets, "unit": unit}


@bp.get("/indicators/<int:indicator_id>")
@allowed(policy.can_read_part, get=queries.measured_indicator)
def indicator(indicator: Indicator) -> ResponseReturnValue:
    return render_template(
        "plan/indicator.html",
        indicator=indicator,
        action=indicator.action,
        figure=figure(indicator, queries.value_on(indicator, today())),
        said=said,
        withdrawn=records.withdrawn(indicator.readings),
        can_edit=policy.can_change_part(current_user, indicator),
    )


@bp.get("/indicators/<int:indicator_id>/records")
@allowed(policy.can_read_part, get=queries.indicator)
def records_now(indicator: Indicator) -> ResponseReturnValue:
    """What today's number was counted from; nothing stands behind one that was typed in."""
    if indicator.counting is None:
        return redirect(url_for("plan.indicator", indicator_id=indicator.id))
    value = queries.value_on(indicator, today())
    return _records(indicator, records.of_value(indicator, today()), value=value, on=today(), reading=None)


@bp.get("/readings/<int:reading_id>")
@allowed(policy.can_read_part, get=queries.reading)
def records_frozen(reading: Reading) -> ResponseReturnValue:
    """What a frozen number was counted from, whatever became of it since."""
    if reading.entries is None:
        return redirect(url_for("plan.indicator", indicator_id=reading.indicator_id))
    rows = records.of_reading(reading)
    return _records(reading.indicator, rows, value=reading.value, on=reading.on, reading=reading)


def _records(indicator: Indicator, rows: Select[Any], **about: Any) -> ResponseReturnValue:
    listing = Listing(
        name=f"records-{indicator.id}",
        noun=("record", "records"),
        rows=rows.where(records.open_to(current_user)),
        columns=(
            Column("title", "What happened", lambda e: e.title, Entry.title),
            Column("kind", "Kind", lambda e: KINDS[e.kind].label),
            Column("happened", "Date", lambda e: e.happened_on, Entry.happened_on),
            Column("unit", "Unit", lambda e: e.unit.name if e.unit else ""),
            Column("standing", "State", lambda e: e.standing, beside=True),
            _amount(indicator),
        ),
        default_order=(Entry.happened_on.desc(), Entry.id.desc()),
    )
    return listing.answer(
        "plan/records.html",
        indicator=indicator,
        action=indicator.action,
        said=said,
        question=question(indicator),
        by_people=indicator.counting in {Counting.PEOPLE, Counting.REGISTERED},
        reads_ledger=can_read_ledger(current_user),
        closed=records.closed_to(current_user, rows),
        **about,
    )


def _amount(indicator: Indicator) -> Column:
    """What each record adds to the number."""
    if indicator.counting == Counting.QUANTITY:
        money = is_money(indicator)
        return Column(
            "quantity", "Adds", lambda e: pounds(e.quantity) if money else e.quantity, Entry.quantity, numeric=True
        )
    return Column("people", "People", lambda e: e.people, Entry.people, numeric=True)


@bp.route("/indicators/<int:indicator_id>/readings", methods=["GET", "POST"])
@allowed(policy.can_change_part, get=queries.indicator)
@saves
def add_reading(indicator: Indicator) -> ResponseReturnValue:
    form = ReadingForm(version_of=indicator)
    if form.validate_on_submit():
        try:
            services.read_indicator(
                indicator, actor=current_user, value=form.value.data, on=form.on.data, source=form.source.data
            )
        except services.CountedByTheHub as refusal:
            form.refuse(form.value, refusal)
        else:
            flash("Figure kept.", "success")
            return redirect(url_for("plan.indicator", indicator_id=indicator.id))
    return render_template("plan/add_reading.html", form=form, indicator=indicator), 422 if form.errors else 200


@bp.route("/<int:plan_id>/freeze", methods=["GET", "POST"])
@allowed(policy.can_edit, get=queries.plan)
@saves
def freeze(plan: Plan) -> ResponseReturnValue:
    form = FreezeForm(version_of=plan, data={"on": today()})
    if form.validate_on_submit():
        frozen = services.freeze(plan, form.on.data, actor=current_user)
        on = day(form.on.data, weekday=False)
        flash(
            f"{counted(frozen, 'value')} frozen for {on}." if frozen else f"Those of {on} are frozen already.",
            "success",
        )
        return redirect(url_for("plan.tracker", plan_id=plan.id))
    return render_template("plan/freeze.html", form=form, plan=plan), 422 if form.errors else 200

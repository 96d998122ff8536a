"""What a lead sees: schemes, rounds, everything sent, and the release."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.clock import at_london, london
from hub.core.errors import Refusal
from hub.core.web import allowed, saves
from hub.core.years import year_label
from hub.fund import listings, policy, queries, services
from hub.fund.forms import CriterionForm, ManagerForm, MemberForm, RoundForm, SchemeForm
from hub.fund.models import Application, FundCriterion, FundScheme, PanelMember, Round, RoundStage, SchemeKind, Stage
from hub.fund.presets import PRESETS
from hub.fund.views.blueprint import bp, to_application
from hub.fund.workflow import ROUND

UNTOLD = {Stage.DRAFT, Stage.AWAITING_MANAGER, Stage.RETURNED, Stage.SUBMITTED, Stage.WITH_PANEL, Stage.WITHDRAWN}
PLAIN = {"notice_days": 28, "report_days": 28, "match_percent": 0, "a_year": 0, "kind": "development"}


@bp.get("/rounds")
@allowed(policy.is_lead)
def rounds() -> ResponseReturnValue:
    listing = listings.rounds(current_user)
    schemes = queries.schemes(current_user.institution_id)
    money = queries.money_told(current_user, *(r.id for r in listing.items))
    return listing.answer("fund/rounds.html", schemes=schemes, money=money)


@bp.get("/applications")
@allowed(policy.is_lead)
def applications() -> ResponseReturnValue:
    return listings.applications(current_user).answer("fund/applications.html", afterwards=listings.afterwards)


@bp.get("/money")
@allowed(policy.is_lead)
def money() -> ResponseReturnValue:
    years = queries.years_with_money(current_user.institution_id)
    listing = listings.movements(current_user, years)
    year = int(listing.chosen["year"][0]) if listing.chosen["year"] else years[0]
    return listing.answer("fund/money.html", year=year_label(year), sums=queries.money_in(year, current_user))


@bp.route("/schemes/add", methods=["GET", "POST"])
@allowed(policy.is_lead)
@saves
def add_scheme() -> ResponseReturnValue:
    chosen = request.args.get("like", "")
    preset = PRESETS.get(chosen)
    form = SchemeForm(data=PLAIN | (preset.rules if preset else {}))
    if form.validate_on_submit():
        try:
            scheme = services.add_scheme(
                institution_id=current_user.institution_id,
                criteria=preset.criteria if preset else (),
                actor=current_user,
                **_rules(form),
            )
        except Refusal as refusal:
            form.refuse(form.name, refusal)
        else:
            return redirect(url_for("fund.criteria", scheme_id=scheme.id))
    page = render_template("fund/add_scheme.html", form=form, presets=PRESETS, chosen=chosen if preset else "")
    return page, 422 if form.errors else 200


@bp.route("/schemes/<int:scheme_id>/edit", methods=["GET", "POST"])
@allowed(policy.is_lead, get=queries.scheme)
@saves
def edit_scheme(scheme: FundScheme) -> ResponseReturnValue:
    form = SchemeForm(obj=scheme)
    if form.validate_on_submit():
        try:
            services.edit_scheme(scheme, actor=current_user, **_rules(form))
        except Refusal as refusal:
            form.refuse(form.name, refusal)
        else:
            flash("Saved.", "success")
            return redirect(url_for("fund.rounds"))
    return render_template("fund/edit_scheme.html", form=form, scheme=scheme), 422 if form.errors else 200


def _rules(form: SchemeForm) -> dict[str, Any]:
    rules = {f.name: f.data if f.data is not None else "" for f in form if f.name != "csrf_token"}
    return rules | {"code": form.code.data.upper(), "kind": SchemeKind(form.kind.data)}


@bp.route("/schemes/<int:scheme_id>/criteria", methods=["GET", "POST"])
@allowed(policy.is_lead, get=queries.scheme)
@saves
def criteria(scheme: FundScheme) -> ResponseReturnValue:
    form = CriterionForm(version_of=scheme)
    if form.validate_on_submit():
        try:
            services.add_criterion(scheme, actor=current_user, **_criterion(form))
        except Refusal as refusal:
            form.refuse(form.name, refusal)
        else:
            return redirect(url_for("fund.criteria", scheme_id=scheme.id))
    return render_template("fund/criteria.html", form=form, scheme=scheme), 422 if form.errors else 200


def _criterion(form: CriterionForm) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "question": form.question.data,
        "weight": form.weight.data,
        "levels": form.levels.data or "",
    }


@bp.route("/criteria/<int:criterion_id>/edit", methods=["GET", "POST"])
@allowed(policy.runs_criterion, get=queries.criterion)
@saves
def edit_criterion(criterion: FundCriterion) -> ResponseReturnValue:
    form = CriterionForm(obj=criterion)
    if form.validate_on_submit():
        try:
            services.edit_criterion(criterion, actor=current_user, **_criterion(form))
        except Refusal as refusal:
            form.refuse(form.name, refusal)
        else:
            flash("Saved.", "success")
            return redirect(url_for("fund.criteria", scheme_id=criterion.scheme_id))
    return render_template("fund/edit_criterion.html", form=form, criterion=criterion), 422 if form.errors else 200


@bp.post("/criteria/<int:criterion_id>/remove")
@allowed(policy.runs_criterion, get=queries.criterion)
@saves
def remove_criterion(criterion: FundCriterion) -> ResponseReturnValue:
    services.remove_criterion(criterion, actor=current_user)
    return redirect(url_for("fund.criteria", scheme_id=criterion.scheme_id))


@bp.route("/schemes/<int:scheme_id>/rounds/add", methods=["GET", "POST"])
@allowed(policy.is_lead, get=queries.scheme)
@saves
def add_round(scheme: FundScheme) -> ResponseReturnValue:
    form = RoundForm(data={"budget_pence": scheme.most_pence, "reading": "together"}, version_of=scheme)
    if form.validate_on_submit():
        try:
            made = services.add_round(scheme, actor=current_user, **_plan(form))
        except Refusal as refusal:
            form.refuse(form.name, refusal)
        else:
            return redirect(url_for("fund.manage_round", round_id=made.id))
    return render_template("fund/add_round.html", form=form, scheme=scheme), 422 if form.errors else 200


@bp.route("/rounds/<int:round_id>/copy", methods=["GET", "POST"])
@allowed(policy.is_lead, get=queries.fund_round)
@saves
def copy_round(fund_round: Round) -> ResponseReturnValue:
    """A year later on the same days of the week, with the same panel; a test becomes a round that counts."""
    form = RoundForm(data=_a_year_later(fund_round), version_of=fund_round)
    if form.validate_on_submit():
        try:
            made = services.add_round(fund_round.scheme, like=fund_round, actor=current_user, **_plan(form))
        except Refusal as refusal:
            form.refuse(form.name, refusal)
        else:
            flash(f"{made.name} is made, with the same panel. Look at it and open it.", "success")
            return redirect(url_for("fund.manage_round", round_id=made.id))
    return render_template("fund/copy_round.html", form=form, fund_round=fund_round), 422 if form.errors else 200


def _a_year_later(fund_round: Round) -> dict[str, Any]:
    later = timedelta(weeks=0 if fund_round.is_test else 52)
    opens, closes = london(fund_round.opens_at), london(fund_round.closes_at)
    return {
        "budget_pence": fund_round.budget_pence,
        "opens_at": at_london(opens.date() + later, opens.hour, opens.minute),
        "closes_on": closes.date() + later,
        "panel_on": fund_round.panel_on + later,
        "decisions_on": fund_round.decisions_on + later,
        **_switches(fund_round) | {"is_test": False},
    }


@bp.route("/rounds/<int:round_id>/edit", methods=["GET", "POST"])
@allowed(policy.is_lead, get=queries.fund_round)
@saves
def edit_round(fund_round: Round) -> ResponseReturnValue:
    form = RoundForm(obj=fund_round, data={"closes_on": london(fund_round.closes_at).date()} | _switches(fund_round))
    if fund_round.stage != RoundStage.DRAFT:
        del form.reading, form.is_blind, form.is_test  # which stand from the opening on
    if form.validate_on_submit():
        try:
            services.edit_round(fund_round, actor=current_user, **_plan(form))
        except Refusal as refusal:
            form.refuse(form.name, refusal)
        else:
            flash("Saved.", "success")
            return redirect(url_for("fund.manage_round", round_id=fund_round.id))
    return render_template("fund/edit_round.html", form=form, fund_round=fund_round), 422 if form.errors else 200


def _plan(form: RoundForm) -> dict[str, Any]:
    names = {"name", "budget_pence", "opens_at", "panel_on", "decisions_on", "is_blind", "is_test"}
    plan = {f.name: f.data for f in form if f.name in names} | {"closes_at": at_london(form.closes_on.data, 17)}
    reading = {name: form.reading.data == name for name in ("is_sealed", "is_rolling")} if form.reading else {}
    return plan | reading


def _switches(fund_round: Round) -> dict[str, Any]:
    """As the form asks for them."""
    reading = "is_sealed" if fund_round.is_sealed else "is_rolling" if fund_round.is_rolling else "together"
    return {"reading": reading, "is_blind": fund_round.is_blind, "is_test": fund_round.is_test}


@bp.get("/rounds/<int:round_id>/manage")
@allowed(policy.is_lead, get=queries.fund_round)
def manage_round(fund_round: Round) -> ResponseReturnValue:
    return render_template("fund/manage_round.html", form=MemberForm(version_of=fund_round), **_managed(fund_round))


def _managed(fund_round: Round) -> dict[str, Any]:
    counts = queries.counts_in(fund_round.id, current_user)
    return {
        "fund_round": fund_round,
        "checks": services.can_open(fund_round),
        "money": queries.money_told(current_user, fund_round.id).get(fund_round.id),
        "moves": {move.name for move in ROUND.available(fund_round, current_user)},
        "may_print_letters": policy.can_print_letters(current_user, fund_round) and not UNTOLD.issuperset(counts),
        "releases_as_they_come": policy.releases_as_they_come(current_user, fund_round),
        "may_remove": policy.can_lose_members(fund_round),
        "counts": counts,
        "reserves": queries.reserves(fund_round.id, current_user) if fund_round.stage == RoundStage.RELEASED else [],
    }


@bp.post("/rounds/<int:round_id>/panel/members")
@allowed(policy.is_lead, get=queries.fund_round)
@saves
def add_panel_member(fund_round: Round) -> ResponseReturnValue:
    form = MemberForm(version_of=fund_round)
    if form.validate_on_submit():
        try:
            person = services.colleague(form.email.data, institution_id=fund_round.institution_id)
            services.add_panel_member(fund_round, person=person, is_chair=form.is_chair.data, actor=current_user)
        except Refusal as refusal:
            form.refuse(form.email, refusal)
        else:
            flash(f"{person.name} is on the panel.", "success")
            return redirect(url_for("fund.manage_round", round_id=fund_round.id))
    return render_template("fund/manage_round.html", form=form, **_managed(fund_round)), 422


@bp.post("/panel-members/<int:member_id>/remove")
@allowed(policy.runs_member, get=queries.panel_member)
@saves
def remove_panel_member(member: PanelMember) -> ResponseReturnValue:
    services.remove_panel_member(member, actor=current_user)
    flash(f"{member.person.name} is no longer on the panel.", "success")
    return redirect(url_for("fund.manage_round", round_id=member.round_id))


@bp.post("/rounds/<int:round_id>/open")
@allowed(policy.is_lead, get=queries.fund_round)
@saves
def open_round(fund_round: Round) -> ResponseReturnValue:
    services.open_round(fund_round, actor=current_user)
    flash(f"{fund_round.name} is live.", "success")
    return redirect(url_for("fund.manage_round", round_id=fund_round.id))


@bp.post("/rounds/<int:round_id>/close")
@allowed(policy.is_lead, get=queries.fund_round)
@saves
def close_round(fund_round: Round) -> ResponseReturnValue:
    services.close_round(fund_round, actor=current_user)
    flash(f"{fund_round.name} is with its panel.", "success")
    return redirect(url_for("fund.manage_round", round_id=fund_round.id))


@bp.post("/rounds/<int:round_id>/hand-back")
@allowed(policy.is_lead, get=queries.fund_round)
@saves
def hand_back(fund_round: Round) -> ResponseReturnValue:
    services.hand_back(fund_round, actor=current_user)
    flash("The panel can change its decisions again.", "success")
    return redirect(url_for("fund.manage_round", round_id=fund_round.id))


@bp.post("/rounds/<int:round_id>/release")
@allowed(policy.is_lead, get=queries.fund_round)
@saves
def release(fund_round: Round) -> ResponseReturnValue:
    awarded = services.release(fund_round, actor=current_user)
    flash(f"Released: everybody is told. {awarded} {'award' if awarded == 1 else 'awards'}.", "success")
    return redirect(url_for("fund.manage_round", round_id=fund_round.id))


@bp.post("/rounds/<int:round_id>/release-decided")
@allowed(policy.is_lead, get=queries.fund_round)
@saves
def release_decided(fund_round: Round) -> ResponseReturnValue:
    services.release_decided(fund_round, actor=current_user)
    flash("Released: whoever has a decision is told.", "success")
    return redirect(url_for("fund.manage_round", round_id=fund_round.id))


@bp.route("/applications/<int:application_id>/manager", methods=["GET", "POST"])
@allowed(policy.can_name_manager, get=queries.application)
@saves
def name_manager(application: Application) -> ResponseReturnValue:
    form = ManagerForm(version_of=application)
    if form.validate_on_submit():
        try:
            person = services.colleague(form.email.data, institution_id=application.institution_id)
            services.name_manager(application, manager=person, actor=current_user)
        except Refusal as refusal:
            form.refuse(form.email, refusal)
        else:
            flash(f"{person.name} is asked for a statement.", "success")
            return to_application(application)
    return render_template("fund/name_manager.html", form=form, application=application), 422 if form.errors else 200

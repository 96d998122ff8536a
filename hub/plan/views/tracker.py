"""The tracker: the plan as table, board or timeline; and the plans there are."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts.policy import is_signed_in
from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.core.web import allowed, only, saves
from hub.plan import policy, queries, services
from hub.plan.forms import PlanForm
from hub.plan.lines import ActionLine, lines
from hub.plan.models import Plan
from hub.plan.views.blueprint import bp
from hub.plan.workflow import PLAN

VIEWS = {"table": "Table", "board": "Board", "timeline": "Timeline"}


@bp.get("/current")
@allowed(is_signed_in)
def current() -> ResponseReturnValue:
    plan = queries.current_plan(current_user.institution_id)
    if plan is None or not policy.can_read(current_user, plan):
        return render_template("plan/none.html", can_lead=policy.can_lead(current_user))
    return redirect(url_for("plan.tracker", plan_id=plan.id))


@bp.get("/")
@allowed(policy.can_read_plans)
def list_all() -> ResponseReturnValue:
    return render_template(
        "plan/list_all.html", plans=queries.plans(current_user.institution_id), can_lead=policy.can_lead(current_user)
    )


@bp.get("/<int:plan_id>")
@allowed(policy.can_read, get=queries.plan)
def tracker(plan: Plan) -> ResponseReturnValue:
    everything = lines(plan, queries.actions(plan.id))
    view = request.args.get("view", "table")
    theme, rags = request.args.get("theme", ""), request.args.getlist("rag")
    if view not in VIEWS or (theme and theme not in set(Theme)) or set(rags) - set(Rag):
        abort(404)
    return render_template(
        "plan/tracker.html",
        plan=plan,
        view=view,
        theme_chosen=theme,
        rags=rags,
        everything=everything,
        shown=_narrowed(everything, theme, rags),
        moves=PLAN.available(plan, current_user),
        can_edit=policy.can_edit(current_user, plan),
        rule_ends=max([plan.ends_on, *(a.due_on for a in everything)]) + timedelta(days=45),
    )


def _narrowed(everything: list[ActionLine], theme: str, rags: list[str]) -> list[ActionLine]:
    return [a for a in everything if (not theme or theme in a.themes) and (not rags or a.rag in rags)]


@bp.route("/new", methods=["GET", "POST"])
@allowed(policy.can_lead)
@saves
def new() -> ResponseReturnValue:
    form = PlanForm()
    if form.validate_on_submit():
        plan = services.add_plan(
            actor=current_user, name=form.name.data, starts_on=form.starts_on.data, ends_on=form.ends_on.data
        )
        return redirect(url_for("plan.tracker", plan_id=plan.id))
    return render_template("plan/new.html", form=form), 422 if form.errors else 200


@bp.route("/<int:plan_id>/next", methods=["GET", "POST"])
@allowed(policy.can_lead, get=queries.plan)
@saves
def carry_forward(plan: Plan) -> ResponseReturnValue:
    form = PlanForm(version_of=plan)
    if form.validate_on_submit():
        after = services.carry_forward(
            plan, actor=current_user, name=form.name.data, starts_on=form.starts_on.data, ends_on=form.ends_on.data
        )
        flash("Everything that is not done was carried into the new draft.", "success")
        return redirect(url_for("plan.tracker", plan_id=after.id))
    return render_template("plan/carry_forward.html", form=form, plan=plan), 422 if form.errors else 200


@bp.post("/<int:plan_id>/stage")
@allowed(policy.can_lead, get=queries.plan)
@saves
def move(plan: Plan) -> ResponseReturnValue:
    name = only("move")
    if name not in {m.name for m in PLAN}:
        abort(400)
    services.make_move(plan, name, actor=current_user)
    flash(f"The plan is now {plan.stage}.", "success")
    return redirect(url_for("plan.tracker", plan_id=plan.id))

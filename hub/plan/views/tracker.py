"""The tracker: the plan as table, board, timeline or on one page; and the plans there are."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from hub.accounts.policy import is_signed_in
from hub.core.lists import LONGEST_QUERY, Column, Listing
from hub.core.text import one_line
from hub.core.web import allowed, only, saves
from hub.plan import policy, queries, services
from hub.plan.forms import PlanForm, RagForm
from hub.plan.lines import ActionLine, lines
from hub.plan.models import Action, ActionPoint, Plan
from hub.plan.narrowing import Narrowing, offered
from hub.plan.views.actions import set_status
from hub.plan.views.blueprint import bp
from hub.plan.workflow import PLAN

VIEWS = {"table": "Table", "board": "Board", "timeline": "Timeline", "page": "One page"}


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
    listing, about = _about(plan)
    if about["view"] == "board" and about["can_edit"]:
        about |= _chosen_card(about["shown"])
    return listing.answer("plan/tracker.html", **about)


@bp.post("/actions/<int:action_id>/board")
@allowed(policy.can_edit_action, get=queries.action)
@saves
def move_card(action: Action) -> ResponseReturnValue:
    """Give an action another status on the board; what stands against it is said on its card."""
    form = RagForm(version_of=action)
    if form.validate_on_submit() and set_status(form, action):
        back = url_for(
            "plan.tracker", plan_id=action.plan_id, view="board", **asked_for(served_in(action.plan))[1].query
        )
        return redirect(f"{back}#action-{action.id}")
    listing, about = _about(action.plan)
    about |= {"view": "board", "moving": action.id, "form": form}
    return render_template("plan/tracker.html", listing=listing, **about), 422


def _about(plan: Plan) -> tuple[Listing, dict[str, Any]]:
    """The actions that were asked for, as a list to take away, and all that the page shows."""
    everything = lines(plan, queries.actions(plan.id))
    served = served_in(plan)
    view, narrowing = asked_for(served)
    shown = narrowing.of(everything)
    return _listing(shown), {
        "plan": plan,
        "view": view,
        "narrowing": narrowing,
        "offered": offered(everything),
        "points": list({one.point_id: one.point for one in served}.values()),
        "everything": everything,
        "shown": shown,
        "moving": None,
        "form": None,
        "moves": PLAN.available(plan, current_user),
        "can_edit": policy.can_edit(current_user, plan),
        "can_lead": policy.can_lead(current_user, plan),
        "may_answer": policy.can_read_versions(current_user, plan),
        "figures": queries.trajectory_figures(queries.trajectories(plan.id), [a.id for a in everything]),
        "rule_ends": max([plan.ends_on, *(a.due_on for a in everything)]) + timedelta(days=45),
    }


def served_in(plan: Plan) -> Sequence[ActionPoint]:
    """Which points of charters the plan's actions serve: for those who make the plan."""
    return queries.points_served_in(plan.id) if policy.can_read_versions(current_user, plan) else ()


def asked_for(served: Sequence[ActionPoint]) -> tuple[str, Narrowing]:
    """The view and what narrows it; what cannot be asked for is not found."""
    args = request.args
    view, point = args.get("view", "table"), args.get("point", "")
    narrowing = Narrowing(
        q=one_line(args.get("q", ""))[:LONGEST_QUERY],
        theme=args.get("theme", ""),
        owner=args.get("owner", ""),
        pace=args.get("pace", ""),
        rags=args.getlist("rag"),
        point=point,
        serving=frozenset(one.action_id for one in served if str(one.point_id) == point),
    )
    if view not in VIEWS or not narrowing.makes_sense:
        abort(404)
    return view, narrowing


def _chosen_card(shown: list[ActionLine]) -> dict[str, Any]:
    """The card that is about to be moved, by its number: ``?move=``."""
    chosen = next((line for line in shown if str(line.id) == request.args.get("move")), None)
    if chosen is None:
        return {}
    filled = {"rag": chosen.rag.value, "explanation": chosen.explanation}
    return {"moving": chosen.id, "form": RagForm(version_of=chosen, data=filled)}


def _listing(shown: list[ActionLine]) -> Listing:
    """The same actions as a list to take away; references are for those who make the plan."""
    by_id = {line.id: line for line in shown}
    reference: dict[str, Callable[[ActionLine], Any]] = {"Reference": lambda line: line.ref}
    said: dict[str, Callable[[ActionLine], Any]] = (reference if policy.can_read_plans(current_user) else {}) | {
        "Action": lambda line: line.title,
        "Themes": lambda line: ", ".join(theme.label for theme in line.themes),
        "Status": lambda line: line.rag.label,
        "Why": lambda line: line.explanation,
        "Pace": lambda line: line.pace.value if line.pace else "",
        "At risk": lambda line: line.at_risk,
        "Against target": lambda line: line.measure,
        "Starts": lambda line: line.starts_on,
        "Due": lambda line: line.due_on,
        "Owner": lambda line: line.owner,
        "Evidence": lambda line: line.evidence,
    }
    return Listing(
        name="actions",
        noun=("action", "actions"),
        rows=select(Action).where(Action.id.in_(by_id)),
        columns=[Column(label.lower(), label, partial(_told, by_id, tell)) for label, tell in said.items()],
        default_order=(Action.position, Action.id),
    )


def _told(by_id: dict[int, ActionLine], tell: Callable[[ActionLine], Any], action: Action) -> Any:
    return tell(by_id[action.id])


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

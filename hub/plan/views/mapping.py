"""Which actions serve which points of a charter: many of them at once, and back again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.charters import queries as charter_queries
from hub.charters.models import Charter, Point
from hub.core.errors import Refusal
from hub.core.web import allowed, only, saves
from hub.core.words import counted, joined
from hub.plan import policy, queries, services
from hub.plan.forms import MapForm
from hub.plan.lines import lines
from hub.plan.models import Action, ActionPoint, Plan
from hub.plan.narrowing import Narrowing, offered
from hub.plan.services import Pair
from hub.plan.views.blueprint import bp
from hub.plan.views.tracker import asked_for, served_in

DEEDS = {"serve": services.serve, "part": services.serve_no_more}
BACK = {"serve": services.part_pairs, "part": services.serve_pairs}
LONGEST_LIST = 100_000


@dataclass(frozen=True, slots=True)
class Mapped:
    """What was done at once to so many actions: *pairs* is what changed, by the ids of an action and of a point."""

    deed: str
    actions: int
    points: int
    pairs: Collection[Pair]

    @property
    def undone_by(self) -> str:
        """The pairs as a form brings them back."""
        return " ".join(f"{action_id}-{point_id}" for action_id, point_id in self.pairs)

    def __str__(self) -> str:
        changed = len({action_id for action_id, _ in self.pairs})
        as_before, points = self.actions - changed, counted(self.points, "point")
        if self.deed == "serve":
            did = f"{counted(changed, 'action')} now {'serves' if changed == 1 else 'serve'} {points}"
            return f"{did}; {as_before} already did" if as_before else did
        did = f"{counted(changed, 'action')} no longer {'serves' if changed == 1 else 'serve'} {points}"
        return f"{did}; {as_before} did not before" if as_before else did


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen: actions and points by their ids as text; *served* as it was when the page was asked for."""

    charters: Sequence[Charter]
    charter: Charter | None
    served: Sequence[ActionPoint]
    narrowing: Narrowing
    points: dict[str, Point]
    actions: dict[str, Action]

    def form(self, plan: Plan, **kwargs: Any) -> MapForm:
        return MapForm(version_of=plan, actions=self.actions, points=self.points, **kwargs)


def _offered(plan: Plan) -> Offered:
    charters = charter_queries.charters(plan.institution_id, in_force=True)
    charter, served = _chosen(charters), served_in(plan)
    return Offered(
        charters=charters,
        charter=charter,
        served=served,
        narrowing=asked_for(served)[1],
        points=_points(charter, {one.point_id for one in served}),
        actions={str(action.id): action for action in queries.actions(plan.id)},
    )


@bp.route("/<int:plan_id>/map", methods=["GET", "POST"])
@allowed(policy.can_lead, get=queries.plan)
@saves
def map_points(plan: Plan) -> ResponseReturnValue:
    """The actions that the tracker was narrowed to, beside the points of one charter."""
    asked = _offered(plan)
    form = asked.form(plan)
    mapped = _mapped(form, asked) if form.validate_on_submit() else None
    shown = _shown(plan, asked, form, served_in(plan) if mapped else asked.served)
    if mapped:
        form = asked.form(plan, formdata=None)
    return render_template("plan/map_points.html", form=form, mapped=mapped, **shown), 422 if form.errors else 200


def _mapped(form: MapForm, asked: Offered) -> Mapped | None:
    deed = only("do")
    if deed not in DEEDS:
        abort(400)
    actions, points = [asked.actions[key] for key in form.actions.data], [asked.points[key] for key in form.points.data]
    retired = [point.title for point in points if point.retired_on]
    if deed == "serve" and retired:
        form.refuse(form.points, Refusal(f"{joined(retired)}: retired, so no further action can serve it."))
        return None
    return Mapped(deed, len(actions), len(points), DEEDS[deed](actions, points, actor=current_user))


def _shown(plan: Plan, asked: Offered, form: MapForm, served: Sequence[ActionPoint]) -> dict[str, Any]:
    """What the page shows: the actions asked for with those chosen, and what is served by now."""
    everything, chosen = lines(plan, list(asked.actions.values())), form.actions.data or []
    return {
        "plan": plan,
        "charters": asked.charters,
        "charter": asked.charter,
        "points": list(asked.points.values()),
        "everything": everything,
        "shown": [line for line in everything if asked.narrowing.fits(line) or str(line.id) in chosen],
        "narrowing": asked.narrowing,
        "offered": offered(everything),
        "served_points": list({one.point_id: one.point for one in served}.values()),
        "numbers": _numbers(served, asked.charter),
    }


def _chosen(charters: Sequence[Charter]) -> Charter | None:
    """The one that ``?charter=`` names, else the first."""
    asked = request.args.get("charter")
    if asked is None:
        return charters[0] if charters else None
    return next((one for one in charters if str(one.id) == asked), None) or abort(404)


def _points(charter: Charter | None, served: Collection[int]) -> dict[str, Point]:
    """Those in force, and any that is still served, so that it can be taken away."""
    all_of_it = charter.points if charter else ()
    return {str(p.id): p for p in all_of_it if p.retired_on is None or p.id in served}


def _numbers(served: Sequence[ActionPoint], charter: Charter | None) -> dict[int, list[str]]:
    """Which points of *charter* each action serves, by their numbers."""
    found: dict[int, list[str]] = {}
    for one in served:
        if charter is not None and one.point.charter_id == charter.id:
            found.setdefault(one.action_id, []).append(one.point.number)
    return found


@bp.post("/<int:plan_id>/map/undo")
@allowed(policy.can_lead, get=queries.plan)
@saves
def undo_mapping(plan: Plan) -> ResponseReturnValue:
    """Just what was changed at once, put back."""
    deed, pairs = only("deed"), _pairs(only("pairs"))
    actions = {action.id for action in queries.actions_in_short(plan.id)}
    points = {p.id for charter in charter_queries.charters(plan.institution_id) for p in charter.points}
    if deed not in BACK or not all(action in actions and point in points for action, point in pairs):
        abort(404)
    put_back = BACK[deed](pairs, actor=current_user)
    flash(f"Undone on {counted(len({action for action, _ in put_back}), 'action')}.", "success")
    return redirect(f"{url_for('plan.map_points', plan_id=plan.id)}?{urlencode(list(request.args.items(multi=True)))}")


def _pairs(text: str) -> set[Pair]:
    pairs = [one.split("-") for one in text.split()]
    if len(text) > LONGEST_LIST or not all(
        len(pair) == 2 and all(n.isascii() and n.isdigit() and len(n) <= 9 for n in pair) for pair in pairs
    ):
        abort(404)
    return {(int(action), int(point)) for action, point in pairs}

"""The evidence inbox."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.lists import Column, Filter, Listing
from hub.core.themes import Theme
from hub.core.web import allowed, only, saves
from hub.core.words import counted
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry
from hub.plan import policy, queries, services
from hub.plan.forms import SetAsideForm
from hub.plan.models import Action, Placement, PlacementState
from hub.plan.views.blueprint import bp


@bp.route("/evidence", methods=["GET", "POST"])
@allowed(policy.can_lead)
@saves
def inbox() -> ResponseReturnValue:
    plan = queries.current_plan(current_user.institution_id)
    actions = list(queries.actions(plan.id)) if plan else []
    if request.method == "POST":
        return _decided({a.id: a for a in actions})
    return _waiting().answer("plan/inbox.html", actions=actions, kinds=KINDS, plan=plan)


def _waiting() -> Listing:
    return Listing(
        name="evidence-inbox",
        noun=("piece waits for a place", "pieces wait for a place"),
        rows=queries.waiting(current_user.institution_id),
        columns=(
            Column("title", "What happened", lambda p: p.entry.title, Entry.title),
            Column("kind", "Kind", lambda p: KINDS[p.entry.kind].label),
            Column("happened", "Date", lambda p: p.entry.happened_on, Entry.happened_on),
            Column("action", "Suggested action", lambda p: p.action.objective if p.action else ""),
        ),
        default_order=queries.NEWEST_FIRST,
        filters_offered=(
            Filter("theme", "Theme", lambda: {t.value: t.label for t in Theme}, Entry.theme.in_),
            Filter("kind", "Kind", lambda: {k: kind.label for k, kind in KINDS.items()}, Entry.kind.in_),
        ),
    )


def _decided(actions: dict[int, Action]) -> ResponseReturnValue:
    """One row's own button, or what the bar does with every row chosen."""
    is_single = "accept" in request.form
    picked = [only("accept")] if is_single else request.form.getlist("pick")
    accepting = is_single or only("do") == "accept"
    if not picked:
        flash("Choose at least one piece first.", "error")
        return redirect(url_for("plan.inbox"))
    if len(picked) > 100 or not all(p.isascii() and p.isdigit() and len(p) <= 9 for p in picked):
        abort(404)
    if not accepting and only("do") != "aside":
        abort(400)
    chosen = queries.placements({int(p) for p in picked}, current_user.institution_id)
    waiting = [p for p in chosen if p.state == PlacementState.SUGGESTED]
    for placement in waiting:
        _decide_one(placement, actions, accept=accepting)
    _say_what_was_done(len(waiting), len(chosen) - len(waiting), "accepted" if accepting else "set aside")
    return redirect(url_for("plan.inbox"))


def _say_what_was_done(decided: int, late: int, done: str) -> None:
    if decided:
        flash(f"{counted(decided, 'piece')} {done}.", "success")
    if late:
        flash(f"{late:,} {'was' if late == 1 else 'were'} decided by somebody else meanwhile and left so.", "warning")


def _decide_one(placement: Placement, actions: dict[int, Action], *, accept: bool) -> None:
    if not accept:
        services.set_aside(placement, actor=current_user, reason="")
        return
    chosen = only(f"to-{placement.id}")
    action = actions.get(int(chosen)) if chosen.isascii() and chosen.isdigit() and len(chosen) <= 9 else None
    if chosen and action is None:
        abort(404)
    services.accept(placement, actor=current_user, action=action)


@bp.route("/evidence/<int:placement_id>/set-aside", methods=["GET", "POST"])
@allowed(policy.can_lead, get=queries.placement)
@saves
def set_aside(placement: Placement) -> ResponseReturnValue:
    form = SetAsideForm(version_of=placement)
    if form.validate_on_submit():
        services.set_aside(placement, actor=current_user, reason=form.reason.data)
        return redirect(url_for("plan.inbox"))
    return render_template("plan/set_aside.html", form=form, placement=placement), 422 if form.errors else 200


@bp.post("/evidence/<int:placement_id>/reconsider")
@allowed(policy.can_lead, get=queries.placement)
@saves
def reconsider(placement: Placement) -> ResponseReturnValue:
    services.reconsider(placement, actor=current_user)
    flash("Back in the inbox.", "success")
    return redirect(url_for("plan.inbox"))

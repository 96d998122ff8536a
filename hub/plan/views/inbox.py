"""The evidence inbox: what waits for a place, one by one or many at once, and what was decided."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import groupby

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import ColumnElement, SQLColumnExpression, or_

from hub.accounts.queries import beneath
from hub.core.clock import now
from hub.core.lists import Column, Filter, Listing
from hub.core.text import one_line
from hub.core.themes import Theme
from hub.core.web import allowed, only, saves
from hub.core.words import counted, sentence
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry
from hub.plan import deciding, policy, queries, services
from hub.plan.forms import PlaceForm, SetAsideForm
from hub.plan.models import Action, Placement, PlacementState
from hub.plan.views.blueprint import bp
from hub.plan.views.measuring import unit_options
from hub.plan.wording import names

MOST = 100  # at once
LONGEST_REASON = 300
WHY = f"Say in up to {LONGEST_REASON} characters why they do not belong in the plan."
Deed = Callable[[Placement], None]


class NotSaid(Exception):
    """Something that the deed needs was not chosen or written; the sentence says what."""


@bp.route("/evidence", methods=["GET", "POST"])
@allowed(policy.can_lead)
@saves
def inbox() -> ResponseReturnValue:
    actions = deciding.places(current_user.institution_id)
    listing = _waiting(actions)
    if request.method == "GET":
        return _inbox(listing, actions)
    try:
        outcome = _decide({a.id: a for a in actions})
    except NotSaid as lacking:
        return _inbox(listing, actions, lacking=str(lacking)), 422
    _tell(outcome)
    return redirect(listing.link())


def _inbox(listing: Listing, actions: Sequence[Action], lacking: str = "") -> Response | str:
    return listing.answer(
        "plan/inbox.html",
        places=[(plan.name, list(mine)) for plan, mine in groupby(actions, key=lambda a: a.plan)],
        kinds=KINDS,
        lacking=lacking,
        last=deciding.just_decided(current_user),
    )


def _waiting(actions: Sequence[Action]) -> Listing:
    return Listing(
        name="evidence-inbox",
        noun=("piece waits for a place", "pieces wait for a place"),
        rows=queries.waiting(current_user.institution_id),
        columns=(
            Column("title", "What happened", lambda p: p.entry.title, Entry.title),
            Column("kind", "Kind", lambda p: KINDS[p.entry.kind].label),
            Column("happened", "Date", lambda p: p.entry.happened_on, Entry.happened_on),
            Column("action", "Suggested action", lambda p: p.action.objective if p.action else ""),
            Column("because", "Because", lambda p: p.because),
        ),
        default_order=queries.NEWEST_FIRST,
        filters_offered=(
            *_OF_ENTRIES,
            Filter("unit", "Unit", unit_options, _in_units),
            Filter("action", "Suggested action", lambda: _titles(actions), _chosen(Placement.action_id)),
            Filter("rule", "Rule", _rules, _chosen(Placement.rule_id)),
        ),
    )


_OF_ENTRIES = (
    Filter("theme", "Theme", Theme.choices, Entry.theme.in_),
    Filter("kind", "Kind", lambda: {k: kind.label for k, kind in KINDS.items()}, Entry.kind.in_),
)


def _in_units(chosen: list[str]) -> ColumnElement[bool]:
    return or_(*(Entry.unit_id.in_(beneath(int(unit_id))) for unit_id in chosen))


def _titles(actions: Sequence[Action]) -> dict[str, str]:
    return {"none": "None yet"} | {str(a.id): a.objective for a in actions}


def _rules() -> dict[str, str]:
    rules = deciding.rules_in_force(current_user.institution_id)
    return {"none": "No rule"} | {str(rule.id): sentence(names(rule)) for rule in rules}


def _chosen(column: SQLColumnExpression[int | None]) -> Callable[[list[str]], ColumnElement[bool]]:
    """Those of *column* that are chosen by their ids, “none” among them."""

    def where(values: list[str]) -> ColumnElement[bool]:
        found = column.in_([int(value) for value in values if value != "none"])
        return or_(found, column.is_(None)) if "none" in values else found

    return where


# -- deciding --------------------------------------------------------------------------------------------------------


def _decide(actions: dict[int, Action]) -> services.Outcome:
    """One row's own button, or what the bar does with every row chosen: all of it or nothing."""
    single, told = "accept" in request.form, {name: only(name) for name in ("action", "reason")}
    prepare = DEEDS.get("accept" if single else only("do"))
    picked = _ids([only("accept")] if single else request.form.getlist("pick"))
    if prepare is None:
        abort(400)
    _named(told["action"], actions)  # which must be one, whatever button was pressed; so must the reason be short
    _reason(told["reason"])
    if not picked:
        raise NotSaid("Choose at least one piece first.")
    chosen = deciding.placements(picked, current_user.institution_id)
    return services.decide_all(chosen, prepare(actions, told))


def _accepting(actions: dict[int, Action], _told: dict[str, str]) -> Deed:
    at = now()

    def accept(placement: Placement) -> None:
        action = _named(only(f"to-{placement.id}"), actions, placement.action_id)
        services.accept(placement, actor=current_user, action=action, at=at)

    return accept


def _placing(actions: dict[int, Action], told: dict[str, str]) -> Deed:
    at, action = now(), _named(told["action"], actions)
    if action is None:
        raise NotSaid("Choose the action on which to place them.")
    return lambda placement: services.accept(placement, actor=current_user, action=action, at=at)


def _setting_aside(_actions: dict[int, Action], told: dict[str, str]) -> Deed:
    at, reason = now(), _reason(told["reason"])
    if not reason:
        raise NotSaid(WHY)
    return lambda placement: services.set_aside(placement, actor=current_user, reason=reason, at=at)


def _reason(text: str) -> str:
    reason = one_line(text)
    if len(reason) > LONGEST_REASON:
        raise NotSaid(WHY)
    return reason


DEEDS: dict[str, Callable[[dict[int, Action], dict[str, str]], Deed]] = {
    "accept": _accepting,
    "place": _placing,
    "aside": _setting_aside,
}


def _named(text: str, actions: dict[int, Action], suggested: int | None = None) -> Action | None:
    """The action that was chosen, nothing if it is the one suggested."""
    chosen = _ids([text] if text else [])
    if not chosen or chosen == {suggested}:
        return None
    action = actions.get(chosen.pop())
    if action is None:
        abort(404)
    return action


def _ids(texts: Sequence[str]) -> set[int]:
    if len(texts) > MOST or not all(t.isascii() and t.isdigit() and len(t) <= 9 for t in texts):
        abort(404)
    return {int(t) for t in texts}


def _tell(outcome: services.Outcome, done: str = "") -> None:
    """What was left as it was, and why; what was done is offered to be undone on the page itself."""
    if done and outcome.done:
        flash(f"{counted(outcome.done, 'piece')} {done}.", "success")
    left = defaultdict(list)
    for title, why in outcome.skipped:
        left[why].append(title)
    for why, titles in left.items():
        shown = "; ".join(f"“{title}”" for title in titles[:3]) + (" and others" if len(titles) > 3 else "")
        flash(f"{counted(len(titles), 'piece')} left as before: {shown}. {why}", "warning")


# -- one piece -------------------------------------------------------------------------------------------------------


@bp.route("/evidence/<int:placement_id>", methods=["GET", "POST"])
@allowed(policy.can_lead, get=queries.placement)
@saves
def place(placement: Placement) -> ResponseReturnValue:
    """On several actions at once, each of which it counts for."""
    actions = {str(a.id): a for a in deciding.places(placement.institution_id)}
    offered = {key: f"{a.objective} ({a.ref})" for key, a in actions.items()}
    form = PlaceForm(version_of=placement, actions=offered, data={"actions": [str(placement.action_id)]})
    if form.validate_on_submit():
        chosen = [actions[key] for key in form.actions.data]
        services.accept_on(placement, chosen, actor=current_user)
        return redirect(url_for("plan.inbox"))
    return render_template("plan/place.html", form=form, placement=placement, kinds=KINDS), 422 if form.errors else 200


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


@bp.post("/evidence/<int:placement_id>/undo")
@allowed(policy.can_lead, get=queries.placement)
@saves
def undo(placement: Placement) -> ResponseReturnValue:
    """Take back everything that was decided at once with this one."""
    _tell(services.reconsider_all(deciding.batch_of(placement), actor=current_user), "back in the inbox")
    return redirect(url_for("plan.inbox"))


# -- what was decided ------------------------------------------------------------------------------------------------


@bp.route("/evidence/decided", methods=["GET", "POST"])
@allowed(policy.can_lead)
@saves
def decided() -> ResponseReturnValue:
    listing = _decided()
    if request.method == "GET":
        return listing.answer("plan/decided.html", lacking="")
    picked = _ids(request.form.getlist("pick"))
    if not picked:
        return listing.answer("plan/decided.html", lacking="Choose at least one piece first."), 422
    chosen = deciding.placements(picked, current_user.institution_id)
    _tell(services.reconsider_all(chosen, actor=current_user), "back in the inbox")
    return redirect(listing.link())


def _decided() -> Listing:
    states = {s.value: s.label for s in (PlacementState.ACCEPTED, PlacementState.SET_ASIDE)}
    return Listing(
        name="evidence-decided",
        noun=("piece is decided", "pieces are decided"),
        rows=deciding.decided(current_user.institution_id),
        columns=(
            Column("title", "What happened", lambda p: p.entry.title, Entry.title),
            Column("state", "Decided", lambda p: p.state.label),
            Column("action", "Action", lambda p: p.action.objective if p.action else ""),
            Column("reason", "Why", lambda p: p.reason),
            Column("by", "By", lambda p: p.decided_by.name if p.decided_by else "The hub"),
            Column("at", "When", lambda p: p.decided_at, Placement.decided_at),
        ),
        default_order=(Placement.decided_at.desc(), Placement.id.desc()),
        filters_offered=(Filter("state", "Decided", lambda: states, Placement.state.in_), *_OF_ENTRIES),
    )

"""How far the plan covers other charters: all of them, one point by point, one point with its evidence; and mapping."""

from collections.abc import Sequence
from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.charters import queries as charter_queries
from hub.charters.forms import PointsForm
from hub.charters.models import Point
from hub.core.lists import Column, Filter, Listing
from hub.core.themes import Theme
from hub.core.web import allowed, saves
from hub.core.words import counted
from hub.core.years import year_label
from hub.evidence import queries as evidence
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry
from hub.plan import policy, queries, services
from hub.plan.coverage import Cover, Coverage, PointLine, in_words
from hub.plan.forms import ServeForm
from hub.plan.models import Action, ActionPoint, Plan
from hub.plan.queries import PlanCharter, PlanPoint
from hub.plan.views.blueprint import bp

VIEWS = {"table": "Table", "themes": "By theme", "years": "By year"}


@bp.get("/current/charters")
@allowed(policy.can_read_plans)
def current_charters() -> ResponseReturnValue:
    plan = queries.current_plan(current_user.institution_id)
    if plan is None:
        return redirect(url_for("plan.current"))
    return redirect(url_for("plan.charters", plan_id=plan.id))


@bp.get("/<int:plan_id>/charters")
@allowed(policy.can_read_versions, get=queries.plan)
def charters(plan: Plan) -> ResponseReturnValue:
    found = charter_queries.charters(plan.institution_id, in_force=True)
    return render_template(
        "plan/charters.html", plan=plan, coverages=queries.charter_coverages(plan, found), covers=Cover
    )


@bp.get("/<int:plan_id>/charters/<int:charter_id>")
@allowed(policy.can_read_versions, get=queries.plan_and_charter)
def coverage(asked: PlanCharter) -> ResponseReturnValue:
    view = request.args.get("view", "table")
    if view not in VIEWS:
        abort(404)
    found = queries.charter_coverage(asked.plan, asked.charter)
    listing = _points(found)
    return listing.answer(
        "plan/coverage.html",
        coverage=found,
        lines={line.point.id: line for line in found.lines},
        view=view,
        columns=_years(found.years) if view == "years" else _themes(),
        sentences=in_words(found),
        covers=Cover,
        can_lead=policy.can_lead(current_user),
    )


def _themes() -> list[tuple[Theme, str, str]]:
    """A column for each theme: what it holds, its name, and the question to a point's page that lists the same."""
    return [(theme, theme.label, f"theme={theme}") for theme in Theme]


def _years(years: Sequence[int]) -> list[tuple[int, str, str]]:
    return [(year, year_label(year), f"year={year}") for year in years]


def _points(found: Coverage) -> Listing:
    """The points as a list to take away, with every number that the maps show."""
    lines = {line.point.id: line for line in found.lines}
    cells: list[tuple[Theme | int, str, str]] = [*_themes(), *_years(found.years)]
    return Listing(
        name="coverage",
        noun=("point", "points"),
        rows=charter_queries.points_of(found.charter.id).where(Point.id.in_(lines)),
        columns=(
            Column("number", "Number", lambda p: p.number, beside=True),
            Column("topic", "Point", lambda p: p.topic),
            Column("wording", "Official wording", lambda p: p.wording, beside=True),
            Column("state", "State", lambda p: lines[p.id].state.label),
            Column("actions", "Actions that serve it", lambda p: _told(lines[p.id])),
            Column("evidence", "Evidence", lambda p: lines[p.id].evidence, numeric=True),
            Column("newest", "Newest", lambda p: lines[p.id].newest),
            *(
                Column(label, label, partial(_in_cell, lines, key), numeric=True, beside=True)
                for key, label, _ in cells
            ),
        ),
        default_order=charter_queries.IN_ORDER,
        filters_offered=(
            Filter(
                "state",
                "State",
                Cover.choices,
                lambda chosen: Point.id.in_([key for key, line in lines.items() if line.state in chosen]),
                lambda: {state: len(found.of(state)) for state in Cover},
            ),
        ),
        search=charter_queries.matches,
        per_page=500,
    )


def _told(line: PointLine) -> str:
    return "; ".join(f"{action.ref} {action.objective} ({action.rag.label})" for action in line.actions)


def _in_cell(lines: dict[int, PointLine], key: Theme | int, point: Point) -> int:
    return lines[point.id].in_cell(key)


@bp.get("/<int:plan_id>/points/<int:point_id>")
@allowed(policy.can_read_versions, get=queries.plan_and_point)
def point(about: PlanPoint) -> ResponseReturnValue:
    plan, asked = about.plan, about.point
    line = queries.point_line(plan, asked)
    listing = _evidence(about, line)
    ways = queries.ways_to(plan, asked, [entry.id for entry in listing.items])
    shown = {"plan": plan, "point": asked, "line": line, "kinds": KINDS, "ways": ways}
    return listing.answer("plan/point.html", **shown, can_lead=policy.can_lead(current_user))


def _evidence(about: PlanPoint, line: PointLine) -> Listing:
    return Listing(
        name="point",
        noun=("piece of evidence", "pieces of evidence"),
        rows=queries.evidence_on(about.plan, about.point),
        columns=(
            Column("title", "What happened", lambda e: e.title, Entry.title),
            Column("kind", "Kind", lambda e: KINDS[e.kind].label),
            Column("theme", "Theme", lambda e: e.theme.label, Entry.theme),
            Column("happened", "Date", lambda e: e.happened_on, Entry.happened_on),
            Column("unit", "Unit", lambda e: e.unit.name if e.unit else ""),
        ),
        default_order=evidence.NEWEST_FIRST,
        filters_offered=_narrowing(line),
        search=evidence.matches,
    )


def _narrowing(line: PointLine) -> tuple[Filter, ...]:
    """By theme and by academic year, with how many there are of each."""
    years = sorted({year for _, year in line.cells}, reverse=True)
    return (
        Filter("theme", "Theme", Theme.choices, Entry.theme.in_, lambda: {t: line.in_cell(t) for t in Theme}),
        Filter(
            "year",
            "Academic year",
            lambda: {str(year): year_label(year) for year in years},
            lambda chosen: evidence.any_of(evidence.in_year(int(year)) for year in chosen),
            lambda: {str(year): line.in_cell(year) for year in years},
        ),
    )


# -- mapping -----------------------------------------------------------------------------------------------------------


@bp.route("/<int:plan_id>/points/<int:point_id>/actions", methods=["GET", "POST"])
@allowed(policy.can_lead, get=queries.plan_and_point)
@saves
def choose_actions(about: PlanPoint) -> ResponseReturnValue:
    plan, asked = about.plan, about.point
    line = queries.point_line(plan, asked)
    there = {action.id for action in line.actions}
    offered = {str(a.id): a for a in queries.actions_in_short(plan.id) if a.id not in there}
    form = ServeForm(actions={key: f"{action.objective} ({action.ref})" for key, action in offered.items()})
    if form.validate_on_submit():
        services.serve([offered[key] for key in form.actions.data], [asked], actor=current_user)
        flash(f"{counted(len(form.actions.data), 'action serves', 'actions serve')} it now.", "success")
        return redirect(line.href)
    context = {"form": form, "plan": plan, "point": asked, "line": line, "offered": offered}
    return render_template("plan/choose_actions.html", **context), 422 if form.errors else 200


@bp.route("/actions/<int:action_id>/points", methods=["GET", "POST"])
@allowed(policy.can_lead, get=queries.action)
@saves
def choose_points(action: Action) -> ResponseReturnValue:
    served = [one.point for one in queries.points_served(action.id)]
    charters = charter_queries.charters(action.institution_id, in_force=True)
    form = PointsForm(version_of=action, charters=charters, there={point.id for point in served})
    if form.validate_on_submit():
        services.serve([action], form.chosen, actor=current_user)
        flash(f"It serves {counted(len(form.chosen), 'more point', 'more points')} now.", "success")
        return redirect(url_for("plan.choose_points", action_id=action.id))
    context = {"form": form, "action": action, "served": served}
    return render_template("plan/choose_points.html", **context), 422 if form.errors else 200


@bp.post("/actions/<int:action_id>/points/<int:point_id>/remove")
@allowed(policy.can_lead, get=queries.action_point)
@saves
def serve_no_more(served: ActionPoint) -> ResponseReturnValue:
    services.serve_no_more([served.action], [served.point], actor=current_user)
    flash(f"It serves “{served.point.title}” no longer.", "success")
    return redirect(url_for("plan.choose_points", action_id=served.action_id))

"""Versions of the plan, what differs between two of them, and how the plan stands against where it began."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.lists import Column, Listing
from hub.core.web import allowed, saves
from hub.plan import policy, queries, services
from hub.plan.life_forms import VersionForm
from hub.plan.models import Plan, PlanVersion
from hub.plan.snapshots import ALL, HEAD, PROMISED, differences, said, snapshot, told
from hub.plan.views.blueprint import bp

OCCASIONS = {"approved": "Approved", "published": "Published", "saved": "Saved"}
NOW = "now"


@bp.get("/<int:plan_id>/versions")
@allowed(policy.can_read_versions, get=queries.plan)
def versions(plan: Plan) -> ResponseReturnValue:
    return _versions(plan).answer("plan/versions.html", **_about(plan, VersionForm(version_of=plan)))


@bp.post("/<int:plan_id>/versions")
@allowed(policy.can_edit, get=queries.plan)
@saves
def save_version(plan: Plan) -> ResponseReturnValue:
    form = VersionForm(version_of=plan)
    if form.validate_on_submit():
        kept = services.keep_version(plan, actor=current_user, note=form.note.data)
        flash(f"Version {kept.number} is kept.", "success")
        return redirect(url_for("plan.versions", plan_id=plan.id))
    return render_template("plan/versions.html", listing=_versions(plan), **_about(plan, form)), 422


def _about(plan: Plan, form: VersionForm) -> dict[str, Any]:
    return {"plan": plan, "form": form if policy.can_edit(current_user, plan) else None, "occasions": OCCASIONS}


def _versions(plan: Plan) -> Listing:
    return Listing(
        name="versions",
        noun=("version", "versions"),
        rows=queries.versions_of(plan.id),
        columns=(
            Column("number", "Version", lambda v: v.number, PlanVersion.number),
            Column("occasion", "Kept when", lambda v: OCCASIONS[v.occasion]),
            Column("note", "What for", lambda v: v.note),
            Column("kept", "Date", lambda v: v.kept_at, PlanVersion.kept_at),
            Column("sha256", "SHA-256", lambda v: v.sha256, beside=True),
        ),
        default_order=(PlanVersion.number.desc(), PlanVersion.id.desc()),
    )


@bp.get("/versions/<int:version_id>")
@allowed(policy.can_read_versions, get=queries.version)
def version(kept: PlanVersion) -> ResponseReturnValue:
    return render_template("plan/version.html", kept=kept, plan=kept.plan, occasions=OCCASIONS, names=ALL, said=said)


@bp.get("/<int:plan_id>/differences")
@allowed(policy.can_read_versions, get=queries.plan)
def between(plan: Plan) -> ResponseReturnValue:
    """Two versions side by side: ``?from=1&to=2``; else the newest one and the plan as it is now."""
    asked = request.args.get("from") or str(queries.last_number(plan.id)), request.args.get("to", NOW)
    before, after = (_content(plan, number) for number in asked)
    return render_template(
        "plan/between.html",
        plan=plan,
        asked=asked,
        head=told(before, after, HEAD),
        changes=differences(before, after),
        reasons=queries.amendments(plan.id) if asked[1] == NOW else {},
    )


def _content(plan: Plan, number: str) -> dict[str, Any]:
    if number == NOW:
        return snapshot(plan, queries.actions(plan.id))
    if not (number.isascii() and number.isdigit() and len(number) <= 6):
        abort(404)
    return queries.version_numbered(plan.id, int(number)).content


@bp.get("/<int:plan_id>/compared")
@allowed(policy.can_read, get=queries.plan)
def compare(plan: Plan) -> ResponseReturnValue:
    """Against the plan as it was published, and against the plan before it."""
    actions = queries.actions(plan.id)
    published = queries.baseline(plan.id)
    before = queries.plan(plan.predecessor_id) if plan.predecessor_id else None
    found = queries.trajectories(plan.id) if before and policy.can_read(current_user, before) else ()
    return render_template(
        "plan/compare.html",
        plan=plan,
        actions=actions,
        published=published,
        began={a["id"]: a for a in published.content["actions"]} if published else {},
        changes=differences(published.content, snapshot(plan, actions), PROMISED) if published else [],
        reasons=queries.amendments(plan.id),
        figures=queries.trajectory_figures(found, [a.id for a in actions]),
        trajectories=found,
        predecessor=before,
        can_edit=policy.can_edit(current_user, plan),
    )

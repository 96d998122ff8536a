"""Pages of charters: the lists that a lead keeps, and placing evidence on a point directly."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.charters import point_file, policy, queries, services
from hub.charters.forms import CharterForm, PointFileForm, PointForm, PointsForm
from hub.charters.models import Charter, Point, PointEntry
from hub.core.clock import today
from hub.core.lists import Column, Filter, Listing
from hub.core.spreadsheets import UnreadableFile
from hub.core.spreadsheets.tables import Problem
from hub.core.web import allowed, saves
from hub.core.words import counted
from hub.evidence import queries as evidence
from hub.evidence.models import Entry

bp = Blueprint("charters", __name__, url_prefix="/charters")

STATES = {"force": "In force", "retired": "Retired"}


@bp.get("/")
@allowed(policy.can_read)
def list_all() -> ResponseReturnValue:
    charters = queries.charters(current_user.institution_id)
    return render_template(
        "charters/list_all.html",
        charters=charters,
        lacking=services.standards_lacking(current_user.institution_id),
        can_keep=policy.can_keep(current_user),
    )


@bp.post("/standard")
@allowed(policy.can_keep)
@saves
def add_standard() -> ResponseReturnValue:
    added = services.add_standard(current_user.institution_id)
    flash(f"{counted(added, 'charter')} added." if added else "They are all here already.", "success")
    return redirect(url_for("charters.list_all"))


@bp.route("/new", methods=["GET", "POST"])
@allowed(policy.can_keep)
@saves
def add_charter() -> ResponseReturnValue:
    form = CharterForm()
    if form.validate_on_submit():
        try:
            added = services.add_charter(actor=current_user, name=form.name.data, about=form.about.data or "")
        except services.NameTaken as refusal:
            form.refuse(form.name, refusal)
        else:
            return redirect(url_for("charters.charter", charter_id=added.id))
    return render_template("charters/edit_charter.html", form=form, charter=None), 422 if form.errors else 200


@bp.get("/<int:charter_id>")
@allowed(policy.can_read, get=queries.charter)
def charter(charter: Charter) -> ResponseReturnValue:
    return Listing(
        name="charter",
        noun=("point", "points"),
        rows=queries.points_of(charter.id),
        columns=(
            Column("number", "Number", lambda p: p.number, Point.position),
            Column("topic", "Topic", lambda p: p.topic, Point.topic),
            Column("wording", "Official wording", lambda p: p.wording),
            Column("retired", "Retired", lambda p: p.retired_on),
        ),
        default_order=queries.IN_ORDER,
        filters_offered=(
            Filter(
                "state",
                "State",
                lambda: STATES,
                lambda chosen: evidence.any_of(
                    Point.retired_on.is_(None) if one == "force" else Point.retired_on.is_not(None) for one in chosen
                ),
            ),
        ),
        search=queries.matches,
        per_page=100,
    ).answer("charters/charter.html", charter=charter, can_keep=policy.can_keep(current_user))


@bp.route("/<int:charter_id>/edit", methods=["GET", "POST"])
@allowed(policy.can_keep, get=queries.charter)
@saves
def edit_charter(charter: Charter) -> ResponseReturnValue:
    form = CharterForm(obj=charter)
    if form.validate_on_submit():
        try:
            services.edit_charter(charter, actor=current_user, name=form.name.data, about=form.about.data or "")
        except services.NameTaken as refusal:
            form.refuse(form.name, refusal)
        else:
            flash("Saved.", "success")
            return redirect(url_for("charters.charter", charter_id=charter.id))
    return render_template("charters/edit_charter.html", form=form, charter=charter), 422 if form.errors else 200


@bp.post("/<int:charter_id>/retire")
@allowed(policy.can_keep, get=queries.charter)
@saves
def retire_charter(charter: Charter) -> ResponseReturnValue:
    services.retire(charter, actor=current_user, on=None if charter.retired_on else today())
    flash(f"{charter.name} is {'retired' if charter.retired_on else 'in force again'}.", "success")
    return redirect(url_for("charters.charter", charter_id=charter.id))


@bp.route("/<int:charter_id>/import", methods=["GET", "POST"])
@allowed(policy.can_keep, get=queries.charter)
@saves
def import_points(charter: Charter) -> ResponseReturnValue:
    form = PointFileForm(version_of=charter)
    problems: list[Problem] = []
    if form.validate_on_submit():
        try:
            lines, problems = point_file.read(form.file.data.read())
        except UnreadableFile as refusal:
            form.refuse(form.file, refusal)
        else:
            if not problems:
                brought = services.bring_points(charter, lines, actor=current_user)
                flash(f"{brought.added} added, {brought.changed} changed, {brought.same} as they were.", "success")
                return redirect(url_for("charters.charter", charter_id=charter.id))
            form.file.errors = [f"Nothing is stored: {counted(len(problems), 'row')} to put right first."]
    context = {"form": form, "charter": charter, "problems": problems}
    return render_template("charters/import_points.html", **context), 422 if form.errors else 200


# -- points ------------------------------------------------------------------------------------------------------------


@bp.route("/<int:charter_id>/points/new", methods=["GET", "POST"])
@allowed(policy.can_keep, get=queries.charter)
@saves
def add_point(charter: Charter) -> ResponseReturnValue:
    last = str(charter.points[-1].id) if charter.points else ""
    form = PointForm(version_of=charter, others=charter.points, data={"after": last})
    if form.validate_on_submit():
        try:
            added = services.add_point(charter, actor=current_user, **form.said)
        except services.NumberTaken as refusal:
            form.refuse(form.number, refusal)
        else:
            flash(f"“{added.title}” is added.", "success")
            return redirect(url_for("charters.charter", charter_id=charter.id))
    context = {"form": form, "charter": charter, "point": None}
    return render_template("charters/edit_point.html", **context), 422 if form.errors else 200


@bp.route("/points/<int:point_id>", methods=["GET", "POST"])
@allowed(policy.can_keep, get=queries.point)
@saves
def edit_point(point: Point) -> ResponseReturnValue:
    others = [one for one in point.charter.points if one is not point]
    before = [str(one.id) for one in others if one.position < point.position]
    form = PointForm(obj=point, others=others, data={"after": before[-1] if before else ""})
    if form.validate_on_submit():
        try:
            services.edit_point(point, actor=current_user, **form.said)
        except services.NumberTaken as refusal:
            form.refuse(form.number, refusal)
        else:
            flash("Saved.", "success")
            return redirect(url_for("charters.charter", charter_id=point.charter_id))
    context = {"form": form, "charter": point.charter, "point": point, "used": bool(queries.points_used([point.id]))}
    return render_template("charters/edit_point.html", **context), 422 if form.errors else 200


@bp.post("/points/<int:point_id>/retire")
@allowed(policy.can_keep, get=queries.point)
@saves
def retire_point(point: Point) -> ResponseReturnValue:
    services.retire(point, actor=current_user, on=None if point.retired_on else today())
    flash(f"“{point.title}” is {'retired' if point.retired_on else 'in force again'}.", "success")
    return redirect(url_for("charters.charter", charter_id=point.charter_id))


@bp.post("/points/<int:point_id>/remove")
@allowed(policy.can_keep, get=queries.point)
@saves
def remove_point(point: Point) -> ResponseReturnValue:
    services.remove_point(point, actor=current_user)
    flash(f"“{point.title}” is removed.", "success")
    return redirect(url_for("charters.charter", charter_id=point.charter_id))


# -- evidence on points ------------------------------------------------------------------------------------------------


@bp.route("/entries/<int:entry_id>", methods=["GET", "POST"])
@allowed(policy.can_keep, get=evidence.entry)
@saves
def place(entry: Entry) -> ResponseReturnValue:
    there = queries.points_shown_by([entry.id])
    form = PointsForm(
        charters=queries.charters(entry.institution_id, in_force=True), there={point.id for point in there}
    )
    if form.validate_on_submit():
        services.place(entry, form.chosen, actor=current_user)
        flash(f"Placed on {counted(len(form.chosen), 'point')}.", "success")
        return redirect(url_for("charters.place", entry_id=entry.id))
    return render_template("charters/place.html", form=form, entry=entry, there=there), 422 if form.errors else 200


@bp.post("/points/<int:point_id>/entries/<int:entry_id>/remove")
@allowed(policy.can_keep, get=queries.placed)
@saves
def take_off(placed: PointEntry) -> ResponseReturnValue:
    services.take_off(placed, actor=current_user)
    flash(f"It stands on “{placed.point.title}” no longer.", "success")
    return redirect(url_for("charters.place", entry_id=placed.entry_id))

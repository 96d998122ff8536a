"""The faculties, departments and teams of an institution."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts import policy, queries, services
from hub.accounts.forms import UnitForm
from hub.accounts.models import Unit, UnitKind
from hub.accounts.views.blueprint import bp
from hub.accounts.wording import UNIT_KINDS
from hub.core.errors import MoveRefused
from hub.core.lists import Column, Listing
from hub.core.web import allowed, saves


@bp.get("/units")
@allowed(policy.can_manage_people)
def units() -> ResponseReturnValue:
    listing = Listing(
        name="units",
        noun=("unit", "units"),
        rows=queries.units_with_people(current_user.institution_id),
        columns=[
            Column("name", "Name", lambda row: row.name, Unit.name),
            Column("kind", "Kind", lambda row: UNIT_KINDS[row.kind], Unit.kind),
            Column("parent", "Part of", lambda row: row.parent or ""),
            Column("people", "People", lambda row: row.people, numeric=True),
        ],
        default_order=(Unit.name, Unit.id),
        entities=False,
        per_page=100,
    )
    return listing.answer("accounts/units.html", kinds=UNIT_KINDS)


def _options(apart_from: int | None = None) -> dict[str, str]:
    return {str(u.id): u.name for u in queries.units(current_user.institution_id) if u.id != apart_from}


@bp.route("/units/new", methods=["GET", "POST"])
@allowed(policy.can_manage_people)
@saves
def add_unit() -> ResponseReturnValue:
    form = UnitForm(units=_options())
    if form.validate_on_submit():
        parent = queries.unit(int(form.parent.data)) if form.parent.data else None
        try:
            services.add_unit(
                current_user.institution, name=form.name.data, kind=UnitKind(form.kind.data), parent=parent
            )
        except services.NameTaken as refusal:
            form.refuse(form.name, refusal)
        else:
            flash(f"{form.name.data} is added.", "success")
            return redirect(url_for("accounts.units"))
    return render_template("accounts/add_unit.html", form=form), 422 if form.errors else 200


@bp.route("/units/<int:unit_id>/edit", methods=["GET", "POST"])
@allowed(policy.can_manage_people, get=queries.unit)
@saves
def edit_unit(unit: Unit) -> ResponseReturnValue:
    form = UnitForm(
        units=_options(apart_from=unit.id),
        data={"name": unit.name, "kind": unit.kind, "parent": str(unit.parent_id) if unit.parent_id else ""},
    )
    if form.validate_on_submit():
        parent = queries.unit(int(form.parent.data)) if form.parent.data else None
        try:
            services.change_unit(unit, name=form.name.data, kind=UnitKind(form.kind.data), parent=parent)
        except services.NameTaken as refusal:
            form.refuse(form.name, refusal)
        except MoveRefused as refusal:
            form.refuse(form.parent, refusal)
        else:
            flash(f"{unit.name} is up to date.", "success")
            return redirect(url_for("accounts.units"))
    return render_template("accounts/edit_unit.html", form=form, unit=unit), 422 if form.errors else 200

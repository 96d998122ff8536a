"""The people of an institution, for those who lead or administer it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import ColumnElement, or_, select

from hub.accounts import policy, queries, services
from hub.accounts.forms import EditPersonForm, GrantRoleForm, InviteForm, RecordLeaverForm
from hub.accounts.models import Person, Role, RoleGrant, Status, Unit
from hub.accounts.views.blueprint import bp
from hub.accounts.wording import ROLES, STATUSES
from hub.core.clock import today
from hub.core.lists import Column, Filter, Listing, matching
from hub.core.web import allowed, proved, saves


def _unit_options() -> dict[str, str]:
    return {str(unit.id): unit.name for unit in queries.units(current_user.institution_id)}


def _unit(chosen: str | None) -> Unit | None:
    return queries.unit(int(chosen)) if chosen else None


def _matching(words: str) -> ColumnElement[bool]:
    return matching(words, Person.name, Person.email, Person.job_title, Person.staff_id)


def _holding(roles: list[str]) -> ColumnElement[bool]:
    held = select(RoleGrant.person_id).where(
        RoleGrant.role.in_([Role(role) for role in roles]),
        RoleGrant.starts_on <= today(),
        or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today()),
    )
    return Person.id.in_(held)


def _roles_of(person: Person) -> str:
    return ", ".join(ROLES[g.role] for g in person.roles if g.in_force)


COLUMNS = [
    Column("name", "Name", lambda p: p.name, Person.name),
    Column("job", "Job title", lambda p: p.job_title, Person.job_title),
    Column("unit", "Unit", lambda p: p.unit.name if p.unit else "", Unit.name),
    Column("email", "E-mail", lambda p: p.email, Person.email),
    Column("roles", "Roles", _roles_of),
    Column("status", "State", lambda p: STATUSES[p.status][0], Person.status),
]


@bp.get("/staff")
@allowed(policy.can_manage_people)
def people() -> ResponseReturnValue:
    listing = Listing(
        name="people",
        noun=("person", "people"),
        rows=queries.everybody(current_user.institution_id),
        columns=COLUMNS,
        default_order=(Person.name, Person.id),
        search=_matching,
        filters_offered=[
            Filter(
                "status",
                "State",
                lambda: {s.value: STATUSES[s][0] for s in Status},
                lambda chosen: Person.status.in_([Status(value) for value in chosen]),
            ),
            Filter("role", "Role", lambda: {r.value: ROLES[r] for r in Role}, _holding),
            Filter("unit", "Unit", _unit_options, lambda chosen: Person.unit_id.in_([int(v) for v in chosen])),
        ],
    )
    return listing.answer("accounts/people.html", statuses=STATUSES, roles_of=_roles_of)


@bp.route("/staff/invite", methods=["GET", "POST"])
@allowed(policy.can_manage_people)
@saves
def invite() -> ResponseReturnValue:
    form = InviteForm(units=_unit_options())
    if form.validate_on_submit():
        try:
            person = services.invite(
                current_user.institution,
                name=form.name.data,
                email=form.email.data,
                job_title=form.job_title.data or "",
                unit=_unit(form.unit.data),
                is_technician=form.is_technician.data,
                actor=current_user,
            )
        except services.AddressTaken as refusal:
            form.refuse(form.email, refusal)
        else:
            flash(f"{person.name} is invited: a mail is on its way to {person.email}.", "success")
            return redirect(url_for("accounts.person", person_id=person.id))
    return render_template("accounts/invite.html", form=form), 422 if form.errors else 200


@bp.get("/staff/<int:person_id>")
@allowed(policy.can_manage_people, get=queries.person)
def person(someone: Person) -> ResponseReturnValue:
    return render_template(
        "accounts/person.html",
        person=someone,
        status=STATUSES[someone.status],
        role_names=ROLES,
        may_change=policy.can_manage_person(current_user, someone),
        may_shut_out=policy.can_shut_out(current_user, someone),
        may_reset=policy.can_reset_second_step(current_user, someone) and queries.has_second_step(someone.id),
        grantable=policy.grantable(current_user),
    )


@bp.route("/staff/<int:person_id>/edit", methods=["GET", "POST"])
@allowed(policy.can_manage_person, get=queries.person)
@saves
def edit_person(someone: Person) -> ResponseReturnValue:
    form = EditPersonForm(
        version_of=someone,
        units=_unit_options(),
        data={
            "name": someone.name,
            "job_title": someone.job_title,
            "staff_id": someone.staff_id,
            "is_technician": someone.is_technician,
            "unit": str(someone.unit_id) if someone.unit_id else "",
            "manager_email": someone.manager.email if someone.manager else "",
        },
    )
    if form.validate_on_submit() and _edited(someone, form):
        flash(f"{someone.name}’s entry is up to date.", "success")
        return redirect(url_for("accounts.person", person_id=someone.id))
    return render_template("accounts/edit_person.html", form=form, person=someone), 422 if form.errors else 200


def _edited(someone: Person, form: EditPersonForm) -> bool:
    manager = queries.colleague(form.manager_email.data, someone.institution_id) if form.manager_email.data else None
    if form.manager_email.data and manager is None:
        form.manager_email.errors = ["Nobody here has this address. Invite them first, or leave it empty."]
        return False
    try:
        services.edit_person(
            someone,
            name=form.name.data,
            job_title=form.job_title.data or "",
            staff_id=form.staff_id.data or None,
            unit=_unit(form.unit.data),
            manager=manager,
            is_technician=form.is_technician.data,
        )
    except services.OwnManager as refusal:
        form.refuse(form.manager_email, refusal)
    except services.StaffNumberTaken as refusal:
        form.refuse(form.staff_id, refusal)
    return not form.errors


@bp.post("/staff/<int:person_id>/invitation")
@allowed(policy.can_manage_person, get=queries.person)
@saves
def resend_invitation(someone: Person) -> ResponseReturnValue:
    services.send_invitation(someone, actor=current_user)
    flash(f"A new invitation is on its way to {someone.email}.", "success")
    return redirect(url_for("accounts.person", person_id=someone.id))


@bp.post("/staff/<int:person_id>/suspend")
@allowed(policy.can_shut_out, get=queries.person)
@saves
def suspend(someone: Person) -> ResponseReturnValue:
    services.suspend(someone)
    flash(f"{someone.name} is suspended and signed out everywhere.", "success")
    return redirect(url_for("accounts.person", person_id=someone.id))


@bp.post("/staff/<int:person_id>/reactivate")
@allowed(policy.can_manage_person, get=queries.person)
@saves
def reactivate(someone: Person) -> ResponseReturnValue:
    services.reactivate(someone)
    flash(f"{someone.name} can sign in again.", "success")
    return redirect(url_for("accounts.person", person_id=someone.id))


@bp.route("/staff/<int:person_id>/leaver", methods=["GET", "POST"])
@allowed(policy.can_shut_out, get=queries.person)
@saves
def record_leaver(someone: Person) -> ResponseReturnValue:
    form = RecordLeaverForm(version_of=someone)
    if form.validate_on_submit():
        try:
            services.record_leaver(someone, left_on=form.left_on.data)
        except services.OnlyLead as refusal:
            form.refuse(form.left_on, refusal)
        else:
            flash(f"{someone.name} is recorded as having left.", "success")
            return redirect(url_for("accounts.person", person_id=someone.id))
    return render_template("accounts/record_leaver.html", form=form, person=someone), 422 if form.errors else 200


@bp.route("/staff/<int:person_id>/roles/new", methods=["GET", "POST"])
@allowed(policy.can_manage_people, get=queries.person)
@proved
@saves
def grant_role(someone: Person) -> ResponseReturnValue:
    form = GrantRoleForm(version_of=someone, roles=policy.grantable(current_user))
    if form.validate_on_submit():
        try:
            given = services.grant(someone, Role(form.role.data), ends_on=form.ends_on.data, actor=current_user)
        except services.AlreadyHeld as refusal:
            form.refuse(form.role, refusal)
        else:
            flash(f"{someone.name} has the role “{ROLES[given.role]}”.", "success")
            return redirect(url_for("accounts.person", person_id=someone.id))
    return render_template("accounts/grant_role.html", form=form, person=someone), 422 if form.errors else 200


@bp.post("/staff/roles/<int:grant_id>/end")
@allowed(policy.can_end_grant, get=queries.grant_of)
@proved
@saves
def end_role(given: RoleGrant) -> ResponseReturnValue:
    someone = given.person
    services.end_grant(given)
    flash(f"{someone.name} no longer has the role “{ROLES[given.role]}”.", "success")
    return redirect(url_for("accounts.person", person_id=someone.id))

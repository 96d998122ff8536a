"""What the hub says of the institution itself."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts import policy, queries, services
from hub.accounts.forms import InstitutionForm
from hub.accounts.models import Institution
from hub.accounts.views.blueprint import bp
from hub.core.web import allowed, saves


def own_institution() -> Institution:
    return queries.institution(current_user.institution_id)


@bp.route("/institution", methods=["GET", "POST"])
@allowed(policy.can_describe, get=own_institution)
@saves
def institution(institution: Institution) -> ResponseReturnValue:
    form = InstitutionForm(obj=institution)
    if form.validate_on_submit():
        services.describe_institution(
            institution,
            short_name=form.short_name.data,
            signed_on=form.signed_on.data,
            phase=form.phase.data,
            contact_name=form.contact_name.data or "",
            contact_email=form.contact_email.data or "",
            contact_phone=form.contact_phone.data or "",
        )
        flash("Saved. The public page says so from now on.", "success")
        return redirect(url_for("accounts.institution"))
    return render_template("accounts/institution.html", form=form, about=institution), 422 if form.errors else 200

"""How long the fund keeps what, as the lead sets it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts import queries as accounts
from hub.accounts.models import Institution
from hub.core.web import allowed, saves
from hub.fund import policy, services
from hub.fund.forms import KeepingForm
from hub.fund.views.blueprint import bp


def own_institution() -> Institution:
    return accounts.institution(current_user.institution_id)


@bp.route("/keeping", methods=["GET", "POST"])
@allowed(policy.sets_periods, get=own_institution)
@saves
def keeping(institution: Institution) -> ResponseReturnValue:
    form = KeepingForm(obj=institution)
    if form.validate_on_submit():
        services.set_periods(
            institution,
            unsuccessful_months=form.unsuccessful_months.data,
            scores_months=form.scores_months.data,
            awarded_years=form.awarded_years.data,
            actor=current_user,
        )
        flash("Saved. It holds from the coming night on.", "success")
        return redirect(url_for("fund.rounds"))
    return render_template("fund/keeping.html", form=form), 422 if form.errors else 200

"""The manager's statement: from the list of tasks, or by a mailed link without an account."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.clock import today
from hub.core.errors import Refusal
from hub.core.limits import FIVE_MINUTES, from_where, limited
from hub.core.web import allowed, public, saves
from hub.fund import policy, queries, services
from hub.fund.forms import ReasonForm, StatementForm
from hub.fund.models import Application
from hub.fund.views.blueprint import bp


@bp.route("/applications/<int:application_id>/statement", methods=["GET", "POST"])
@allowed(policy.is_its_manager, get=queries.application)
@saves
def statement(application: Application) -> ResponseReturnValue:
    form = StatementForm(version_of=application)
    if form.validate_on_submit():
        services.support(
            application, text=form.text.data, releases_time=form.releases_time.data == "yes", actor=current_user
        )
        flash("Thank you. Your statement is with the application.", "success")
        return redirect(url_for("fund.home"))
    page = render_template("fund/statement.html", form=form, application=application, today=today())
    return page, 422 if form.errors else 200


@bp.route("/applications/<int:application_id>/return", methods=["GET", "POST"])
@allowed(policy.is_its_manager, get=queries.application)
@saves
def send_back(application: Application) -> ResponseReturnValue:
    form = ReasonForm(version_of=application)
    if form.validate_on_submit():
        try:
            services.send_back(application, reason=form.reason.data, actor=current_user)
        except Refusal as refusal:
            form.refuse(form.reason, refusal)
        else:
            flash(f"Sent back to {application.applicant.name}.", "success")
            return redirect(url_for("fund.home"))
    return render_template("fund/send_back.html", form=form, application=application), 422 if form.errors else 200


@bp.route("/statements/<token>", methods=["GET", "POST"])
@public
@limited("statement_by_link", from_where, most=60, within=FIVE_MINUTES)
@saves
def statement_by_link(token: str) -> ResponseReturnValue:
    """Opening it changes nothing: whatever looks at mail before its reader does may follow the link."""
    link = queries.statement_link(token)
    if link is None:
        return _over()
    application, form = link.application, StatementForm()
    if form.validate_on_submit():
        is_released = form.releases_time.data == "yes"
        services.support(application, text=form.text.data, releases_time=is_released, actor=link.manager)
        return render_template("fund/thanks_by_link.html", application=application, returned=False)
    page = render_template("fund/statement_by_link.html", form=form, application=application, token=token)
    return page, 422 if form.errors else 200


@bp.route("/statements/<token>/return", methods=["GET", "POST"])
@public
@limited("statement_by_link", from_where, most=60, within=FIVE_MINUTES)
@saves
def send_back_by_link(token: str) -> ResponseReturnValue:
    link = queries.statement_link(token)
    if link is None:
        return _over()
    application, form = link.application, ReasonForm()
    if form.validate_on_submit():
        try:
            services.send_back(application, reason=form.reason.data, actor=link.manager)
        except Refusal as refusal:
            form.refuse(form.reason, refusal)
        else:
            return render_template("fund/thanks_by_link.html", application=application, returned=True)
    page = render_template("fund/send_back_by_link.html", form=form, application=application, token=token)
    return page, 422 if form.errors else 200


def _over() -> ResponseReturnValue:
    return render_template("fund/link_is_over.html"), 410

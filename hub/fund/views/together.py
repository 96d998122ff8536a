"""Applying together: asking colleagues, and their answers."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.errors import Refusal
from hub.core.web import allowed, saves
from hub.fund import policy, queries, services
from hub.fund.forms import ColleagueForm, JoinForm
from hub.fund.models import Application, CoApplicant
from hub.fund.views.blueprint import bp, to_application


@bp.route("/applications/<int:application_id>/colleagues", methods=["GET", "POST"])
@allowed(policy.can_ask_colleagues, get=queries.application)
@saves
def ask_colleague(application: Application) -> ResponseReturnValue:
    form = ColleagueForm(version_of=application)
    if form.validate_on_submit():
        try:
            person = services.colleague(form.email.data, institution_id=application.institution_id)
            services.ask_colleague(application, person=person, actor=current_user)
        except Refusal as refusal:
            form.refuse(form.email, refusal)
        else:
            flash(f"{person.name} is asked.", "success")
            return redirect(url_for("fund.ask_colleague", application_id=application.id))
    return render_template("fund/ask_colleague.html", form=form, application=application), 422 if form.errors else 200


@bp.route("/co-applicants/<int:co_applicant_id>", methods=["GET", "POST"])
@allowed(policy.is_asked, get=queries.co_applicant)
@saves
def join(asked: CoApplicant) -> ResponseReturnValue:
    form = JoinForm()
    if form.validate_on_submit():
        accepts = form.answer.data == "yes"
        services.join(asked, accepts=accepts, actor=current_user)
        if accepts:
            flash("You apply together. Both of you can write it now.", "success")
            return to_application(asked.application)
        flash(f"{asked.application.applicant.name} is told.", "success")
        return redirect(url_for("fund.home"))
    page = render_template(
        "fund/join.html",
        form=form,
        asked=asked,
        application=asked.application,
        waits=policy.can_join(current_user, asked),
    )
    return page, 422 if form.errors else 200


@bp.post("/co-applicants/<int:co_applicant_id>/remove")
@allowed(policy.can_take_off, get=queries.co_applicant)
@saves
def take_off(asked: CoApplicant) -> ResponseReturnValue:
    application = asked.application
    services.take_off(asked, actor=current_user)
    flash(f"{asked.person.name} no longer applies for this.", "success")
    if policy.is_applicant(current_user, application):
        return redirect(url_for("fund.ask_colleague", application_id=application.id))
    return redirect(url_for("fund.home"))

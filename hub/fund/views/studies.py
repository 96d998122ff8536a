"""Case studies: made by the lead, agreed to and taken back by their authors, read by everybody."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.web import allowed, public, saves
from hub.fund import policy, queries, services
from hub.fund.forms import StudyForm
from hub.fund.models import Application, CaseStudy, StudyStage
from hub.fund.views.blueprint import bp, to_application


@bp.route("/applications/<int:application_id>/case-study", methods=["GET", "POST"])
@allowed(policy.can_make_study, get=queries.application)
@saves
def make_study(application: Application) -> ResponseReturnValue:
    study = application.study
    report = application.report
    first = {"title": application.title, "summary": report.changed if report else ""}
    said = {"title": study.title, "summary": study.summary} if study else first
    form = StudyForm(data=said, version_of=application)
    if form.validate_on_submit():
        made = services.publish_study(application, title=form.title.data, summary=form.summary.data, actor=current_user)
        is_out = made.stage == StudyStage.PUBLISHED
        flash("Published on your public page." if is_out else "Its author is asked whether they agree.", "success")
        return to_application(application)
    page = render_template("fund/make_study.html", form=form, application=application, study=study)
    return page, 422 if form.errors else 200


@bp.post("/case-studies/<int:study_id>/take-down")
@allowed(policy.leads_study, get=queries.case_study)
@saves
def take_down_study(study: CaseStudy) -> ResponseReturnValue:
    services.take_down_study(study, actor=current_user)
    flash("It is off the public page.", "success")
    return redirect(url_for("fund.rounds"))


@bp.post("/case-studies/<int:study_id>/agree")
@allowed(policy.is_author, get=queries.case_study)
@saves
def agree_to_study(study: CaseStudy) -> ResponseReturnValue:
    services.agree_to_study(study, actor=current_user)
    flash("Thank you. It is on the public page; you can take it back at any time.", "success")
    return redirect(url_for("fund.home"))


@bp.post("/case-studies/<int:study_id>/take-back")
@allowed(policy.is_author, get=queries.case_study)
@saves
def take_back_study(study: CaseStudy) -> ResponseReturnValue:
    services.take_back_study(study, actor=current_user)
    flash("Taken back. Nobody can read it any more.", "success")
    return redirect(url_for("fund.home"))


@bp.post("/applications/<int:application_id>/publishing/permit")
@allowed(policy.decides_publishing, get=queries.application)
@saves
def permit_publishing(application: Application) -> ResponseReturnValue:
    services.permit_publishing(application, may=True, actor=current_user)
    flash("Your report may be published with your name. You can take that back at any time.", "success")
    return to_application(application)


@bp.post("/applications/<int:application_id>/publishing/forbid")
@allowed(policy.decides_publishing, get=queries.application)
@saves
def forbid_publishing(application: Application) -> ResponseReturnValue:
    services.permit_publishing(application, may=False, actor=current_user)
    flash("Taken back. Nothing of it is published any more.", "success")
    return to_application(application)


@bp.get("/case-studies/<slug>")
@public
def show_study(slug: str) -> ResponseReturnValue:
    study = queries.published_study(slug[:200])
    g.institution = study.institution
    return render_template("fund/show_study.html", study=study)

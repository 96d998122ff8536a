"""What came of it: the report, what was learned, and the questions months later."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.errors import Refusal
from hub.core.text import lines
from hub.core.web import allowed, saves
from hub.directory.models import Level
from hub.fund import policy, queries, services
from hub.fund.forms import FollowUpForm, ReasonForm, ReportForm, report_form
from hub.fund.models import Application, FollowUp, StillUsed
from hub.fund.views.blueprint import bp, to_application
from hub.skills import queries as skills


@bp.route("/applications/<int:application_id>/report", methods=["GET", "POST"])
@allowed(policy.is_applicant, get=queries.application)
@saves
def report(application: Application) -> ResponseReturnValue:
    asked, sent = lines(application.round.scheme.report_questions), application.report
    known: dict[str, Any] = {f"answer_{n}": sent.answers.get(q, "") if sent else "" for n, q in enumerate(asked)}
    if sent and sent.learned_id:
        known |= {"skill": str(sent.learned_id), "level": sent.learned_level}
    build = report_form(asked, skills.skill_names(application.institution_id))
    form = build(obj=sent, data=known, version_of=application)
    if sent and sent.offer_id:
        del form.share_by  # what is promised stands
    if form.validate_on_submit():
        try:
            _send_report(application, form, asked)
        except Refusal as refusal:
            form.refuse(form.skill, refusal)
        else:
            flash("Thank you. Your report is sent.", "success")
            return to_application(application)
    return render_template("fund/report.html", form=form, application=application), 422 if form.errors else 200


def _send_report(application: Application, form: ReportForm, asked: list[str]) -> None:
    told = {name: form[name].data or "" for name in ("did", "changed", "shared_with", "quote")}
    services.report(
        application,
        **told,
        answers={q: form[f"answer_{n}"].data for n, q in enumerate(asked)},
        may_publish=bool(form.may_publish.data),
        learned=skills.skill(form.skill.data) if form.skill.data else None,
        level=Level(form.level.data) if form.skill.data and form.level.data else None,
        share_by=form.share_by.data if "share_by" in form else None,
        actor=current_user,
    )


@bp.post("/applications/<int:application_id>/report/skill")
@allowed(policy.can_add_learned, get=queries.application)
@saves
def add_learned(application: Application) -> ResponseReturnValue:
    services.add_learned(application, actor=current_user)
    flash("It is on your profile. You can change it there.", "success")
    return to_application(application)


@bp.route("/applications/<int:application_id>/report/read", methods=["GET", "POST"])
@allowed(policy.runs, get=queries.application)
@saves
def read_report(application: Application) -> ResponseReturnValue:
    form = ReasonForm(version_of=application)
    if form.validate_on_submit():
        services.return_report(application, reason=form.reason.data, actor=current_user)
        flash("Sent back with your words.", "success")
        return to_application(application)
    return render_template("fund/read_report.html", form=form, application=application), 422 if form.errors else 200


@bp.post("/applications/<int:application_id>/report/accept")
@allowed(policy.runs, get=queries.application)
@saves
def accept_report(application: Application) -> ResponseReturnValue:
    services.accept_report(application, actor=current_user)
    flash("Accepted. It now counts as evidence.", "success")
    return to_application(application)


@bp.get("/follow-ups/<int:follow_up_id>")
@allowed(policy.reads_follow_up, get=queries.follow_up)
def follow_up(asked: FollowUp) -> ResponseReturnValue:
    return _follow_up_page(asked, FollowUpForm(version_of=asked))


@bp.post("/follow-ups/<int:follow_up_id>")
@allowed(policy.answers_follow_up, get=queries.follow_up)
@saves
def answer_follow_up(asked: FollowUp) -> ResponseReturnValue:
    form = FollowUpForm(version_of=asked)
    if form.validate_on_submit():
        services.answer_follow_up(
            asked,
            different=form.different.data,
            still_used=StillUsed(form.still_used.data),
            may_quote=bool(form.may_quote.data),
            actor=current_user,
        )
        flash("Thank you. This is how the fund can show what it is for.", "success")
        return redirect(url_for("fund.follow_up", follow_up_id=asked.id))
    return _follow_up_page(asked, form), 422


def _follow_up_page(asked: FollowUp, form: FollowUpForm) -> str:
    may_answer = asked.answered_at is None and policy.answers_follow_up(current_user, asked)
    return render_template(
        "fund/follow_up.html", form=form, asked=asked, application=asked.application, may_answer=may_answer
    )

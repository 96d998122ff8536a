"""What an applicant sees: open money, the form, the receipt."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts.policy import is_signed_in
from hub.core import storage
from hub.core.errors import Refusal
from hub.core.storage import NotAllowed
from hub.core.web import allowed, only, saves
from hub.fund import policy, queries, services
from hub.fund.errors import TooLate
from hub.fund.forms import (
    ActivityForm,
    CaseForm,
    CostForm,
    MatchForm,
    ReturnForm,
    SharingForm,
    eligibility_form,
    upload_of,
)
from hub.fund.models import Application, CostKind, CostLine, Round, Stage
from hub.fund.outlook import next_for, way
from hub.fund.progress import least_match, questions, ruled_out_by, sections, state
from hub.fund.views.blueprint import bp, found_stops, keep_section, next_task, task_groups, to_application
from hub.fund.workflow import APPLICATION


@bp.get("")
@allowed(is_signed_in)
def home() -> ResponseReturnValue:
    mine = queries.applications_of(current_user.id)
    return render_template(
        "fund/home.html",
        open_rounds=queries.open_rounds(current_user.institution_id),
        mine=[a for a in mine if a.stage not in {Stage.CLOSED, Stage.DECLINED, Stage.WITHDRAWN}],
        past=[a for a in mine if a.stage in {Stage.CLOSED, Stage.DECLINED, Stage.WITHDRAWN}],
        statements=queries.statements_wanted(current_user.id),
        asked=queries.asked_to_join(current_user.id),
        panels=queries.panels_of(current_user.id),
        studies=queries.studies_by(current_user.id),
        next_for=next_for,
    )


@bp.get("/rounds/<int:round_id>")
@allowed(policy.sees_round, get=queries.fund_round)
def show_round(fund_round: Round) -> ResponseReturnValue:
    return render_template(
        "fund/show_round.html",
        fund_round=fund_round,
        criteria=fund_round.criteria or fund_round.scheme.criteria,
        mine=queries.in_round_by(fund_round.id, current_user.id),
        last=queries.last_outcome(fund_round.scheme_id),
        may_apply=fund_round.takes_applications and policy.may_apply(current_user, fund_round),
    )


@bp.post("/rounds/<int:round_id>/applications")
@allowed(policy.may_apply, get=queries.fund_round)
@saves
def start(fund_round: Round) -> ResponseReturnValue:
    return to_application(services.start(fund_round, actor=current_user))


@bp.get("/applications/<int:application_id>")
@allowed(policy.can_see, get=queries.application)
def application(application: Application) -> ResponseReturnValue:
    if application.anonymised_on:
        return render_template("fund/anonymised.html", application=application)
    answering = policy.can_answer(current_user, application)
    return render_template(
        "fund/application.html",
        application=application,
        answering=answering,
        mine=policy.is_applicant(current_user, application),
        ours=policy.applies(current_user, application),
        happens_next=next_for(application),
        learned=policy.can_add_learned(current_user, application) and not services.is_on_profile(application),
        follow_ups=queries.follow_ups_of(application.id) if application.done_on else [],
        makes_study=policy.can_make_study(current_user, application),
        way=way(application),
        may_claim=policy.can_claim(current_user, application),
        may_end=policy.can_end_claims(current_user, application),
        moves={move.name for move in APPLICATION.available(application, current_user)},
        **(_to_write(application) if answering else {}),
    )


def _to_write(application: Application) -> dict[str, Any]:
    """The form as its task list."""
    asked = sections(application.round.scheme)
    open_now = queries.open_rounds(application.institution_id)
    return {
        "groups": task_groups(application),
        "done": sum(state(application, s) in {"started", "done"} for s in asked),
        "of": len(asked),
        "ruled_out": ruled_out_by(application),
        "action": next_task(application),
        "other_rounds": [r for r in open_now if r.scheme_id == application.round.scheme_id],
    }


@bp.route("/applications/<int:application_id>/eligibility", methods=["GET", "POST"])
@allowed(policy.can_answer, get=queries.application)
@saves
def eligibility(application: Application) -> ResponseReturnValue:
    asked = questions(application.round.scheme)
    answered = {f"question_{n}": application.eligible.get(q) for n, q in enumerate(asked)}
    form = eligibility_form(asked)(data=answered, version_of=application)
    return keep_section(application, form, "fund/eligibility.html")


@bp.route("/applications/<int:application_id>/expected-return", methods=["GET", "POST"])
@allowed(policy.can_answer, get=queries.application)
@saves
def expected_return(application: Application) -> ResponseReturnValue:
    return keep_section(application, ReturnForm(obj=application), "fund/expected_return.html")


@bp.route("/applications/<int:application_id>/activity", methods=["GET", "POST"])
@allowed(policy.can_answer, get=queries.application)
@saves
def activity(application: Application) -> ResponseReturnValue:
    return keep_section(application, ActivityForm(obj=application), "fund/activity.html")


@bp.route("/applications/<int:application_id>/case", methods=["GET", "POST"])
@allowed(policy.can_answer, get=queries.application)
@saves
def case(application: Application) -> ResponseReturnValue:
    return keep_section(application, CaseForm(obj=application), "fund/case.html")


@bp.route("/applications/<int:application_id>/sharing", methods=["GET", "POST"])
@allowed(policy.can_answer, get=queries.application)
@saves
def sharing(application: Application) -> ResponseReturnValue:
    return keep_section(application, SharingForm(obj=application), "fund/sharing.html")


@bp.route("/applications/<int:application_id>/match", methods=["GET", "POST"])
@allowed(policy.can_answer, get=queries.application)
@saves
def match(application: Application) -> ResponseReturnValue:
    return keep_section(application, MatchForm(obj=application), "fund/match.html", least=least_match(application))


@bp.route("/applications/<int:application_id>/costs", methods=["GET", "POST"])
@allowed(policy.can_answer, get=queries.application)
@saves
def costs(application: Application) -> ResponseReturnValue:
    form = CostForm(version_of=application)
    if form.validate_on_submit() and _keep_cost(form, lambda cost: services.add_cost(application, **cost)):
        return redirect(url_for("fund.costs", application_id=application.id))
    return render_template("fund/costs.html", form=form, application=application), 422 if form.errors else 200


@bp.route("/costs/<int:line_id>", methods=["GET", "POST"])
@allowed(policy.can_change_cost, get=queries.cost_line)
@saves
def edit_cost(line: CostLine) -> ResponseReturnValue:
    form = CostForm(data={"kind": line.kind, "text": line.text, "pence": line.pence}, version_of=line)
    if form.validate_on_submit() and _keep_cost(form, lambda cost: services.edit_cost(line, **cost)):
        return redirect(url_for("fund.costs", application_id=line.application_id))
    return render_template("fund/edit_cost.html", form=form, line=line), 422 if form.errors else 200


def _keep_cost(form: CostForm, keep: Callable[[dict[str, Any]], Any]) -> bool:
    cost = {"kind": CostKind(form.kind.data), "text": form.text.data, "pence": form.pence.data}
    try:
        keep(cost | {"quote": upload_of(form.quote), "actor": current_user})
    except NotAllowed as refusal:
        form.refuse(form.quote, refusal)
    except Refusal as refusal:
        form.refuse(form.text, refusal)
    return not form.errors


@bp.post("/costs/<int:line_id>/remove")
@allowed(policy.can_change_cost, get=queries.cost_line)
@saves
def remove_cost(line: CostLine) -> ResponseReturnValue:
    services.remove_cost(line, actor=current_user)
    flash(f"Removed: {line.text}.", "success")
    return redirect(url_for("fund.costs", application_id=line.application_id))


@bp.get("/costs/<int:line_id>/quote")
@allowed(policy.can_fetch_quote, get=queries.cost_line)
def quote(line: CostLine) -> Response:
    return storage.send(line.quote) if line.quote else abort(404)


@bp.route("/applications/<int:application_id>/check", methods=["GET", "POST"])
@allowed(policy.can_answer, get=queries.application)
@saves
def check(application: Application) -> ResponseReturnValue:
    refused = ""
    if request.method == "POST":
        try:
            services.send(application, actor=current_user)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            return redirect(url_for("fund.sent", application_id=application.id))
    page = render_template(
        "fund/check.html",
        application=application,
        refused=refused,
        stops=found_stops(application),
        mine=policy.is_applicant(current_user, application),
    )
    return page, 422 if refused else 200


@bp.get("/applications/<int:application_id>/sent")
@allowed(policy.is_applicant, get=queries.application)
def sent(application: Application) -> ResponseReturnValue:
    if application.reference is None:
        return to_application(application)
    return render_template("fund/sent.html", application=application, way=way(application))


@bp.post("/applications/<int:application_id>/withdraw")
@allowed(policy.is_applicant, get=queries.application)
@saves
def withdraw(application: Application) -> ResponseReturnValue:
    services.withdraw(application, actor=current_user)
    flash("Withdrawn. Everything you wrote is kept.", "success")
    return to_application(application)


@bp.post("/applications/<int:application_id>/bring-back")
@allowed(policy.is_applicant, get=queries.application)
@saves
def bring_back(application: Application) -> ResponseReturnValue:
    services.bring_back(application, actor=current_user)
    flash("Your draft is back.", "success")
    return to_application(application)


@bp.post("/applications/<int:application_id>/move")
@allowed(policy.can_answer, get=queries.application)
@saves
def move_to(application: Application) -> ResponseReturnValue:
    asked = only("round_id")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    open_now = {r.id: r for r in queries.open_rounds(application.institution_id)}
    if wanted not in open_now:
        raise TooLate("That round takes no applications now.")
    services.move_to(application, open_now[wanted], actor=current_user)
    flash(f"Your draft is now in {open_now[wanted].name}.", "success")
    return to_application(application)

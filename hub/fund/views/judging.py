"""What a panel sees: its applications, one at a time, and where the money ends."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.errors import Refusal, SomebodyWasFaster
from hub.core.forms import HubForm
from hub.core.web import allowed, saves
from hub.fund import policy, queries, services
from hub.fund.boards import Board, board_for
from hub.fund.errors import AgainstTheRules, PotTooSmall
from hub.fund.forms import DOES_NOT_APPLY, ConflictForm, DecideForm, score_form
from hub.fund.models import Application, Outcome, PanelScore, Round
from hub.fund.views.blueprint import bp
from hub.fund.workflow import ROUND


@bp.get("/rounds/<int:round_id>/panel")
@allowed(policy.can_see_panel, get=queries.fund_round)
def panel(fund_round: Round) -> ResponseReturnValue:
    return render_template(
        "fund/panel.html",
        board=board_for(fund_round, current_user),
        fund_round=fund_round,
        may_finish=ROUND.can(fund_round, "finish", current_user),
    )


@bp.post("/rounds/<int:round_id>/panel/finish")
@allowed(policy.chairs, get=queries.fund_round)
@saves
def finish_panel(fund_round: Round) -> ResponseReturnValue:
    services.finish_panel(fund_round, actor=current_user)
    flash("The lead now releases all decisions together.", "success")
    return redirect(url_for("fund.panel", round_id=fund_round.id))


@bp.route("/applications/<int:application_id>/score", methods=["GET", "POST"])
@allowed(policy.can_judge, get=queries.application)
@saves
def score(application: Application) -> ResponseReturnValue:
    board = board_for(application.round, current_user)
    form = score_form(application.round.criteria)(data=_mine(board, application), version_of=application)
    if form.validate_on_submit():
        try:
            services.score(application, marks=_marks(application, form), actor=current_user)
        except AgainstTheRules as refusal:
            form.refuse(form[f"why_{application.round.criteria[0].id}"], refusal)
        else:
            flash("Your scores are kept.", "success")
            onward = board.next_unscored(application)
            return redirect(_score_page(onward) if onward else url_for("fund.panel", round_id=application.round_id))
    tie = policy.tie(current_user, application, declared=False)
    others = (
        [s for s in _reasons(application) if s.person_id != current_user.id] if board.is_scored(application) else []
    )
    page = render_template("fund/score.html", form=form, application=application, board=board, tie=tie, others=others)
    return page, 422 if form.errors else 200


def _marks(application: Application, form: HubForm) -> dict[int, tuple[int | None, str]]:
    given = {c.id: (form[f"score_{c.id}"].data, form[f"why_{c.id}"].data) for c in application.round.criteria}
    return {key: (None if mark == DOES_NOT_APPLY else int(mark), why) for key, (mark, why) in given.items()}


def _reasons(application: Application) -> list[PanelScore]:
    return queries.reasons([application.id]).get(application.id, [])


def _score_page(application: Application) -> str:
    return url_for("fund.score", application_id=application.id)


def _mine(board: Board, application: Application) -> dict[str, Any]:
    mine = board.marks.get(application.id, {}).get(current_user.id, {})
    found: dict[str, Any] = {}
    for key, row in mine.items():
        found |= {f"score_{key}": str(row.score or DOES_NOT_APPLY), f"why_{key}": row.justification}
    return found


@bp.route("/applications/<int:application_id>/conflict", methods=["GET", "POST"])
@allowed(policy.can_judge, get=queries.application)
@saves
def declare_conflict(application: Application) -> ResponseReturnValue:
    form = ConflictForm(version_of=application)
    if form.validate_on_submit():
        services.declare_conflict(application, reason=form.reason.data, actor=current_user)
        flash("Thank you. You will not see that application again.", "success")
        return redirect(url_for("fund.panel", round_id=application.round_id))
    return render_template(
        "fund/declare_conflict.html", form=form, application=application
    ), 422 if form.errors else 200


@bp.route("/applications/<int:application_id>/decide", methods=["GET", "POST"])
@allowed(policy.can_judge, get=queries.application)
@saves
def decide(application: Application) -> ResponseReturnValue:
    board = board_for(application.round, current_user)
    form = DecideForm(data=_as_decided(application), version_of=application)
    if form.validate_on_submit():
        try:
            _decide(application, form)
        except SomebodyWasFaster:
            raise
        except (PotTooSmall, AgainstTheRules) as refusal:
            form.refuse(form.pence, refusal)
        except Refusal as refusal:
            form.refuse(form.outcome, refusal)
        else:
            flash("Decided. Nobody is told before the release.", "success")
            return redirect(url_for("fund.panel", round_id=application.round_id))
    page = render_template("fund/decide.html", form=form, application=application, board=board)
    return page, 422 if form.errors else 200


def _decide(application: Application, form: DecideForm) -> None:
    outcome = Outcome(form.outcome.data)
    services.decide(
        application,
        outcome=outcome,
        pence=form.pence.data if outcome == Outcome.AWARD else None,
        feedback=form.feedback.data or "",
        conditions=form.conditions.data or "",
        seen=int(form.seen.data) if (form.seen.data or "").isdigit() else 0,
        actor=current_user,
    )


def _as_decided(application: Application) -> dict[str, Any]:
    decision = application.decision
    if decision is None:
        return {"seen": 0, "pence": application.asked_pence}
    return {
        "seen": decision.version,
        "outcome": decision.outcome,
        "pence": decision.pence or application.asked_pence,
        "feedback": decision.feedback,
        "conditions": decision.conditions,
    }

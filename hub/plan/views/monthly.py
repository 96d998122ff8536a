"""The report of a month: as a page with its evidence, on paper, and what the lead wants decided."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.clock import today
from hub.core.downloads import DOCX, PDF, download
from hub.core.lists import Column, Filter, Listing, matching
from hub.core.web import allowed, saves
from hub.core.words import month as in_words
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry
from hub.plan import documents, monthly, policy, queries, services
from hub.plan.life_forms import DecisionForm
from hub.plan.models import Action, DecisionWanted, Plan
from hub.plan.monthly import Month
from hub.plan.views.blueprint import bp


@bp.get("/<int:plan_id>/month")
@allowed(policy.can_read_versions, get=queries.plan)
def month(plan: Plan) -> ResponseReturnValue:
    """This month, or the one that is asked for: ``?month=2026-10``."""
    return render_template("plan/month.html", **_about(plan, DecisionForm(version_of=plan)))


@bp.post("/<int:plan_id>/month")
@allowed(policy.can_edit, get=queries.plan)
@saves
def ask_decision(plan: Plan) -> ResponseReturnValue:
    form = DecisionForm(version_of=plan)
    if form.validate_on_submit():
        services.ask_decision(plan, _asked().first, actor=current_user, text=form.text.data)
        return redirect(f"{_address(plan, _asked())}#decisions")
    return render_template("plan/month.html", **_about(plan, form)), 422


@bp.post("/decisions-wanted/<int:decision_id>/remove")
@allowed(policy.can_change_decision, get=queries.decision_wanted)
@saves
def remove_decision(wanted: DecisionWanted) -> ResponseReturnValue:
    back = _address(wanted.plan, Month(wanted.month))
    services.remove_decision(wanted, actor=current_user)
    flash("It is off the report.", "success")
    return redirect(f"{back}#decisions")


def _asked() -> Month:
    text = request.args.get("month")
    asked = Month.of(today()) if text is None else Month.read(text)
    if asked is None:
        abort(404)
    return asked


def _address(plan: Plan, asked: Month) -> str:
    return url_for("plan.month", plan_id=plan.id, month=asked.text)


def _about(plan: Plan, form: DecisionForm) -> dict[str, Any]:
    asked = _asked()
    return {
        "report": monthly.report(plan, asked),
        "plan": plan,
        "month": asked,
        "is_last": asked.first >= Month.of(today()).first,
        "is_first": asked.first <= Month.of(plan.starts_on).first,
        "form": form if policy.can_edit(current_user, plan) else None,
    }


@bp.get("/<int:plan_id>/month/evidence")
@allowed(policy.can_read_versions, get=queries.plan)
def month_evidence(plan: Plan) -> ResponseReturnValue:
    """The evidence behind the numbers of a month."""
    asked = _asked()
    return Listing(
        name=f"evidence-{asked.text}",
        noun=("piece of evidence", "pieces of evidence"),
        rows=queries.accepted_between(plan.id, asked.begins, asked.ends),
        columns=(
            Column("title", "What happened", lambda p: p.entry.title, Entry.title),
            Column("action", "Action", lambda p: p.action.objective),
            Column("kind", "Kind", lambda p: KINDS[p.entry.kind].label),
            Column("happened", "Date", lambda p: p.entry.happened_on, Entry.happened_on),
            Column("unit", "Unit", lambda p: p.entry.unit.name if p.entry.unit else ""),
        ),
        default_order=queries.NEWEST_FIRST,
        filters_offered=(Filter("action", "Action", lambda: _actions(plan), lambda ids: Action.id.in_(map(int, ids))),),
        search=lambda q: matching(q, Entry.title),
        kept=("month",),
    ).answer("plan/month_evidence.html", plan=plan, month=asked)


def _actions(plan: Plan) -> dict[str, str]:
    """Every action of the plan, by its number."""
    return {str(action_id): objective for action_id, objective in queries.objectives(plan.id).items()}


@bp.get("/<int:plan_id>/month.pdf")
@allowed(policy.can_read_versions, get=queries.plan)
def month_pdf(plan: Plan) -> ResponseReturnValue:
    return _paper(plan, documents.month_as_pdf, PDF, "pdf")


@bp.get("/<int:plan_id>/month.docx")
@allowed(policy.can_read_versions, get=queries.plan)
def month_docx(plan: Plan) -> ResponseReturnValue:
    return _paper(plan, documents.month_as_docx, DOCX, "docx")


def _paper(plan: Plan, write: Any, media_type: str, ending: str) -> Response:
    asked = _asked()
    content = documents.month_content(monthly.report(plan, asked), current_user.institution)
    return download(write(content), media_type, f"Month report - {in_words(asked.first)}.{ending}")

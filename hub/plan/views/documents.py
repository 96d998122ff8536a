"""The plan's documents: what can be taken away, and by whom."""

from collections.abc import Callable
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts import queries as accounts
from hub.accounts.models import Institution
from hub.core.clock import today
from hub.core.downloads import DOCX, PDF, download, file_name
from hub.core.web import allowed, public
from hub.plan import documents, policy, queries
from hub.plan.documents import Audience
from hub.plan.lines import lines
from hub.plan.models import Plan
from hub.plan.views.blueprint import bp


@bp.get("/<int:plan_id>/documents")
@allowed(policy.can_read, get=queries.plan)
def documents_of(plan: Plan) -> ResponseReturnValue:
    return render_template("plan/documents.html", **_about(plan))


def _about(plan: Plan, *, refused: bool = False) -> dict[str, Any]:
    """The plan with the reds that nobody has explained and the greens that nothing proves."""
    shown = lines(plan, queries.actions(plan.id))
    return {
        "plan": plan,
        "unexplained": [a for a in shown if a.rag == "red" and not a.explanation],
        "unproved": [a for a in shown if a.rag == "green" and not a.evidence],
        "refused": refused,
        "inside": policy.can_read_plans(current_user),
    }


@bp.get("/<int:plan_id>/plan.pdf")
@allowed(policy.can_read, get=queries.plan)
def pdf(plan: Plan) -> ResponseReturnValue:
    content = documents.content(plan, current_user.institution, _audience())
    return download(documents.as_pdf(content), PDF, _name(current_user.institution, "pdf"))


@bp.get("/<int:plan_id>/plan.docx")
@allowed(policy.can_read, get=queries.plan)
def docx(plan: Plan) -> ResponseReturnValue:
    content = documents.content(plan, current_user.institution, _audience())
    return download(documents.as_docx(content), DOCX, _name(current_user.institution, "docx"))


@bp.get("/<int:plan_id>/status.pdf")
@allowed(policy.can_read_versions, get=queries.plan)
def status_pdf(plan: Plan) -> ResponseReturnValue:
    return _appendix(plan, documents.appendix_as_pdf, PDF, "pdf")


@bp.get("/<int:plan_id>/status.docx")
@allowed(policy.can_read_versions, get=queries.plan)
def status_docx(plan: Plan) -> ResponseReturnValue:
    return _appendix(plan, documents.appendix_as_docx, DOCX, "docx")


def _appendix(plan: Plan, made: Callable[[dict[str, Any]], bytes], media_type: str, ending: str) -> ResponseReturnValue:
    """The red, amber and green by themselves; what must be put right first is told instead."""
    about = _about(plan, refused=True)
    if about["unexplained"] or about["unproved"]:
        return render_template("plan/documents.html", **about), 422
    name = _name(current_user.institution, ending, " - RAG")
    return download(made(documents.appendix(plan, current_user.institution)), media_type, name)


@bp.get("/public/<slug>/plan.pdf")
@public
def public_pdf(slug: str) -> ResponseReturnValue:
    """The published plan as anybody may have it: roles instead of names, evidence only counted."""
    institution = accounts.institution_by_slug(slug[:100])
    plan = queries.published_plan(institution.id)
    if plan is None:
        return render_template("errors/404.html", reason="", back=None), 404
    content = documents.content(plan, institution, Audience.PUBLIC)
    return download(documents.as_pdf(content), PDF, _name(institution, "pdf"))


def _name(institution: Institution, ending: str, part: str = "") -> str:
    return file_name(documents.title(institution, today(), between=" - ") + part, ending)


def _audience() -> Audience:
    return Audience.INTERNAL if policy.can_read_plans(current_user) else Audience.PUBLIC

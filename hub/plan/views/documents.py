"""The plan's documents: what can be taken away, and by whom."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.http import dump_options_header

from hub.accounts import queries as accounts
from hub.core.clock import today
from hub.core.web import allowed, public
from hub.plan import documents, policy, queries
from hub.plan.documents import Audience
from hub.plan.lines import lines
from hub.plan.models import Plan
from hub.plan.views.blueprint import bp

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/<int:plan_id>/documents")
@allowed(policy.can_read, get=queries.plan)
def documents_of(plan: Plan) -> ResponseReturnValue:
    shown = lines(plan, queries.actions(plan.id))
    unexplained = [a for a in shown if a.rag == "red" and not a.explanation]
    unproved = [a for a in shown if a.rag == "green" and not a.evidence]
    inside = policy.can_read_plans(current_user)
    return render_template("plan/documents.html", plan=plan, unexplained=unexplained, unproved=unproved, inside=inside)


@bp.get("/<int:plan_id>/plan.pdf")
@allowed(policy.can_read, get=queries.plan)
def pdf(plan: Plan) -> ResponseReturnValue:
    content = documents.content(plan, current_user.institution, _audience())
    return download(
        documents.as_pdf(content), "application/pdf", documents.file_name(current_user.institution, today(), "pdf")
    )


@bp.get("/<int:plan_id>/plan.docx")
@allowed(policy.can_read, get=queries.plan)
def docx(plan: Plan) -> ResponseReturnValue:
    content = documents.content(plan, current_user.institution, _audience())
    return download(documents.as_docx(content), DOCX, documents.file_name(current_user.institution, today(), "docx"))


@bp.get("/public/<slug>/plan.pdf")
@public
def public_pdf(slug: str) -> ResponseReturnValue:
    """The published plan as anybody may have it: roles instead of names, evidence only counted."""
    institution = accounts.institution_by_slug(slug[:100])
    plan = queries.published_plan(institution.id)
    if plan is None:
        return render_template("errors/404.html", reason="", back=None), 404
    content = documents.content(plan, institution, Audience.PUBLIC)
    return download(documents.as_pdf(content), "application/pdf", documents.file_name(institution, today(), "pdf"))


def _audience() -> Audience:
    return Audience.INTERNAL if policy.can_read_plans(current_user) else Audience.PUBLIC


def download(content: bytes, media_type: str, name: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    return response

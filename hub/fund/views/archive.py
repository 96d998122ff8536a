"""Taking away one application, or a whole round, with everything that belongs to it; and the letters of decisions."""

from collections.abc import Sequence

from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.downloads import PDF, ZIP, download, file_name
from hub.core.web import allowed
from hub.fund import dossier as papers
from hub.fund import letters, policy, queries
from hub.fund.models import Application, Round, Stage
from hub.fund.views.blueprint import bp


@bp.get("/applications/<int:application_id>/dossier.zip")
@allowed(policy.can_see, get=queries.application)
def dossier(application: Application) -> ResponseReturnValue:
    leads = policy.leads(current_user, application)
    scores = _scores(application.round, [application]) if leads else {}
    packed = papers.of_application(
        application, scores, queries.follow_ups_by([application.id]), current_user.institution.name
    )
    return download(packed, ZIP, file_name(application.reference or application.title, "zip"))


@bp.get("/rounds/<int:round_id>/archive.zip")
@allowed(policy.can_archive, get=queries.fund_round)
def archive(fund_round: Round) -> ResponseReturnValue:
    sent = queries.in_round(fund_round.id, *(stage for stage in Stage if stage != Stage.DRAFT))
    theirs = [one for one in sent if one.sent_at and policy.leads(current_user, one)]
    packed = papers.of_round(
        fund_round,
        theirs,
        _scores(fund_round, theirs),
        queries.follow_ups_by([one.id for one in theirs]),
        current_user.institution.name,
    )
    return download(packed, ZIP, file_name(f"{fund_round.scheme.name}, {fund_round.name}", "zip"))


@bp.get("/applications/<int:application_id>/letter.pdf")
@allowed(policy.can_read_letter, get=queries.application)
def letter(application: Application) -> ResponseReturnValue:
    pdf = letters.of_applications([application], f"Decision on {application.title}", current_user.institution.name)
    return download(pdf, PDF, file_name(f"{application.reference} decision", "pdf"))


@bp.get("/rounds/<int:round_id>/letters.pdf")
@allowed(policy.can_print_letters, get=queries.fund_round)
def round_letters(fund_round: Round) -> ResponseReturnValue:
    theirs = [one for one in queries.told_in(fund_round.id) if policy.runs(current_user, one)]
    name = f"{fund_round.scheme.name}, {fund_round.name}"
    pdf = letters.of_applications(theirs, f"Decisions of {name}", current_user.institution.name)
    return download(pdf, PDF, file_name(f"{name}, letters", "pdf"))


def _scores(fund_round: Round, applications: Sequence[Application]) -> papers.Scores:
    asked = queries.has_asked_in(fund_round.id, current_user.id)
    may_read = policy.reads_scores(current_user, fund_round, asked=asked)
    return queries.reasons([one.id for one in applications]) if may_read else {}

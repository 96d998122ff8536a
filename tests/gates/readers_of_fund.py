"""Who may read what the fund knows of somebody: the rules that tests/gates/readers.py names."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import object_session

from hub.accounts.models import Person
from hub.core.db import db
from hub.fund import policy, queries
from hub.fund.models import Application, CaseStudy, PanelScore, StudyStage


def _of(viewer: Person | None, row: Any) -> tuple[Application, bool]:
    """The application that *row* belongs to, and whether it is of the viewer’s institution."""
    application = row if isinstance(row, Application) else object_session(row).get(Application, row.application_id)
    return application, viewer is not None and viewer.institution_id == application.institution_id


def reads_application(viewer: Person | None, row: Any) -> bool:
    application, is_here = _of(viewer, row)
    return is_here and policy.can_read_files(viewer, application)


def was_asked(viewer: Person | None, application: Application) -> bool:
    """To apply together: they keep knowing who asked."""
    return viewer is not None and any(policy.is_asked(viewer, c) for c in application.co_applicants)


def runs_application(viewer: Person | None, row: Any) -> bool:
    application, is_here = _of(viewer, row)
    return is_here and policy.can_see(viewer, application)


def hears_of_application(viewer: Person | None, row: Any) -> bool:
    """The panel and the lead write the answer; those whom it is for read it once results are out."""
    application, is_here = _of(viewer, row)
    decision = queries.decision_of(application.id)
    out = decision is not None and decision.released_at is not None
    return is_here and (policy.can_judge(viewer, application) or (out and policy.can_see(viewer, application)))


def reads_study(viewer: Person | None, study: CaseStudy) -> bool:
    is_here = viewer is not None and viewer.institution_id == study.institution_id
    is_theirs = is_here and (policy.is_author(viewer, study) or policy.leads_study(viewer, study))
    return is_theirs or study.stage == StudyStage.PUBLISHED


def is_named_as_author(person_id: int) -> bool:
    """On the open web, while they agree."""
    stands = select(CaseStudy.id).where(CaseStudy.author_id == person_id, CaseStudy.stage == StudyStage.PUBLISHED)
    return db.session.scalar(stands.limit(1)) is not None


def _gave_own(viewer: Person | None, score: PanelScore) -> bool:
    application, is_here = _of(viewer, score)
    if viewer is None or not is_here or not policy.can_judge(viewer, application):
        return False
    mine = select(PanelScore.id).where(PanelScore.application_id == application.id, PanelScore.person_id == viewer.id)
    return object_session(score).scalar(mine) is not None


def _answers_for(viewer: Person | None, score: PanelScore) -> bool:
    application, is_here = _of(viewer, score)
    if viewer is None or not is_here or not policy.runs(viewer, application):
        return False
    asked = queries.has_asked_in(application.round_id, viewer.id)
    return policy.reads_scores(viewer, application.round, asked=asked)


def knows_score(viewer: Person | None, score: PanelScore) -> bool:
    return _gave_own(viewer, score) or _answers_for(viewer, score)

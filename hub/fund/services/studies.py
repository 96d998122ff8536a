"""Case studies: made of an accepted report, published with its author's permission, and taken down at once."""

import secrets
from typing import Any

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import MoveRefused
from hub.core.text import slugify
from hub.fund import notifications, policy, queries
from hub.fund.models import Application, CaseConsent, CaseStudy, FundReport, Given
from hub.fund.services.rounds import leads_of
from hub.fund.workflow import STUDY


def publish_study(application: Application, *, title: str, summary: str, actor: Any) -> CaseStudy:
    """Publish what an accepted report says. In other words than its author's it first waits for them to agree.

    :raises MoveRefused: if its author has not permitted it
    """
    report = application.report
    if report is None or not policy.can_make_study(actor, application):
        raise MoveRefused("Its author has not permitted that it is published.")
    study = queries.study_of(application) or _new_study(application, report, title)
    _end_consent(study)
    study.title, study.summary, study.quote = title, summary, report.quote
    study.skill_id, study.skill = report.learned_id, report.learned
    is_theirs = report.permits_words and (title, summary) == (application.title, report.changed)
    STUDY.make(study, "publish" if is_theirs else "ask", actor=actor)
    if is_theirs:
        _note_consent(study, Given.REPORT)
    db.session.flush()
    notifications.case_study(study, is_asked=not is_theirs)
    return study


def _new_study(application: Application, report: FundReport, title: str) -> CaseStudy:
    study = CaseStudy(
        institution_id=application.institution_id,
        application=application,
        author=application.applicant,
        author_id=application.applicant_id,
        slug=f"{slugify(title)}-{secrets.token_hex(3)}",
        title=title,
        summary=report.changed,
        pence=application.awarded_pence or 0,
        consents=[],
    )
    db.session.add(study)
    db.session.flush()
    return study


def agree_to_study(study: CaseStudy, *, actor: Person) -> None:
    """Its author has read the words as they are now, and wants them published."""
    STUDY.make(study, "agree", actor=actor)
    _note_consent(study, Given.STUDY)
    _permit(study.application, may=True)
    db.session.flush()


def take_back_study(study: CaseStudy, *, actor: Person) -> None:
    """Its author takes the permission back: it is gone with the next request, and nobody publishes it again."""
    STUDY.make(study, "take_back", actor=actor)
    _end_consent(study)
    _permit(study.application, may=False)
    notifications.study_taken_back(study, leads_of(study.institution_id))
    _let_go_of_leftover(study)


def take_down_study(study: CaseStudy, *, actor: Person) -> None:
    """The lead takes it off the public page."""
    STUDY.make(study, "take_down", actor=actor)
    _end_consent(study)
    _let_go_of_leftover(study)


def _let_go_of_leftover(study: CaseStudy) -> None:
    """Whose application is anonymous has nothing to go back to."""
    if study.application is None:
        db.session.delete(study)
    db.session.flush()


def permit_publishing(application: Application, *, may: bool, actor: Person) -> None:
    """Its author says anew whether what the report says may be published with their name."""
    if not policy.decides_publishing(actor, application):
        raise MoveRefused("There is no report of yours to publish.")
    study = queries.study_of(application)
    if study is not None and not may and STUDY.can(study, "take_back", actor):
        take_back_study(study, actor=actor)
    _permit(application, may=may)
    db.session.flush()


def _permit(application: Application | None, *, may: bool) -> None:
    if application is not None and application.report is not None:
        application.report.may_publish = application.report.permits_words = may


def _note_consent(study: CaseStudy, given: Given) -> None:
    study.consents.append(CaseConsent(person_id=study.author_id, given=given, wording=study.wording, agreed_at=now()))


def _end_consent(study: CaseStudy) -> None:
    for consent in study.consents:
        if consent.withdrawn_at is None:
            consent.withdrawn_at = now()
    db.session.flush()


def let_go_of_study(application: Application) -> None:
    """What is published stays as long as its author agrees, without the application; anything else goes with it."""
    study = queries.study_of(application)
    if study is None:
        return
    if any(consent.withdrawn_at is None for consent in study.consents):
        study.application = None
    else:
        db.session.delete(study)
    db.session.flush()

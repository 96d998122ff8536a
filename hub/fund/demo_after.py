"""What the demo's technicians do with their awards: accept, go, claim, report."""

from datetime import timedelta
from random import Random

from sqlalchemy import select

from hub.accounts.models import Institution, Person
from hub.core.clock import today
from hub.core.db import db
from hub.core.text import lines
from hub.fund import demo_words as words
from hub.fund import queries, services
from hub.fund.models import Application, Stage

RECEIPT = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 298 420]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
WAITING = (Stage.AWARDED, Stage.ACCEPTED, Stage.ACTIVITY_DONE, Stage.CLAIMED, Stage.REPORT_DUE, Stage.REPORT_RECEIVED)


def follow_up(institution: Institution, lead: Person, rng: Random) -> None:
    """One step for about half of those who wait; each takes days or weeks, and a few are late."""
    keys = db.session.scalars(
        select(Application.id)
        .where(Application.institution_id == institution.id, Application.stage.in_(WAITING))
        .order_by(Application.id)
    ).all()
    for key in keys:
        if rng.random() < 0.45:
            _step(queries.application(key), lead, rng)


def _step(application: Application, lead: Person, rng: Random) -> None:
    applicant = application.applicant
    match application.stage:
        case Stage.AWARDED:
            services.accept(application, actor=applicant)
        case Stage.ACCEPTED if application.ends_on and application.ends_on < today():
            services.finish(application, done_on=application.ends_on, actor=applicant)
        case Stage.ACTIVITY_DONE:
            _claim(application, rng)
        case Stage.CLAIMED:
            _settle(application, lead)
        case Stage.REPORT_DUE if rng.random() < 0.3:
            _report(application, rng)
        case Stage.REPORT_RECEIVED if application.applicant_id != lead.id:
            services.accept_report(application, actor=lead)


def _claim(application: Application, rng: Random) -> None:
    awarded = application.awarded_pence or 0
    spent = awarded if application.journey_id or rng.random() < 0.6 else awarded - rng.randrange(500, 6_000)
    services.claim(
        application, pence=max(spent, 100), note_text="", files=[(RECEIPT, "receipts.pdf")], actor=application.applicant
    )


def _settle(application: Application, lead: Person) -> None:
    claim = application.claim
    if claim is not None and claim.approved_at is None:
        services.approve_claim(application, actor=lead)
    elif claim is not None:
        services.mark_paid(application, paid_on=today() - timedelta(days=1), actor=lead)


def _report(application: Application, rng: Random) -> None:
    idea = next((one for one in words.IDEAS if one.title == application.title), words.IDEAS[0])
    services.report(
        application,
        did=f"{idea.what} {idea.provider} made it easy to come as a beginner and leave with a plan.",
        changed=idea.changed,
        shared_with=rng.choice(words.SHARED),
        quote=rng.choice(words.QUOTES),
        may_publish=rng.random() < 0.7,
        answers=dict.fromkeys(lines(application.round.scheme.report_questions), words.ADVICE),
        actor=application.applicant,
    )

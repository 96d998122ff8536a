"""What the demo's technicians do with their awards: accept, go, claim, report, share, and say what is different."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from hub.accounts.models import Institution, Person
from hub.core.clock import held, now, today
from hub.core.db import db
from hub.core.text import lines
from hub.directory.models import Level, PersonSkill, Skill
from hub.fund import demo_words as words
from hub.fund import queries, services
from hub.fund.models import Application, ClaimStage, FollowUp, FundReport, Stage, StillUsed
from hub.skills import queries as sharing
from hub.skills import services as skills
from hub.skills.models import Offer, OfferStage

RECEIPT = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 298 420]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
OPEN = {ClaimStage.SENT, ClaimStage.APPROVED}
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
    if application.stage != Stage.CLAIMED and any(c.stage in OPEN for c in application.claims):
        _settle(application, lead)
    match application.stage:
        case Stage.AWARDED:
            services.accept(application, actor=applicant)
            _claim_before(application)
        case Stage.ACCEPTED if application.ends_on and application.ends_on < today():
            services.finish(application, done_on=application.ends_on, actor=applicant)
        case Stage.ACTIVITY_DONE if application.open_claim is None:
            _claim(application, rng)
        case Stage.CLAIMED:
            _settle(application, lead)
        case Stage.REPORT_DUE if rng.random() < 0.3:
            _report(application, rng)
        case Stage.REPORT_RECEIVED if application.applicant_id != lead.id:
            services.accept_report(application, actor=lead)
            _story(application, lead)


def _claim(application: Application, rng: Random) -> None:
    awarded = application.awarded_pence or 0
    spent = awarded if application.journey_id or rng.random() < 0.6 else awarded - rng.randrange(500, 6_000)
    spent = min(spent, application.claimable_pence)
    services.claim(
        application, pence=max(spent, 100), note_text="", files=[(RECEIPT, "receipts.pdf")], actor=application.applicant
    )


def _claim_before(application: Application) -> None:
    """One of five pays a fee before it goes, and claims it at once."""
    own, awarded = _own("before", application.reference), application.awarded_pence or 0
    if not application.journey_id and own.random() < 0.2:
        files = [(RECEIPT, "fee.pdf")]
        services.claim(
            application,
            pence=awarded // 3,
            note_text=words.FEE_BEFORE,
            files=files,
            is_last=False,
            actor=application.applicant,
        )


def _settle(application: Application, lead: Person) -> None:
    claim = next(c for c in application.claims if c.stage in OPEN)
    if claim.stage == ClaimStage.SENT:
        services.approve_claim(claim, actor=lead)
    else:
        services.mark_paid(claim, paid_on=today() - timedelta(days=1), actor=lead)


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
        **_learned(application),
        actor=application.applicant,
    )


# -- with chances of its own -------------------------------------------------------------------------------------------


def _own(*of: Any) -> Random:
    return Random(" ".join(map(str, of)))  # noqa: S311 -- the same demo every time


def _learned(application: Application) -> dict[str, Any]:
    """Mostly a skill that they wanted to learn, and of two of three a promise to share it."""
    own = _own("learned", application.reference)
    wanted = select(Skill).join(PersonSkill, PersonSkill.skill_id == Skill.id)
    wanted = wanted.where(PersonSkill.person_id == application.applicant_id, PersonSkill.wants_to_learn)
    found = db.session.scalars(wanted.order_by(Skill.id).limit(1)).first()
    if found is None or own.random() < 0.15:
        return {}
    share_by = today() + timedelta(days=own.randrange(30, 75)) if own.random() < 0.66 else None
    return {"learned": found, "level": own.choice((Level.WORKING, Level.EXPERT, Level.CAN_TEACH)), "share_by": share_by}


def _story(application: Application, lead: Person) -> None:
    """Half of what may be published is a case study, a few in the lead’s own words."""
    own, report = _own("story", application.reference), application.report
    if report is None or not report.may_publish or own.random() < 0.5:
        return
    summary = report.changed if own.random() < 0.8 else f"{report.changed} {words.RETOLD}"
    services.publish_study(application, title=application.title, summary=summary, actor=lead)


def look_back(institution: Institution, technicians: Sequence[Person]) -> None:
    """Most promises are kept after some weeks, and most questions answered after some days."""
    promised = (
        select(FundReport.offer_id)
        .join(FundReport.application)
        .join(FundReport.offer)
        .where(
            Application.institution_id == institution.id,
            FundReport.kept_on.is_(None),
            Offer.stage == OfferStage.OPEN,
            FundReport.sent_at < now() - timedelta(days=20),
        )
    )
    for offer_id in db.session.scalars(promised.order_by(FundReport.id)).all():
        if offer_id and _own("promise", offer_id).random() < 0.75:
            _keep(offer_id, technicians)
    asked = select(FollowUp.id).join(FollowUp.application)
    asked = asked.where(Application.institution_id == institution.id, FollowUp.answered_at.is_(None))
    for key in db.session.scalars(
        asked.where(FollowUp.asked_at < now() - timedelta(days=6)).order_by(FollowUp.id)
    ).all():
        _answer(key)


def _keep(offer_id: int, technicians: Sequence[Person]) -> None:
    """A session of last week: booked, held and confirmed."""
    own, offer = _own("kept", offer_id), sharing.offer(offer_id)
    guests = own.sample([p for p in technicians if p.id != offer.host_id and p.is_active], own.randrange(2, 5))
    begins = (now() - timedelta(days=6)).replace(minute=0)
    with held(begins - timedelta(days=8)):
        session = skills.schedule(
            offer,
            title=offer.summary[:120],
            place=own.choice(words.PLACES),
            starts_at=begins,
            minutes=offer.minutes,
            capacity=offer.capacity,
            actor=offer.host,
        )
        for guest in guests:
            skills.book(session, actor=guest)
    with held(begins + timedelta(hours=2)):
        skills.deliver(session, attended={guest.id for guest in guests}, actor=offer.host)
        for guest in guests:
            skills.confirm(session, was_there=True, actor=guest)


def _answer(key: int) -> None:
    own = _own("different", key)
    if own.random() >= 0.7:
        return
    asked = queries.follow_up(key)
    services.answer_follow_up(
        asked,
        different=own.choice(words.DIFFERENT),
        still_used=own.choice((StillUsed.OFTEN, StillUsed.OFTEN, StillUsed.SOMETIMES)),
        may_quote=own.random() < 0.6,
        actor=asked.application.applicant,
    )

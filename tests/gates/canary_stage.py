"""The demo brought to where secrets are kept: a panel and judges at work, names taken back, one of each rare thing."""

from datetime import timedelta
from itertools import cycle
from typing import Any

from sqlalchemy import select

from hub.accounts.models import OneTimeLink, Person, Purpose
from hub.awards.models import Criterion, Cycle, CycleStage, Judge, Judgement, Nomination, Score, Verdict
from hub.awards.models import Outcome as Result
from hub.awards.models import Stage as NominationStage
from hub.core.clock import now
from hub.core.db import db
from hub.core.links import path_to
from hub.directory import queries as directory
from hub.directory import services
from hub.directory.models import Profile, Visibility
from hub.evidence.models import Entry
from hub.fund.models import (
    Application,
    DeclaredConflict,
    FundCriterion,
    Outcome,
    PanelDecision,
    PanelMember,
    PanelScore,
    Round,
    RoundStage,
)
from hub.fund.models import Stage as ApplicationStage
from hub.jobs.models import JobRun
from hub.plan import services as plan
from hub.plan.models import Placement, PlacementState, PlanImport
from hub.registration.models import Mentor, Mentoring
from hub.registration.stages import PairStage
from hub.skills.models import Offer, Request, Session
from tests.support.sweeping import PICTURE
from tests.support.world import World

HIDDEN = (Visibility.PRIVATE, Visibility.UNIT, Visibility.TECHNICIANS)


def is_beside(who: str) -> bool:
    return who.startswith(("panel member ", "judge ", "asked "))


def cast(world: World) -> dict[str, int | None]:
    """Everybody of the world, and those who sit beside them on the panel and among the judges: each once."""
    people: dict[str, int | None] = {"anybody": None}
    with world.at_home():
        beside = {
            **{f"panel member {n}": key for n, key in enumerate(_panel(_open_round()), 1)},
            **{f"judge {n}": key for n, key in enumerate(_judges(_open_cycle()), 1)},
            "asked mentor": _agreed_pair().mentor_id,
        }
    for who, key in ({role: one.id for role, one in world.people.items()} | beside).items():
        if key not in people.values():
            people[who] = key
    return people


def _open_round() -> Round:
    newest = select(Round).where(Round.stage == RoundStage.OPEN).order_by(Round.id.desc())
    return next(one for one in db.session.scalars(newest) if _panel(one))


def _panel(of: Round) -> list[int]:
    return list(db.session.scalars(select(PanelMember.person_id).where(PanelMember.round_id == of.id)))


def _open_cycle() -> Cycle:
    return db.session.scalars(select(Cycle).where(Cycle.stage == CycleStage.OPEN)).one()


def _judges(of: Cycle) -> list[int]:
    return list(db.session.scalars(select(Judge.person_id).where(Judge.cycle_id == of.id)))


def _agreed_pair() -> Mentoring:
    """One that has just begun, or else the youngest that goes on."""
    lives = select(Mentoring).where(Mentoring.stage.in_([PairStage.AGREED, PairStage.ACTIVE]))
    return db.session.scalars(lives.order_by(Mentoring.stage != PairStage.AGREED, Mentoring.id.desc()).limit(1)).one()


def arrange(people: dict[str, int | None]) -> list[str]:
    """Bring it there; addresses that no page of the demo leads to."""
    _panel_at_work()
    _judges_at_work()
    _names_taken_back()
    _around(people)
    db.session.commit()
    told = select(Placement.action_id).join(Placement.entry).where(Entry.kind == "directory.profile")
    told = told.where(Placement.state == PlacementState.ACCEPTED).distinct()
    shown = [path_to("plan.evidence", action_id=key) for key in db.session.scalars(told)]
    imports = db.session.scalars(select(PlanImport.id))
    return [*shown, *(path_to("plan.import_preview", import_id=key) for key in imports)]


def _panel_at_work() -> None:
    """A round is closed, half of it scored and one application decided; a member is too close to another."""
    one = _open_round()
    one.stage, one.closes_at = RoundStage.CLOSED, now() - timedelta(days=1)
    first, second, third, *_ = _panel(one)
    applications = db.session.scalars(select(Application).where(Application.round_id == one.id)).all()[:6]
    for application in applications:
        application.stage, application.sent_at = ApplicationStage.WITH_PANEL, now() - timedelta(days=3)
        application.reference = application.reference or f"SENT-{application.id}"
        application.asked_pence = application.asked_pence or 50_000
    db.session.flush()
    for application in applications[:-2]:
        for member in {first, second} - {application.applicant_id}:
            db.session.add_all(_marks(application, member))
    for application in [a for a in applications if a.applicant_id not in {first, third}][:2]:
        db.session.add(DeclaredConflict(application_id=application.id, person_id=third, reason="We share a flat"))
        decided = {"outcome": Outcome.DECLINE, "feedback": "Say how it will last", "decided_by_id": first}
        key = {"application_id": application.id, "applicant_id": application.applicant_id}
        db.session.add(PanelDecision(**key, **decided))


def _marks(application: Application, member: int) -> list[PanelScore]:
    asked = db.session.scalars(select(FundCriterion.id).where(FundCriterion.round_id == application.round_id))
    key = {"application_id": application.id, "applicant_id": application.applicant_id, "person_id": member}
    return [PanelScore(**key, criterion_id=one, score=4, justification="Well thought through") for one in asked]


def _judges_at_work() -> None:
    """A cycle is with its judges: one has judged, one stepped aside, the others have yet to; one result is decided."""
    cycle = _open_cycle()
    cycle.stage, cycle.closes_at = CycleStage.JUDGING, now() - timedelta(days=1)
    cycle.opens_at = cycle.closes_at - timedelta(days=30)
    nominations = db.session.scalars(
        select(Nomination).where(Nomination.cycle_id == cycle.id, Nomination.stage == NominationStage.CONSENTED)
    ).all()
    _, judged, aside, *_ = _judges(cycle)
    for nomination in nominations:
        nomination.stage, nomination.feedback = NominationStage.SHORTLISTED, "Judged with pleasure"
        gave = Judgement(nomination_id=nomination.id, person_id=judged, verdict=Verdict.SCORED)
        stepped = {"person_id": aside, "verdict": Verdict.CONFLICT, "reason": "We share a flat"}
        db.session.add_all([gave, Judgement(nomination_id=nomination.id, **stepped)])
        db.session.flush()
        asked = db.session.scalars(select(Criterion.id).where(Criterion.category_id == nomination.category_id))
        db.session.add_all([Score(judgement_id=gave.id, criterion_id=one, points=5, why="Rare") for one in asked])
    decided = nominations[-1]
    decided.stage, decided.outcome, decided.decided_at = NominationStage.DECIDED, Result.WINNER, now()


def _names_taken_back() -> None:
    """Some who have done much under their name show it to fewer now, and so does everybody who has done little."""
    profiles = list(db.session.scalars(select(Profile).where(Profile.published_at.is_not(None)).order_by(Profile.id)))
    named = (Offer.host_id, Request.asker_id, Session.host_id, Mentor.person_id)
    busy = {key for column in named for key in db.session.scalars(select(column))}
    quiet = [profile for profile in profiles if profile.person_id not in busy]
    for profile, hidden in zip([*quiet, *profiles[::3]], cycle(HIDDEN), strict=False):
        profile.shown_to = {**profile.shown_to, "name": hidden}


def _around(people: dict[str, Any]) -> None:
    """One of each that the demo has none of."""
    mine = directory.profile_of(people["mentee"])
    person = db.session.get_one(Person, people["mentee"])
    services.set_photograph(mine, content=PICTURE, name="me.png", alt="At the bench", actor=person)
    mine.shown_to = {**mine.shown_to, "photograph": Visibility.INSTITUTION}
    lead = db.session.get_one(Person, people["lead"])
    plan.read_text("Theme\tObjective\nVisibility\tA page for each team", actor=lead)
    db.session.add(JobRun(job="fund.remind", due_at=now(), leased_until=now(), trouble="It broke"))
    link = {"token_hash": "ab" * 32, "purpose": Purpose.RESET, "person_id": person.id}
    db.session.add(OneTimeLink(**link, ends_at=now() + timedelta(days=1)))
    pair = _agreed_pair()
    pair.stage, pair.mentor_agreed_at = PairStage.PROPOSED, None

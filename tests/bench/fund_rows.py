"""A fund of any size: what its lead lists, and a round that waits for its panel."""

from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Any

from hub.accounts import services as accounts
from hub.accounts.models import Person
from hub.accounts.queries import person
from hub.core.clock import at_london, now
from hub.core.db import db, writing
from hub.fund import services
from hub.fund.models import (
    Application,
    ApplicationStep,
    FollowUp,
    FundCriterion,
    FundReport,
    Outcome,
    PanelDecision,
    PanelMember,
    PanelScore,
    Round,
    RoundStage,
    Stage,
    StillUsed,
)
from tests.bench.population import Installation, _add, _ids, institution_of

PEOPLE = 2_000
SCORERS = 6
STAGES = (Stage.CLOSED, Stage.DECLINED, Stage.REPORT_DUE, Stage.WITHDRAWN, Stage.CLOSED)
SUBJECTS = ("Welding inspector", "Ultramicrotomy", "Glass to metal seals", "Vacuum systems", "First aid for lasers")
WORDS = {"what": "Three days. " * 20, "why": "Nobody here can. " * 30, "helps_role": "It does. " * 20,
         "helps_team": "Two learn it. " * 20, "helps_university": "Less waiting. " * 20,
         "sharing": "A session. " * 20}  # fmt: skip


@cache
def fund_of(applications: int) -> Installation:
    """The institution of two thousand, of whom each has asked in every round."""
    hub = institution_of(PEOPLE)
    with hub.app.app_context(), writing():
        lead, ids = _lead(), _ids()
        rounds = [_round(lead, n, RoundStage.RELEASED, now()) for n in range(-(-applications // PEOPLE))]
        before = db.session.query(Application).count()
        _add(Application, (_application(n, ids, rounds[n // PEOPLE]) for n in range(applications)))
        keys = [a.id for a in db.session.query(Application.id).order_by(Application.id)][before:]
        closed = [key for n, key in enumerate(keys) if STAGES[n % len(STAGES)] == Stage.CLOSED]
        told = {"did": "It.", "changed": "All.", "shared_with": "Six."}
        _add(FundReport, ({"application_id": key, "answers": {}, "earlier": {}} | told for key in closed))
        answered = {"months": 3, "different": "All.", "still_used": StillUsed.OFTEN, "answered_at": now(), "version": 1}
        _add(FollowUp, ({"application_id": key} | answered for key in closed))
        db.session.commit()
    return hub


@cache
def round_of(applications: int) -> tuple[Installation, str, int, int]:
    """A round with so many applications, scored by all, half of them decided; its chair’s session and one of them."""
    hub = institution_of(PEOPLE)
    with hub.app.app_context(), writing():
        lead, ids = _lead(), _ids()
        fund_round = _round(lead, 999, RoundStage.CLOSED, None)
        panel = ids[-SCORERS:]
        _add(PanelMember, ({"round_id": fund_round.id, "person_id": p, "is_chair": p == panel[0]} for p in panel))
        before = db.session.query(Application).count()
        made = (_application(n, ids, fund_round) for n in range(applications))
        _add(Application, ({**one, **WORDS, "stage": Stage.WITH_PANEL, "awarded_pence": None} for one in made))
        keys = [a.id for a in db.session.query(Application.id).order_by(Application.id)][before:]
        _add(ApplicationStep, ({"application_id": key, "stage": Stage.WITH_PANEL} for key in keys))
        criteria = [c.id for c in db.session.query(FundCriterion).filter_by(round_id=fund_round.id)]
        _add(PanelScore, (_score(n, keys, ids, *rest) for n, *rest in product(range(applications), criteria, panel)))
        _add(PanelDecision, (_decision(n, keys, ids, panel[0]) for n in range(0, applications, 2)))
        token = accounts.open_session(person(panel[0]))
        db.session.commit()
        return hub, token, fund_round.id, keys[1]


def _lead() -> Person:
    return db.session.query(Person).filter_by(email="lead@ashby.example").one()


def _round(lead: Person, n: int, stage: RoundStage, released_at: Any) -> Round:
    code = "ABCDEFGHIJ"[n % 10] + "FUND"[: 1 + n % 4]
    scheme = services.add_scheme(
        institution_id=lead.institution_id, code=code, name=f"Fund {n}", most_pence=150_000, pays="Courses", actor=lead
    )
    made = services.add_round(
        scheme, name=f"Round {n}", budget_pence=1_500_000, opens_at=at_london(date(2026, 1, 5)),
        closes_at=at_london(date(2026, 2, 27)), panel_on=date(2026, 3, 9), decisions_on=date(2026, 3, 16), actor=lead,
    )  # fmt: skip
    for place, (name, weight) in enumerate((("Benefit", 40), ("Sharing", 30), ("Value", 30)), 1):
        db.session.add(
            FundCriterion(
                scheme_id=scheme.id, round_id=made.id, place=place, name=name, question=f"{name}?", weight=weight
            )
        )
    made.stage, made.released_at = stage, released_at
    db.session.flush()
    return made


def _application(n: int, ids: list[int], fund_round: Round) -> dict[str, Any]:
    stage = STAGES[n % len(STAGES)]
    asked = 10_000 + 137 * (n % 900)
    return {
        "institution_id": fund_round.institution_id,
        "round_id": fund_round.id,
        "applicant_id": ids[n % PEOPLE],
        "stage": stage,
        "version": 1,
        "reference": f"B{fund_round.id}-2026-{n:06}",
        "sent_at": now() - timedelta(days=90),
        "title": f"{SUBJECTS[n % len(SUBJECTS)]} {n}",
        "themes": ["career_development"],
        "eligible": {},
        "asked_pence": asked,
        "awarded_pence": asked if stage in {Stage.CLOSED, Stage.REPORT_DUE} else None,
    }


def _score(n: int, keys: list[int], ids: list[int], criterion_id: int, person_id: int) -> dict[str, Any]:
    return {
        "application_id": keys[n],
        "applicant_id": ids[n % PEOPLE],
        "criterion_id": criterion_id,
        "person_id": person_id,
        "score": 1 + (n * 7 + person_id + criterion_id) % 5,
        "justification": "Because it is so.",
    }


def _decision(n: int, keys: list[int], ids: list[int], chair: int) -> dict[str, Any]:
    return {
        "application_id": keys[n],
        "applicant_id": ids[n % PEOPLE],
        "version": 1,
        "outcome": Outcome.AWARD if n % 4 else Outcome.RESERVE,
        "pence": 10_000 if n % 4 else None,
        "feedback": "Well done.",
        "decided_by_id": chair,
    }

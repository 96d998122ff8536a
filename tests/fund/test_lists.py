"""Every list of the fund asks the database as often for three hundred rows as for one."""

import pytest

from hub.accounts.models import Person
from hub.core.clock import at_london, held
from hub.core.db import db as database
from hub.fund.models import (
    Application,
    ApplicationStep,
    CostLine,
    MoneyEntry,
    MoneyKind,
    PanelScore,
    Round,
    RoundStage,
    Stage,
)
from tests.fund import making

PENCE = 1_000


@pytest.fixture
def lead(db):
    return making.lead()


def asked(who, fund_round, stage, n):
    """One application, with the steps and the costs that it must have."""
    given = {"awarded_pence": PENCE} if stage == Stage.AWARDED else {}
    made = Application(
        institution_id=fund_round.institution_id, round_id=fund_round.id, applicant_id=who.id, stage=stage,
        reference=f"L-{fund_round.id}-{n}", sent_at=fund_round.opens_at,
        title=f"Course {n}", asked_pence=PENCE, eligible={}, **given,
    )  # fmt: skip
    made.cost_lines.append(CostLine(text="Fee", pence=PENCE))
    made.steps.append(ApplicationStep(stage=stage))
    return made


def released(like, n):
    return Round(
        institution_id=like.institution_id, scheme_id=like.scheme_id, name=f"Earlier {n}", budget_pence=PENCE,
        opens_at=like.opens_at, closes_at=like.closes_at, panel_on=like.panel_on, decisions_on=like.decisions_on,
        stage=RoundStage.RELEASED, released_at=like.closes_at, criteria=[],
    )  # fmt: skip


def more(fund_round, applicant, chair, numbers):
    """For each number a round in which *applicant* was awarded money, and somebody whom the panel scores."""
    rounds = [released(fund_round, n) for n in numbers]
    others = [
        Person(institution_id=fund_round.institution_id, name=f"Somebody {n}", email=f"{n}@x.example", slug=f"some-{n}")
        for n in numbers
    ]
    database.session.add_all([*rounds, *others])
    database.session.flush()
    given = [asked(applicant, r, Stage.AWARDED, n) for n, r in enumerate(rounds)]
    judged = [asked(who, fund_round, Stage.WITH_PANEL, n) for n, who in zip(numbers, others, strict=True)]
    database.session.add_all([*given, *judged])
    database.session.flush()
    for one in given:
        entry = {"round_id": one.round_id, "application_id": one.id, "kind": MoneyKind.COMMITTED, "pence": PENCE}
        database.session.add(MoneyEntry(**entry))
    for one in judged:
        key = {"application_id": one.id, "applicant_id": one.applicant_id, "person_id": chair.id}
        database.session.add_all(
            PanelScore(criterion_id=c.id, score=4, justification="It is so.", **key) for c in fund_round.criteria
        )
    making.forget()


def test_every_list_asks_as_often_for_three_hundred_rows_as_for_one(page, lead, queries):
    fund_round = making.open_round(lead)
    chair, applicant = fund_round.panel[0].person, making.technician(lead)
    making.close(fund_round)
    with held(at_london(making.PANEL, 12)):
        numbers = iter(range(300))
        statements = {}
        for rows in (1, 2, 297):
            fund_round = making.queries.fund_round(fund_round.id)
            more(fund_round, applicant, chair, [next(numbers) for _ in range(rows)])
            for who, endpoint, most, args in (
                (lead, "fund.applications", 6, {}),
                (lead, "fund.rounds", 9, {}),
                (lead, "fund.money", 8, {}),
                (lead, "fund.figures", 7, {}),
                (applicant, "fund.home", 8, {}),
                (chair, "fund.panel", 12, {"round_id": fund_round.id}),
            ):
                page.as_user(making.fresh_person(who))
                with queries(at_most=most) as seen:
                    page.get(endpoint, **args)
                statements.setdefault(endpoint, []).append(len(seen))
    assert {endpoint: set(counted) for endpoint, counted in statements.items() if len(set(counted)) > 1} == {}

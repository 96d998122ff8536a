"""Who may do what, who is too close, and that the database's answer to that is the same as the rule's."""

from itertools import product

import pytest
from sqlalchemy import select

from hub.accounts.models import UnitKind
from hub.core.clock import at_london, held
from hub.fund import policy, queries, services
from hub.fund.models import Application, RoundStage, Stage
from hub.fund.ranking import ranked, summary, weighted
from hub.fund.workflow import APPLICATION, ROUND
from hub.registration import services as registration
from hub.registration.stages import Outcome
from tests import factories
from tests.fund import making
from tests.registration import making as mentoring


def test_ties_hide_or_warn(db):
    lead = making.lead()
    team = factories.unit(lead.institution, kind=UnitKind.TEAM)
    school = factories.unit(lead.institution)
    boss = factories.person(lead.institution, unit=school)
    applicant = factories.person(lead.institution, unit=school, manager=boss)
    report = factories.person(lead.institution, manager=applicant)
    in_team = factories.person(lead.institution, unit=team, manager=boss)
    application = making.sent(making.open_round(lead), applicant)
    theirs = making.sent(making.open_round(lead), in_team)
    application, theirs = making.fresh_all(application, theirs)

    def blocks(member, of, declared=False):
        found = policy.tie(member, of, declared=declared)
        return None if found is None else found.blocks

    assert blocks(applicant, application) is True
    assert blocks(boss, application) is True
    assert blocks(report, application) is True
    assert blocks(factories.person(lead.institution, unit=school), application) is False
    assert blocks(factories.person(lead.institution, unit=team), theirs) is True
    assert blocks(factories.person(lead.institution), application) is None
    assert blocks(factories.person(lead.institution), application, declared=True) is True


def test_the_rule_and_its_sql_agree_for_everybody(db):
    lead = making.lead()
    units = [factories.unit(lead.institution, kind=kind) for kind in (UnitKind.TEAM, UnitKind.DEPARTMENT)]
    boss = factories.person(lead.institution, unit=units[0])
    people = [lead, boss]
    for unit, manager in product([*units, None], [boss, lead, None]):
        people.append(factories.person(lead.institution, unit=unit, manager=manager))
    fund_round = making.open_round(lead, panel=(people[2], people[3]))
    for person in people[4:]:
        making.sent(fund_round, person)
    _apply_together(fund_round, people[5])
    _mentor_each_other(people[2], *people[4:7])
    making.close(fund_round)
    keys = db.session.scalars(select(Application.id)).all()
    with held(at_london(making.PANEL)):
        for key in keys:
            waiting = making.fresh(queries.application(key))
            if waiting.manager is not None:
                services.support(waiting, text="Yes, I do.", releases_time=True, actor=waiting.manager)
    free = queries.application(keys[-1])
    judge = next(p for p in (people[2], people[3]) if policy.tie(p, free, declared=False) is None)
    if policy.can_judge(judge, making.fresh(free)):
        services.declare_conflict(making.fresh(free), reason="We share a car.", actor=judge)
    for person in people:
        by_sql = set(db.session.scalars(select(Application.id).where(queries.not_too_close(person))))
        making.forget()
        by_rule = {key for key in keys if not policy.is_too_close(person, queries.application(key))}
        assert by_sql == by_rule, person.name
    whose = {(key, m.person_id) for key in keys for m in queries.fund_round(fund_round.id).panel
             if policy.is_too_close(m.person, queries.application(key))}  # fmt: skip
    assert {tuple(row) for row in db.session.execute(queries.struck())} == whose


def _apply_together(fund_round, colleague):
    applicant = factories.person(colleague.institution)
    draft = making.draft(fund_round, applicant)
    with held(at_london(making.DURING, 10)):
        asked = services.ask_colleague(draft, person=colleague, actor=applicant)
        services.join(asked, accepts=True, actor=colleague)


def _mentor_each_other(mentor, proposed, under_way, ended):
    """Of *mentor*'s three pairs one is a tie."""
    mentoring.mentor(mentor, capacity=3)
    mentoring.proposal(mentoring.journey(proposed), making.lead(mentor.institution), mentor)
    mentoring.pair(mentoring.journey(under_way), mentor)
    pair = mentoring.pair(mentoring.journey(ended), mentor)
    registration.close(pair, outcome=Outcome.SUBMITTED, actor=mentor)


@pytest.mark.parametrize("stage", list(Stage))
def test_only_these_moves_leave_a_stage(stage):
    moves = {move.name for move in APPLICATION if stage in move.sources}
    assert (
        moves
        == {
            Stage.DRAFT: {"send", "withdraw"},
            Stage.AWAITING_MANAGER: {"return", "support", "withdraw", "lapse"},
            Stage.RETURNED: {"send", "withdraw", "lapse"},
            Stage.SUBMITTED: {"hand_over", "withdraw"},
            Stage.WITH_PANEL: {"award", "reserve", "decline", "withdraw"},
            Stage.AWARDED: {"accept", "withdraw"},
            Stage.RESERVE: {"award_reserve", "withdraw"},
            Stage.DECLINED: set(),
            Stage.ACCEPTED: {"finish", "withdraw"},
            Stage.ACTIVITY_DONE: {"claim", "end_claims"},
            Stage.CLAIMED: {"pay", "return_claim"},
            Stage.PAID: {"ask_report", "end"},
            Stage.REPORT_DUE: {"report"},
            Stage.REPORT_RECEIVED: {"return_report", "close"},
            Stage.CLOSED: set(),
            Stage.WITHDRAWN: {"bring_back"},
        }[stage]
    )


def test_a_round_goes_one_way_but_for_the_hand_back():
    assert [(m.name, set(m.sources), m.target) for m in ROUND] == [
        ("open", {RoundStage.DRAFT}, RoundStage.OPEN),
        ("close", {RoundStage.OPEN}, RoundStage.CLOSED),
        ("finish", {RoundStage.CLOSED}, RoundStage.DECIDED),
        ("hand_back", {RoundStage.DECIDED}, RoundStage.CLOSED),
        ("release", {RoundStage.DECIDED}, RoundStage.RELEASED),
    ]


def test_scores_weigh_as_their_criteria_say():
    weights = {1: 60, 2: 40}
    assert weighted({1: 5, 2: 3}, weights) == 4.2
    assert weighted({1: 5}, weights) is None
    assert weighted({1: 5, 2: None}, weights) == 5
    assert weighted({1: None, 2: None}, weights) is None
    assert summary([{1: 5, 2: 3}, {1: 4, 2: 2}, {1: 1}], weights) == (pytest.approx(3.7), pytest.approx(1.0))
    assert summary([], weights) is None


class Case:
    def __init__(self, key):
        self.id = key


def test_the_money_ends_where_the_running_total_passes_the_budget():
    rows = [(Case(1), (3.0, 0.0), 60), (Case(2), (4.5, 0.0), 50), (Case(3), None, 10), (Case(4), (4.0, 1.0), 50)]
    order = [(r.application.id, r.running_pence, r.fits) for r in ranked(rows, 100)]
    assert order == [(2, 50, True), (4, 100, True), (1, 160, False), (3, 170, False)]

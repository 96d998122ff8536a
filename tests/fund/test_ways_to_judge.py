"""Rounds that decide as applications come, rounds without names, scores that do not apply, awards on conditions."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db
from hub.core.errors import MoveRefused
from hub.core.invariants import findings
from hub.fund import policy, queries, services
from hub.fund.boards import board_for
from hub.fund.checks import INVARIANTS
from hub.fund.errors import AgainstTheRules
from hub.fund.models import Outcome, RoundStage, Stage
from hub.fund.outlook import next_for
from hub.notifications.models import Notice
from tests import factories
from tests.fund import making


@pytest.fixture
def lead(db):
    return making.lead()


def during(days=0):
    return clock.held(at_london(making.DURING + timedelta(days=days), 12))


def told(person):
    return list(db.session.scalars(select(Notice.kind).where(Notice.recipient_id == person.id)))


def words(page):
    return " ".join(page.get_text(" ").split())


def panel(application):
    return [making.fresh_person(p) for p in queries.panel_of(application.round_id)]


# -- as they come ------------------------------------------------------------------------------------------------------


@pytest.fixture
def rolling(lead):
    """A round that is open and decides as applications come; a lead who is not on its panel."""
    return making.open_round(lead, is_rolling=True)


def judged(application, outcome=Outcome.AWARD, pence=None):
    chair = panel(application)[0]
    with during(2):
        making.scored(application, chair)
        making.decided(application, chair, outcome, pence)


def release(fund_round, lead):
    with during(3):
        services.release_decided(queries.fund_round(fund_round.id), actor=making.fresh_person(lead))
    making.forget()


def test_a_rolling_round_decides_before_it_closes(rolling, lead):
    one, other = (making.supported(rolling, making.technician(lead)) for _ in range(2))
    assert one.stage == Stage.WITH_PANEL
    assert "as they come" in next_for(one)
    judged(one)
    assert making.fresh(one).awarded_pence is None
    release(rolling, lead)
    assert [making.fresh(a).stage for a in (one, other)] == [Stage.AWARDED, Stage.WITH_PANEL]
    assert "fund.decided" in told(making.fresh(one).applicant)
    assert queries.fund_round(rolling.id).stage == RoundStage.OPEN
    board = board_for(queries.fund_round(rolling.id), panel(one)[0])
    assert ([a.id for a in board.applications], board.left_pence) == ([other.id], 200_000)
    assert findings(INVARIANTS) == []


def test_what_a_rolling_round_left_undecided_is_released_at_its_end(rolling, lead):
    one, other = (making.supported(rolling, making.technician(lead)) for _ in range(2))
    judged(one)
    release(rolling, lead)
    making.close(rolling)
    chair = panel(other)[0]
    making.scored(other, chair)
    making.decided(other, chair, Outcome.RESERVE)
    making.released(rolling, chair, lead)
    assert [making.fresh(a).stage for a in (one, other)] == [Stage.AWARDED, Stage.RESERVE]
    assert [making.fresh(a).decision.released_at.date() for a in (one, other)] == [
        making.DURING + timedelta(days=3),
        making.AFTER,
    ]


def test_whoever_did_not_score_what_was_told_before_can_still_finish_the_rest(page, lead):
    """The chair scored only what is left: the other member decided the first one, and it was told."""
    fund_round = making.open_round(lead, is_rolling=True)
    early, late = (making.supported(fund_round, making.technician(lead)) for _ in range(2))
    chair, member = panel(early)
    with during(2):
        making.scored(early, member)
        making.decided(early, member)
    release(fund_round, lead)
    making.close(fund_round)
    making.scored(late, chair)
    making.decided(late, chair)
    making.forget()
    board = board_for(queries.fund_round(fund_round.id), chair)
    assert ([a.id for a in board.applications], board.is_complete, board.left_pence) == ([late.id], True, 100_000)
    with clock.held(at_london(making.AFTER, 9)):
        page.as_user(chair).submit("fund.panel", form="finish", round_id=fund_round.id)
    making.forget()
    assert queries.fund_round(fund_round.id).stage == RoundStage.DECIDED


def test_while_applications_come_there_is_no_reserve_list(rolling, lead):
    one = making.supported(rolling, making.technician(lead))
    with pytest.raises(AgainstTheRules, match="no reserve list"):
        judged(one, Outcome.RESERVE)


def test_a_round_that_is_decided_together_tells_nobody_before(lead):
    fund_round = making.open_round(lead)
    making.supported(fund_round, making.technician(lead))
    with pytest.raises(MoveRefused):
        release(fund_round, lead)


def test_a_panel_member_hears_of_what_comes_unless_it_is_kept_from_them(lead):
    chair, manager = factories.person(lead.institution), factories.person(lead.institution)
    fund_round = making.open_round(lead, panel=(chair, manager), is_rolling=True)
    making.supported(fund_round, making.technician(lead, manager=manager))
    assert [told(p).count("fund.panel_ready") for p in (chair, manager)] == [1, 0]


def test_the_panel_of_a_rolling_round_stands_once_it_is_open(rolling, lead):
    with pytest.raises(AgainstTheRules, match="stands"):
        services.remove_panel_member(queries.panel_member(rolling.panel[1].id), actor=lead)


def test_a_sealed_round_cannot_be_rolling(lead):
    with pytest.raises(AgainstTheRules, match="sealed"):
        making.draft_round(lead, is_sealed=True, is_rolling=True)


def test_how_a_round_is_judged_is_chosen_until_it_opens(page, lead):
    made = making.draft_round(lead, name="Spring")
    page.as_user(lead).submit("fund.edit_round", round_id=made.id, reading="is_rolling", is_blind="y", name="Summer")
    made = queries.fund_round(made.id)
    assert (made.name, made.is_rolling, made.is_sealed, made.is_blind) == ("Summer", True, False, True)


def test_a_lead_on_the_panel_of_a_rolling_round_is_told_no_sums(lead):
    fund_round = making.open_round(lead, panel=(lead, factories.person(lead.institution)), is_rolling=True)
    assert queries.money_told(lead, fund_round.id) == {}
    assert fund_round.id in queries.money_told(making.lead(lead.institution), fund_round.id)


def test_a_rolling_round_by_its_pages(page, rolling, lead):
    one = making.supported(rolling, making.technician(lead))
    chair = panel(one)[0]
    marks = {f"score_{c.id}": "4" for c in one.round.criteria}
    why = {f"why_{c.id}": "A clear and good case." for c in one.round.criteria}
    with during(2):
        page.as_user(chair).submit("fund.score", application_id=one.id, **marks | why)
        page.submit("fund.decide", application_id=one.id, outcome="award", pence="900", conditions="Book by train.")
        assert "Applications come until" in words(page.get("fund.panel", round_id=rolling.id))
        page.as_user(lead).submit("fund.manage_round", form="release-decided", round_id=rolling.id)
        assert "Book by train." in words(
            page.as_user(making.fresh(one).applicant).get("fund.application", application_id=one.id)
        )
        assert "as it comes" in words(page.get("fund.show_round", round_id=rolling.id))
    assert making.fresh(one).stage == Stage.AWARDED


# -- without names -----------------------------------------------------------------------------------------------------


def test_a_blind_panel_reads_no_name_before_the_release(page, lead):
    fund_round = making.open_round(lead, is_blind=True)
    chair, member = (m.person for m in fund_round.panel)
    one = making.supported(fund_round, making.technician(lead, name="Ottilie Brandreth"))
    making.close(fund_round)
    making.scored(one, chair, member)
    making.decided(one, chair)
    for endpoint in ("fund.score", "fund.decide", "fund.declare_conflict"):
        assert "Brandreth" not in str(page.as_user(chair).get(endpoint, application_id=one.id))
    assert "Brandreth" not in str(page.get("fund.panel", round_id=fund_round.id))
    making.released(fund_round, chair, lead)
    assert "Brandreth" in str(page.get("fund.score", application_id=one.id))


# -- scores and their reasons ------------------------------------------------------------------------------------------


@pytest.fixture
def case(lead):
    fund_round = making.open_round(lead)
    one = making.supported(fund_round, making.technician(lead))
    making.close(fund_round)
    return making.fresh(one)


def test_a_criterion_that_does_not_apply_leaves_its_weight_to_the_others(case):
    chair = panel(case)[0]
    making.scored(case, chair, marks=(4, None))
    assert board_for(queries.fund_round(case.round_id), chair).ranking[0].mean == 4


def test_not_every_criterion_can_be_without_a_score(page, case):
    chair = panel(case)[0]
    marks = {f"score_{c.id}": "none" for c in case.round.criteria}
    why = {f"why_{c.id}": "It does not fit." for c in case.round.criteria}
    html = page.as_user(chair).submit("fund.score", application_id=case.id, status=422, **marks | why)
    assert "Score at least one criterion" in words(html)
    making.forget()
    assert queries.scores([case.id]) == {}


def test_the_others_reasons_are_read_only_after_ones_own(page, case):
    chair, member = panel(case)
    making.scored(case, chair)
    page.as_user(member)
    assert "Because it is so." not in words(page.get("fund.score", application_id=case.id))
    making.scored(case, member, marks=(2, None))
    text = words(page.get("fund.score", application_id=case.id))
    assert f"4 Because it is so. {chair.name}" in text
    assert f"Because it is so. {member.name}" not in text


def test_conditions_go_with_an_award_only(page, case, lead):
    chair = panel(case)[0]
    making.scored(case, chair)
    page.as_user(chair)
    page.submit("fund.decide", application_id=case.id, outcome="award", pence="500", conditions="Travel by train.")
    assert making.fresh(case).decision.conditions == "Travel by train."
    page.submit(
        "fund.decide",
        application_id=case.id,
        outcome="decline",
        feedback="Not this time.",
        conditions="Travel by train.",
    )
    assert making.fresh(case).decision.conditions == ""


# -- costs -------------------------------------------------------------------------------------------------------------


def test_a_cost_line_is_changed_with_its_quote(page, lead):
    applicant = making.technician(lead)
    made = making.draft(making.open_round(lead), applicant)
    line = made.cost_lines[0].id
    with during():
        page.as_user(applicant).submit(
            "fund.edit_cost", line_id=line, kind="travel", text="Train", pence="x", status=422
        )
        page.submit("fund.edit_cost", line_id=line, kind="travel", text="Train", pence="80")
    changed = queries.cost_line(line)
    assert (changed.kind, changed.text, changed.pence) == ("travel", "Train", 8_000)
    assert policy.can_change_cost(applicant, changed)

"""Who mentors whom ties them to an application, and a tie that comes in the middle of a round counts from then on."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db as database
from hub.fund import policy, queries, services
from hub.fund.boards import board_for
from hub.fund.errors import Conflicted
from hub.fund.models import PanelScore
from hub.registration import services as registration
from hub.registration.stages import Outcome
from tests.fund import making
from tests.registration import making as mentoring

JUDGING = at_london(making.PANEL, 9)


@pytest.fixture
def lead(db):
    return making.lead()


@pytest.fixture
def judged(lead):
    """With the panel, two of whom have scored it."""
    application = making.supported(making.open_round(lead), making.technician(lead))
    making.close(application.round)
    chair, member = panel_of(application)
    making.scored(application, chair, marks=(5, 5))
    making.scored(application, member, marks=(1, 1))
    return making.fresh(application)


def panel_of(application):
    return [m.person for m in queries.fund_round(application.round_id).panel]


def paired(mentor, mentee):
    return mentoring.pair(mentoring.journey(mentee), mentor)


def tie(member, application):
    found = policy.tie(making.fresh_person(member), making.fresh(application), declared=False)
    return None if found is None else found.blocks


def mean_for(member, application):
    fresh = making.fresh(application)
    board = board_for(fresh.round, making.fresh_person(member))
    (only,) = board.ranking
    return only.mean


def listed_for(member, application):
    fund_round = making.fresh(application).round
    return [a.id for a in queries.judged(fund_round, making.fresh_person(member))]


@pytest.mark.parametrize("the_member_mentors", [True, False])
def test_a_mentoring_under_way_hides_the_case_and_one_that_ended_is_told_for_a_year(judged, the_member_mentors):
    _, member = panel_of(judged)
    two = (member, judged.applicant) if the_member_mentors else (judged.applicant, member)
    with clock.held(JUDGING):
        pair = paired(*two)
        assert (tie(member, judged), listed_for(member, judged)) == (True, [])
        registration.close(pair, outcome=Outcome.SUBMITTED, actor=pair.mentor)
        assert (tie(member, judged), listed_for(member, judged)) == (False, [judged.id])
    with clock.held(JUDGING + timedelta(days=366)):
        assert tie(member, judged) is None


def test_a_mentor_of_somebody_who_applies_together_is_too_close_too(lead):
    colleague, applicant = making.technician(lead), making.technician(lead)
    draft = making.draft(making.open_round(lead), applicant)
    with clock.held(at_london(making.DURING, 10)):
        asked = services.ask_colleague(draft, person=colleague, actor=applicant)
        services.join(asked, accepts=True, actor=colleague)
        _, member = panel_of(draft)
        paired(member, colleague)
    assert tie(member, draft) is True


def test_an_unanswered_proposal_ties_nobody(judged):
    _, member = panel_of(judged)
    mentoring.proposal(mentoring.journey(judged.applicant), making.lead(judged.applicant.institution), member)
    assert tie(member, judged) is None


def test_whoever_was_the_applicants_mentor_is_told_so_where_they_score(judged, page):
    _, member = panel_of(judged)
    with clock.held(JUDGING):
        pair = paired(member, judged.applicant)
        registration.close(pair, outcome=Outcome.SUBMITTED, actor=member)
        page.as_user(member)
        shown = page.get("fund.score", application_id=judged.id)
    assert "mentor and mentee until less than a year ago" in shown.select_one(".conflict").text


def becomes_manager(member, applicant):
    applicant.manager_id = member.id
    database.session.flush()


@pytest.mark.parametrize("becomes", [becomes_manager, paired])
def test_whoever_becomes_too_close_in_mid_round_is_refused_and_their_scores_count_no_longer(judged, becomes):
    chair, member = panel_of(judged)
    with clock.held(JUDGING):
        assert mean_for(chair, judged) == 3
        becomes(member, making.fresh_person(judged.applicant))
        assert listed_for(member, judged) == []
        with pytest.raises(Conflicted):
            making.scored(judged, member)
        with pytest.raises(Conflicted):
            making.decided(judged, member)
        assert mean_for(chair, judged) == 5
        making.decided(judged, chair)
    making.released(judged.round, chair, making.lead(chair.institution))
    left = select(PanelScore.person_id, func.count()).group_by(PanelScore.person_id)
    assert database.session.execute(left).all() == [(chair.id, 2)]


def test_scores_of_a_released_round_stand_whoever_becomes_somebodys_manager_later(judged):
    chair, member = panel_of(judged)
    with clock.held(JUDGING):
        making.decided(judged, chair)
    making.released(judged.round, chair, making.lead(chair.institution))
    becomes_manager(member, making.fresh(judged).applicant)
    assert mean_for(chair, judged) == 3

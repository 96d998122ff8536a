from datetime import timedelta

import pytest
from sqlalchemy import union_all
from sqlalchemy.exc import IntegrityError

from hub.awards import checks, queries, services
from hub.awards.models import CycleStage, Outcome, Stage
from hub.awards.ranking import ranked
from hub.core import clock
from hub.core.db import db as database
from hub.core.errors import MoveRefused
from hub.core.invariants import findings
from tests import factories
from tests.awards import making


@pytest.fixture
def lead(db):
    return factories.lead()


@pytest.fixture
def judges(lead):
    return [making.colleague(lead) for _ in range(3)]


@pytest.fixture
def cycle(lead, judges):
    return making.cycle(lead, judges=judges)


@pytest.fixture
def nomination(cycle, lead):
    made = making.shortlisted(cycle, lead)
    services.close_cycle(cycle, actor=lead)
    return made


# -- nominating --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", [(2026, 7, 17), (2026, 1, 16)])
def test_a_nomination_is_sent_until_the_closing_second_in_both_british_times(db, on):
    closes = clock.at_london(clock.today().replace(year=on[0], month=on[1], day=on[2]))
    with clock.held(closes - timedelta(days=2)):
        cycle = making.cycle(
            factories.lead(),
            opens_at=closes - timedelta(days=5),
            closes_at=closes,
            judging_until=closes + timedelta(days=5),
        )
        first, second, third = (making.draft(cycle) for _ in range(3))
    with clock.held(closes - timedelta(seconds=1)):
        services.send(first, actor=first.nominator)
    with clock.held(closes):
        services.send(second, actor=second.nominator)
    with clock.held(closes + timedelta(seconds=1)), pytest.raises(services.NominationsClosed):
        services.send(third, actor=third.nominator)


def test_what_is_sent_answers_all_three_questions(cycle):
    draft = making.draft(cycle, result="")
    with pytest.raises(services.Unfinished):
        services.send(draft, actor=draft.nominator)


def test_nobody_nominates_themselves_unless_the_award_says_so(cycle, lead):
    somebody = making.colleague(lead)
    with pytest.raises(services.NotAllowed):
        services.begin(cycle.categories[0], somebody, actor=somebody)
    open_to_all = making.category(cycle, lead, self_allowed=True)
    assert services.begin(open_to_all, somebody, actor=somebody).relation == "myself"


def test_only_technicians_of_the_same_university_are_nominated(cycle, lead):
    for wrong in (factories.person(), making.colleague(lead, is_technician=False)):
        with pytest.raises(services.NotAllowed):
            services.begin(cycle.categories[0], wrong, actor=lead)


def test_a_team_only_where_the_award_takes_teams(cycle, lead):
    single = making.category(cycle, lead, team_allowed=False)
    writer, one, two = (making.colleague(lead) for _ in range(3))
    draft = services.begin(single, one, actor=writer)
    with pytest.raises(services.NotAllowed):
        services.name(draft, two, actor=writer)
    team = making.draft(cycle, one, by=writer, also=[two])
    with pytest.raises(services.AlreadyNamed):
        services.name(team, two, actor=writer)
    services.unname(team, team.nominees[0], actor=writer)
    with pytest.raises(services.NotAllowed):
        services.unname(team, team.nominees[0], actor=writer)


def test_the_nominee_is_asked_and_their_yes_is_no_news_before_the_announcement(cycle):
    with making.facts() as facts:
        sent = making.sent(cycle)
        nominee = sent.nominees[0].person
        assert making.told(nominee) == ["nominated"]
        assert facts == []
        services.answer(sent, consents=True, publicity=False, actor=nominee)
        assert facts == []
    assert sent.stage == Stage.CONSENTED
    assert making.told(sent.nominator) == ["answered"]


def test_a_no_ends_it_kindly_and_for_good(cycle):
    sent = making.sent(cycle)
    nominee = sent.nominees[0].person
    services.answer(sent, consents=False, publicity=True, actor=nominee)
    assert (sent.stage, sent.nominees[0].publicity) == (Stage.DECLINED_CONSENT, False)
    with pytest.raises(MoveRefused):
        services.answer(sent, consents=True, publicity=True, actor=nominee)


def test_a_team_goes_on_without_the_one_who_would_rather_not(cycle, lead):
    one, two, three = (making.colleague(lead) for _ in range(3))
    team = making.sent(cycle, one, also=[two, three])
    services.answer(team, consents=True, publicity=True, actor=one)
    services.answer(team, consents=False, publicity=False, actor=two)
    assert team.stage == Stage.AWAITING_CONSENT
    services.answer(team, consents=True, publicity=False, actor=three)
    assert team.evidence_people == [one.id, three.id]
    assert not team.may_be_named


def test_consent_is_taken_back_until_the_announcement_even_after_the_decision(nomination, cycle):
    making.decided(nomination, Outcome.WINNER, cycle.chair)
    nominee = nomination.nominees[0].person
    services.answer(nomination, consents=False, publicity=False, actor=nominee)
    assert (nomination.stage, nomination.outcome) == (Stage.WITHDRAWN, None)


def test_a_nominator_may_withdraw_until_the_announcement_whether_or_not_it_is_decided(nomination, cycle):
    making.decided(nomination, Outcome.WINNER, cycle.chair)
    services.withdraw(nomination, actor=nomination.nominator)
    assert (nomination.stage, nomination.outcome, nomination.feedback) == (Stage.WITHDRAWN, None, "")


def test_agreement_to_be_named_is_a_second_thing_and_may_change(nomination):
    nominee = nomination.nominees[0]
    services.answer(nomination, consents=True, publicity=False, actor=nominee.person)
    assert (nomination.stage, nominee.consents, nominee.publicity) == (Stage.SHORTLISTED, True, False)


# -- running -----------------------------------------------------------------------------------------------------------


def test_a_new_cycle_copies_awards_and_criteria_of_the_last(cycle, lead):
    following = making.cycle(lead, live=False)
    assert [c.name for c in following.categories] == [c.name for c in cycle.categories]
    assert [(c.name, c.weight) for c in following.categories[0].criteria] == [("Difference made", 75), ("Sharing", 25)]
    assert following.categories[0].id != cycle.categories[0].id


def test_a_cycle_whose_weights_are_wrong_does_not_open(lead):
    draft = making.cycle(lead, live=False)
    services.remove_criterion(draft.categories[0], draft.categories[0].criteria[1], actor=lead)
    with pytest.raises(services.NotReady, match="75 %"):
        services.go_live(draft, actor=lead)


def test_the_clock_closes_a_cycle_and_asks_its_judges(cycle, judges):
    with clock.held(cycle.closes_at):
        assert services.close_cycles() == 0
    with clock.held(cycle.closes_at + timedelta(seconds=1)):
        assert services.close_cycles() == 1
    assert cycle.stage == CycleStage.JUDGING
    assert [making.told(judge) for judge in judges] == [["judging"]] * 3


# -- judging -----------------------------------------------------------------------------------------------------------


def test_the_first_score_locks_the_criteria(nomination, judges, lead):
    services.score(nomination, points=making.points(nomination), actor=judges[0])
    with pytest.raises(services.RubricLocked):
        services.add_criterion(nomination.category, name="New", question="", weight=10, levels=[], actor=lead)
    with pytest.raises(services.RubricLocked):
        services.remove_criterion(nomination.category, nomination.category.criteria[0], actor=lead)


def test_a_judge_may_score_again_and_abstaining_takes_scores_back(nomination, judges):
    services.score(nomination, points=making.points(nomination, 1, 1), actor=judges[0])
    own = services.score(nomination, points=making.points(nomination, 5, 3), actor=judges[0])
    assert [s.points for s in own.scores] == [5, 3]
    services.abstain(nomination, reason="I know too little of this.", actor=judges[0])
    assert queries.nomination(nomination.id).judgement_of(judges[0]).scores == []


def test_what_a_judge_said_stands_once_another_has_scored(nomination, judges):
    """From then on each sees what the other gave."""
    services.score(nomination, points=making.points(nomination, 1, 1), actor=judges[0])
    services.score(nomination, points=making.points(nomination, 5, 5), actor=judges[1])
    with pytest.raises(services.WordStands):
        services.score(nomination, points=making.points(nomination, 4, 4), actor=judges[0])
    with pytest.raises(services.WordStands):
        services.abstain(nomination, reason="I would rather not differ.", actor=judges[0])
    assert [s.points for s in queries.nomination(nomination.id).judgement_of(judges[0]).scores] == [1, 1]
    services.declare_conflict(nomination, reason="My cousin.", actor=judges[0])


def test_every_criterion_needs_points_and_a_reason(nomination, judges):
    whole = making.points(nomination)
    first = next(iter(whole))
    for wrong in ({first: (3, "Why")}, whole | {first: (6, "Why")}, whole | {first: (3, "")}):
        with pytest.raises(services.EveryCriterion):
            services.score(nomination, points=wrong, actor=judges[0])


def test_who_is_too_close_or_no_judge_cannot_score(nomination, judges):
    judges[0].manager_id = nomination.nominees[0].person_id
    for person in (judges[0], nomination.nominator, nomination.nominees[0].person, making.colleague(judges[0])):
        with pytest.raises(MoveRefused):
            services.score(nomination, points=making.points(nomination), actor=person)


def test_scores_become_an_order_in_which_ties_show(cycle, lead, judges):
    best, other, third = (making.shortlisted(cycle, lead) for _ in range(3))
    unread = making.shortlisted(cycle, lead)
    services.close_cycle(cycle, actor=lead)
    for nomination, given in ((best, (5, 1)), (other, (4, 4)), (third, (2, 2))):
        services.score(nomination, points=making.points(nomination, *given), actor=judges[0])
    services.score(third, points=making.points(third, 4, 4), actor=judges[1])
    order = ranked([unread, third, other, best], best.category.criteria)
    assert [(s.nomination, s.rank, s.mean, s.spread, s.tied) for s in order] == [
        (best, 1, 4.0, 0.0, True),
        (other, 1, 4.0, 0.0, True),
        (third, 3, 3.0, 2.0, False),
        (unread, 4, None, 0.0, False),
    ]


# -- deciding and announcing -------------------------------------------------------------------------------------------


def test_who_is_not_selected_hears_why(nomination, cycle):
    with pytest.raises(services.NoReasonGiven):
        making.decided(nomination, Outcome.NOT_SELECTED, cycle.chair, feedback="")


def test_judges_and_those_too_close_do_not_decide(nomination, cycle, judges):
    cycle.chair.manager_id = nomination.nominees[0].person_id
    for person in (judges[0], cycle.chair, nomination.nominator):
        with pytest.raises(MoveRefused):
            making.decided(nomination, Outcome.WINNER, person)


def test_nobody_is_told_before_the_announcement_and_everybody_at_it(lead, cycle):
    winner, other = making.shortlisted(cycle, lead), making.shortlisted(cycle, lead, publicity=False)
    commended = making.shortlisted(cycle, lead, publicity=False)
    services.close_cycle(cycle, actor=lead)
    people = [n.nominees[0].person for n in (winner, other, commended)]
    with making.facts() as facts:
        making.decided(winner, Outcome.WINNER, cycle.chair)
        making.decided(other, Outcome.NOT_SELECTED, cycle.chair)
        making.decided(commended, Outcome.HIGHLY_COMMENDED, cycle.chair)
        services.close_decisions(cycle, actor=cycle.chair)
        assert facts == []
        assert [making.told(p)[-1] for p in people] == ["nominated"] * 3
        assert services.announce(cycle, actor=lead) == 3
    award = f"{winner.category.name}, {cycle.name}"
    assert facts == [
        *(("accepted", f"Nominated for {award}", [person.id], lead) for person in people),
        ("announced", f"Winner, {award}: {people[0].name}", [people[0].id], lead),
        ("announced", f"Highly commended, {award}", [people[2].id], lead),
    ]
    for nomination in (winner, other, commended):
        assert making.told(nomination.nominator)[-1] == "announced"
        assert making.told(nomination.nominees[0].person)[-1] == "announced"
    assert findings(checks.INVARIANTS) == []


def test_an_announcement_waits_for_every_decision(nomination, cycle, lead):
    with pytest.raises(services.NotAllDecided, match="Not every nomination"):
        services.close_decisions(cycle, actor=cycle.chair)
    making.decided(nomination, Outcome.HIGHLY_COMMENDED, cycle.chair)
    with pytest.raises(services.NotAllDecided, match="withhold"):
        services.close_decisions(cycle, actor=cycle.chair)
    services.withhold(nomination.category, because="None was strong enough.", actor=cycle.chair)
    services.close_decisions(cycle, actor=cycle.chair)
    services.reconsider(cycle, actor=cycle.chair)
    with pytest.raises(MoveRefused):
        services.announce(cycle, actor=lead)


def test_a_withheld_award_has_no_winner_and_a_won_one_is_not_withheld(nomination, cycle):
    making.decided(nomination, Outcome.WINNER, cycle.chair)
    with pytest.raises(services.Withheld):
        services.withhold(nomination.category, because="No", actor=cycle.chair)
    making.decided(nomination, Outcome.HIGHLY_COMMENDED, cycle.chair)
    services.withhold(nomination.category, because="None was strong enough.", actor=cycle.chair)
    with pytest.raises(services.Withheld):
        making.decided(nomination, Outcome.WINNER, cycle.chair)


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": Outcome.WINNER},
        {"stage": Stage.ANNOUNCED},
        {"stage": Stage.DECIDED, "outcome": Outcome.WINNER},
        {"stage": Stage.DECIDED, "outcome": Outcome.NOT_SELECTED, "decided_at": "now"},
        {"sent_at": None},
    ],
)
def test_the_database_refuses_an_impossible_nomination(db, nomination, wrong):
    for name, value in wrong.items():
        setattr(nomination, name, clock.now() if value == "now" else value)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.flush()


def test_who_did_not_answer_before_the_announcement_is_not_asked_any_more(lead, cycle):
    silent = making.sent(cycle)
    nominee = silent.nominees[0].person
    services.close_cycle(cycle, actor=lead)
    assert len(waiting(nominee)) == 1
    services.close_decisions(cycle, actor=cycle.chair)
    with pytest.raises(MoveRefused):
        services.answer(silent, consents=True, publicity=True, actor=nominee)
    services.announce(cycle, actor=lead)
    assert waiting(nominee) == []


def waiting(person):
    return database.session.execute(union_all(*queries.tasks_for(person))).all()

"""The deeds of the fund: its rules, its refusals, what it announces and whom it tells."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db as database
from hub.core.errors import MoveRefused, SomebodyWasFaster
from hub.core.invariants import findings
from hub.fund import queries, services, signals
from hub.fund.checks import INVARIANTS
from hub.fund.errors import AgainstTheRules, Conflicted, NotReady, PotTooSmall, TooLate
from hub.fund.models import MoneyKind, Outcome, PanelDecision, RoundStage, Stage
from hub.notifications.models import Notice
from tests import factories
from tests.fund import making

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def lead(db):
    return making.lead()


def told(person) -> list[str]:
    from hub.core.db import db  # noqa: PLC0415 -- the fixture of that name is another thing

    return list(db.session.scalars(select(Notice.kind).where(Notice.recipient_id == person.id).order_by(Notice.id)))


# -- rounds ----------------------------------------------------------------------------------------------------------


def test_a_round_opens_only_when_everything_is_right(lead):
    with clock.held(at_london(making.OPENS, 8)):
        fund_round = making.draft_round(lead)
        with pytest.raises(NotReady, match="panel has two"):
            services.open_round(fund_round, actor=lead)
        for is_chair in (True, False):
            services.add_panel_member(
                fund_round, person=factories.person(lead.institution), is_chair=is_chair, actor=lead
            )
        services.open_round(fund_round, actor=lead)
    assert fund_round.stage == RoundStage.OPEN
    assert [(c.name, c.weight) for c in fund_round.criteria] == [("Benefit", 60), ("Value", 40)]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"budget_pence": 0}, "budget"),
        ({"closes_at": at_london(making.OPENS, 9)}, "closes after it opens"),
        ({"panel_on": date(2026, 6, 1)}, "panel meets after"),
        ({"decisions_on": date(2026, 6, 30)}, "decisions come after"),
    ],
)
def test_what_blocks_opening_is_named(lead, wrong, words):
    with clock.held(at_london(making.OPENS, 8)):
        failed = [check.text for check in services.can_open(making.draft_round(lead, **wrong)) if not check.ok]
    assert any(words in text for text in failed)


def test_weights_must_make_a_hundred(lead):
    rules = making.scheme(lead)
    services.add_criterion(rules, name="Fit", question="Does it fit?", weight=10, actor=lead)
    making.forget()
    checks = services.can_open(making.draft_round(lead, of=queries.scheme(rules.id)))
    assert [c.ok for c in checks if "weights" in c.text] == [False]


def test_criteria_of_a_live_round_stand_when_the_scheme_changes(lead):
    fund_round = making.open_round(lead)
    services.remove_criterion(fund_round.scheme.criteria[0], actor=lead)
    assert len(making.queries.fund_round(fund_round.id).criteria) == 2


def test_a_round_cannot_close_before_its_promise_or_shrink_below_what_is_committed(lead):
    fund_round = making.open_round(lead)
    with clock.held(at_london(making.CLOSES, 17)), pytest.raises(NotReady):
        services.close_round(fund_round, actor=lead)
    same = {
        "name": fund_round.name,
        "opens_at": fund_round.opens_at,
        "panel_on": fund_round.panel_on,
        "decisions_on": fund_round.decisions_on,
        "actor": lead,
    }
    with pytest.raises(AgainstTheRules, match="never earlier"):
        services.edit_round(
            fund_round, budget_pence=300_000, closes_at=fund_round.closes_at - timedelta(days=1), **same
        )


# -- applying --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("closes", "starts"),
    [
        (date(2026, 6, 26), date(2026, 9, 14)),
        (date(2026, 11, 27), date(2027, 2, 1)),
        (date(2026, 10, 25), date(2027, 1, 11)),  # the day on which clocks go back
        (date(2027, 3, 28), date(2027, 6, 1)),  # and forward
    ],
)
@pytest.mark.parametrize(("seconds", "goes"), [(0, True), (1, False)])
def test_the_deadline_is_exact_in_summer_in_winter_and_between_them(lead, closes, starts, seconds, goes):
    fund_round = making.open_round(
        lead, closes_at=at_london(closes), panel_on=closes + timedelta(days=9), decisions_on=closes + timedelta(days=12)
    )
    applicant = making.technician(lead)
    application = making.draft(fund_round, applicant, starts_on=starts, ends_on=starts)
    with clock.held(at_london(closes) + timedelta(seconds=seconds)):
        if goes:
            services.send(application, actor=applicant)
            assert application.stage == Stage.AWAITING_MANAGER
        else:
            with pytest.raises(TooLate, match="Everything you wrote is kept"):
                services.send(application, actor=applicant)
            assert (application.stage, application.why) == (Stage.DRAFT, making.ANSWERS["why"])


@pytest.mark.parametrize(
    ("answers", "pence", "words"),
    [
        ({"starts_on": making.DURING + timedelta(days=27), "ends_on": making.ENDS}, 100, "Leave 28 days"),
        ({"starts_on": making.DURING, "ends_on": making.ENDS}, 100, "already begun"),
        ({}, 150_001, "is the most"),
        ({"why": ""}, 100, "Say why"),
        ({"themes": []}, 100, "theme"),
    ],
)
def test_what_breaks_the_rules_is_not_sent(lead, answers, pence, words):
    applicant = making.technician(lead)
    application = making.draft(making.open_round(lead), applicant, pence=pence, **answers)
    with clock.held(at_london(making.DURING, 11)), pytest.raises(NotReady, match=words):
        services.send(application, actor=applicant)
    assert application.reference is None


def test_exactly_the_notice_is_enough(lead):
    application = making.sent(
        making.open_round(lead),
        making.technician(lead),
        starts_on=making.DURING + timedelta(days=28),
        ends_on=making.ENDS,
    )
    assert application.stage == Stage.AWAITING_MANAGER


def test_the_department_gives_its_share_of_the_whole_cost(lead):
    fund_round = making.open_round(lead, of=making.scheme(lead, match_percent=50))
    applicant = making.technician(lead)
    application = making.draft(fund_round, applicant, pence=100_001, match_pence=100_000)
    with clock.held(at_london(making.DURING, 11)):
        with pytest.raises(NotReady, match="50%"):
            services.send(application, actor=applicant)
        services.answer(application, actor=applicant, match_pence=100_001)
        services.send(application, actor=applicant)


def test_sending_gives_a_reference_and_asks_the_manager(lead):
    rules = making.scheme(lead, code="TDF")
    fund_round = making.open_round(lead, of=rules)
    first, second = making.fresh_all(*[making.sent(fund_round, making.technician(lead)) for _ in range(2)])
    assert [a.reference for a in (first, second)] == ["TDF-2026-0001", "TDF-2026-0002"]
    assert first.asked_pence == 100_000
    assert told(first.manager) == ["fund.statement_wanted"]


def test_what_is_sent_can_no_longer_be_changed(lead):
    applicant = making.technician(lead)
    application = making.sent(making.open_round(lead), applicant)
    with pytest.raises(MoveRefused):
        services.answer(application, why="More!", actor=applicant)
    with pytest.raises(MoveRefused):
        services.remove_cost(application.cost_lines[0], actor=applicant)


def test_without_a_recorded_manager_the_lead_names_one(lead):
    applicant = factories.person(lead.institution)
    application = making.sent(making.open_round(lead), applicant)
    assert application.manager_id is None
    assert told(lead) == ["fund.manager_wanted"]
    with pytest.raises(AgainstTheRules):
        services.name_manager(application, manager=applicant, actor=lead)
    manager = factories.person(lead.institution)
    services.name_manager(application, manager=manager, actor=lead)
    assert told(manager) == ["fund.statement_wanted"]


def test_a_manager_returns_it_and_it_is_sent_again_under_its_reference(lead):
    applicant = making.technician(lead)
    application = making.sent(making.open_round(lead), applicant)
    reference = application.reference
    with clock.held(at_london(making.DURING, 12)):
        services.send_back(application, reason="Add a quote.", actor=application.manager)
        assert (application.stage, told(applicant)) == (Stage.RETURNED, ["fund.sent", "fund.returned"])
        services.send(application, actor=applicant)
    assert application.reference == reference


def test_after_the_deadline_a_manager_still_supports_but_cannot_strand_it(lead):
    application = making.sent(making.open_round(lead), making.technician(lead))
    making.close(application.round)
    application = making.fresh(application)
    with clock.held(at_london(PANEL_EVE, 12)):
        with pytest.raises(TooLate):
            services.send_back(application, reason="Too late.", actor=application.manager)
        services.support(application, text="Yes.", releases_time=False, actor=application.manager)
    assert application.stage == Stage.WITH_PANEL


PANEL_EVE = making.PANEL - timedelta(days=1)


def test_a_draft_that_missed_its_round_moves_with_everything(lead):
    rules = making.scheme(lead)
    applicant = making.technician(lead)
    application = making.draft(making.open_round(lead, of=rules), applicant)
    later = making.open_round(
        lead, of=rules, closes_at=at_london(AUTUMN), panel_on=AUTUMN, decisions_on=AUTUMN + timedelta(days=3)
    )
    with clock.held(at_london(making.AFTER, 9)):
        services.move_to(making.fresh(application), later, actor=applicant)
    assert making.fresh(application).round_id == later.id
    assert making.fresh(application).total_pence == 100_000


AUTUMN = date(2026, 10, 30)


# -- judging ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def judged(lead):
    """A closed round with two supported applications of £1,000.00 and £2,000.00 in a budget of £2,500.00."""
    fund_round = making.open_round(lead, budget_pence=250_000, of=making.scheme(lead, most_pence=200_000))
    chair, member = (m.person for m in fund_round.panel)
    one = making.supported(fund_round, making.technician(lead))
    two = making.supported(fund_round, making.technician(lead), pence=200_000)
    making.close(fund_round)
    for application in (one, two):
        making.scored(application, chair, member)
    return fund_round, chair, member, *making.fresh_all(one, two)


def test_a_score_needs_every_criterion_and_a_reason(judged):
    _, chair, _, one, _ = judged
    first, second = one.round.criteria
    with pytest.raises(AgainstTheRules, match="every criterion"):
        services.score(one, marks={first.id: (4, "Because it is so.")}, actor=chair)
    with pytest.raises(AgainstTheRules, match="3 words"):
        services.score(one, marks={first.id: (4, "Because it is so."), second.id: (4, "Fine")}, actor=chair)


def test_the_last_money_is_given_once(judged):
    fund_round, chair, member, one, two = judged
    making.decided(two, chair)
    with pytest.raises(PotTooSmall):
        making.decided(one, member)
    making.decided(one, member, pence=50_000)
    assert queries.left_in(queries.fund_round(fund_round.id)) == 0


def test_changing_a_decision_moves_the_money_with_it(judged):
    fund_round, chair, member, one, two = judged
    making.decided(two, chair)
    making.decided(two, member, Outcome.RESERVE)
    making.decided(one, chair)
    assert queries.left_in(queries.fund_round(fund_round.id)) == 150_000
    assert queries.money_of(fund_round.id)[fund_round.id][MoneyKind.RELEASED] == 200_000


def test_the_second_of_two_who_decide_at_once_is_told(judged):
    _, chair, member, one, _ = judged
    making.decided(one, chair)
    with pytest.raises(SomebodyWasFaster):
        services.decide(
            making.fresh(one), outcome=Outcome.DECLINE, feedback="Not this time round.", seen=0, actor=member
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": Outcome.AWARD, "pence": 100_001},
        {"outcome": Outcome.AWARD, "pence": 0},
        {"outcome": Outcome.AWARD, "pence": None},
        {"outcome": Outcome.RESERVE, "pence": 5},
        {"outcome": Outcome.DECLINE, "feedback": "No."},
    ],
)
def test_a_decision_that_is_not_fair_or_not_whole_is_refused(judged, wrong):
    _, chair, _, one, _ = judged
    with pytest.raises(AgainstTheRules):
        services.decide(making.fresh(one), seen=0, actor=chair, **wrong)


def test_who_has_not_scored_does_not_decide(lead):
    fund_round = making.open_round(lead)
    chair = fund_round.panel[0].person
    application = making.supported(fund_round, making.technician(lead))
    making.close(fund_round)
    with pytest.raises(NotReady):
        making.decided(application, chair)


def test_declaring_a_conflict_removes_scores_and_ends_judging(judged):
    _, chair, member, one, _ = judged
    services.declare_conflict(one, reason="We share a grant.", actor=member)
    one = making.fresh(one)
    assert set(queries.scores([one.id])[one.id]) == {chair.id}
    with pytest.raises(Conflicted):
        services.score(one, marks={}, actor=member)


def test_release_tells_everybody_at_once_and_announces_awards(judged, lead):
    fund_round, chair, _, one, two = judged
    facts = []

    def note(sender, **given):
        facts.append((sender.id, sender.evidence_quantity, sender.evidence_people, sender.evidence_on))

    making.decided(one, chair)
    with pytest.raises(NotReady):
        services.finish_panel(queries.fund_round(fund_round.id), actor=chair)
    making.decided(two, chair, Outcome.DECLINE)
    (one,) = making.fresh_all(one)
    assert told(one.applicant) == ["fund.sent", "fund.supported"]
    with signals.application_awarded.connected_to(note):
        making.released(fund_round, chair, lead)
    assert facts == [(one.id, 100_000, [one.applicant_id], making.AFTER)]
    one, two = making.fresh_all(one, two)
    assert [(a.stage, told(a.applicant)[-1]) for a in (one, two)] == [
        (Stage.AWARDED, "fund.decided"),
        (Stage.DECLINED, "fund.decided"),
    ]
    assert two.steps[-1].note == "A clear and useful plan."
    assert findings(INVARIANTS) == []


def test_returned_money_goes_to_the_reserve_list(judged, lead):
    fund_round, chair, _, one, two = judged
    making.decided(one, chair)
    making.decided(two, chair, Outcome.RESERVE)
    making.released(fund_round, chair, lead)
    assert making.fresh(two).stage == Stage.RESERVE
    services.award_from_reserve(making.fresh(two), pence=150_000, actor=lead)
    assert making.fresh(two).awarded_pence == 150_000
    assert findings(INVARIANTS) == []


def test_what_its_manager_never_supported_lapses_at_release(lead):
    fund_round = making.open_round(lead)
    chair, member = (m.person for m in fund_round.panel)
    waiting = making.sent(fund_round, making.technician(lead))
    judged = making.supported(fund_round, making.technician(lead))
    making.close(fund_round)
    making.scored(judged, chair, member)
    making.decided(judged, chair)
    making.released(fund_round, chair, lead)
    waiting, judged = making.fresh_all(waiting, judged)
    assert [a.stage for a in (waiting, judged)] == [Stage.WITHDRAWN, Stage.AWARDED]
    assert told(waiting.applicant) == ["fund.sent", "fund.lapsed"]


def test_a_lead_cannot_award_past_the_panel(judged, lead):
    _, _, _, one, _ = judged
    with pytest.raises(MoveRefused), database.session.begin_nested():  # what a refusal leaves, nobody keeps
        services.award_from_reserve(one, pence=1_000, actor=lead)


def test_withdrawing_gives_the_money_back(judged):
    fund_round, chair, _, one, _ = judged
    making.decided(one, chair)
    one = making.fresh(one)
    services.withdraw(one, actor=one.applicant)
    assert queries.left_in(queries.fund_round(fund_round.id)) == 250_000
    assert queries.decision_of(one.id) is None


# -- afterwards --------------------------------------------------------------------------------------------------------


def test_an_accepted_report_closes_it_and_is_announced(lead):
    application = making.reported(lead)
    facts = []

    def note(sender, **given):
        facts.append((sender.evidence_title, sender.evidence_quantity, given["actor"].id))

    with signals.report_accepted.connected_to(note):
        services.accept_report(application, actor=lead)
    assert facts == [("Development fund: Ultramicrotomy for beginners", 1, lead.id)]
    assert making.fresh(application).stage == Stage.CLOSED
    assert findings(INVARIANTS) == []


def test_a_report_is_reminded_of_before_and_after_and_each_rung_once(lead):
    application = making.claimed(lead)
    with clock.held(at_london(date(2026, 9, 25), 9)):
        making.settled(application, lead, paid_on=date(2026, 9, 24))
    applicant = application.applicant
    due = making.fresh(application).report_due_on
    assert due == making.ENDS + timedelta(days=28)
    for day in (-15, -14, -13, -3, 0, 1, 7, 8):
        with clock.held(at_london(due + timedelta(days=day), 7)):
            services.remind()
    assert told(applicant).count("fund.report_due") == 4
    assert told(lead).count("fund.report_overdue") == 1


# -- refunds ---------------------------------------------------------------------------------------------------------


class Journey:
    id, institution_id, fee_pence, register_name = 7, 0, 12_500, "RSciTech"

    def __init__(self, person):
        self.person_id = person.id


def test_being_registered_opens_a_refund_that_can_be_claimed(lead):
    from hub.fund.receivers import refund_fee  # noqa: PLC0415 -- only here

    fund_round, person = making.refund_round(lead), making.technician(lead)
    with clock.held(at_london(making.DURING, 9)):
        refund_fee(Journey(person), actor=person)
        refund_fee(Journey(person), actor=person)
    (application,) = queries.applications_of(person.id)
    assert (application.stage, application.awarded_pence) == (Stage.ACTIVITY_DONE, 12_500)
    assert queries.left_in(fund_round) == 300_000 - 12_500
    assert told(person) == ["fund.refund_open"]
    application = making.fresh(application)
    with clock.held(at_london(making.DURING, 10)):
        services.claim(application, pence=12_500, note_text="", files=[(making.PDF, "r.pdf")], actor=person)
        making.settled(application, lead, paid_on=making.DURING)
    assert making.fresh(application).stage == Stage.CLOSED
    assert findings(INVARIANTS) == []


def test_a_registration_is_never_undone_for_want_of_money(lead):
    person = making.technician(lead)
    with clock.held(at_london(making.DURING, 9)):
        assert services.open_refund(person, journey_id=8, register_name="RSci", amount_pence=100, actor=person) is None
    assert told(lead) == ["fund.refund_stuck"]


def test_a_decision_cannot_be_written_by_its_own_applicant(db, judged):
    from sqlalchemy.exc import IntegrityError  # noqa: PLC0415 -- only here

    _, _, _, one, _ = judged
    db.session.add(
        PanelDecision(
            application_id=one.id, applicant_id=one.applicant_id, outcome="reserve", decided_by_id=one.applicant_id
        )
    )
    with pytest.raises(IntegrityError):
        db.session.flush()

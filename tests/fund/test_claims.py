"""Claims: what an award pays, once or in parts, and who settles it."""

import pytest

from hub.core import clock
from hub.core.clock import at_london
from hub.core.errors import MoveRefused
from hub.core.invariants import findings
from hub.fund import queries, services
from hub.fund.checks import INVARIANTS
from hub.fund.errors import AgainstTheRules
from hub.fund.models import MoneyKind, Stage
from hub.fund.workflow import APPLICATION
from tests import factories
from tests.fund import making


@pytest.fixture
def lead(db):
    return making.lead()


def test_what_is_not_spent_returns_to_the_round(lead):
    application = making.claimed(lead, spent=80_000)
    before = queries.left_in(application.round)
    services.approve_claim(application.open_claim, actor=lead)
    assert queries.left_in(application.round) - before == 20_000
    with pytest.raises(MoveRefused):
        services.approve_claim(making.fresh(application).claims[0], actor=lead)


def test_a_claim_is_never_more_than_the_award_and_needs_a_receipt(lead):
    application = making.awarded(lead)
    applicant = application.applicant
    with clock.held(at_london(making.ENDS, 12)):
        services.accept(application, actor=applicant)
        services.finish(application, done_on=making.ENDS, actor=applicant)
        with pytest.raises(AgainstTheRules, match="awarded"):
            services.claim(application, pence=100_001, note_text="", files=[(making.PDF, "a.pdf")], actor=applicant)
        with pytest.raises(AgainstTheRules, match="receipt"):
            services.claim(application, pence=100, note_text="", files=[], actor=applicant)


def test_nobody_pays_before_approval_or_settles_their_own(lead):
    application = making.claimed(lead)
    with pytest.raises(MoveRefused):
        services.mark_paid(application.open_claim, paid_on=making.ENDS, actor=lead)
    own = making.claimed(lead, applicant=making.lead(lead.institution, manager=factories.person(lead.institution)))
    with pytest.raises(MoveRefused):
        services.approve_claim(own.open_claim, actor=own.applicant)


@pytest.fixture
def accepted(lead):
    application = making.awarded(lead)
    with clock.held(at_london(making.AFTER, 10)):
        services.accept(application, actor=application.applicant)
    return making.fresh(application)


def claim(application, pence, *, is_last=False):
    application = making.fresh(application)
    files = [(making.PDF, "r.pdf")]
    return services.claim(
        application, pence=pence, note_text="", files=files, is_last=is_last, actor=application.applicant
    )


def done(application):
    with clock.held(at_london(making.ENDS, 12)):
        services.finish(making.fresh(application), done_on=making.ENDS, actor=application.applicant)


def sums(application):
    making.forget()
    return queries.money_of(application.round_id)[application.round_id]


def test_an_award_is_claimed_in_parts_and_what_is_left_returns_with_the_last(accepted, lead):
    claim(accepted, 30_000)
    making.settled(accepted, lead, paid_on=making.AFTER)
    assert making.fresh(accepted).stage == Stage.ACCEPTED
    done(accepted)
    with pytest.raises(AgainstTheRules, match=r"£700\.00: what is left"):
        claim(accepted, 70_001, is_last=True)
    claim(accepted, 50_000, is_last=True)
    assert making.fresh(accepted).stage == Stage.CLAIMED
    with clock.held(at_london(making.ENDS, 13)):
        making.settled(accepted, lead, paid_on=making.ENDS)
    assert making.fresh(accepted).stage == Stage.REPORT_DUE
    assert [sums(accepted)[kind] for kind in MoneyKind] == [100_000, 20_000, 80_000, 80_000]
    assert findings(INVARIANTS) == []


def test_before_the_activity_only_a_part_is_claimed(accepted):
    with pytest.raises(AgainstTheRules, match="only a part"):
        claim(accepted, 30_000, is_last=True)


def test_a_second_claim_waits_until_the_first_is_settled(accepted, lead):
    claim(accepted, 30_000)
    with pytest.raises(MoveRefused, match="still waits"):
        claim(accepted, 20_000)
    services.return_claim(
        making.fresh(accepted).open_claim, reason="The date is missing.", actor=making.fresh_person(lead)
    )
    assert making.fresh(accepted).stage == Stage.ACCEPTED
    assert making.fresh(accepted).open_claim.returned_because == "The date is missing."
    again = claim(accepted, 25_000)
    assert [(c.id, c.pence, len(c.receipts)) for c in making.fresh(accepted).claims] == [(again.id, 25_000, 2)]


def test_an_award_that_was_claimed_whole_before_is_settled_when_it_is_over(accepted, lead):
    claim(accepted, 100_000)
    making.settled(accepted, lead, paid_on=making.AFTER)
    done(accepted)
    assert making.fresh(accepted).stage == Stage.REPORT_DUE
    assert findings(INVARIANTS) == []


def test_a_claim_for_all_that_is_left_is_the_last(accepted):
    done(accepted)
    assert claim(accepted, 100_000, is_last=False).is_last
    assert making.fresh(accepted).stage == Stage.CLAIMED


def test_who_claimed_a_part_cannot_withdraw(accepted):
    assert APPLICATION.can(accepted, "withdraw", accepted.applicant)
    claim(accepted, 30_000)
    with pytest.raises(MoveRefused):
        services.withdraw(making.fresh(accepted), actor=accepted.applicant)


@pytest.mark.parametrize("is_paid", [True, False])
def test_who_claims_nothing_more_gives_the_rest_back(accepted, lead, is_paid):
    claim(accepted, 30_000)
    if is_paid:
        making.settled(accepted, lead, paid_on=making.AFTER)
    else:
        services.approve_claim(making.fresh(accepted).open_claim, actor=making.fresh_person(lead))
    done(accepted)
    claim(accepted, 5_000)
    with pytest.raises(MoveRefused):
        services.end_claims(making.fresh(accepted), actor=accepted.applicant)
    services.return_claim(making.fresh(accepted).open_claim, reason="That is food.", actor=making.fresh_person(lead))
    services.end_claims(making.fresh(accepted), actor=accepted.applicant)
    assert making.fresh(accepted).stage == (Stage.REPORT_DUE if is_paid else Stage.CLAIMED)
    assert (sums(accepted)[MoneyKind.RELEASED], queries.left_in(making.fresh(accepted).round)) == (70_000, 270_000)
    if not is_paid:
        with clock.held(at_london(making.ENDS, 14)):
            services.mark_paid(making.fresh(accepted).claims[0], paid_on=making.ENDS, actor=making.fresh_person(lead))
        assert making.fresh(accepted).stage == Stage.REPORT_DUE
    assert findings(INVARIANTS) == []


def test_a_fund_may_want_two_people_to_settle_a_claim(lead):
    application = making.claimed(lead)
    services.edit_scheme(application.round.scheme, pays_apart=True, actor=making.fresh_person(lead))
    deputy = making.lead(lead.institution)
    services.approve_claim(making.fresh(application).open_claim, actor=making.fresh_person(lead))
    approved = making.fresh(application).claims[0]
    with pytest.raises(AgainstTheRules, match="another lead"):
        services.mark_paid(approved, paid_on=making.ENDS, actor=making.fresh_person(lead))
    services.mark_paid(approved, paid_on=making.ENDS, actor=making.fresh_person(deputy))
    paid = making.fresh(application).claims[0]
    assert (paid.approved_by_id, paid.paid_by_id) == (lead.id, deputy.id)

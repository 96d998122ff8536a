"""What somebody else saved between reading a row and acting on it: on PostgreSQL a row in memory can be behind."""

import pytest
from sqlalchemy import update

from hub.core import clock
from hub.core.clock import at_london, now
from hub.core.db import db as database
from hub.core.errors import MoveRefused
from hub.fund import queries, services
from hub.fund.models import Application, Claim, ClaimStage, Outcome, Stage
from tests.fund import making


@pytest.fixture
def lead(db):
    return making.lead()


def saved_elsewhere(model, row, **values):
    """As another process would: the row in memory knows nothing of it."""
    changed = update(model).where(model.id == row.id).values(**values)
    database.session.execute(changed.execution_options(synchronize_session=False))


@pytest.mark.breaks_rows
def test_nothing_is_set_aside_for_what_was_withdrawn_meanwhile(lead):
    fund_round = making.open_round(lead)
    chair = fund_round.panel[0].person
    application = making.supported(fund_round, making.technician(lead))
    making.close(fund_round)
    making.scored(application, chair)
    application = making.fresh(application)
    saved_elsewhere(Application, application, stage=Stage.WITHDRAWN)
    with clock.held(at_london(making.PANEL, 12)), pytest.raises(MoveRefused):
        services.decide(application, outcome=Outcome.AWARD, pence=50_000, seen=0, actor=chair)
    assert queries.left_in(fund_round) == fund_round.budget_pence


@pytest.mark.breaks_rows
def test_a_claim_that_two_leads_approve_at_once_is_approved_once(lead):
    application = making.claimed(lead, spent=80_000)
    left = queries.left_in(application.round)
    saved_elsewhere(Claim, application.open_claim, stage=ClaimStage.APPROVED, approved_at=now(), approved_by_id=lead.id)
    with pytest.raises(MoveRefused):
        services.approve_claim(application.claims[0], actor=lead)
    assert queries.left_in(application.round) == left


@pytest.mark.breaks_rows
def test_a_claim_that_was_approved_meanwhile_is_not_returned(lead):
    application = making.claimed(lead)
    saved_elsewhere(Claim, application.open_claim, stage=ClaimStage.APPROVED, approved_at=now(), approved_by_id=lead.id)
    with pytest.raises(MoveRefused):
        services.return_claim(application.claims[0], reason="The date is missing.", actor=lead)


@pytest.mark.breaks_rows
def test_a_claim_that_was_returned_meanwhile_is_not_approved(lead):
    application = making.claimed(lead)
    saved_elsewhere(Claim, application.open_claim, stage=ClaimStage.RETURNED)
    with pytest.raises(MoveRefused):
        services.approve_claim(application.claims[0], actor=lead)

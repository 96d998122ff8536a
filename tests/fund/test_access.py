"""What is written and not, or no longer, meant for somebody."""

import pytest

from hub.core import clock
from hub.core.clock import at_london
from hub.fund import services
from tests.fund import making


@pytest.fixture
def lead(db):
    return making.lead()


def test_a_draft_that_was_thrown_away_unsent_is_nobody_elses(page, lead):
    fund_round = making.open_round(lead)
    application = making.draft(fund_round, making.technician(lead), title="Nobody knows of this")
    services.withdraw(application, actor=application.applicant)
    page.as_user(lead).get("fund.application", application_id=application.id, status=403)
    with clock.held(at_london(making.DURING, 12)):
        assert "Nobody knows of this" not in page.get("fund.applications").text
        assert "Nobody knows of this" not in page.raw("fund.applications", query={"export": "csv"}).text


def test_a_manager_reads_the_case_only_while_it_waits_for_them(page, lead):
    application = making.sent(making.open_round(lead), making.technician(lead))
    manager = application.manager
    page.as_user(manager)
    with clock.held(at_london(making.DURING, 12)):
        assert application.why in page.get("fund.statement", application_id=application.id).text
        services.send_back(application, reason="Shorter, please.", actor=manager)
        services.answer(making.fresh(application), actor=application.applicant, why="I doubt my manager.")
        assert "I doubt my manager" not in page.get("fund.statement", application_id=application.id).text


def test_a_round_in_preparation_is_not_there_to_apply_to(page, lead):
    fund_round = making.draft_round(lead, name="Secret round")
    page.as_user(making.technician(lead))
    page.get("fund.show_round", round_id=fund_round.id, status=403)
    html = page.get("accounts.sessions")
    values = page._filled(html.select_one("form[method=post]")) | {"_version": str(fund_round.version)}
    refused = page.post(f"/fund/rounds/{fund_round.id}/applications", status=403, **values)
    assert "Secret round" not in refused.text


def test_a_lead_on_the_panel_learns_no_sum_of_its_round_before_the_release(page, lead):
    """Neither by looking nor by lowering the budget until the hub refuses."""
    chair, judging_lead = making.technician(lead), making.lead(lead.institution)
    fund_round = making.open_round(lead, panel=(chair, judging_lead))
    application = making.supported(fund_round, making.technician(lead))
    making.close(fund_round)
    making.scored(application, chair)
    making.decided(application, chair, pence=77_700)
    with clock.held(at_london(making.PANEL, 12)):
        assert "£777.00" in page.as_user(lead).get("fund.manage_round", round_id=fund_round.id).text
        page.as_user(judging_lead)
        assert "£777.00" not in page.get("fund.manage_round", round_id=fund_round.id).text
        refused = page.submit("fund.edit_round", round_id=fund_round.id, budget_pence="2900", status=422)
        assert "after the release" in refused.text
        page.submit("fund.edit_round", round_id=fund_round.id, budget_pence="3100")

"""What waits for whom, and where it is done."""

import pytest
from sqlalchemy import union_all

from hub.core.clock import at_london, held
from hub.core.db import db as database
from hub.core.links import path_to
from hub.fund import queries, services
from hub.fund.tasks import KINDS
from tests import factories
from tests.fund import making

pytestmark = pytest.mark.usefixtures("db")


def waiting(person) -> list[tuple[str, str]]:
    with held(at_london(making.DURING, 12)):
        rows = database.session.execute(union_all(*queries.tasks_for(person))).all()
    return sorted((kind, title) for kind, _, title, _ in rows)


def test_every_kind_of_task_leads_to_a_page():
    assert all(path_to(kind.endpoint, **{kind.argument: 1}) for kind in KINDS.values())


def test_each_step_waits_for_its_own_person():
    lead = making.lead()
    fund_round = making.open_round(lead)
    applicant = making.technician(lead)
    application = making.draft(fund_round, applicant, title="A course")
    assert waiting(applicant) == [("fund.draft", "A course")]
    with held(at_london(making.DURING, 12)):
        services.send(application, actor=applicant)
    application = making.fresh(application)
    assert waiting(applicant) == []
    assert waiting(application.manager) == [("fund.statement", "A course")]
    assert waiting(lead) == []


def test_an_application_without_a_manager_waits_for_the_lead():
    lead = making.lead()
    making.sent(making.open_round(lead), factories.person(lead.institution), title="Alone")
    assert waiting(lead) == [("fund.name_manager", "Alone")]
    assert waiting(making.lead()) == []


def test_a_panel_and_then_its_lead_are_waited_for():
    lead = making.lead()
    fund_round = making.open_round(lead, name="Summer")
    chair, member = (m.person for m in fund_round.panel)
    one = making.supported(fund_round, making.technician(lead))
    making.close(fund_round)
    assert [waiting(p) for p in (chair, member, lead)] == [[("fund.panel", "Summer")], [("fund.panel", "Summer")], []]
    making.scored(one, chair)
    making.decided(one, chair)
    with held(at_london(making.AFTER, 9)):
        services.finish_panel(queries.fund_round(fund_round.id), actor=chair)
    making.forget()
    assert waiting(lead) == [("fund.manage_round", "Summer")]


def test_after_the_award_it_goes_back_and_forth():
    lead = making.lead()
    application = making.claimed(lead, title="A visit")
    assert waiting(lead) == [("fund.settle", "A visit")]
    application = making.reported(lead, title="Another")
    assert waiting(lead) == [("fund.read_report", "Another"), ("fund.settle", "A visit")]
    assert waiting(application.applicant) == []

"""Applying together, and statements by a mailed link: who writes, who is too close, what opening a link does."""

import re
from datetime import timedelta

import pytest

from hub.accounts.models import Status
from hub.accounts.queries import person as load_person
from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db as database
from hub.core.errors import MoveRefused
from hub.core.links import path_to
from hub.evidence.models import EntryPerson
from hub.fund import policy, queries, services
from hub.fund.errors import AgainstTheRules
from hub.fund.models import Answer, Stage
from hub.notifications.models import Notice, OutboxMail
from tests import factories
from tests.fund import making

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def lead(db):
    return making.lead()


def during(days=0):
    return clock.held(at_london(making.DURING, 12) + timedelta(days=days))


def words(html) -> str:
    return " ".join(html.select_one("main").get_text(" ").split())


def joined(application, person):
    """Ask *person* and let them accept."""
    with during():
        services.join(
            services.ask_colleague(application, person=person, actor=application.applicant), accepts=True, actor=person
        )
    return making.fresh(application)


# -- together ----------------------------------------------------------------------------------------------------------


def test_whoever_accepts_writes_it_too_and_only_the_applicant_sends_it(page, lead):
    applicant, colleague = making.technician(lead), making.technician(lead)
    made = making.draft(making.open_round(lead), applicant)
    with during():
        page.as_user(applicant).submit("fund.ask_colleague", application_id=made.id, email=colleague.email)
        again = {"application_id": made.id, "form": "colleagues", "status": 422}
        assert "is asked already" in words(page.submit("fund.ask_colleague", email=colleague.email, **again))
        (asked,) = queries.asked_to_join(colleague.id)
        page.as_user(colleague).get("fund.application", application_id=made.id, status=403)
        assert "Ultramicrotomy" in words(page.get("fund.home"))
        page.submit("fund.join", co_applicant_id=asked.id, answer="yes")
        page.submit("fund.sharing", application_id=made.id, sharing="Two sessions in November.")
        page.submit("fund.check", application_id=made.id, status=422)
        assert "Ultramicrotomy" in words(page.get("fund.home"))
        page.as_user(applicant).submit("fund.check", application_id=made.id)
        page.as_user(colleague).get("fund.sharing", application_id=made.id, status=403)
        assert "What happens next" in words(page.get("fund.application", application_id=made.id))
    assert (made.sharing, making.fresh(made).stage) == ("Two sessions in November.", Stage.AWAITING_MANAGER)
    for person in (applicant, colleague):  # both have the receipt
        told = database.session.query(Notice).filter_by(recipient_id=person.id)
        assert {n.kind for n in told} == {"fund.co_applicant", "fund.sent"}


def test_a_no_is_told_and_may_be_asked_again(page, lead):
    applicant, colleague = making.technician(lead), making.technician(lead)
    made = making.draft(making.open_round(lead), applicant)
    with during():
        asked = services.ask_colleague(made, person=colleague, actor=applicant)
        services.join(asked, accepts=False, actor=colleague)
        assert not policy.applies(colleague, made)
        assert services.ask_colleague(made, person=colleague, actor=applicant).answer == Answer.ASKED
        services.send(made, actor=applicant)
        assert "sent without you" in words(page.as_user(colleague).get("fund.join", co_applicant_id=asked.id))
        with pytest.raises(MoveRefused):
            services.join(asked, accepts=True, actor=colleague)


def test_neither_the_manager_nor_the_panel_applies_with_somebody(lead):
    applicant = making.technician(lead)
    made = making.draft(making.open_round(lead), applicant)
    member = load_person(made.round.panel[0].person_id)
    gone = factories.person(lead.institution, status=Status.SUSPENDED)
    for person in (making.fresh_person(applicant).manager, member, applicant, gone):
        with during(), pytest.raises(AgainstTheRules):
            services.ask_colleague(made, person=person, actor=applicant)


def test_what_ties_a_panel_to_an_applicant_ties_it_to_whoever_applies_with_them(lead):
    """The rule and its SQL, for the manager, the report and a team-mate of a co-applicant, and for a stranger."""
    boss, stranger = factories.person(lead.institution), factories.person(lead.institution)
    colleague = making.in_team(lead, manager=boss)
    report, mate = factories.person(lead.institution, manager=colleague), making.team_mate(colleague)
    fund_round = making.open_round(lead, panel=(stranger, boss, report, mate))
    made = joined(making.draft(fund_round, making.technician(lead)), colleague)
    with during():
        services.send(made, actor=made.applicant)
        services.support(making.fresh(made), text="Yes.", releases_time=True, actor=making.fresh_person(made.manager))
    making.close(fund_round)
    fund_round = queries.fund_round(fund_round.id)
    for member, sees in ((stranger, True), (boss, False), (report, False), (mate, False)):
        reader = making.fresh_person(member)
        assert policy.can_judge(reader, making.fresh(made)) is sees
        assert [a.id for a in queries.judged(fund_round, reader)] == ([made.id] if sees else [])
    making.scored(made, stranger)
    making.decided(made, stranger)
    making.released(fund_round, stranger, lead)
    credited = set(database.session.query(EntryPerson.person_id))
    assert credited == {(made.applicant_id,), (colleague.id,)}


def test_a_lead_who_applies_with_somebody_does_not_run_it(page, lead):
    made = joined(making.draft(making.open_round(lead), making.technician(lead)), lead)
    with during():
        services.send(made, actor=made.applicant)
        assert not policy.runs(lead, making.fresh(made))
        assert made.title not in words(page.as_user(lead).get("fund.applications"))


# -- by a link ---------------------------------------------------------------------------------------------------------


def mailed() -> str:
    """The token of the newest link."""
    letters = database.session.query(OutboxMail).filter_by(kind="fund.statement_link")
    return re.findall(r"/statements/(\S+)", letters.order_by(OutboxMail.id.desc()).first().text)[0]


def test_a_manager_without_an_account_answers_by_a_link_that_opening_does_not_use_up(page, lead):
    manager = factories.person(lead.institution, status=Status.INVITED)
    made = making.sent(making.open_round(lead), making.technician(lead, manager=manager))
    token = mailed()
    with during(1):
        for _ in range(3):
            page.signed_out().get("fund.statement_by_link", token=token)
        assert making.fresh(made).stage == Stage.AWAITING_MANAGER
        page.submit("fund.statement_by_link", token=token, text="", releases_time="yes", status=422)
        page.submit("fund.statement_by_link", token=token, text="It matters.", releases_time="no", status=200)
        page.get("fund.statement_by_link", token=token, status=410)
    made = making.fresh(made)
    assert (made.stage, made.statement.manager_id, made.statement.releases_time) == (Stage.SUBMITTED, manager.id, False)


def test_a_link_sends_it_back_once_and_the_next_one_is_another(page, lead):
    made = making.sent(making.open_round(lead), making.technician(lead))
    first = mailed()
    with during(1):
        page.signed_out().submit("fund.send_back_by_link", token=first, reason="Say how long.", status=200)
        made = making.fresh(made)
        assert (made.stage, made.steps[-1].note) == (Stage.RETURNED, "Say how long.")
        services.send(made, actor=made.applicant)
        page.get("fund.statement_by_link", token=first, status=410)
        page.get("fund.statement_by_link", token=mailed())


def test_a_link_ends_when_the_lead_asks_another_and_after_the_panel(page, lead):
    made = making.sent(making.open_round(lead), making.technician(lead))
    first, other = mailed(), factories.person(lead.institution)
    with during(1):
        page.as_user(lead).submit("fund.name_manager", application_id=made.id, email=other.email)
        page.signed_out().get("fund.statement_by_link", token=first, status=410)
        page.get("fund.statement_by_link", token=mailed())
        page.get("fund.statement_by_link", token="x" * 43, status=410)
    with clock.held(at_london(making.PANEL + timedelta(days=9))):
        page.open(path_to("fund.statement_by_link", token=mailed()), status=410)


def test_a_silent_manager_is_reminded_twice_and_no_more(lead):
    made = making.sent(making.open_round(lead), making.technician(lead))
    for days in (4, 5, 6, 12, 13):
        with during(days):
            services.remind()
    told = database.session.query(Notice).filter_by(recipient_id=made.manager_id, kind="fund.statement_wanted")
    assert [n.title.startswith(made.applicant.name + " still waits") for n in told.order_by(Notice.id)] == [
        False, True, True,
    ]  # fmt: skip


def test_a_manager_who_is_suspended_or_gone_is_not_asked(lead):
    manager = factories.person(lead.institution, status=Status.SUSPENDED)
    made = making.sent(making.open_round(lead), making.technician(lead, manager=manager))
    assert made.manager_id is None
    assert policy.can_name_manager(lead, made)

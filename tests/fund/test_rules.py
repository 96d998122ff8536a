"""A fund's rules as its lead wrote them: who it is for, how often, what each score means, sealed and test rounds."""

from datetime import date, timedelta

import pytest

from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db as database
from hub.core.links import path_to
from hub.evidence.models import Entry
from hub.fund import policy, queries, services
from hub.fund.errors import AgainstTheRules, NotReady
from hub.fund.models import FundCriterion, Round, Stage
from hub.fund.outlook import next_for, way
from hub.fund.presets import PRESETS
from tests import factories
from tests.fund import making

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def lead(db):
    return making.lead()


def during(days=0):
    return clock.held(at_london(making.DURING, 10) + timedelta(days=days))


def words(html) -> str:
    return " ".join(html.select_one("main").get_text(" ").split())


@pytest.mark.parametrize("name", PRESETS)
def test_a_fund_begins_with_the_rules_of_one_that_others_run(page, lead, name):
    page.as_user(lead).submit("fund.add_scheme", at=path_to("fund.add_scheme", like=name))
    (scheme,) = queries.schemes(lead.institution_id)
    kept = {rule: getattr(scheme, rule) for rule in PRESETS[name].rules}
    assert kept == PRESETS[name].rules
    criteria = queries.criteria_of(scheme.id)
    assert [(c.name, c.question, c.weight, c.levels) for c in criteria] == list(PRESETS[name].criteria)
    assert sum(c.weight for c in criteria) == (100 if criteria else 0)
    assert all(len(c.levels.splitlines()) == 5 for c in criteria)


def test_a_criterion_is_worded_anew_and_open_rounds_keep_theirs(page, lead):
    scheme = making.scheme(lead)
    live = making.open_round(lead, of=scheme)
    first = queries.criteria_of(scheme.id)[0]
    page.as_user(lead).submit("fund.edit_criterion", criterion_id=first.id, name="Gain", levels="None\nMuch")
    assert "already" in words(page.submit("fund.edit_criterion", criterion_id=first.id, name="Value", status=422))
    database.session.expire_all()
    assert (queries.criterion(first.id).name, queries.criterion(first.id).levels) == ("Gain", "None\nMuch")
    kept = database.session.query(FundCriterion).filter_by(round_id=live.id)
    assert {c.name for c in kept} == {"Benefit", "Value"}


def test_a_round_is_copied_a_year_later_with_its_panel(page, lead):
    fund_round = making.open_round(lead)
    page.as_user(lead).submit("fund.copy_round", round_id=fund_round.id, name="Next year")
    made = queries.fund_round(database.session.query(Round).filter_by(name="Next year").one().id)
    fund_round = queries.fund_round(fund_round.id)
    assert [(m.person_id, m.is_chair) for m in made.panel] == [(m.person_id, m.is_chair) for m in fund_round.panel]
    assert clock.london(made.closes_at) == at_london(making.CLOSES + timedelta(weeks=52))
    assert made.panel_on.weekday() == fund_round.panel_on.weekday()
    assert (made.stage, made.budget_pence) == ("draft", fund_round.budget_pence)


# -- eligibility -------------------------------------------------------------------------------------------------------

ASKED = "Is nothing booked yet?\nDoes your manager agree?"


def test_nothing_else_is_asked_before_the_fund_is_for_its_applicant(page, lead):
    fund_round = making.open_round(lead, of=making.scheme(lead, eligibility=ASKED))
    applicant = making.technician(lead)
    with during():
        made = making.draft(fund_round, applicant, eligible={})
        with pytest.raises(NotReady):
            services.send(made, actor=applicant)
        html = page.as_user(applicant).get("fund.application", application_id=made.id)
        assert [a.text for a in html.select("ol.tasks a")] == ["Is this fund for you?"]
        page.submit("fund.eligibility", application_id=made.id, question_0="yes", question_1="no")
        assert "This fund is not for this" in words(page.get("fund.application", application_id=made.id))
        made = making.fresh(made)
        with pytest.raises(NotReady, match="Does your manager agree"):
            services.send(made, actor=applicant)
        assert made.eligible == {"Is nothing booked yet?": "yes", "Does your manager agree?": "no"}
        page.submit("fund.eligibility", application_id=made.id, question_1="yes")
        made = making.fresh(made)
        services.send(made, actor=applicant)
    assert made.stage == Stage.AWAITING_MANAGER


def test_withdrawing_makes_no_room_for_another_within_the_year(lead):
    scheme = making.scheme(lead, a_year=1)
    first, second = (making.open_round(lead, of=scheme) for _ in range(2))
    applicant = making.technician(lead)
    begun = making.draft(second, applicant)
    sent = making.sent(first, applicant)
    with during(1):
        services.withdraw(sent, actor=applicant)
        with pytest.raises(AgainstTheRules, match="what was withdrawn counts too"):
            services.send(begun, actor=applicant)
        services.bring_back(sent, actor=applicant)
        services.send(making.fresh(sent), actor=applicant)  # the same one again is still one
    later = making.open_round(lead, of=scheme, closes_at=at_london(date(2027, 3, 1)), panel_on=date(2027, 3, 9),
                              decisions_on=date(2027, 3, 9))  # fmt: skip
    with clock.held(at_london(date(2026, 12, 31), 23, 59)), pytest.raises(AgainstTheRules):
        services.start(later, actor=applicant)
    with clock.held(at_london(date(2027, 1, 1), 0)):
        assert services.start(later, actor=applicant).stage == Stage.DRAFT


def test_what_comes_back_is_asked_where_the_fund_asks_it(page, lead):
    fund_round = making.open_round(lead, of=making.scheme(lead, asks_return=True))
    applicant = making.technician(lead)
    with during():
        made = making.draft(fund_round, applicant, expected_return="")
        with pytest.raises(NotReady, match="what the University gets back"):
            services.send(made, actor=applicant)
        page.as_user(applicant).submit("fund.expected_return", application_id=made.id, expected_return="Forty hours.")
        assert "Forty hours." in words(page.get("fund.check", application_id=made.id))


def test_a_report_answers_the_funds_own_questions(page, lead):
    made = making.claimed(lead)
    services.edit_scheme(made.round.scheme, report_questions="Would you go again?", actor=lead)
    made = making.fresh(made)
    applicant = making.fresh_person(made.applicant)
    with clock.held(at_london(making.ENDS + timedelta(days=10), 9)):
        making.settled(made, lead, paid_on=making.ENDS)
        told = {"did": "I cut.", "changed": "We cut.", "shared_with": "Six."}
        page.as_user(applicant).submit("fund.report", application_id=made.id, **told, status=422)
        page.submit("fund.report", application_id=made.id, **told, answer_0="I would.")
        assert "Would you go again? I would." in words(
            page.as_user(lead).get("fund.read_report", application_id=made.id)
        )


# -- sealed and test rounds --------------------------------------------------------------------------------------------


def test_a_sealed_round_is_read_by_nobody_before_it_closes(page, lead):
    fund_round = making.open_round(lead, is_sealed=True)
    unmanaged = factories.person(lead.institution, unit=factories.unit(lead.institution))
    made = making.sent(fund_round, making.technician(lead), title="Zirconium")
    waits = making.sent(fund_round, unmanaged)
    page.as_user(lead)
    with during(1):
        for endpoint in ("fund.application", "fund.name_manager"):
            page.get(endpoint, application_id=waits.id, status=403)
        assert "Zirconium" not in words(page.get("fund.applications"))
        assert "With the manager 2" in words(page.get("fund.manage_round", round_id=fund_round.id))
        assert not policy.can_name_manager(lead, waits)
    making.close(fund_round)
    assert "Zirconium" in words(page.get("fund.applications"))
    assert policy.can_see(lead, making.fresh(made))
    assert policy.can_name_manager(lead, making.fresh(waits))


def test_the_seal_of_an_open_round_stands(lead):
    fund_round = making.open_round(lead, is_sealed=True)
    given = {name: getattr(fund_round, name) for name in ("name", "budget_pence", "opens_at", "closes_at")}
    days = {"panel_on": fund_round.panel_on, "decisions_on": fund_round.decisions_on}
    with during(), pytest.raises(AgainstTheRules, match="stays sealed"):
        services.edit_round(fund_round, **given, **days, is_sealed=False, actor=lead)


def test_a_test_is_rehearsed_by_lead_and_panel_and_counts_for_nothing(page, lead):
    chair, member, outsider = (factories.person(lead.institution) for _ in range(3))
    actor = making.technician(lead)
    fund_round = making.open_round(lead, panel=(chair, member, actor), is_test=True)
    with during():
        page.as_user(outsider).get("fund.show_round", round_id=fund_round.id, status=403)
        assert fund_round.name not in words(page.get("fund.home"))
        assert "This is a test" in words(page.as_user(actor).get("fund.show_round", round_id=fund_round.id))
    made = making.supported(fund_round, actor)
    assert str(made.reference).startswith("TEST-")
    making.close(fund_round)
    making.scored(made, chair, member)
    making.decided(made, chair)
    making.released(fund_round, chair, lead)
    assert making.fresh(made).awarded_pence == 100_000
    assert database.session.query(Entry).count() == 0
    assert queries.has_been_funded([actor.id], fund_round.id + 1) == set()


# -- what happens next -------------------------------------------------------------------------------------------------


def test_an_applicant_always_reads_what_happens_next_and_when(page, lead):
    made = making.sent(making.open_round(lead), making.technician(lead))
    with during():
        shown = words(page.as_user(made.applicant).get("fund.application", application_id=made.id))
    assert "Your manager writes two sentences; the panel meets on Monday 6 July 2026." in shown
    assert [(text, state) for text, _, state in way(made)][:3] == [
        ("You send it", "done"), ("Your manager writes a statement", "now"), ("The panel reads and scores", "ahead"),
    ]  # fmt: skip
    for stage in Stage:
        made.stage = stage
        assert next_for(made).endswith(".")
    database.session.rollback()

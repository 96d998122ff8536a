"""After the report: what was learned, what was promised, and what is different months later."""

from datetime import date, timedelta

import pytest

from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db as database
from hub.core.errors import MoveRefused
from hub.core.invariants import findings
from hub.directory import queries as directory
from hub.directory.models import Level
from hub.evidence.models import Entry
from hub.fund import queries, services
from hub.fund.checks import INVARIANTS
from hub.fund.errors import AgainstTheRules
from hub.fund.models import FollowUp, Outcome, StillUsed
from hub.notifications.models import Notice
from hub.skills import queries as skills
from hub.skills import services as sharing
from tests import factories
from tests.fund import making
from tests.skills import making as for_skills

REPORTED = at_london(making.ENDS + timedelta(days=11), 9)
PROMISED = date(2026, 12, 1)


def words(html) -> str:
    return " ".join(html.select_one("main").get_text(" ").split())


@pytest.fixture
def lead(db):
    return making.lead()


@pytest.fixture
def returned(lead):
    """A report that came back: it can be written anew."""
    made = making.reported(lead)
    with clock.held(REPORTED):
        services.return_report(made, reason="Say more.", actor=making.fresh_person(lead))
    return making.fresh(made)


def report(application, **given):
    told = {"did": "I cut more.", "changed": "All.", "shared_with": "Ten.", "quote": "", "may_publish": False}
    with clock.held(REPORTED):
        services.report(application, **told | given, actor=making.fresh_person(application.applicant))
    return making.fresh(application)


def test_a_returned_report_keeps_what_was_sent_before(returned):
    (_, before), *more = report(returned).report.came_back
    assert (before["did"], more) == ("I cut sections.", [])


def test_what_was_learned_goes_onto_the_profile_only_when_its_owner_says_so(page, lead, returned):
    skill = for_skills.skill(lead)
    learned = {"skill": str(skill.id), "level": "working"}
    applicant, key = returned.applicant, returned.id
    with clock.held(REPORTED):
        page.as_user(applicant)
        html = page.submit("fund.report", application_id=key, skill=str(skill.id), did="A", status=422)
        assert "how well you know it" in words(html)
        page.submit("fund.report", application_id=key, **learned, did="A", changed="B", shared_with="C")
        assert directory.skill_of(applicant, skill) is None
        page.submit("fund.application", form="skill", application_id=key)
        assert directory.skill_of(applicant, skill).level == Level.WORKING
        assert "onto your profile?" not in words(page.get("fund.application", application_id=key))
    with pytest.raises(MoveRefused):
        services.add_learned(making.fresh(returned), actor=applicant)


def test_a_promise_is_an_offer_and_counts_once_it_is_kept(lead, returned):
    skill = for_skills.skill(lead)
    promise = {"learned": skill, "level": Level.CAN_TEACH, "share_by": PROMISED}
    with pytest.raises(AgainstTheRules, match="skill"):
        report(returned, share_by=PROMISED)
    made = report(making.fresh(returned), **promise)
    host, offer = made.applicant, made.report.offer
    assert (offer.host_id, offer.expires_on, offer.is_promise) == (host.id, PROMISED, True)
    with clock.held(REPORTED):
        assert ("skills.promise", offer.id) in [(kind, key) for kind, key, *_ in skills.waiting_for(host)]
        session = for_skills.session(of=skills.offer(offer.id), starts_at=at_london(PROMISED, 10))
        assert skills.waiting_for(host) == []
        guest = for_skills.colleague(host)
        sharing.book(session, actor=guest)
    with clock.held(at_london(PROMISED, 12)):
        sharing.deliver(session, attended=[guest.id], actor=host)
        assert making.fresh(made).report.kept_on is None
        sharing.confirm(session, was_there=True, actor=guest)
    assert making.fresh(made).report.kept_on == PROMISED
    kept = database.session.query(Entry).filter_by(kind="fund.promise").one()
    assert (kept.source_id, kept.happened_on, kept.people) == (made.report.id, PROMISED, 1)


def asked(application):
    return database.session.query(FollowUp).filter_by(application_id=application.id).order_by(FollowUp.months).all()


def test_it_is_asked_three_and_twelve_months_later_and_reminded_of_once(lead):
    made = making.reported(lead)
    told = database.session.query(Notice).filter_by(kind="fund.follow_up", recipient_id=made.applicant_id)
    for day, questions, notices in (
        (making.ENDS + timedelta(days=90), [], 0),
        (making.ENDS + timedelta(days=91), [3], 1),
        (making.ENDS + timedelta(days=92), [3], 1),
        (making.ENDS + timedelta(days=105), [3], 2),
        (making.ENDS + timedelta(days=106), [3], 2),
        (making.ENDS + timedelta(days=365), [3, 12], 3),
    ):
        with clock.held(at_london(day, 9)):
            services.follow_up()
        assert ([f.months for f in asked(made)], told.count()) == (questions, notices)
    assert findings(INVARIANTS) == []


def test_it_is_answered_once_by_its_applicant_and_becomes_evidence(page, lead):
    made = making.reported(lead)
    with clock.held(at_london(making.ENDS + timedelta(days=91), 9)):
        services.follow_up()
        (question,) = asked(made)
        page.as_user(factories.person(lead.institution)).get("fund.follow_up", follow_up_id=question.id, status=403)
        page.as_user(lead)
        assert "Not answered yet" in words(page.get("fund.follow_up", follow_up_id=question.id))
        page.as_user(made.applicant).submit(
            "fund.follow_up", follow_up_id=question.id, different="We cut for others.", still_used="often"
        )
        page.as_user(lead)
        assert "We cut for others." in words(page.get("fund.application", application_id=made.id))
        assert "3 months: answered" in words(page.get("fund.applications"))
    again = queries.follow_up(question.id)
    with pytest.raises(MoveRefused):
        services.answer_follow_up(
            again, different="X", still_used=StillUsed.NO, may_quote=False, actor=making.fresh_person(made.applicant)
        )
    assert database.session.query(Entry).filter_by(kind="fund.follow_up", source_id=question.id).one().people == 1


def waiting(person):
    return [tuple(row)[:2] for statement in queries.tasks_for(person) for row in database.session.execute(statement)]


def test_returned_money_is_proposed_to_the_first_reserve_for_whom_it_suffices(page, lead):
    fund_round = making.open_round(lead, budget_pence=50_000)
    chair, member = (m.person for m in fund_round.panel)
    asks = {"Paid": 50_000, "Dear": 60_000, "Second": 30_000, "First": 30_000}
    made = {t: making.supported(fund_round, making.technician(lead), pence=p, title=t) for t, p in asks.items()}
    making.close(fund_round)
    for title, marks in (("Paid", (5, 5)), ("Dear", (5, 4)), ("Second", (3, 3)), ("First", (4, 4))):
        making.scored(made[title], chair, member, marks=marks)
        making.decided(made[title], chair, Outcome.AWARD if title == "Paid" else Outcome.RESERVE)
    making.released(fund_round, chair, lead)
    assert [a.title for a in queries.reserves(fund_round.id, lead)] == ["Dear", "First", "Second"]
    assert waiting(lead) == []
    with clock.held(at_london(making.AFTER + timedelta(days=1), 9)):
        services.withdraw(making.fresh(made["Paid"]), actor=made["Paid"].applicant)
        assert waiting(lead) == [("fund.award", made["First"].id)]
        assert database.session.query(Notice).filter_by(kind="fund.money_back", recipient_id=lead.id).count() == 1
        making.forget()
        shown = words(page.as_user(lead).get("fund.manage_round", round_id=fund_round.id))
        assert f"It is enough for {made['First'].applicant.name}" in shown
        page.submit("fund.award", application_id=made["First"].id)
        assert waiting(making.fresh_person(lead)) == []  # what is left is too little for the others
    assert findings(INVARIANTS) == []

"""Check-ins: what owners say, what the lead answers, and who is asked when nothing was heard."""

from datetime import date, timedelta

import pytest

from hub.accounts import queries as people
from hub.core.clock import at_london, held
from hub.core.rag import Rag
from hub.notifications.models import Notice
from hub.pages import tasks
from hub.plan import queries, services
from hub.plan.lines import lines
from hub.plan.models import Outlook
from hub.plan.services import Acknowledged, DecisionUnnamed
from tests import factories as make
from tests.plan import making

BEGAN = date(2025, 3, 3)
LATER = BEGAN + timedelta(days=36)


@pytest.fixture
def lead(db):
    with held(at_london(BEGAN)):
        return make.lead()


@pytest.fixture
def owner(lead):
    return make.person(lead.institution, name="Oda Oak")


@pytest.fixture
def action(lead, owner):
    with held(at_london(BEGAN)):
        plan = making.plan(lead, published=False)
        made = making.action(plan, lead, owner_id=owner.id)
        services.make_move(plan, "approve", actor=lead)
        services.make_move(plan, "publish", actor=lead)
        return queries.action(made.id)


def say(action, by, **given):
    return services.add_note(action, actor=by, **{"text": "It goes.", "outlook": Outlook.ON_TRACK} | given)


def notices(db, kind):
    return [n.recipient_id for n in db.session.query(Notice).filter_by(kind=kind).order_by(Notice.id)]


def sentences(person):
    """What waits for somebody, beside their own profile."""
    return [task.sentence for task in tasks.of(people.person(person.id)) if "profile" not in task.sentence]


def test_an_owner_says_how_it_goes_and_the_lead_acknowledges(page, action, lead, owner, db):
    page.as_user(owner).submit(
        "plan.add_note",
        action_id=action.id,
        outlook="at_risk",
        text="Two people are ill.",
        needed="Somebody for May.",
        wants_decision="y",
    )
    assert notices(db, "plan.decision_wanted") == [lead.id]
    (note,) = queries.notes(action.id)
    assert "Answer 1 check-in" in sentences(lead)
    page.as_user(lead).submit("plan.acknowledge", note_id=note.id, answer="The faculty lends somebody.")
    assert notices(db, "plan.acknowledged") == [owner.id]
    with pytest.raises(Acknowledged):
        services.acknowledge(queries.note(note.id), actor=lead)
    shown = page.as_user(owner).get("plan.action", action_id=action.id)
    assert "The faculty lends somebody." in shown.text


def test_what_is_needed_and_answered_is_for_owner_and_lead(page, action, lead, owner):
    note = say(action, owner, needed="Money", wants_decision=True)
    services.acknowledge(queries.note(note.id), actor=lead, answer="There is some")
    shown = page.as_user(make.person(lead.institution)).get("plan.action", action_id=action.id)
    assert "It goes." in shown.text
    assert "Money" not in shown.text
    assert "There is some" not in shown.text


def test_a_decision_that_is_wanted_is_named(page, action, owner):
    with pytest.raises(DecisionUnnamed):
        say(action, owner, wants_decision=True)
    refused = page.as_user(owner).submit(
        "plan.add_note", action_id=action.id, outlook="on_track", text="Well", wants_decision="y", status=422
    )
    assert "what is to be decided" in refused.select_one("#wants_decision-error").text


def test_what_the_lead_says_needs_no_acknowledging(action, lead):
    assert say(action, lead).acknowledged_by_id == lead.id


def test_silence_of_five_weeks_is_noticed_once_a_week_and_ends_with_a_word(action, lead, owner, db):
    with held(at_london(BEGAN + timedelta(days=34))):
        assert services.remind_owners() == 0
        assert sentences(owner) == []
    with held(at_london(LATER)):
        assert (services.remind_owners(), services.remind_owners()) == (1, 0)
        assert notices(db, "plan.say_how_it_goes") == [owner.id]
        assert sentences(owner) == ["Say how this goes: More technicians registered"]
        assert "Ask how it goes with 1 action" in sentences(lead)
        say(action, owner)
        assert services.remind_owners() == 0
        assert sentences(owner) == []


def test_what_is_done_or_has_not_begun_is_not_asked_about(action, lead, owner, db):
    with held(at_london(LATER)):
        action.rag = Rag.GREEN
        db.session.flush()
        assert services.remind_owners() == 0
        action.rag, action.starts_on = Rag.AMBER, LATER + timedelta(days=1)
        db.session.flush()
        assert services.remind_owners() == 0


def test_the_list_tells_what_to_see_to(page, action, lead, owner):
    say(action, owner, outlook=Outlook.OFF_TRACK, needed="Money", wants_decision=True)
    page.as_user(lead)
    for state, n in {"silent": 0, "waiting": 1, "decision": 1, "risk": 1}.items():
        shown = page.get("plan.check_ins", plan_id=action.plan_id, query={"state": state})
        assert len(shown.select("tbody tr")) == n
    page.as_user(owner).get("plan.check_ins", plan_id=action.plan_id, status=403)


def test_an_action_whose_owner_has_doubts_is_at_risk_whatever_its_colour(action, lead, owner, db):
    def at_risk():
        return lines(action.plan, queries.actions(action.plan_id))[0].at_risk

    assert not at_risk()
    say(action, owner, outlook=Outlook.OFF_TRACK)
    assert at_risk()
    say(action, owner, outlook=Outlook.ON_TRACK)
    assert not at_risk()


@pytest.mark.parametrize("n", [1, 6])
def test_the_list_of_check_ins_costs_the_same_however_many(page, action, lead, queries, n):
    for i in range(n):
        say(making.action(action.plan, lead, objective=f"Action {i}"), lead)
    page.as_user(lead)
    with queries(at_most=8):
        page.get("plan.check_ins", plan_id=action.plan_id)

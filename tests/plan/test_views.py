"""The tracker's pages, as a lead uses them."""

from csv import DictReader
from datetime import date
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.evidence import services as evidence
from hub.plan import queries as plans
from hub.plan import services
from hub.plan.measures import REGISTERED_STAFF
from hub.plan.models import Action, Outlook, Placement, PlacementState
from tests import factories as make
from tests.plan import making

DOUBTS = {"outlook": Outlook.AT_RISK}


@pytest.fixture
def action(plan, lead, db):
    return db.session.scalars(select(Action)).one()


@pytest.fixture
def placement(action, lead, db):
    services.add_rules(plans.action(action.id), ["evidence.item"], actor=lead)
    evidence.add_item(
        actor=lead, title="A letter", theme=Theme.RECOGNITION, happened_on=date(2025, 1, 1), text="Well done"
    )
    return db.session.scalars(select(Placement)).one()


@pytest.mark.parametrize("view", ["table", "board", "timeline", "page"])
def test_the_plan_is_a_table_a_board_a_timeline_and_a_page(page, plan, action, lead, view):
    html = page.as_user(lead).get("plan.tracker", plan_id=plan.id, query={"view": view})
    assert html.find("a", string=action.objective)


def test_a_plan_without_an_action_says_what_to_do_next(page, lead):
    plan = making.plan(lead, published=False)
    html = page.as_user(lead).get("plan.tracker", plan_id=plan.id)
    assert {a.text.strip() for a in html.select("main a.btn")} == {
        "Add an action",
        "Import a file",
        "Say which plan came before",
    }
    report = page.get("plan.month", plan_id=plan.id)
    assert report.h1.text.endswith("nothing to report yet")
    assert report.find("a", string="PDF") is None


@pytest.mark.parametrize("query", [{"view": "cloud"}, {"theme": "x"}, {"rag": "blue"}, {"pace": "fast"}])
def test_a_view_that_is_not_there_is_not_found(page, plan, lead, query):
    page.as_user(lead).get("plan.tracker", plan_id=plan.id, query=query, status=404)


def test_a_lead_adds_an_action_with_its_milestones(page, plan, lead, db):
    page.as_user(lead).submit(
        "plan.add_action",
        plan_id=plan.id,
        objective="A gallery in each building",
        themes=["visibility", "recognition"],
        milestones="Places agreed | 31/12/2025\nPictures taken",
        due_on="2026-07-31",
        reason="The steering group asked for it",
    )
    made = db.session.scalars(select(Action).where(Action.objective == "A gallery in each building")).one()
    html = page.get("plan.action", action_id=made.id)
    assert "Due 31 December 2025" in html.text or "Was due 31 December 2025" in html.text
    assert made.ref == "V1"


def test_a_milestone_that_cannot_be_read_is_explained_beside_the_field(page, plan, lead):
    html = page.as_user(lead).submit(
        "plan.add_action",
        plan_id=plan.id,
        objective="X1",
        themes=["visibility"],
        milestones="Minutes | soon",
        reason="Agreed",
        status=422,
    )
    assert "Write “Minutes | soon”" in html.select_one("#milestones-error").text


def test_red_without_explanation_and_green_without_evidence_are_refused(page, action, lead):
    page.as_user(lead)
    red = page.submit("plan.set_rag", action_id=action.id, rag="red", explanation="", status=422)
    green = page.submit("plan.set_rag", action_id=action.id, rag="green", explanation="Because", status=422)
    assert "must explain every red" in red.select_one("#explanation-error").text
    assert "Accept at least one piece of evidence" in green.select_one("#rag-error").text


def test_a_lead_accepts_evidence_and_then_the_status_it_proposes(page, action, placement, lead, db):
    page.as_user(lead)
    page.submit("plan.inbox", form=-1, button=("accept", str(placement.id)))
    assert placement.state == PlacementState.ACCEPTED
    page.submit("plan.accept_proposal", at=f"/plans/actions/{action.id}", form="proposed")
    assert action.rag == Rag.AMBER


def test_evidence_can_be_put_on_another_action_or_set_aside(page, plan, action, placement, lead, db):
    other = making.action(plan, lead, objective="Celebrate")
    page.as_user(lead)
    page.submit("plan.inbox", form=-1, button=("accept", str(placement.id)), **{f"to-{placement.id}": str(other.id)})
    assert placement.action_id == other.id
    page.submit("plan.reconsider", at=f"/plans/actions/{other.id}/evidence", form="reconsider")
    page.submit("plan.set_aside", placement_id=placement.id, reason="Counted elsewhere")
    assert (placement.state, placement.reason) == (PlacementState.SET_ASIDE, "Counted elsewhere")


def test_what_another_lead_decided_meanwhile_is_not_decided_again(page, action, placement, lead, db):
    evidence.add_item(actor=lead, title="Another", theme=Theme.RECOGNITION, happened_on=date(2025, 1, 2), text="Oh")
    page.as_user(lead)
    form = page._filled(page._form(page.get("plan.inbox"), 0))
    services.accept(placement, actor=lead)
    picked = [str(p.id) for p in db.session.scalars(select(Placement))]
    assert len(picked) == 2
    page.post("/plans/evidence", **form | {"pick": picked, "do": "aside", "reason": "Another year’s"})
    states = [p.state for p in db.session.scalars(select(Placement).order_by(Placement.id))]
    assert states == [PlacementState.ACCEPTED, PlacementState.SET_ASIDE]
    told = "1 piece left as before: “A letter”. Somebody else has decided on it meanwhile."
    assert told in page.get("plan.inbox").text


def test_somebody_who_saved_first_is_not_overwritten(page, action, lead, db):
    page.as_user(lead)
    html = page.get("plan.edit_action", action_id=action.id)
    form = page._filled(page._form(html, 0))
    services.edit_action(
        plans.action(action.id), actor=lead, themes=[Theme.RECOGNITION], objective="Changed meanwhile", reason="Agreed"
    )
    answer = page.post(f"/plans/actions/{action.id}/edit", status=409, **form | {"objective": "<b>Mine</b>"})
    assert "Changed meanwhile" in answer.text
    assert "<b>Mine</b>" in answer.text


@pytest.mark.parametrize("view", ["table", "board", "timeline", "page"])
@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"q": "GALLERY each"}, ["A gallery in each building"]),
        ({"q": "nothing"}, []),
        ({"theme": "visibility"}, ["A gallery in each building"]),
        ({"owner": "Estates"}, ["A gallery in each building"]),
        ({"owner": "–"}, ["Nobody yet"]),
        ({"rag": "amber"}, ["A gallery in each building"]),
        ({"pace": "overdue"}, ["A gallery in each building"]),
        ({"pace": "at risk"}, ["Nobody yet"]),
        ({"pace": "on pace", "rag": "red"}, ["More technicians registered", "Nobody yet"]),
    ],
)
def test_every_view_shows_what_was_asked_for(page, plan, lead, db, view, chosen, found):
    gallery = making.action(
        plan,
        lead,
        objective="A gallery in each building",
        themes=[Theme.VISIBILITY],
        owner_role="Estates",
        due_on=date(2025, 1, 1),
    )
    gallery.rag = Rag.AMBER
    services.add_note(making.action(plan, lead, objective="Nobody yet", owner_role=""), actor=lead, text="No", **DOUBTS)
    db.session.flush()
    html = page.as_user(lead).get("plan.tracker", plan_id=plan.id, query={"view": view} | chosen)
    titles = [a.text for a in html.select("#results a") if a["href"].startswith("/plans/actions/")]
    assert sorted(titles) == found
    listed = page.client.get(f"/plans/{plan.id}?{urlencode({'view': view, 'export': 'csv'} | chosen)}")
    assert sorted(line["Action"] for line in DictReader(listed.text.removeprefix("\ufeff").splitlines())) == found


def test_the_switch_keeps_what_was_asked_for(page, plan, action, lead):
    asked = {"view": "board", "q": "more", "rag": "red"}
    html = page.as_user(lead).get("plan.tracker", plan_id=plan.id, query=asked)
    views = [a["href"] for a in html.select("#views a")]
    assert len(views) == 4
    assert all("q=more" in href and "rag=red" in href for href in views)


def test_a_card_moves_by_a_form_and_what_stands_against_it_is_said_on_the_card(page, plan, action, lead):
    page.as_user(lead)
    board = f"/plans/{plan.id}?view=board&q=more&move={action.id}"
    refused = page.submit("plan.move_card", at=board, form="board", rag="green", explanation="Done", status=422)
    card = refused.select_one(f"#action-{action.id}")
    assert "Accept at least one piece of evidence" in card.select_one("#rag-error").text
    assert card.select_one("textarea").text.strip() == "Done"
    back = page.submit("plan.move_card", at=board, form="board", rag="amber", explanation="Begun in May")
    assert action.rag == Rag.AMBER
    assert back.endswith(f"?view=board&q=more#action-{action.id}")


def test_the_timeline_says_in_words_what_it_draws(page, plan, action, lead):
    services.set_milestones(
        plans.action(action.id), [("Terms agreed", date(2025, 1, 1)), ("Published", date(2027, 1, 1))], actor=lead
    )
    html = page.as_user(lead).get("plan.tracker", plan_id=plan.id, query={"view": "timeline"})
    assert "0 of 2 milestones met; late: Terms agreed, 1 January 2025" in " ".join(
        html.select_one("tbody th").text.split()
    )
    assert [c["class"][-1] for c in html.select("tbody circle")] == ["mile--late", "mile--open"]


def test_technicians_read_a_published_plan_but_change_nothing(page, plan, action):
    somebody = make.person(make.db_get(plan.institution_id))
    page.as_user(somebody)
    page.get("plan.tracker", plan_id=plan.id)
    page.get("plan.edit_action", action_id=action.id, status=403)
    page.get("plan.inbox", status=403)


def test_another_institution_does_not_exist(page, plan, action):
    page.as_user(make.lead())
    page.get("plan.tracker", plan_id=plan.id, status=404)
    page.get("plan.action", action_id=action.id, status=404)


@pytest.mark.parametrize("n", [1, 3])
def test_the_tracker_costs_the_same_however_many_actions(page, plan, lead, queries, n):
    for i in range(n):
        one = making.action(plan, lead, objective=f"Action {i}")
        services.add_indicator(
            one, actor=lead, text="Registered", definition=REGISTERED_STAFF, targets=[(3, date(2026, 8, 31))]
        )
        services.set_milestones(one, [("First", None)], actor=lead)
    page.as_user(lead)
    with queries(at_most=16):
        page.get("plan.tracker", plan_id=plan.id)

"""Saying of many actions at once which points of a charter they serve, and taking just that back."""

from datetime import date

import pytest
from sqlalchemy import select

from hub.charters import services as charters
from hub.core.db import db as database
from hub.plan import services
from hub.plan.models import ActionPoint
from tests import factories as make
from tests.charters import making as for_charters
from tests.plan import making


@pytest.fixture
def three(plan, lead):
    return [making.action(plan, lead, objective=f"Action {n}", owner_role=f"Owner {n}") for n in (1, 2, 3)]


@pytest.fixture
def points(lead):
    return for_charters.points(lead, "Credit", "Time")


def served():
    return {tuple(row) for row in database.session.execute(select(ActionPoint.action_id, ActionPoint.point_id))}


def said(page, plan, deed, actions, points, **more):
    """What the page says after *deed* on *actions* and *points*."""
    chosen = {"actions": [str(a.id) for a in actions], "points": [str(p.id) for p in points]}
    return page.submit("plan.map_points", plan_id=plan.id, button=("do", deed), **({"status": 200} | chosen | more))


def test_many_actions_serve_many_points_and_it_is_told_which_did_already(page, plan, three, points, lead):
    services.serve(three[:1], points, actor=lead)
    html = said(page.as_user(lead), plan, "serve", three, points)
    assert html.select_one(".notice__title").text == "2 actions now serve 2 points; 1 already did."
    assert served() == {(a.id, p.id) for a in three for p in points}


def test_taking_away_says_the_same_and_what_was_changed_at_once_is_undone_alone(page, plan, three, points, lead):
    services.serve(three[:2], points[:1], actor=lead)
    before = served()
    html = said(page.as_user(lead), plan, "part", three, points)
    assert html.select_one(".notice__title").text == "2 actions no longer serve 2 points; 1 did not before."
    assert served() == set()
    undo = html.select_one("form[action*=undo]")
    page.post(undo["action"], **page._filled(undo), deed="part")
    assert served() == before
    html = said(page, plan, "serve", three, points)
    undo = html.select_one("form[action*=undo]")
    page.post(undo["action"], **page._filled(undo), deed="serve")
    assert served() == before


def test_what_lacks_is_said_beside_it_and_what_was_chosen_stays(page, plan, three, points, lead):
    html = said(page.as_user(lead), plan, "serve", three[:1], [], status=422)
    assert "Choose at least one point" in html.select_one("#points").text
    assert html.select_one(f"[name=actions][value='{three[0].id}']").has_attr("checked")
    assert served() == set()


def test_the_page_shows_the_actions_that_the_tracker_was_narrowed_to(page, plan, three, points, lead):
    html = page.as_user(lead).get("plan.tracker", plan_id=plan.id, query={"owner": "Owner 2"})
    (way,) = html.select(".countline a[href*=map]")
    html = page.open(way["href"])
    assert [one["value"] for one in html.select("[name=actions]")] == [str(three[1].id)]


def test_a_retired_point_is_offered_only_to_be_taken_away(page, plan, three, points, lead):
    services.serve(three[:1], points[:1], actor=lead)
    for point in points:
        charters.retire(point, actor=lead, on=date(2026, 1, 1))
    html = page.as_user(lead).get("plan.map_points", plan_id=plan.id)
    assert [one["value"] for one in html.select("[name=points]")] == [str(points[0].id)]
    html = said(page, plan, "serve", three, points[:1], status=422)
    assert "retired, so no further action" in html.select_one("#points").text
    said(page, plan, "part", three, points[:1])
    assert served() == set()


def test_pairs_of_another_plan_or_institution_are_not_found(page, plan, three, points, lead):
    (theirs,) = for_charters.points(make.lead(), "Theirs")
    other = making.action(making.plan(lead, published=False), lead)
    html = said(page.as_user(lead), plan, "serve", three, points)
    undo = html.select_one("form[action*=undo]")
    for pairs in (f"{three[0].id}-{theirs.id}", f"{other.id}-{points[0].id}", "1-2-3", "a-b", "1"):
        page.post(undo["action"], **page._filled(undo) | {"pairs": pairs, "deed": "part"}, status=404)


def test_the_statements_do_not_grow(page, plan, three, points, lead, queries):
    services.serve(three, points, actor=lead)
    page.as_user(lead)
    with queries(at_most=12):
        page.get("plan.map_points", plan_id=plan.id)

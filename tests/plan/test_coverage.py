"""How far a plan covers charters: counted once in a point, gaps by name, every number leading to its records."""

import io
from csv import DictReader
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import select

from hub.accounts.models import Role
from hub.charters import queries as lists
from hub.charters import services as charters
from hub.core.themes import Theme
from hub.evidence import services as evidence
from hub.evidence.models import Entry
from hub.evidence.services import ledger
from hub.plan import queries as plans
from hub.plan import services
from hub.plan.coverage import Cover, in_words
from hub.plan.models import Placement
from tests import factories as make
from tests.charters import making as for_charters
from tests.plan import making

TOPICS = ("Credit", "Time", "Pay", "Tools")


@pytest.fixture
def points(lead):
    return for_charters.points(lead, *TOPICS)


def bring(lead, db, title="A letter", *, on=(), points=(), theme=Theme.RECOGNITION, happened_on=date(2025, 3, 1)):
    """A piece of evidence, accepted on actions and placed on points."""
    evidence.add_item(actor=lead, title=title, theme=theme, happened_on=happened_on, text="Well done")
    placement = db.session.scalars(select(Placement).order_by(Placement.id.desc()).limit(1)).one()
    if on:
        services.accept_on(plans.placement(placement.id), list(on), actor=lead)
    entry = db.session.get_one(Entry, placement.entry_id)
    charters.place(entry, points, actor=lead)
    return entry


@pytest.fixture
def covered(lead, plan, points, db):
    """Credit has two actions and three pieces, Time an action alone, Pay a piece alone, Tools nothing."""
    one, two = plans.actions(plan.id)[0], making.action(plan, lead, objective="A prize for technicians")
    credit, time, pay, _tools = points
    services.serve([one, two], [credit], actor=lead)
    services.serve([making.action(plan, lead, objective="Half a day a month")], [time], actor=lead)
    bring(lead, db, "On both, and directly", on=[one, two], points=[credit])
    bring(lead, db, "On one", on=[one], theme=Theme.VISIBILITY, happened_on=date(2025, 8, 1))
    bring(lead, db, "Directly", points=[credit, pay], happened_on=date(2025, 7, 31))
    bring(lead, db, "Before the plan", points=[credit, pay], happened_on=date(2024, 7, 31))
    return plans.charter_coverage(plan, credit.charter)


def test_each_piece_counts_once_in_a_point(covered):
    assert [(line.point.topic, line.state, line.evidence, line.newest) for line in covered.lines] == [
        ("Credit", Cover.COVERED, 3, date(2025, 8, 1)),
        ("Time", Cover.NO_EVIDENCE, 0, None),
        ("Pay", Cover.NO_ACTION, 1, date(2025, 7, 31)),
        ("Tools", Cover.NO_ACTION, 0, None),
    ]
    credit = covered.lines[0]
    assert [credit.in_cell(theme) for theme in Theme] == [1, 2, 0, 0, 0]
    assert {year: credit.in_cell(year) for year in covered.years} == {2024: 2, 2025: 1, 2026: 0}


def test_the_gaps_are_said_by_name(covered):
    done, *gaps = in_words(covered)
    assert done.startswith("The plan has actions for 2 of the 4 points of Fair credit charter, and evidence already ")
    assert done.endswith("for 1 of them, the newest of 1 August 2025.")
    assert gaps == [
        "One point has an action but no evidence yet: “Time” (2).",
        "No action of the plan serves two points so far: “Pay” (3) and “Tools” (4).",
        "There is evidence even so for “Pay” (3).",
    ]


def test_what_no_action_serves_at_all_is_said_too(plan, lead, points):
    first, second = in_words(plans.charter_coverage(plan, points[0].charter))
    assert first == "The plan has no action yet for any of the 4 points of Fair credit charter."
    assert second.startswith("No action of the plan serves four points so far: “Credit” (1), “Time” (2)")
    bare = for_charters.charter(lead, name="Empty")
    assert in_words(plans.charter_coverage(plan, bare)) == ["Empty has no point in force yet."]


def test_withdrawn_evidence_counts_no_more_and_corrected_evidence_as_corrected(covered, plan, lead, db):
    letters = {entry.title: entry for entry in db.session.scalars(select(Entry))}
    ledger.take_back(letters["On both, and directly"])
    evidence.correct(letters["Directly"], reason="Two years later", actor=lead, happened_on=date(2027, 7, 31))
    credit = plans.charter_coverage(plan, covered.charter).lines[0]
    assert (credit.evidence, credit.newest) == (2, date(2027, 7, 31))


def test_a_retired_point_counts_while_an_action_serves_it(covered, plan, lead):
    credit, _time, _pay, tools = (line.point for line in covered.lines)
    for point in (credit, tools):
        charters.retire(point, actor=lead, on=date(2026, 1, 1))
    assert [line.point.topic for line in plans.charter_coverage(plan, covered.charter).lines] == [
        "Credit",
        "Time",
        "Pay",
    ]


def test_the_evidence_of_each_point_in_order_of_date(covered, plan, queries):
    charter_id, plan_id = covered.charter.id, plan.id
    with queries(at_most=6):
        found = plans.evidence_by_point(lists.charter(charter_id), plans.plan(plan_id))
    assert {point.topic: [entry.title for entry in entries] for point, entries in found.items()} == {
        "Credit": ["On both, and directly", "Directly", "On one"],
        "Time": [],
        "Pay": ["Directly"],
        "Tools": [],
    }


# -- pages -------------------------------------------------------------------------------------------------------------


def listed(page, href):
    """How many records the page behind a number lists."""
    parts = urlsplit(href)
    html = page.open(parts.path, query=dict(parse_qsl(parts.query)))
    return len(html.select("tbody tr"))


@pytest.mark.parametrize("view", ["", "themes", "years"])
def test_every_number_opens_as_many_records(page, covered, plan, lead, view):
    html = page.as_user(lead).get(
        "plan.coverage", plan_id=plan.id, charter_id=covered.charter.id, query={"view": view} if view else {}
    )
    numbers = [(a["href"], int(a.contents[0].strip())) for a in html.select("td.num a")]
    assert len(numbers) == {"": 2, "themes": 5, "years": 5}[view]
    assert {href: listed(page, href) for href, _ in numbers} == dict(numbers)


def test_the_numbers_of_all_charters_open_the_points_that_they_count(page, covered, plan, lead):
    html = page.as_user(lead).get("plan.charters", plan_id=plan.id)
    numbers = [(a["href"], int(a.contents[0].strip())) for a in html.select("td.num a")]
    assert [n for _, n in numbers] == [4, 1, 1, 2]
    assert {href: listed(page, href) for href, _ in numbers} == dict(numbers)


def test_the_coverage_is_taken_away_as_it_is_shown(page, covered, plan, lead):
    got = page.as_user(lead).raw(
        "plan.coverage", plan_id=plan.id, charter_id=covered.charter.id, query={"export": "csv", "state": "covered"}
    )
    (row,) = DictReader(io.StringIO(got.get_data(as_text=True).lstrip("\ufeff")))
    assert (row["Point"], row["State"], row["Evidence"]) == ("Credit", "Action and evidence", "3")
    assert (row["Visibility"], row["Recognition"], row["2024–25"]) == ("1", "2", "2")
    assert "More technicians registered (Not started)" in row["Actions that serve it"]


@pytest.mark.parametrize("query", [{"view": "cloud"}, {"state": "blue"}])
def test_a_view_that_is_not_there_is_not_found(page, covered, plan, lead, query):
    page.as_user(lead).get("plan.coverage", plan_id=plan.id, charter_id=covered.charter.id, query=query, status=404)


def test_a_lead_chooses_actions_for_a_point_and_points_for_an_action(page, plan, points, lead):
    credit, time, *_ = points
    (action,) = plans.actions(plan.id)
    page.as_user(lead).submit("plan.choose_actions", plan_id=plan.id, point_id=credit.id, actions=[str(action.id)])
    page.submit("plan.choose_points", action_id=action.id, form=-1, points=[str(time.id)])
    assert [one.point.topic for one in plans.points_served(action.id)] == ["Credit", "Time"]
    page.submit("plan.choose_points", action_id=action.id, form=f"/points/{credit.id}/")
    assert [one.point.topic for one in plans.points_served(action.id)] == ["Time"]
    html = page.submit("plan.choose_actions", plan_id=plan.id, point_id=credit.id, actions=[], status=422)
    assert "Choose at least one action" in html.text


def test_the_tracker_is_narrowed_to_the_actions_that_serve_a_point(page, covered, plan, lead):
    _credit, time, pay, _tools = (line.point for line in covered.lines)
    shown = {"plan_id": plan.id, "query": {"point": str(time.id)}}
    assert [row.a.text for row in page.as_user(lead).get("plan.tracker", **shown).select("tbody th")] == [
        "Half a day a month"
    ]
    assert "No action fits" in page.get("plan.tracker", plan_id=plan.id, query={"point": str(pay.id)}).text
    assert "No action fits" in page.as_user(make.person(lead.institution)).get("plan.tracker", **shown).text


def test_how_a_piece_came_to_a_point_is_said(page, covered, plan, lead):
    html = page.as_user(lead).get("plan.point", plan_id=plan.id, point_id=covered.lines[0].point.id)
    said = {row.th.a.text: row.th.select_one(".hint").text for row in html.select("tbody tr")}
    assert said == {
        "On both, and directly": "Accepted on R1 and R2",
        "On one": "Accepted on R1",
        "Directly": "Placed here directly. Change where Directly is placed",
    }


def test_a_charter_of_another_institution_is_not_found_beside_a_plan(page, plan, lead, db):
    (theirs,) = for_charters.points(make.lead(), "Theirs")
    page.as_user(lead)
    page.get("plan.coverage", plan_id=plan.id, charter_id=theirs.charter_id, status=404)
    page.get("plan.point", plan_id=plan.id, point_id=theirs.id, status=404)


def test_the_leader_reads_and_changes_nothing_and_a_technician_reads_nothing(page, covered, plan, lead):
    asked = {"plan_id": plan.id, "point_id": covered.lines[0].point.id}
    page.as_user(make.person(lead.institution, roles=(Role.LEADER,))).get("plan.point", **asked)
    page.get("plan.choose_actions", **asked, status=403)
    page.as_user(make.person(lead.institution)).get("plan.point", **asked, status=403)


def test_the_statements_of_the_pages_do_not_grow(page, covered, plan, lead, queries):
    page.as_user(lead)
    for endpoint, args in (
        ("plan.charters", {}),
        ("plan.coverage", {"charter_id": covered.charter.id}),
        ("plan.point", {"point_id": covered.lines[0].point.id}),
    ):
        with queries(at_most=12):
            page.get(endpoint, plan_id=plan.id, **args)

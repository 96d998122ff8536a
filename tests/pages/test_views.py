"""The pages that draw on many features, filled and empty, for each who opens them."""

from datetime import date

import pytest

from hub.accounts.models import Role
from hub.core.clock import today
from hub.pages import queries as pages
from hub.pages import statements
from tests import factories as make
from tests.plan import making


@pytest.fixture
def uni(db):
    return make.institution()


def test_an_empty_hub_says_how_to_begin(page, db):
    assert "This hub is empty" in page.get("pages.home").text


def test_visitors_see_the_one_institution_and_its_contact(page, uni):
    uni.contact_email = "technicians@uni.example"
    html = page.get("pages.home")
    assert html.h1.text.startswith("The technicians of")
    assert "technicians@uni.example" in html.text
    assert "The plan is being written" in html.text


def test_the_public_page_shows_the_plan_and_explains_what_has_not_started(page, uni):
    lead = make.lead(uni)
    making.plan(lead)
    html = page.get("pages.public_page")
    assert "More technicians registered" in html.text
    assert page.raw("plan.public_pdf", slug=uni.slug).status_code == 200


def test_visitors_choose_among_several_institutions(page, uni):
    other = make.institution()
    html = page.get("pages.home")
    assert {a["href"] for a in html.select("main a")} == {f"/institutions/{uni.slug}", f"/institutions/{other.slug}"}
    page.get("pages.institution", slug=other.slug)
    page.get("pages.institution", slug="nobody", status=404)


@pytest.mark.parametrize(("roles", "lands_on"), [((), "/hub"), ((Role.LEAD,), "/impact"), ((Role.LEADER,), "/impact")])
def test_everybody_lands_where_their_work_is(page, uni, roles, lands_on):
    page.as_user(make.person(uni, roles=roles))
    assert page._send("GET", "/").location == lands_on


def test_a_technician_s_hub_and_a_lead_s_impact_open_without_anything_in_them(page, uni):
    page.as_user(make.person(uni)).get("pages.my_hub")
    page.get("pages.impact", status=403)
    html = page.as_user(make.lead(uni)).get("pages.impact")
    assert "Bring your plan" in html.text


def test_impact_names_what_stops_a_submission(page, uni):
    lead = make.lead(uni)
    making.plan(lead)
    html = page.as_user(lead).get("pages.impact")
    assert "has not started, and nobody has said why" in html.text


def test_my_hub_and_impact_stay_within_their_statements(page, uni, queries):
    lead = make.lead(uni)
    plan = making.plan(lead)
    for n in range(3):
        making.action(plan, lead, objective=f"Action {n}")
    page.as_user(lead)
    with queries(at_most=18):
        page.get("pages.impact")
    with queries(at_most=14):
        page.get("pages.my_hub")


@pytest.mark.parametrize("endpoint", ["pages.accessibility", "pages.privacy", "pages.help_page"])
def test_the_small_print_is_open_to_everybody(page, uni, endpoint):
    page.get(endpoint)


def test_the_accessibility_statement_is_not_overdue(page, db):
    assert statements.read("accessibility").review_by > today()


@pytest.mark.parametrize(
    ("after", "window"), [("2026-01-31", "2026-01-31"), ("2026-02-01", "2026-07-31"), ("2026-08-01", "2027-01-31")]
)
def test_submission_windows_close_at_the_end_of_january_and_of_july(after, window):
    assert pages.next_window(date.fromisoformat(after)).isoformat() == window


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/robots.txt", "/.well-known/security.txt"])
def test_machines_are_answered_in_plain_text(page, uni, path):
    answer = page._send("GET", path)
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")

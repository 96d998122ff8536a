"""The main jobs in a real Chromium that runs no scripts: they take longer, and they work."""

import re

import pytest

from tests.support.world import ANYBODY, ROLES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("world")]


@pytest.fixture
def tab_of_plain(tab_of):
    return lambda role: tab_of(role, java_script_enabled=False)


def first_of(world, endpoint, roles=ROLES):
    """The first of those who can open an address of a kind, and that address."""
    visits = ((role, visit) for role in roles for visit in world.walk(role))
    return next((role, v.path) for role, v in visits if v.endpoint == endpoint and v.status == 200 and v.is_html)


def test_a_skill_is_asked_for(tab_of_plain):
    tab = tab_of_plain("mentee")
    tab.goto("/skills/requests/ask")
    tab.fill("[name=what]", "How do I keep the sections flat on the slide?")
    tab.locator("[name=skill]").select_option(index=1)
    tab.locator("[name=kind]").first.check()
    tab.locator("main form .form-end button").click()
    assert "How do I keep the sections flat" in tab.inner_text("h1")
    assert "Withdraw my request" in tab.inner_text("main")


def test_an_application_to_the_fund_is_written(world, tab_of_plain):
    role, path = first_of(world, "fund.activity")
    tab = tab_of_plain(role)
    tab.goto(path)
    tab.fill("[name=title]", "Fast soldering, taught without scripts")
    tab.get_by_role("button", name="Save for later").click()
    tab.goto(re.sub(r"/activity$", "", tab.url))
    assert "Fast soldering, taught without scripts" in tab.inner_text("main")


def test_a_colleague_is_nominated(world, tab_of_plain):
    role, path = first_of(world, "awards.start", ["mentor"])
    tab = tab_of_plain(role)
    tab.goto(path)
    tab.get_by_role("searchbox").fill(world.person("technician").name.split()[0])
    tab.get_by_role("button", name="Search").last.click()
    tab.get_by_role("button", name=re.compile(r"^Nominate ")).first.click()
    tab.fill("main form textarea >> nth=0", "Nobody could print on glass.")
    tab.get_by_role("button", name="Keep for later").click()
    assert "Nobody could print on glass." in tab.locator("main form textarea").first.input_value()


def test_evidence_is_placed_and_a_status_set(world, tab_of_plain):
    tab = tab_of_plain("lead")
    tab.goto("/plans/evidence")
    piece = tab.locator("[data-row]").filter(has=tab.locator("[data-accept]", has_text="Accept")).first
    title = piece.locator("h3").inner_text()
    action = piece.locator("select").input_value()
    piece.locator("[data-accept]").click()
    tab.goto(f"/plans/actions/{action}/status")
    tab.get_by_role("radio", name="Not started").check()
    tab.locator("main form textarea").fill("We begin again, without scripts.")
    tab.get_by_role("button", name="Set the status").click()
    assert "We begin again, without scripts." in tab.inner_text("main")
    assert title in tab.inner_text("main")


def test_anybody_reads_how_it_goes(world, tab_of_plain):
    tab = tab_of_plain(ANYBODY)
    tab.goto(f"/institutions/{world.institution.slug}")
    tab.locator("main summary").first.click()
    assert tab.locator("main details[open]").count() == 1

"""The hub by keyboard alone, without scripts, in the reader's own colours and without motion."""

import pytest

from tests.support import looking
from tests.support.sheets import all_sheets, few_of
from tests.support.torture import one_in
from tests.support.world import ANYBODY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("world")]


@pytest.fixture(scope="module")
def some(world):
    """Some pages of those that between them show everything; all of them when there is time."""
    return one_in(16, [sheet for sheet in few_of(all_sheets(world)) if sheet.status == 200])


@pytest.fixture
def faults_on(some, tab_of):
    """What *look* finds wrong on which of some pages."""

    def finding(look, **settings):
        tabs, found = {}, {}
        for sheet in some:
            if sheet.role not in tabs:
                tabs[sheet.role] = tab_of(sheet.role, **settings)
            tabs[sheet.role].goto(sheet.path)
            if told := look(tabs[sheet.role]):
                found[str(sheet)] = told
        return found

    return finding


def test_the_tab_key_reaches_everything_in_the_order_of_reading_and_gets_out_again(faults_on):
    assert faults_on(looking.keyboard) == {}


def test_the_focus_is_seen_in_the_readers_own_colours(faults_on):
    assert faults_on(looking.unseen_focus, forced_colors="active") == {}


def test_buttons_have_an_edge_in_the_readers_own_colours(faults_on):
    assert faults_on(lambda tab: tab.evaluate(WITHOUT_EDGE), forced_colors="active") == {}


def test_nothing_moves_for_those_who_asked_for_stillness(faults_on):
    assert faults_on(lambda tab: tab.evaluate(MOVING), reduced_motion="reduce") == {}


@pytest.mark.parametrize("role", [ANYBODY, "technician", "lead"])
def test_the_first_stop_leads_past_the_menus(tab_of, role):
    tab = tab_of(role)
    tab.goto("/people/" if role != ANYBODY else "/sign-in")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.innerText") == "Skip to the main content"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("size", [{"width": 320, "height": 800}, {"width": 1280, "height": 900}])
def test_menus_open_by_a_key_and_close_on_escape(tab_of, size):
    tab = tab_of("lead", viewport=size)
    tab.goto("/hub")
    menus = tab.locator("details[data-menu]:visible > summary")
    assert menus.count() > 1
    for menu in menus.all():
        menu.press("Enter")
        assert menu.evaluate("e => e.parentElement.open")
        tab.keyboard.press("Tab")
        assert menu.evaluate("e => e.parentElement.contains(document.activeElement) && document.activeElement !== e")
        tab.keyboard.press("Escape")
        assert menu.evaluate("e => !e.parentElement.open && document.activeElement === e")


# What has a colour behind it but no line around it is lost when colours are the reader's.
WITHOUT_EDGE = """() => [...document.querySelectorAll("button, a.btn, input[type=submit]")].filter(e => {
  const s = getComputedStyle(e), plain = getComputedStyle(e.parentElement);
  const isFilled = s.backgroundColor !== "rgba(0, 0, 0, 0)" && s.backgroundColor !== plain.backgroundColor;
  return e.checkVisibility() && isFilled && parseFloat(s.borderTopWidth) === 0;
}).map(e => e.outerHTML.slice(0, 120))"""
MOVING = """() => {
  document.querySelectorAll("details").forEach(d => { d.open = true; });
  const seconds = e => Math.max(...getComputedStyle(e).transitionDuration.split(",").map(parseFloat));
  return [...document.getAnimations().map(a => a.animationName ?? a.transitionProperty),
    ...[...document.querySelectorAll("body *")].filter(e => seconds(e) > 0.01).map(e => e.outerHTML.slice(0, 100))];
}"""

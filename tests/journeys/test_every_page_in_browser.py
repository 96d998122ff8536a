"""Pages of every package in a real Chromium: for everybody, at every width, in both looks, with the keyboard alone.

One state of every twelfth page; the long sweep has all states of all of them, the empty institution’s as well
(``test_every_state_in_browser``).
"""

from collections import Counter, defaultdict
from itertools import cycle

import pytest

from tests.gates.access import tables
from tests.support import browser as support
from tests.support.looking import sticking_out
from tests.support.torture import one_in
from tests.support.world import ANYBODY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("world")]

NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}
EVERYBODY = ("lead", "administrator", "technician", "mentee", "panel_member", "judge", ANYBODY)
PACKAGES = sorted({row.feature for row in tables()})


def pages_of(world, package):
    """(role, path) for pages of a package, the roles by turns, so that every one of them is seen at work."""
    shown = defaultdict(dict)
    for role in EVERYBODY:
        for visit in world.walk(role):
            if visit.status == 200 and visit.is_html and visit.endpoint.startswith(f"{package}."):
                shown[visit.endpoint].setdefault(role, visit.path)
    turns = Counter()
    for _endpoint, paths in one_in(18, sorted(shown.items())):
        role = min(paths, key=lambda role: turns[role])
        turns[role] += 1
        yield role, paths[role]


def faults_of(tab, address, path, size, scheme):
    """What is wrong with a page at one width and in one look, whether it fits a phone, and what it complains of."""
    tab.said.clear()
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size(NARROW)
    tab.goto(address + path)
    found = [f"320 px: {fault}" for fault in sticking_out(tab)]
    tab.set_viewport_size(size)
    found += [f"{size['width']} px: {fault}" for fault in sticking_out(tab)]
    found += tab.said  # before axe, which tries styles that the policy does not let it have
    return found + [f"{size['width']} px, {scheme}: {fault}" for fault in support.axe(tab)]


def test_a_planted_fault_is_found(address, tab_of):
    tab = tab_of(ANYBODY)
    tab.route("**/planted", lambda route: route.fulfill(content_type="text/html", body=PLANTED))
    found = " ".join(faults_of(tab, address, "/planted", WIDE, "light"))
    assert "color-contrast" in found
    assert "320 px: " in found
    assert "planted in the console" in found


@pytest.mark.parametrize(
    ("role", "path", "first"),
    [
        (ANYBODY, "/sign-in", ["Skip to", "Email"]),
        ("technician", "/people/", ["Skip to"]),
        ("technician", "/hub", ["Skip to"]),
        ("lead", "/plans/evidence", ["Skip to"]),
    ],
)
def test_the_keyboard_reaches_everything_in_the_order_of_reading(tab_of, address, role, path, first):
    tab = tab_of(role)
    tab.goto(address + path)
    reached = support.tab_order(tab)
    assert first[0] in reached[0]
    assert len(reached) > 5
    assert tab.evaluate(OUT_OF_ORDER) == []


def test_the_focus_can_be_seen(tab_of, address):
    tab = tab_of("technician")
    for path in ("/people/", "/hub", "/fund"):
        tab.goto(address + path)
        for _ in range(25):
            tab.keyboard.press("Tab")
            assert tab.evaluate(SHOWS_FOCUS), f"{path}: {tab.evaluate('document.activeElement.outerHTML')[:200]}"


@pytest.mark.parametrize("package", PACKAGES)
def test_every_page_is_for_everybody(world, kept_tab, address, package):
    ways = cycle([(NARROW, "light"), (WIDE, "dark"), (NARROW, "dark"), (WIDE, "light")])
    pages = list(pages_of(world, package))
    assert pages
    faults = {path: faults_of(kept_tab(role), address, path, *next(ways)) for role, path in pages}
    assert {path: found for path, found in faults.items() if found} == {}


PLANTED = """<!doctype html><html lang="en"><head><title>Planted</title></head><body><main><h1>Planted</h1>
<p style="color: #ccc; background: #fff; width: 700px">Too pale and too wide</p></main>
<script>console.error("planted in the console")</script></body></html>"""

OUT_OF_ORDER = """() => {
  const all = [...document.querySelectorAll("[tabindex]")];
  return all.filter(e => e.tabIndex > 0).map(e => e.outerHTML.slice(0, 120));
}"""

SHOWS_FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return true;
  const drawn = e => {
    const s = getComputedStyle(e);
    return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none";
  };
  const box = at.getBoundingClientRect();
  return box.width > 0 && (drawn(at) || drawn(at.parentElement));
}"""

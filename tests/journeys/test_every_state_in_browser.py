"""Every kind of page in a real Chromium: for everybody, full, empty and refused, at both widths, in both looks."""

import errno
from functools import wraps
from pathlib import Path

import pytest
from flask import request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import default_exceptions

from hub import FEATURES
from tests.support import browser as support
from tests.support import judges, looking, refusals, sheets, stages
from tests.support.eyes import Eyes
from tests.support.sheets import Sheet, all_sheets, few_of, of_refusal, one_of_each, opened
from tests.support.sweeping import Sweep, cookie_of
from tests.support.torture import EVERYTHING
from tests.support.world import ANYBODY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("world")]

NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}
PACKAGES = sorted({feature.__name__.rsplit(".", 1)[1] for feature in FEATURES} - {"jobs"} | {"kit"})


@pytest.fixture(scope="module")
def eyes(address, cookies):
    with Eyes(address, cookies) as eyes:
        yield eyes


@pytest.fixture(scope="module")
def every_sheet(world) -> list[Sheet]:
    return all_sheets(world)


@pytest.fixture(scope="module")
def chosen(every_sheet) -> list[Sheet]:
    """One of each that is built alike, or so few that nothing which stands on any of them is missed."""
    return one_of_each(every_sheet) if EVERYTHING else few_of(every_sheet)


@pytest.fixture(scope="module")
def refused(world, clients, every_sheet) -> list[refusals.Refusal]:
    """What every form that anybody is shown answers to nothing, to wrong values and to an old version of its row."""
    pages = [(sheet.role, sheet.path, sheet.text) for sheet in every_sheet if sheet.status == 200]
    forms = refusals.forms_of(world.app, clients, pages)
    sweep = Sweep(world.app, {role: cookie_of(client) for role, client in clients.items()})
    return list(refusals.refusals_of(sweep, forms))


def faults_of(tab, sheet):
    """What is wrong with a page for an eye, a keyboard and the judges, in every width and look."""
    tab.emulate_media(color_scheme="light")
    tab.set_viewport_size(NARROW)
    tab.said.clear()
    opened(tab, sheet)
    found = told("320 px", looking.sticking_out(tab))
    found += tab.said if sheet.status == 200 else []  # before axe, which tries what the policy forbids
    found += told("axe at 320 px, light", support.axe(tab))
    found += told("HTML_CodeSniffer", judges.htmlcs(tab))
    found += told("with spaced text at 320 px", looking.clipped(tab))
    found += told("focus at 320 px", looking.unseen_focus(tab))
    tab.emulate_media(color_scheme="dark")
    found += told("axe at 320 px, dark", support.axe_colours(tab))
    looking.open_all(tab)
    found += told("320 px, all open", looking.sticking_out(tab))
    tab.set_viewport_size(WIDE)
    found += told("1280 px", looking.sticking_out(tab))
    looking.spread_out(tab)
    found += told("axe at 1280 px, dark, all open", support.axe(tab))
    tab.emulate_media(color_scheme="light")
    return found + told("axe at 1280 px, light", support.axe_colours(tab))


def told(when, found):
    return [f"{when}: {fault}" for fault in found]


def refusal_faults(tab, sheet):
    """What is wrong with a page that says what was wrong with a form, as it opens on a phone."""
    tab.emulate_media(color_scheme="dark")
    tab.set_viewport_size(NARROW)
    opened(tab, sheet)
    found = [] if tab.evaluate("document.activeElement.matches('.errors')") else ["the summary has not the focus"]
    found += tab.evaluate(LEADS_ASTRAY) + looking.sticking_out(tab)
    return found + support.axe(tab) + judges.htmlcs(tab)


def wrong(eyes, some, look):
    """What is wrong with which of some sheets."""
    return {str(sheet): found for sheet, found in zip(some, eyes.over(some, look), strict=True) if found}


@pytest.fixture(scope="module")
def elsewhere(every_sheet, full_world) -> list[Sheet]:
    """The pages that nobody of the demo is shown just now, from the world with something in every stage."""
    known = {sheet.endpoint for sheet in every_sheet if sheet.status == 200} | sheets.NOT_PAGES
    shown = {endpoint: visits[0] for endpoint, visits in full_world.found.paths.items() if endpoint not in known}
    return [Sheet(role, path, endpoint, 200, "") for endpoint, (role, path) in shown.items()]


def test_every_page_of_the_hub_is_seen(world, every_sheet, elsewhere, chosen):
    pages = {rule.endpoint for rule in world.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    seen = {sheet.endpoint for sheet in [*every_sheet, *elsewhere] if sheet.status == 200}
    assert pages - seen - sheets.NOT_PAGES == set()
    assert {sheet.endpoint for sheet in chosen} == {sheet.endpoint for sheet in every_sheet}
    assert {sheet.endpoint.split(".")[0] for sheet in chosen if sheet.endpoint} == set(PACKAGES)


def test_a_planted_fault_is_found(address, tab_of):
    tab = tab_of(ANYBODY)
    tab.route("**/planted", lambda route: route.fulfill(content_type="text/html", body=PLANTED))
    found = " ".join(faults_of(tab, Sheet(ANYBODY, "/planted", "", 200, PLANTED)))
    for told in (
        "color-contrast",
        "320 px: ",
        "planted in the console",
        "HTML_CodeSniffer: ",
        "cut off",
        "shows the focus",
    ):
        assert told in found


@pytest.mark.parametrize("package", [*PACKAGES, ""])
def test_every_page_is_for_everybody(eyes, chosen, package):
    assert wrong(eyes, [sheet for sheet in chosen if sheet.endpoint.split(".")[0] == package], faults_of) == {}


def test_every_page_that_the_demo_does_not_show_is_for_everybody(full_world, elsewhere):
    cookies = {role: cookie.removeprefix("hub=") for role, cookie in full_world.sweep.cookies.items()}
    with support.served(full_world.app, "localhost", at=stages.NOW) as address, Eyes(address, cookies) as eyes:
        assert wrong(eyes, elsewhere, faults_of) == {}


def test_every_form_that_is_refused_says_why_at_the_top_and_leads_to_the_field(refused):
    spoken = [one for one in refused if one.status == 422]
    assert len({one.form.endpoint for one in spoken}) > 60
    assert {str(of_refusal(one)): found for one in spoken if (found := refusals.summary_faults(one))} == {}


def test_a_refused_form_is_for_everybody(eyes, refused):
    forms = {}
    for one in refused:
        if one.status == 422:
            forms.setdefault(one.form.endpoint, of_refusal(one))
    assert wrong(eyes, forms.values(), refusal_faults) == {}


def test_what_is_only_on_pages_of_refusal_is_for_everybody(eyes, refused, every_sheet):
    new = few_of([of_refusal(one) for one in refused], seen=every_sheet)
    fresh = [sheet for sheet in new if sheets.parts_of(sheet.text)]
    assert wrong(eyes, fresh[:20], faults_of) == {}


@pytest.fixture
def broken(world, monkeypatch):
    """Pages that fail, each in the way that its template is for; a form that is refused has been seen already."""
    view = world.app.view_functions["pages.help_page"]

    @wraps(view)
    def failing(**_values):
        raise FAILURES[int(request.args["as"])]

    monkeypatch.setitem(world.app.view_functions, "pages.help_page", failing)
    return [
        Sheet(role, f"/help?as={status}", "", status, "") for role in ("technician", ANYBODY) for status in FAILURES
    ]


def test_every_page_of_an_error_is_for_everybody(world, eyes, broken):
    drawn = {int(file.stem) for file in (Path(world.app.root_path) / world.app.template_folder / "errors").iterdir()}
    assert drawn == {*FAILURES, 409, 422}
    for sheet in broken:
        assert world.app.test_client().get(sheet.path).status_code == sheet.status
    assert wrong(eyes, broken, faults_of) == {}


def test_every_page_is_valid_html(chosen, refused, tmp_path):
    files = {}
    for number, sheet in enumerate([*chosen, *map(of_refusal, refused)]):
        file = tmp_path / f"{number}.html"
        file.write_text(sheet.text, "utf-8")
        files[file.name] = sheet
    faults = [(files[fault.split(":")[0]], fault) for fault in judges.vnu(sorted(tmp_path.iterdir()))]
    assert [f"{sheet}: {fault}" for sheet, fault in faults if not (sheet.answers and AS_TYPED in fault)] == []


FAILURES = {
    **{status: default_exceptions[status]() for status in (400, 403, 404, 413, 429)},
    500: RuntimeError("planted"),
    503: OperationalError("SELECT 1", {}, Exception("away")),
    507: OSError(errno.ENOSPC, "planted"),
}
AS_TYPED = "for attribute “value” on element “input”"  # what was wrong is shown again, wrong as it was
LEADS_ASTRAY = """() => [...document.querySelectorAll(".errors a")].flatMap(link => {
  const target = document.getElementById(link.hash.slice(1));
  link.click();
  const at = document.activeElement;
  return target === at || target.contains(at) ? [] : [`${link.hash} does not take the focus`];
})"""
PLANTED = """<!doctype html><html lang="en"><head><title>Planted</title>
<style>.cut { height: 1em; overflow: hidden } a:focus { outline: none }</style></head><body><main><h1>Planted</h1>
<p style="color: #ccc; background: #fff; width: 700px">Too pale and too wide</p><p class="cut">Cut <br> off</p>
<a href="/">Where am I?</a><form><input></form></main>
<script>console.error("planted in the console")</script></body></html>"""

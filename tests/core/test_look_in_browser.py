"""The look in a real browser: sound for everybody at every width, and quicker with a script."""

import json
import re

import pytest

from hub.core.kit import PARTS
from tests.support import browser as support

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(app):
    with support.served(app, "127.0.0.1") as address:
        yield address


@pytest.fixture
def tab(chromium):
    tab = chromium.new_page(viewport={"width": 1280, "height": 900})
    yield tab
    tab.close()


def test_the_policy_lets_everything_of_ours_through(tab, address):
    said = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    for part in PARTS:
        tab.goto(f"{address}/kit/{part}")
    assert [text for text in said if "autocomplete" not in text] == []


def test_somebody_may_choose_the_dark_on_a_light_device(chromium, address):
    tab = chromium.new_page(color_scheme="light")
    tab.context.add_cookies([{"name": "look", "value": "dark", "url": address}])
    tab.goto(address + "/kit/")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(13, 25, 28)"
    tab.close()


def test_menus_close_on_escape_and_give_the_focus_back(tab, address):
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(address + "/kit/forms")
    tab.click(".confirm summary")
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.querySelector('.confirm').open") is False
    assert tab.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_words_left_are_counted_as_somebody_writes(tab, address):
    tab.goto(address + "/kit/forms")
    tab.fill("#fresh-why", "one two  three")
    assert tab.inner_text("[data-words-for='fresh-why']") == "9 words left"
    tab.fill("#fresh-why", "w " * 13)
    assert tab.inner_text("[data-words-for='fresh-why']") == "1 word too many"


def test_a_draft_keeps_itself_without_the_token_of_its_button(tab, address):
    sent = []

    def answer(route):
        sent.append(route.request.post_data)
        route.fulfill(content_type="application/json", body=json.dumps({"saved": "14:02"}))

    tab.goto(address + "/kit/forms")
    tab.route(lambda url: url.endswith("/kit/"), answer)
    with tab.expect_response(lambda response: response.url.endswith("/kit/")):
        tab.fill("#what", "Ultramicrotomy")
    tab.wait_for_function("document.querySelector('[data-autosave-text]').textContent === 'Saved 14:02'")
    of_button = tab.input_value("form:has([data-autosave]) [name=_once]")
    assert re.search(r'name="_once"\s+(\S+)', sent[0])[1].startswith(f"{of_button}.")
    assert "csrf_token" in sent[0]
    assert "Ultramicrotomy" in sent[0]


def test_a_draft_says_when_it_could_not_be_kept(tab, address):
    tab.goto(address + "/kit/forms")
    tab.route(lambda url: url.endswith("/kit/"), lambda route: route.abort())
    tab.fill("#what", "Ultramicrotomy")
    tab.wait_for_selector(".autosave--lost")
    assert tab.inner_text("[data-autosave-text]").endswith("Your words are still here.")


def test_a_filter_changes_the_list_in_place_and_keeps_the_focus(tab, address):
    tab.goto(address + "/kit/lists")
    with tab.expect_response(lambda response: "skill=histology" in response.url):
        tab.check("#list-skill-1")
    tab.wait_for_url("**/kit/lists?sort=name&q=microscopy&skill=microscopy&skill=histology")
    assert tab.evaluate("document.activeElement.id") == "list-skill-1"


def test_two_clicks_send_one_form(tab, address):
    sent = []
    tab.goto(address + "/kit/forms")
    tab.route(lambda url: url.endswith("/kit/"), lambda route: sent.append(route.request.method))
    tab.evaluate("document.querySelector('.deed button').click(); document.querySelector('.deed button').click();")
    tab.wait_for_timeout(300)
    assert sent == ["POST"]

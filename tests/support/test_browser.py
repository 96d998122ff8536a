"""The browser that tests use is real and sees what it should."""

import shutil

import pytest

from tests.support import browser as support

pytestmark = pytest.mark.browser

_GOOD = """<!doctype html><html lang="en-GB"><head><title>Round</title></head>
<body><main><h1>Spring round</h1>
<form><label for="sum">Amount</label> <input id="sum"> <button>Award</button></form>
<a href="/fund">All rounds</a></main></body></html>"""
_BAD = """<!doctype html><html><head></head>
<body><h1 style="color:#ccc;width:200vw">Spring</h1><input></body></html>"""


@pytest.fixture
def tab(chromium):
    tab = chromium.new_page(viewport={"width": 390, "height": 800})
    yield tab
    tab.close()


def test_a_good_page_passes(tab):
    tab.set_content(_GOOD)
    assert support.axe(tab) == []
    assert support.tab_order(tab) == ["input Amount", "button Award", "a All rounds"]
    support.no_horizontal_scroll(tab)


def test_a_bad_page_is_told_what_is_wrong(tab):
    tab.set_content(_BAD)
    broken = {fault.split(":")[0] for fault in support.axe(tab)}
    assert {"document-title", "html-has-lang", "label", "color-contrast"} <= broken
    with pytest.raises(AssertionError, match="<h1"):
        support.no_horizontal_scroll(tab)


def test_the_named_chromium_wins(tmp_path, monkeypatch):
    monkeypatch.setenv(support.OVERRIDE, "/opt/ours/chromium")
    assert support._found(tmp_path) == "/opt/ours/chromium"


def test_playwrights_own_is_the_last_to_be_found(tmp_path, monkeypatch):
    monkeypatch.delenv(support.OVERRIDE, raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert support._found(tmp_path / "none") is None
    assert support._found(tmp_path) == str(tmp_path)

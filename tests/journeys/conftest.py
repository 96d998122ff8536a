"""The world in a real Chromium: its server, its browser, and tabs in which somebody is signed in."""

import pytest

from tests.support import browser as support
from tests.support import eyes, sheets
from tests.support.world import NOW

WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def address(world):
    with support.served(world.app, "localhost", at=NOW) as address:
        yield address


@pytest.fixture(scope="module")
def clients(world):
    return sheets.everybody(world)


@pytest.fixture(scope="module")
def cookies(clients):
    found = {role: client.get_cookie("hub") for role, client in clients.items()}
    return {role: cookie.value for role, cookie in found.items() if cookie}


@pytest.fixture(scope="module")
def kept_tab(chromium, address, cookies):
    """The same for many pages in turn: everybody has one tab, opened when it is first asked for."""
    opened = {}

    def opening(role):
        if role not in opened:
            opened[role] = eyes.tab_of(chromium, address, cookies.get(role, ""), viewport=WIDE)
        return opened[role]

    yield opening
    for tab in opened.values():
        tab.context.close()


@pytest.fixture
def tab_of(chromium, address, cookies):
    """A tab in which somebody is signed in; it remembers what the page complained of."""
    opened = []

    def opening(role, **settings):
        opened.append(eyes.tab_of(chromium, address, cookies.get(role, ""), **{"viewport": WIDE} | settings))
        return opened[-1]

    yield opening
    for tab in opened:
        tab.context.close()

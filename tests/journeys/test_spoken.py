"""What a screen reader is given on eight journeys is what somebody has read and found good: kept as text, compared."""

import os
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from hub.accounts import services as accounts
from tests.accounts.making import PASSWORD, mailed_tokens
from tests.journeys import acting, test_story
from tests.journeys.acting import on
from tests.support.pages import Page
from tests.support.sweeping import endpoint_of

pytestmark = pytest.mark.browser

KEPT = Path(__file__).with_name("spoken")
RENEW = os.environ.get("HUB_KEEP") == "1"
# Each journey is the pages on which it is made, as they are first met; an error page is met by its status.
JOURNEYS = {
    "1 the first sign-in": ["accounts.accept_invitation", "accounts.accept_invitation 422", "directory.welcome"],
    "2 a colleague is found": ["directory.search", "directory.profile"],
    "3 a skill is asked for": ["skills.ask", "skills.answer", "skills.schedule", "skills.confirm"],
    "4 money is asked for": [
        "fund.show_round",
        "fund.activity",
        "fund.costs",
        "fund.case",
        "fund.sharing",
        "fund.check",
    ],
    "5 a panel decides": ["fund.panel", "fund.score", "fund.score 422", "fund.decide", "fund.decide 422"],
    "6 a colleague is nominated": ["awards.start", "awards.nominate", "awards.consent"],
    "7 evidence is placed": ["plan.inbox", "plan.set_aside", "plan.action", "plan.set_rag", "plan.set_rag 422"],
    "8 anybody reads how it goes": ["pages.institution"],
}
CHANGING = [
    (re.compile(r"^ *- /url: .*\n?", re.MULTILINE), ""),  # nobody hears an address
    (re.compile(r"""(- '?link ".*"'?):$""", re.MULTILINE), r"\1"),
    (re.compile(r"(^ *- option .*\n)(?: *- option .*\n){20,}", re.MULTILINE), r"\1      - and many more\n"),
    (re.compile(r"\b(person|uni)\d+"), r"\1#"),
    (re.compile(r"\b(AP|TDF|FEE|N)-[\w-]+\d\b"), r"\1-#"),
]


class Listener(Page):
    """A browser without scripts that remembers the first page of each kind, and looks behind every link on its way."""

    def __init__(self, app):
        super().__init__(app)
        self.heard = {}

    def _checked(self, response, status):
        html = super()._checked(response, status)
        path = response.request.path
        endpoint = endpoint_of(self.app, path, response.request.method)
        key = endpoint if response.status_code == 200 else f"{endpoint} {response.status_code}"
        if key not in self.heard and response.mimetype == "text/html":
            self.heard[key] = (path, response.get_data(as_text=True))
            self._look_behind(html)
        return html

    def post(self, path, *, status=302, **values):
        answer = super().post(path, status=status, **values)
        if isinstance(answer, str):
            self._look_at(answer)
        return answer

    def _look_behind(self, html):
        for anchor in html.select("main a[href^='/']"):
            self._look_at(anchor["href"])

    def _look_at(self, path):
        endpoint = endpoint_of(self.app, urlsplit(path).path)
        if endpoint and endpoint not in self.heard:
            answer = self._send("GET", path)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                self._checked(answer, 200)


@pytest.fixture
def tab(chromium):
    tab = chromium.new_page(viewport={"width": 1280, "height": 900}, base_url="http://hub.example")
    yield tab
    tab.close()


@pytest.fixture
def show(app, tab):
    """Brings the tab to a page that is given as text."""

    def showing(path, text):
        def answer(route):
            asked = urlsplit(route.request.url)
            if asked.path == path:
                route.fulfill(body=text, content_type="text/html; charset=utf-8")
                return
            with app.test_client().get(asked.path) as found:
                route.fulfill(body=found.data, status=found.status_code, content_type=found.mimetype)

        tab.unroute_all()
        tab.route("**/*", answer)
        tab.goto(path)
        return tab

    return showing


def said_on(tab) -> str:
    """What a screen reader is given of the main part of a page."""
    return steady(tab.locator("main").aria_snapshot())


def steady(said: str) -> str:
    """*said* without what differs from one run to the next."""
    for changing, instead in CHANGING:
        said = changing.sub(instead, said)
    return said


def the_first_sign_in(page, cast):
    with on(test_story.BEGINS - timedelta(days=1)):
        invited = {"name": "Ffion Rees", "email": "ffion@wherrymouth.example"}
        (token,) = mailed_tokens(lambda: accounts.invite(cast.place, actor=cast.lead, **invited))
        page.submit("accounts.accept_invitation", token=token, password="short", status=422)
        page.submit("accounts.accept_invitation", token=token, password=PASSWORD)
        page.get("directory.welcome")


@pytest.fixture
def heard(app, db):
    """The first page of each kind that those in the story are given, as (path, text)."""
    page = Listener(app)
    cast = acting.cast(test_story.BEGINS)
    the_first_sign_in(page, cast)
    test_story.tell(page, cast)
    return page.heard


def test_eight_journeys_sound_as_they_were_found_good(heard, show):
    changed = []
    for name, steps in JOURNEYS.items():
        spoken = [f"{step}\n\n{said_on(show(*heard[step]))}\n" for step in steps]
        changed += [name] if is_changed(KEPT / f"{name}.txt", "\n".join(spoken)) else []
    assert changed == [], (
        "Read how they sound now; if it is good, keep it: HUB_KEEP=1 pytest tests/journeys/test_spoken.py"
    )


def is_changed(file: Path, said: str) -> bool:
    """Whether *file* says something else than *said*; it is written anew when that was asked for."""
    if RENEW:
        file.write_text(said, "utf-8")
    return not file.exists() or file.read_text("utf-8") != said


def test_every_text_that_is_kept_is_compared():
    assert {file.stem for file in KEPT.glob("*.txt")} == set(JOURNEYS)


def test_a_name_that_was_lost_is_found(show):
    page = '<!doctype html><html lang="en"><title>A</title><main><h1>Ask</h1><button{}>Send</button></main></html>'
    before, after = (said_on(show("/planted", page.format(lost))) for lost in ("", ' aria-label="Go"'))
    assert before == '- main:\n  - heading "Ask" [level=1]\n  - button "Send"'
    assert after != before

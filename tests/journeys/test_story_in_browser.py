"""The story in short, in a real Chromium against a real server: every page is for everybody, and nothing complains."""

import io
import re

import pikepdf
import pytest

from hub.core import clock
from hub.core.unit import unit_of_work
from hub.directory import services as directory
from tests import factories
from tests.accounts.making import PASSWORD
from tests.journeys.acting import plan_on_paper
from tests.support import browser as support
from tests.support.running import Hub, looking_at, may_sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def hub(tmp_path):
    """A running hub with a lead and two technicians."""
    with looking_at(f"sqlite:///{tmp_path / 'hub.sqlite3'}", tmp_path), unit_of_work("test.people"):
        place = factories.institution(name="University of Wherrymouth", short_name="Wherrymouth")
        directory.load_vocabulary(place)
        for person in (
            factories.lead(place, name="Rosalind Achterberg", email="lead@hub.example"),
            factories.person(place, name="Kasia Wolska", email="kasia@hub.example"),
            factories.person(place, name="Owen Pryce", email="owen@hub.example"),
        ):
            may_sign_in(person)
    running = Hub(tmp_path)
    running.start()
    yield running
    running.kill()


class Tab:
    """Somebody's browser: looks closely at every page that it comes to."""

    def __init__(self, chromium, hub, email):
        self.page = chromium.new_page(base_url=hub.address, viewport={"width": 1280, "height": 900})
        self.page.set_default_timeout(15_000)
        self.said = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.go("/sign-in")
        self.page.fill("[name=email]", email)
        self.page.fill("[name=password]", PASSWORD)
        self.press("Sign in")

    def go(self, path):
        self.page.goto(path)
        self.look()

    def press(self, name):
        self.follow(self.page.locator("main").get_by_role("button", name=name))

    def send(self):
        """Press the one button of the page's own form."""
        self.follow(self.page.locator("main form[method=post] button:not([name])"))

    def follow(self, found):
        with self.page.expect_navigation():
            found.first.click()
        self.look()

    def look(self):
        assert [text for text in self.said if "autocomplete" not in text] == [], self.page.url
        support.no_horizontal_scroll(self.page)
        assert support.axe(self.page) == [], self.page.url
        self.said.clear()  # the checker's own attempts at inline style, which our policy refuses

    def reads(self):
        return " ".join(self.page.inner_text("main").split())


@pytest.fixture
def tab_of(hub):
    with support.browser() as chromium:
        yield lambda email: Tab(chromium, hub, email)


def test_the_story_in_short(tab_of, tmp_path):
    lead = tab_of("lead@hub.example")
    the_lead_publishes_the_plan(lead, tmp_path)
    a_skill_is_asked_for_and_offered(tab_of("owen@hub.example"), tab_of("kasia@hub.example"))
    the_lead_accepts_what_happened(lead)
    the_plan_is_downloaded(lead)


def the_lead_publishes_the_plan(lead, folder):
    today = clock.today()
    paper = folder / "plan.docx"
    paper.write_bytes(plan_on_paper(today.year - (today.month < 8), owner="Head of technical services"))
    lead.go("/plans/import")
    lead.page.set_input_files("[name=file]", paper)
    lead.send()
    assert lead.page.inner_text("h1") == "7 actions understood"
    lead.press("Store 7 actions")
    for ask in ("Record approval", "Publish"):
        lead.page.locator("summary", has_text=ask).click()
        lead.press(ask)
    assert "Published" in lead.reads()


def a_skill_is_asked_for_and_offered(owen, kasia):
    owen.go("/skills/requests/ask")
    owen.page.fill("[name=what]", "A first confocal stack")
    owen.page.select_option("[name=skill]", label="Confocal microscopy")
    owen.page.check("[name=kind][value=demonstration]")
    owen.send()
    request = re.search(r"/requests/(\d+)", owen.page.url)[1]
    kasia.go(f"/skills/requests/{request}/answer")
    kasia.page.fill("[name=summary]", "Half an hour on ours")
    kasia.send()
    owen.go(f"/skills/requests/{request}")
    assert "Half an hour on ours" in owen.reads()
    kasia.go("/people/me")
    kasia.follow(kasia.page.locator("form[action$=confirm] button"))


def the_lead_accepts_what_happened(lead):
    lead.go("/plans/evidence")
    assert "A technician published their profile in the directory" in lead.reads()
    lead.follow(lead.page.locator("[data-row] [data-accept]"))
    assert "Every piece has its place" in lead.reads()


def the_plan_is_downloaded(lead):
    lead.go("/plans/current")
    lead.follow(lead.page.locator("main a", has_text="Documents"))
    with lead.page.expect_download() as download:
        lead.page.locator("main a[href$='plan.pdf']").first.click()
    with download.value.path().open("rb") as file, pikepdf.open(io.BytesIO(file.read())) as pdf:
        assert pdf.Root.MarkInfo.Marked

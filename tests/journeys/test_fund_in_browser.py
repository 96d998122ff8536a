"""Asking for money in a real Chromium: on a phone that runs no scripts, by keyboard alone, and a manager’s link."""

import re

import pytest

from hub.accounts.models import Status
from hub.core.clock import at_london
from hub.core.db import db
from hub.core.unit import unit_of_work
from hub.fund.models import Application, Stage
from hub.notifications.models import OutboxMail
from tests import factories
from tests.fund import making
from tests.journeys.hands import DESK, PHONE, press, reach, sign_in, tap
from tests.support import browser as support
from tests.support.running import looking_at, may_sign_in

pytestmark = pytest.mark.browser

OWEN = "owen@hub.example"
ASKED = "Is nothing booked yet?\nDoes your manager know?"


@pytest.fixture
def app(tmp_path):
    """A fund that asks whether it is for you, a round that is open, and Owen, whose manager has no account."""
    with looking_at(f"sqlite:///{tmp_path / 'hub.sqlite3'}", tmp_path) as app:
        with unit_of_work("test.fund"):
            lead = making.lead()
            making.open_round(lead, of=making.scheme(lead, eligibility=ASKED, asks_return=True))
            boss = factories.person(lead.institution, name="Tomasz Brandt", status=Status.INVITED)
            owen = factories.person(lead.institution, name="Owen Pryce", email=OWEN, manager=boss)
            may_sign_in(owen)
        yield app


@pytest.fixture
def tab_of(app, chromium):
    opened = []
    with support.served(app, "localhost", at=at_london(making.DURING, 10)) as address:

        def opening(**settings):
            tab = chromium.new_page(base_url=address, **settings)
            tab.set_default_timeout(15_000)
            opened.append(tab)
            return tab

        yield opening
        for tab in opened:
            tab.context.close()


def application():
    db.session.remove()
    return db.session.query(Application).one()


def test_from_the_list_to_the_managers_answer_on_a_phone_without_scripts(app, tab_of):
    tab = tab_of(**PHONE)
    sign_in(tab, OWEN)
    tab.goto("/fund")
    tab.get_by_role("link", name=re.compile("Round")).click()
    tab.get_by_role("button", name="Apply").click()
    for title, fill in PAGES:
        tab.get_by_role("link", name=title, exact=True).click()
        fill(tab)
    tab.get_by_role("link", name="Check your answers and send").first.click()
    tab.get_by_role("button", name="Send my application").click()
    assert "Your reference is" in tab.inner_text("h1")
    assert application().asked_pence == 69_500
    letter = db.session.query(OutboxMail).filter_by(kind="fund.statement_link").one()
    manager = tab_of(**PHONE)
    manager.goto(re.search(r"/fund/statements/\S+", letter.text)[0])
    assert application().stage == Stage.AWAITING_MANAGER
    manager.fill("[name=text]", "Nobody here can do it.")
    manager.get_by_label("Yes, the time is released").check()
    assert not manager.evaluate("document.documentElement.scrollWidth > innerWidth")
    manager.get_by_role("button", name="Send my statement").click()
    assert "Your statement is in" in manager.inner_text("h1")
    assert application().stage == Stage.SUBMITTED


def eligible(tab):
    for answer in tab.get_by_label("Yes", exact=True).all():
        answer.check()
    save(tab)


def activity(tab):
    tab.fill("[name=title]", "Glass-to-metal seals")
    tab.fill("[name=what]", "A week at the bench.")
    tab.fill("[name=starts_on]", str(making.STARTS))
    tab.fill("[name=ends_on]", str(making.ENDS))
    save(tab)


def costs(tab):
    tab.select_option("[name=kind]", "fee")
    tab.fill("[name=text]", "Course fee")
    tab.fill("[name=pence]", "£695")
    tab.set_input_files("[name=quote]", {"name": "quote.pdf", "mimeType": "application/pdf", "buffer": making.PDF})
    tap(tab, "button", "Add this cost")
    assert "quote.pdf" in tab.inner_text("main")
    tap(tab, "link", "Back to my application")


def case(tab):
    for name in ("why", "helps_role", "helps_team", "helps_university"):
        tab.fill(f"[name={name}]", "We break five seals a year.")
    tab.locator("[name=themes]").first.check()
    save(tab)


def comes_back(tab):
    tab.fill("[name=expected_return]", "£900 for each seal.")
    save(tab)


def shared(tab):
    tab.fill("[name=sharing]", "Two sessions in November.")
    save(tab)


def save(tab):
    tap(tab, "button", "Save and continue")


PAGES = (
    ("Is this fund for you?", eligible),
    ("What you want to do", activity),
    ("Costs and quotes", costs),
    ("Why, and how it helps", case),
    ("What comes back", comes_back),
    ("How you will share it", shared),
)


def test_an_application_is_written_and_sent_by_keyboard_alone(app, tab_of):
    tab = tab_of(**DESK)
    sign_in(tab, OWEN)
    tab.goto("/fund")
    press(tab, re.compile("Round"))
    press(tab, "Apply")
    press(tab, "Is this fund for you?")
    for question in ASKED.splitlines():
        reach(tab, re.compile(re.escape(question)))
        tab.keyboard.press("Space")
    press(tab, "Save and continue")
    for page, answers in WRITTEN.items():
        press(tab, page)
        for label, text in answers.items():
            reach(tab, re.compile(label))
            tab.keyboard.type(text)
        if page == "Why, and how it helps":
            reach(tab, re.compile("Which themes"))
            tab.keyboard.press("Space")
        press(tab, "Add this cost" if page == "Costs and quotes" else "Save and continue")
        if page == "Costs and quotes":
            press(tab, "Back to my application")
    press(tab, "Check your answers and send")
    press(tab, "Send my application")
    assert "Your reference is" in tab.inner_text("h1")
    assert application().asked_pence == 69_500


WRITTEN = {
    "What you want to do": {
        "What is it called": "Glass-to-metal seals",
        "What do you want to do": "A week at the bench.",
        "First day": "09142026",  # as the browser's own field for dates takes it
        "Last day": "09162026",
    },
    "Costs and quotes": {"What kind of cost": "Course", "What is it": "Course fee", "How much": "695"},
    "Why, and how it helps": {
        "Why do you want": "We break five.",
        "help your role": "I make them.",
        "help your team": "Two learn it.",
        "help the University": "No waiting.",
    },
    "What comes back": {"What does the University get": "£900 a seal."},
    "How you will share it": {"How will you share": "Two sessions."},
}


# -- two devices, and a network that comes and goes --------------------------------------------------------------------


def case_page(tab_of, **settings):
    """The draft's page of reasons, on a device of Owen's."""
    tab = tab_of(**settings)
    sign_in(tab, OWEN)
    tab.goto("/fund/rounds/1")
    if tab.get_by_role("button", name="Apply").count():
        tab.get_by_role("button", name="Apply").click()
    tab.goto(f"/fund/applications/{application().id}/case")
    return tab


@pytest.mark.parametrize("settings", [PHONE, DESK], ids=["plain", "scripted"])
def test_the_second_of_two_devices_is_shown_both_texts_and_loses_none(app, tab_of, settings):
    phone, desk = case_page(tab_of, **PHONE), case_page(tab_of, **settings)
    phone.fill("[name=why]", "Written on the phone.")
    phone.get_by_role("button", name="Save for later").click()
    desk.fill("[name=why]", "Written <b>at the desk</b>.")
    desk.locator("[name=themes]").first.check()
    if settings is DESK:
        desk.wait_for_selector(".autosave--lost")
        assert application().why == "Written on the phone."
    desk.get_by_role("button", name="Save for later").click()
    assert "Somebody else saved" in desk.inner_text("h1")
    both = desk.locator("tr", has_text="Why")
    assert "Written <b>at the desk</b>." in both.inner_text()
    assert "Written on the phone." in both.inner_text()
    assert "Later" not in desk.inner_text("table")
    assert application().why == "Written on the phone."
    desk.get_by_role("button", name="Keep my words instead").click()
    assert (application().why, len(application().themes)) == ("Written <b>at the desk</b>.", 1)


def test_what_was_sent_from_another_device_meanwhile_gives_back_what_was_typed(app, tab_of):
    tab = case_page(tab_of, **PHONE)
    with unit_of_work("test.elsewhere"):
        elsewhere = application()
        elsewhere.stage, elsewhere.reference = Stage.AWAITING_MANAGER, "TDF-1"
    tab.fill("[name=why]", "One sentence more.")
    save(tab)
    assert "One sentence more." in tab.inner_text("main")
    assert application().why == ""


@pytest.fixture
def slow(tab_of):
    """A page whose script keeps it, and the answers to that which are still on their way."""
    tab, waiting = case_page(tab_of, **DESK), []

    def hold(route):
        if route.request.headers["accept"] != "application/json":
            return route.continue_()
        return waiting.append((route, route.fetch()))

    tab.route("**/case", hold)
    tab.fill("[name=why]", "The first half")
    while not waiting:
        tab.wait_for_timeout(50)
    tab.locator("[name=why]").press("End")
    tab.locator("[name=why]").type(" and the second.")
    return tab, waiting[0]


def test_what_is_typed_while_the_script_saves_is_saved_by_the_button(app, slow):
    tab, (route, answer) = slow
    tab.evaluate("setTimeout(() => document.querySelector('[name=later]').click())")
    route.fulfill(response=answer)
    tab.wait_for_url(lambda url: not url.endswith("/case"))
    assert application().why == "The first half and the second."


def test_what_is_typed_after_an_answer_was_lost_is_not_lost(app, slow):
    tab, (route, _) = slow
    route.abort()
    tab.wait_for_selector(".autosave--lost")
    assert application().why == "The first half"
    tab.get_by_role("button", name="Save for later").click()
    assert "The first half and the second." in tab.inner_text("main")
    tab.get_by_role("button", name="Keep my words instead").click()
    assert application().why == "The first half and the second."


def test_what_is_typed_just_before_the_page_is_left_is_kept(app, tab_of):
    tab = case_page(tab_of, **DESK)
    tab.fill("[name=why]", "In a hurry.")
    tab.get_by_role("link", name="Back to my application").click()
    for _ in range(100):
        if application().why:
            break
        tab.wait_for_timeout(50)
    assert application().why == "In a hurry."

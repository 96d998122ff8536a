"""From the panel to the report in a real Chromium: on a phone that runs no scripts, and by keyboard alone."""

import re
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from hub.core.clock import at_london
from hub.core.db import db
from hub.core.unit import unit_of_work
from hub.directory import services as directory
from hub.fund import queries
from hub.fund.models import RoundStage, Stage
from tests import factories
from tests.fund import making
from tests.journeys.hands import DESK, PHONE, choose, errors_have_the_focus, press, reach, sign_in, tap, write
from tests.support import browser as support
from tests.support.running import looking_at, may_sign_in
from tests.support.torture import only_in_torture

pytestmark = pytest.mark.browser

RECEIPT = {"name": "receipt.pdf", "mimeType": "application/pdf", "buffer": making.PDF}
LATER = making.ENDS + timedelta(days=20)
WHY = "Six people learn it."


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fund")
    with looking_at(f"sqlite:///{folder / 'hub.sqlite3'}", folder) as app:
        yield app


@pytest.fixture
def tab_of(app, chromium):
    """Somebody's tab, signed in, on a day: every day has a server of its own."""
    opened = []

    def opening(email, day, settings):
        server = support.served(app, "localhost", at=at_london(day, 10))
        tab = chromium.new_page(base_url=server.__enter__(), **settings)
        tab.set_default_timeout(15_000)
        opened.append((tab, server))
        sign_in(tab, email)
        return tab

    yield opening
    for tab, server in opened:
        tab.context.close()
        server.__exit__(None, None, None)


@contextmanager
def a_lead():
    with unit_of_work("test.fund"):
        lead = making.lead(name="Rosalind Achterberg")
        directory.load_vocabulary(lead.institution)
        may_sign_in(lead)
        lead.roles[0].second_step_from = None  # which has journeys of its own
        yield lead
    db.session.remove()


def now_of(key):
    db.session.remove()
    return queries.application(key)


# -- the panel ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def judged(app):
    """Two applications of £1,000 each, of which a panel can pay one and a half; the chair has scored neither."""
    with a_lead() as lead:
        chair, member = (factories.person(lead.institution, name=name) for name in ("Ines Duarte", "Femi Alabi"))
        fund_round = making.open_round(lead, panel=(chair, member), budget_pence=150_000)
        both = [
            making.supported(fund_round, making.technician(lead), title=title)
            for title in ("Cutting thin", "Blowing glass")
        ]
        making.close(fund_round)
        for application, marks in zip(both, ((5, 4), (3, 3)), strict=True):
            making.scored(application, member, marks=marks)
        return may_sign_in(chair), [application.id for application in both]


def is_decided(both):
    first, second = map(now_of, both)
    assert (first.decision.outcome, first.decision.pence, second.decision.outcome) == ("award", 90_000, "decline")
    assert second.decision.feedback == WHY
    assert first.round.stage == RoundStage.DECIDED


def test_a_panel_scores_and_decides_on_a_phone_without_scripts(judged, tab_of):
    chair, both = judged
    tab = tab_of(chair, making.PANEL, PHONE)
    tab.goto("/fund")
    tap(tab, "link", re.compile("Round"))
    tap(tab, "link", "Score the next one")
    tick(tab, (5, 3))
    tab.locator("textarea").first.fill(WHY)
    tap(tab, "button", "Save my scores")
    assert "Say why" in tab.inner_text(".errors")
    assert tab.locator("textarea").first.input_value() == WHY
    assert tab.locator("input[value='5']").first.is_checked()
    give_reasons(tab)
    tick(tab, (2, 3))
    give_reasons(tab)
    assert "You have scored everything" in tab.inner_text("h1")
    assert "Most people" in tab.inner_text("main")
    tap(tab, "link", re.compile("^Decide ?: Cutting thin"))
    tab.get_by_label("Award", exact=True).check()
    tab.fill("[name=pence]", "1000.01")
    tap(tab, "button", "Decide")
    assert "no more than was asked" in tab.inner_text("#pence-error")
    tab.fill("[name=pence]", "900")
    tap(tab, "button", "Decide")
    tap(tab, "link", re.compile("^Decide ?: Blowing glass"))
    tab.get_by_label("Decline").check()
    tab.fill("[name=feedback]", WHY)
    tap(tab, "button", "Decide")
    tab.locator("summary", has_text="The panel has finished").click()
    tap(tab, "button", "Finish")
    assert "The lead now releases" in tab.inner_text("body")
    is_decided(both)


def tick(tab, marks):
    for question, mark in zip(tab.locator("main fieldset").all(), marks, strict=True):
        question.get_by_text(str(mark), exact=True).click()


def give_reasons(tab):
    for area in tab.locator("main textarea").all():
        area.fill(WHY)
    tap(tab, "button", "Save my scores")


@only_in_torture
def test_a_panel_scores_and_decides_by_keyboard_alone(judged, tab_of):
    chair, both = judged
    tab = tab_of(chair, making.PANEL, DESK)
    tab.goto("/fund")
    press(tab, re.compile("Round"))
    press(tab, "Score the next one")
    choose(tab, "Benefit", 4)
    press(tab, "Save my scores")
    errors_have_the_focus(tab)
    assert tab.locator("input[value='5']").first.is_checked()
    write_scores(tab, 0, 2)
    write_scores(tab, 1, 2)
    press(tab, re.compile("^Decide ?: Cutting thin"))
    choose(tab, "What do you decide")
    write(tab, "How much", "1000.01")
    press(tab, "Decide")
    errors_have_the_focus(tab)
    write(tab, "How much", "900")
    press(tab, "Decide")
    press(tab, re.compile("^Decide ?: Blowing glass"))
    choose(tab, "What do you decide", 2)
    write(tab, "What does the applicant read", WHY)
    press(tab, "Decide")
    reach(tab, re.compile("The panel has finished"))
    tab.keyboard.press("Enter")
    press(tab, "Finish")
    is_decided(both)


def write_scores(tab, *steps):
    for name, step in zip(("Benefit", "Value"), steps, strict=True):
        choose(tab, name, step)
        write(tab, f"Why this score, for {name}", WHY)
    press(tab, "Save my scores")


# -- the money ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def awarded(app):
    with a_lead() as lead:
        made = making.awarded(lead)
        return made.id, may_sign_in(made.applicant), lead.email


def is_paid(key):
    one = now_of(key)
    assert (one.stage, one.claims[0].pence, one.claims[0].paid_on) == (Stage.REPORT_DUE, 80_000, LATER)
    assert [r.file.name for r in one.claims[0].receipts] == ["receipt.pdf"]


def test_money_is_claimed_and_paid_on_a_phone_without_scripts(awarded, tab_of):
    key, applicant, lead = awarded
    tab = tab_of(applicant, LATER, PHONE)
    tab.goto(f"/fund/applications/{key}")
    tap(tab, "button", "Accept £1,000.00")
    tap(tab, "link", "I have done it")
    tab.fill("[name=done_on]", str(making.ENDS))
    tap(tab, "button", "Go on to my claim")
    tab.fill("[name=pence]", "800")
    tap(tab, "button", "Send my claim")
    assert "at least one receipt" in tab.inner_text(".errors")
    assert tab.locator("[name=pence]").input_value() == "800"
    tab.set_input_files("[name=receipt_1]", RECEIPT)
    tap(tab, "button", "Send my claim")
    assert "receipt.pdf" in tab.inner_text("main")
    tab = tab_of(lead, LATER, PHONE)
    tab.goto(f"/fund/applications/{key}")
    tap(tab, "link", "Look at the claim: £800.00")
    tap(tab, "button", "Approve £800.00")
    tab.fill("[name=paid_on]", str(LATER))
    tap(tab, "button", "Mark as paid")
    is_paid(key)


@only_in_torture
def test_money_is_claimed_and_paid_by_keyboard_alone(awarded, tab_of):
    key, applicant, lead = awarded
    tab = tab_of(applicant, LATER, DESK)
    tab.goto(f"/fund/applications/{key}")
    press(tab, "Accept £1,000.00")
    press(tab, "I have done it")
    press(tab, "Go on to my claim")
    write(tab, "How much did you spend", "1200")
    press(tab, "Send my claim")
    errors_have_the_focus(tab)
    write(tab, "How much did you spend", "800")
    reach(tab, re.compile("^Receipt"))
    tab.set_input_files("[name=receipt_1]", RECEIPT)  # how files are chosen by keys is not ours
    press(tab, "Send my claim")
    tab = tab_of(lead, LATER, DESK)
    tab.goto(f"/fund/applications/{key}")
    press(tab, "Look at the claim: £800.00")
    press(tab, "Approve £800.00")
    press(tab, "Mark as paid")
    errors_have_the_focus(tab)
    write(tab, "When was it paid", typed(LATER))
    press(tab, "Mark as paid")
    is_paid(key)


def typed(day: date) -> str:
    """As the browser's own field for dates takes it."""
    return f"{day:%m%d%Y}"


# -- the report --------------------------------------------------------------------------------------------------------


@pytest.fixture
def paid(app):
    with a_lead() as lead:
        made = making.paid(lead)
        return made.id, may_sign_in(made.applicant), lead.email


TOLD = {
    "did": ("What did you do", "I cut sections."),
    "changed": ("What changed", "We cut our own."),
    "shared_with": ("Whom did you share it with", "Six colleagues."),
}


def is_accepted(key):
    one = now_of(key)
    assert one.stage == Stage.CLOSED
    assert (one.report.did, one.report.learned_level) == ("I cut sections. By name: Ada and Kofi.", "working")
    assert [words["did"] for _, words in one.report.came_back] == ["I cut sections."]


def test_a_report_is_sent_returned_and_accepted_on_a_phone_without_scripts(paid, tab_of):
    key, applicant, lead = paid
    tab = tab_of(applicant, LATER, PHONE)
    tab.goto(f"/fund/applications/{key}")
    tap(tab, "link", "Write the report")
    for name, (_, text) in TOLD.items():
        tab.fill(f"[name={name}]", text)
    tab.locator("[name=skill]").select_option(index=1)
    tap(tab, "button", "Send my report")
    assert "how well you know it" in tab.inner_text("#level")
    assert tab.locator("[name=did]").input_value() == "I cut sections."
    tab.locator("[name=level][value=working]").check()
    tap(tab, "button", "Send my report")
    reader = tab_of(lead, LATER, PHONE)
    reader.goto(f"/fund/applications/{key}")
    tap(reader, "link", "Read the report")
    reader.fill("[name=reason]", "Who were they?")
    tap(reader, "button", "Send it back")
    tab.goto(f"/fund/applications/{key}")
    assert "Who were they?" in tab.inner_text("main")
    tap(tab, "link", "Write the report")
    assert tab.locator("[name=changed]").input_value() == "We cut our own."
    tab.fill("[name=did]", "I cut sections. By name: Ada and Kofi.")
    tap(tab, "button", "Send my report")
    reader.goto(f"/fund/applications/{key}")
    tap(reader, "link", "Read the report")
    tap(reader, "button", "Accept the report")
    is_accepted(key)


@only_in_torture
def test_a_report_is_sent_returned_and_accepted_by_keyboard_alone(paid, tab_of):
    key, applicant, lead = paid
    tab = tab_of(applicant, LATER, DESK)
    tab.goto(f"/fund/applications/{key}")
    press(tab, "Write the report")
    for label, text in TOLD.values():
        write(tab, label, text)
    reach(tab, re.compile("Which skill did you learn"))
    tab.keyboard.press("ArrowDown")
    press(tab, "Send my report")
    errors_have_the_focus(tab)
    choose(tab, "How well do you know it now", 1)
    press(tab, "Send my report")
    reader = tab_of(lead, LATER, DESK)
    reader.goto(f"/fund/applications/{key}")
    press(reader, "Read the report")
    press(reader, "Send it back")
    errors_have_the_focus(reader)
    write(reader, "What should change", "Who were they?")
    press(reader, "Send it back")
    tab.reload()
    press(tab, "Write the report")
    reach(tab, re.compile("What did you do"))
    tab.keyboard.press("Control+End")
    tab.keyboard.type(" By name: Ada and Kofi.")
    press(tab, "Send my report")
    reader.reload()
    press(reader, "Read the report")
    press(reader, "Accept the report")
    is_accepted(key)

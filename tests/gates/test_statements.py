"""The statements that the law asks for are in their set form, and nobody forgets to look at them again."""

import re
from datetime import timedelta

import pytest

from hub.core.clock import today
from hub.pages import statements

NAMES = sorted(file.stem for file in statements.FOLDER.glob("*.md"))
SET_HEADINGS = {
    "accessibility": (
        "Compliance status",
        "Content that is not accessible",
        "How it was tested",
        "Preparation of this statement",
        "Feedback and contact",
        "Enforcement",
    ),
    "privacy": ("What is held, and why", "What is public", "How long it is kept", "Cookies", "Your rights"),
}


def headings(name: str) -> list[str]:
    return re.findall(r"<h2>(.*?)</h2>", str(statements.read(name).body))


def is_overdue(statement) -> bool:
    return statement.review_by <= today()


def missing(name: str, found: list[str]) -> list[str]:
    return [heading for heading in SET_HEADINGS[name] if heading not in found]


def under(name: str, level: int, heading: str) -> str:
    """What a statement says below one heading, until the next of the same or a higher rank."""
    text = (statements.FOLDER / f"{name}.md").read_text("utf-8")
    after = text.split(f"\n{'#' * level} {heading}\n", 1)[1]
    return re.split(rf"\n#{{1,{level}}} ", after)[0]


def test_every_statement_is_known_here():
    assert set(NAMES) == set(SET_HEADINGS)


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_has_been_reviewed_and_will_be_again(name):
    statement = statements.read(name)
    assert statement.reviewed <= today()
    assert not is_overdue(statement), (
        f"docs/statements/{name}.md was due for review on {statement.review_by}. This test is meant to fail then: "
        "read the statement, make it true again, and set “Reviewed” to today and “Review by” to a year from now."
    )
    assert statement.review_by - statement.reviewed <= timedelta(days=366)


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_has_the_set_headings_in_their_order(name):
    found = headings(name)
    assert missing(name, found) == []
    assert [heading for heading in found if heading in SET_HEADINGS[name]] == list(SET_HEADINGS[name])


def test_the_accessibility_statement_says_how_far_it_goes_and_what_is_known_to_be_wrong():
    status = under("accessibility", 2, "Compliance status")
    issues = re.findall(r"^- ", under("accessibility", 3, "Known issues"), re.MULTILINE)
    assert re.search(r"\*\*(fully|partially|not) compliant\*\*", status)
    assert ("**fully" in status) == (not issues)


def test_the_accessibility_statement_says_when_it_was_prepared():
    statement = statements.read("accessibility")
    said = under("accessibility", 2, "Preparation of this statement")
    for day in (statement.reviewed, statement.review_by):
        assert f"{day.day} {day:%B %Y}" in said


def test_every_statement_is_a_page_for_anybody(page):
    for name in NAMES:
        assert statements.read(name).title in page.open(f"/{name}").h1.text


def test_a_statement_that_was_forgotten_is_found():
    old = statements.Statement("Old", today() - timedelta(days=400), today() - timedelta(days=35), "")
    assert is_overdue(old)
    assert missing("privacy", headings("accessibility"))

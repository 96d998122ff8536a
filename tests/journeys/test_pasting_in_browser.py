"""A table copied from Word, Excel or Google Docs is pasted: its columns, merged cells and colours come with it."""

import pytest

from hub.plan.importing import preview_text
from tests.plan.importing.clipboards import EXCEL, GOOGLE_DOCS, WORD
from tests.plan.importing.expecting import action, left_over, told

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("world")]

PASTE = """html => {
  const held = new DataTransfer();
  held.setData("text/html", html);
  held.setData("text/plain", "Without its table");
  const event = {clipboardData: held, bubbles: true, cancelable: true};
  return document.activeElement.dispatchEvent(new ClipboardEvent("paste", event));
}"""
V, R, C, S = "visibility", "recognition", "career_development", "sustainability"
SEEN = "Status {} understood from the colour of the cell."
HEAD = "Head of Communications"


@pytest.mark.parametrize(
    ("copied", "expected"),
    [
        (
            WORD,
            [
                action("V1", V, 'A gallery of portraits in each "main" building', owner=HEAD, due="2026-07-31",
                    rag="green", impact="· Portraits on walls: 6 by Aug 2025\n· Visitors asked (July 2026)",
                    milestones=[("Visitors asked", "2026-07-31")], targets=[(6, "2025-08-31", "Portraits on walls")],
                    guesses=[
                        SEEN.format("green"),
                        "Due is the last date of its milestones and targets, 31 July 2026.",
                    ]),
                action("V2", V, "Open days with technicians", owner=HEAD, rag="amber", guesses=[SEEN.format("amber")]),
                action("R1", R, "An awards evening", owner="Dean", rag="red", guesses=[SEEN.format("red")]),
            ],
        ),
        (
            EXCEL,
            [
                action("S1", S, "Apprentices in two schools", due="2026-07-31", rag="green",
                    progress="Two have begun", guesses=[SEEN.format("green")]),
                action("S2", S, "Succession for each critical skill", due="2026-12-01", rag="amber",
                    progress="“First” list made", guesses=[SEEN.format("amber")]),
            ],
        ),
        (
            GOOGLE_DOCS,
            [
                action("C1", C, "A pathway of five levels with job descriptions", due="2026-09-30", rag="red",
                    guesses=[SEEN.format("red")]),
                action("C2", C, "Time for training", due="2027-06-30", rag="green", guesses=[SEEN.format("green")]),
            ],
        ),
    ],
    ids=["Word", "Excel", "Google Docs"],
)  # fmt: skip
def test_a_pasted_table_is_read_as_it_stood(tab_of, copied, expected):
    tab = tab_of("lead")
    tab.goto("/plans/import")
    tab.focus("[name=text]")
    tab.evaluate(PASTE, copied)
    read = preview_text(tab.input_value("[name=text]"))
    assert told(read) == expected
    assert left_over(read) == []
    assert tab.said == []


def test_what_holds_no_table_is_left_to_the_browser(tab_of):
    tab = tab_of("lead")
    tab.goto("/plans/import")
    tab.focus("[name=text]")
    assert tab.evaluate(PASTE, "<p>Only words</p>")
    assert tab.input_value("[name=text]") == ""

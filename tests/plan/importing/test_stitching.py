"""Rows that a page, a paste or a merge took apart become one action again."""

import pytest

from tests.plan.importing.making import only, read_rows, read_word

PLAN = ["Theme", "Objective", "Details", "Success measures", "Lead"]


def test_a_row_split_by_the_end_of_a_page_is_one_action():
    read = read_word(
        [
            PLAN,
            ["Visibility", "Build a network", "It meets each term and", "Minutes (Oct", "Technical"],
            ["", "", "reports to the steering group.", "2024)", "Manager"],
        ]
    )
    action = only(read)
    assert action.details == "It meets each term and reports to the steering group."
    assert (action.impact, action.owner) == ("Minutes (Oct 2024)", "Technical Manager")
    assert [str(each.due) for each in action.milestones] == ["2024-10-31"]


def test_headings_repeated_on_each_page_are_no_actions():
    read = read_word([PLAN, ["Visibility", "One", "", "", ""], PLAN, ["", "Two", "", "", ""]])
    assert [(each.objective, each.themes) for each in read.actions] == [
        ("One", ["visibility"]),
        ("Two", ["visibility"]),
    ]


@pytest.mark.parametrize(
    ("first", "second", "theme"),
    [
        ("Recog", "nition", "recognition"),
        ("SUSTAINAB", "ILITY", "sustainability"),
        ("Career", "Development", "career_development"),
        ("Career Development (incl.", "progression)", "career_development"),
        ("Visibility –", "Ensure that all technicians are seen", "visibility"),
        ("Recognition – Support technicians to gain", "recognition through registration.", "recognition"),
    ],
)
def test_theme_cells_split_over_rows_are_joined(first, second, theme):
    read = read_word([PLAN, [first, "One", "", "", ""], [second, "Two", "", "", ""], ["", "Three", "", "", ""]])
    assert [action.themes for action in read.actions] == [[theme]] * 3
    assert read.warnings == []


def test_themes_below_each_other_are_not_joined():
    read = read_word([PLAN, ["visibility", "One", "", "", ""], ["recognition", "Two", "", "", ""]])
    assert [action.themes for action in read.actions] == [["visibility"], ["recognition"]]


def test_achievements_under_split_themes_are_joined():
    read = read_word(
        [
            ["Action", "Achievements"],
            ["Visibility – Make technicians seen.", "Opened a forum."],
            ["", "Held a showcase."],
            ["Career Development – Enable progression", "Agreed a statement across the University"],
            ["opportunities for technicians.", "and published it. It sets out what to expect."],
            ["", "Began a pathway."],
        ]
    )
    assert [(each.ref, each.progress) for each in read.actions] == [
        ("V1", "Opened a forum."),
        ("V2", "Held a showcase."),
        ("C1", "Agreed a statement across the University and published it. It sets out what to expect."),
        ("C2", "Began a pathway."),
    ]
    assert {each.objective for each in read.actions[2:]} == {
        "Career Development – Enable progression opportunities for technicians."
    }


def test_actions_in_small_letters_are_not_taken_for_rests():
    read = read_rows("Theme|Objective|Lead", "Visibility|build a page|A", "|hold a showcase|B", "|write a newsletter|C")
    assert len(read.actions) == 3


def test_further_details_without_an_objective_belong_to_the_action_above():
    action = only(read_rows("Theme|Objective|Details|Lead", "Visibility|Build a page|First.|A", "||Second.|"))
    assert action.details == "First.\nSecond."


def test_a_row_with_its_own_owner_and_date_is_its_own_action():
    read = read_rows("Objective|Support actions|Lead|Due", "Build a page|Design|A|May 2024", "|Publish|B|June 2024")
    assert [(each.objective, each.details, each.owner) for each in read.actions] == [
        ("Build a page", "Design", "A"),
        ("Build a page", "Publish", "B"),
    ]
    assert "The objective is that of the row above." in read.actions[1].guesses


def test_actions_under_one_objective_stay_apart():
    read = read_rows(
        "Theme|Objective|Action|Impact", "Visibility|Be seen|Build a page|x", "||Hold a day|y", "Recognition||Awards|z"
    )
    assert [(each.objective, each.details) for each in read.actions] == [
        ("Be seen", "Build a page"),
        ("Be seen", "Hold a day"),
        ("Awards", "Awards"),
    ]


def test_paragraphs_of_cells_pasted_from_word_are_put_back():
    first, second = read_rows(
        "Theme|Objective|Details|Impact|Owner",
        "Visibility|Build a network|First paragraph",
        "Second paragraph|Page (May 2024)",
        "Forum (June 2024)|Head of Service",
        "|Another|D|I by Dec 2024|X",
    ).actions
    assert first.details == "First paragraph\nSecond paragraph"
    assert (first.impact, first.owner) == ("Page (May 2024)\nForum (June 2024)", "Head of Service")
    assert second.objective == "Another"


def test_a_second_table_of_the_same_actions_adds_to_them():
    read = read_word(
        [["Ref", "Theme", "Action", "Owner"], ["V1", "Visibility", "Films\nThree of them", "Press office"]],
        "Progress",
        [["Ref", "Action", "RAG", "Explanation"], ["V1", "Films", "Red", "No camera."]],
        "Evidence",
        [["No.", "Action", "What happened", "Date"], ["1", "V1", "A camera was asked for", "May 2025"]],
    )
    action = only(read)
    assert (action.objective, action.details, action.owner) == ("Films", "Three of them", "Press office")
    assert (action.rag, action.progress) == ("red", "No camera.")


def test_a_title_above_repeated_headings_is_no_action():
    head = ["Action", "Lead", "Due"]
    read = read_word(
        [
            head,
            ["Page", "A", "Jul 2025"],
            ["Visibility", "", ""],
            ["Show", "B", "Jul 2026"],
            ["Goal two", "", ""],
            head,
            ["Film", "C", "May 2026"],
        ]
    )
    assert [action.objective for action in read.actions] == ["Page", "Show", "Film"]
    assert any("“Goal two” stands alone in its row" in warning for warning in read.warnings)


def test_points_of_one_cell_are_actions_of_their_own():
    read = read_word(
        [
            ["Theme", "Actions", "Lead", "Deadline / RAG"],
            ["Visibility", "• Launch a page\n• Hold a show", "Press office", "July 2025 (Amber)"],
            ["Recognition", "Pay fees", "HR", "2026, not started"],
        ]
    )
    assert [(each.objective, each.owner, str(each.due), each.rag) for each in read.actions] == [
        ("Launch a page", "Press office", "2025-07-31", "amber"),
        ("Hold a show", "Press office", "2025-07-31", "amber"),
        ("Pay fees", "HR", "2026-12-31", "red"),
    ]

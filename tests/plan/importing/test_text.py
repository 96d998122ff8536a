"""Plans as separated files and pasted tables."""

from datetime import date

import pytest

from hub.plan.importing import preview, preview_text
from tests.plan.importing.making import only, read_rows

PLAN = """Pillar;Objective;Lead;Due;RAG rating
Visability;"Build; a page
with photos";Web;31/03/24;G
;"A ""second"" page";;TBC;
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_separated_file_is_read_in_any_encoding(encoding, ends):
    content = PLAN.replace("\n", ends).replace("photos", "café").encode(encoding)
    first, second = preview(content, "plan.csv").actions
    assert (first.themes, first.objective) == (["visibility"], "Build; a page with café")
    assert (first.owner, first.due, first.rag) == ("Web", date(2024, 3, 31), "green")
    assert (second.themes, second.objective, second.due) == (["visibility"], 'A "second" page', None)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_sense(delimiter):
    text = "Our plan, agreed in May; see below\n" + "Theme,Action,Owner\nVisibility,Build,Dean\n".replace(
        ",", delimiter
    )
    action = only(preview_text(text))
    assert (action.themes, action.objective, action.owner) == (["visibility"], "Build", "Dean")


def test_a_table_drawn_with_bars_is_read():
    action = only(preview_text("| Theme | Action | Deadline |\n|---|:---:|---|\n| Recognition | Awards | Sep-24 |\n"))
    assert (action.themes, action.objective, action.due) == (["recognition"], "Awards", date(2024, 9, 30))


def test_prose_around_tables_is_no_action():
    read = preview_text(
        "Update paper\n\nFirst plan:\n\nAction\tAchievements\n"
        "Visibility – Be seen.\tOpened a forum across\n\n\tthe University.\n"
        "Recognition – Be thanked.\tHeld awards.\n\nThen came the second plan.\n\nAction\tAchievements\n"
        "Sustainability – Last.\tTook apprentices.\n\nGoing forward there is more to do."
    )
    assert [(each.ref, each.progress) for each in read.actions] == [
        ("V1", "Opened a forum across the University."),
        ("R1", "Held awards."),
        ("S1", "Took apprentices."),
    ]


def test_a_theme_on_a_line_of_its_own_counts_for_the_rows_below():
    read = preview_text("Action\tOwner\tDue\nVisibility\nPage\tA\tMay 2024\nRecognition\nAwards\tB\tJune 2024\n")
    assert [(each.objective, each.themes) for each in read.actions] == [
        ("Page", ["visibility"]),
        ("Awards", ["recognition"]),
    ]


def test_quotation_marks_inside_a_cell_stay():
    read = read_rows("Theme|Objective|Details", 'Visibility|"Galleries" in the new building|He said "yes"', "|Other|x")
    assert [each.objective for each in read.actions] == ['"Galleries" in the new building', "Other"]
    assert read.actions[0].details == 'He said "yes"'


def test_formulas_and_markup_are_only_text():
    action = only(read_rows("Theme|Objective|Owner", "Visibility|=HYPERLINK(1)|<script>{{7*7}}</script>"))
    assert (action.objective, action.owner) == ("=HYPERLINK(1)", "<script>{{7*7}}</script>")


def test_what_was_guessed_is_said():
    read = read_rows("Theme|Objective|Due|RAG", "Visability|Page|Year 2|On track", "Teaching|Course|Spring 2024|maybe")
    first, second = read.actions
    assert first.guesses == [
        "Theme “Visability” understood as visibility.",
        "Due “Year 2” is no date, left empty.",
        "Status “On track” understood as amber.",
    ]
    assert second.guesses == ["Due “Spring 2024” understood as 31 May 2024."]
    assert (second.ref, second.themes) == ("A1", [])
    assert read.warnings == [
        "line 3: “Teaching” is no theme of the Technician Commitment, left empty.",
        "line 3: the status “maybe” was not understood, left empty.",
    ]


def test_a_long_cell_is_cut_and_said_to_be():
    read = read_rows("Theme|Objective|Details", f"Visibility|Page|{'word ' * 3000}")
    assert len(only(read).details) == 10_000
    assert read.warnings == ["line 2: a cell holds more than 10,000 characters, the rest is left out."]


def test_rows_that_explain_the_table_are_no_actions():
    read = read_rows("Action|Theme|By|Year 1|Year 2", "Build|Visibility|2025|x|", "Key: x = planned||||")
    assert only(read).due == date(2025, 12, 31)
    assert only(read).guesses == ["Filled in under “Year 1”, but nothing says when the plan begins."]
    assert read.warnings == [
        "line 3: “Key: x = planned” stands alone in its row and names no theme, left out.",
    ]


def test_a_column_of_themes_is_known_by_what_stands_in_it():
    first = "Visibility|Page|Green: the page was launched in May"
    read = read_rows("Priority|Objective|RAG", first, "Recognition|Awards|R")
    assert [(each.themes, each.rag) for each in read.actions] == [(["visibility"], "green"), (["recognition"], "red")]
    assert read.actions[0].progress == "Green: the page was launched in May"


def test_a_cell_may_end_in_its_colour_and_be_covered_by_the_one_above():
    first, second, third = preview_text(
        "Ref\tAction [#1F3864]\tLead\tStatus\nV1\tPage\tDean\t[#92d050]\nV2\tWall\t″\tLate [#C00000]\n"
        "V3\tTalk [#12345]\t″ and HR\t\n"
    ).actions
    assert (first.objective, first.owner, first.rag) == ("Page", "Dean", "green")
    assert (second.objective, second.owner, second.rag) == ("Wall", "Dean", "red")
    assert (third.objective, third.owner, third.rag) == ("Talk [#12345]", "″ and HR", None)

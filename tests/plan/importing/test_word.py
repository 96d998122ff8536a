"""Plans in Word documents."""

from datetime import date

import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from hub.plan.importing import UnreadableFile
from tests.plan.importing.making import TEMPLATE, add_table, only, read_word, shade

COLUMNS = ["Theme", "Action", "Owner", "Deadline", "RAG"]


def test_the_template_of_the_commitment_is_read():
    action = only(
        read_word([TEMPLATE, ["Visibility", "Build a network", "Meets termly.", "Terms agreed (August 2024)."]])
    )
    assert (action.ref, action.themes, action.objective) == ("V1", ["visibility"], "Build a network")
    assert (action.details, action.impact) == ("Meets termly.", "Terms agreed (August 2024).")
    assert [(each.text, each.due) for each in action.milestones] == [("Terms agreed", date(2024, 8, 31))]
    assert action.due == date(2024, 8, 31)
    assert action.source == "Table 1, row 2"


def test_tables_that_hold_no_plan_are_left_aside():
    read = read_word(
        [
            ["Organisation:", "University of Wexbridge"],
            ["Name of Institutional Lead:", "A. Person"],
            ["Date joined:", "May 2018"],
        ],
        "The themes",
        [["Theme", "Aim"], ["Visibility", "All technicians are seen"], ["Recognition", "All technicians are thanked"]],
        "What the colours mean",
        [["Status", "Meaning"], ["Red", "Still to be carried out"], ["Green", "Completed"]],
        [COLUMNS, ["Recognition", "Hold an award evening", "Dean", "May 2025", "Amber"]],
        [["Signed", "Date"], ["Nominated lead", ""], ["Leader of institution", ""]],
    )
    assert [action.objective for action in read.actions] == ["Hold an award evening"]
    assert read.warnings == []
    assert only(read).source == "Table 4, row 2"


def test_merged_theme_cells_count_for_every_row_beside_them():
    def merged(document):
        table = add_table(document, [COLUMNS] + [["", f"Action {n}", "", "", ""] for n in "abc"])
        table.cell(1, 0).merge(table.cell(2, 0)).text = "Visibility"
        table.cell(3, 0).text = "Sustainability"
        table.cell(1, 2).merge(table.cell(3, 2)).text = "Head of Technical Services"
        table.cell(1, 3).merge(table.cell(2, 3)).text = "July 2025"

    read = read_word(merged)
    assert [action.themes for action in read.actions] == [["visibility"], ["visibility"], ["sustainability"]]
    assert {action.owner for action in read.actions} == {"Head of Technical Services"}
    assert [action.due for action in read.actions] == [date(2025, 7, 31), date(2025, 7, 31), None]


def test_headings_spanning_the_table_name_the_theme():
    def spanning(document):
        rows = [["Objective", "Lead", "By when"], ["Visibility", "", ""], ["Staff page", "Web team", "Dec 2023"]]
        rows += [
            ["Year 2", "", ""],
            ["Open day", "Schools", "2024"],
            ["Other actions", "", ""],
            ["Budget bid", "Finance", ""],
        ]
        table = add_table(document, rows)
        for number in (1, 3, 5):
            table.cell(number, 0).merge(table.cell(number, 2))

    read = read_word(spanning)
    assert [(action.objective, action.themes) for action in read.actions] == [
        ("Staff page", ["visibility"]),
        ("Open day", ["visibility"]),
        ("Budget bid", []),
    ]
    assert read.warnings == [
        "Table 1, row 4: “Year 2” stands alone in its row and names no theme, left out.",
        "Table 1, row 6: “Other actions” stands alone in its row and names no theme, left out.",
        "Table 1, row 7: no theme found, left empty.",
    ]


def test_a_theme_may_stand_over_the_headings_and_both_come_again():
    columns = ["Action", "Owner", "By"]
    first, second = ["Theme 1: Visibility", "", ""], ["Theme 2: Recognition", "", ""]
    read = read_word([first, columns, ["Page", "A", "2024"], second, columns, ["Awards", "B", "2025"]])
    assert [action.themes for action in read.actions] == [["visibility"], ["recognition"]]


def test_a_heading_above_each_table_names_its_theme():
    columns = ["Action", "Comments", "Progress & next steps", "Responsibility", "Start", "End"]
    read = read_word(
        "Theme 1: Visibility",
        [columns, ["Staff page", "With comms", "Page is up", "Web officer", "Sept 2023", "Dec 2023"]],
        "Theme 2 – Recognition",
        "Led by the Dean",
        [columns, ["Registration fund", "", "", "Dean", "Autumn 2022", "Summer 2024"]],
    )
    first, second = read.actions
    assert (first.themes, first.details, first.progress) == (["visibility"], "With comms", "Page is up")
    assert (first.owner, first.start, first.due) == ("Web officer", date(2023, 9, 1), date(2023, 12, 31))
    assert (second.themes, second.start, second.due) == (["recognition"], date(2022, 9, 1), date(2024, 8, 31))
    assert "Due “Summer 2024” understood as 31 August 2024." in second.guesses


def test_a_table_going_on_below_needs_no_headings():
    first = [COLUMNS, ["Visibility", "Staff page", "A", "", ""]]
    read = read_word(first, [["", "Open day", "B", "", ""], ["Recognition", "Awards", "C", "", ""]])
    assert [(each.objective, each.themes[0]) for each in read.actions] == [
        ("Staff page", "visibility"),
        ("Open day", "visibility"),
        ("Awards", "recognition"),
    ]


def test_colours_of_cells_are_read_where_the_status_is_not_written():
    def coloured(document):
        table = add_table(document, [COLUMNS] + [["Visibility", f"Action {n}", "", "", ""] for n in "abcd"])
        for number, fill in ((1, "FF0000"), (2, "FFC000"), (3, "92D050")):
            shade(table.cell(number, 4), fill)
        table.cell(4, 4).paragraphs[0].add_run("●").font.highlight_color = WD_COLOR_INDEX.BRIGHT_GREEN

    read = read_word(coloured)
    assert [action.rag for action in read.actions] == ["red", "amber", "green", "green"]
    assert all("understood from the colour" in action.guesses[0] for action in read.actions)


def test_colours_of_rows_are_read_where_no_column_says_the_status():
    def coloured(document):
        table = add_table(document, [["Theme", "Action", "Owner"]] + [["Visibility", f"Action {n}", "X"] for n in "ab"])
        for row in table.rows[1:]:
            shade(row.cells[0], "00B050")
        shade(table.cell(1, 1), "C6EFCE")
        shade(table.cell(2, 1), "FFC7CE")

    assert [action.rag for action in read_word(coloured).actions] == ["green", "red"]


def test_a_theme_of_one_colour_is_no_status():
    def coloured(document):
        table = add_table(document, [["Theme", "Action", "Owner"]] + [["Visibility", f"Action {n}", "X"] for n in "ab"])
        for row in table.rows[1:]:
            shade(row.cells[1], "C6EFCE")

    assert [action.rag for action in read_word(coloured).actions] == [None, None]


def test_word_s_own_ways_of_writing_are_cleaned():
    odd = "Tech\u00adnician\u00a0net\u200bwork\u202e  now"
    action = only(read_word([TEMPLATE, ["Visibility", odd, "\uf0b7 First\n\uf0b7 Second", "Cafe\u0301 (May 2024)"]]))
    assert action.objective == "Technician network now"
    assert action.details == "• First\n• Second"
    assert action.impact == "Café (May 2024)"


def test_deleted_text_is_not_read_and_symbols_are():
    def edited(document):
        table = add_table(document, [["Action", "Visibility", "Recognition"], ["Awards ", "", ""], ["Gone", "x", ""]])
        deleted = OxmlElement("w:del")
        deleted.append(table.cell(1, 0).paragraphs[0].add_run("evening")._r)
        table.cell(1, 0).paragraphs[0]._p.append(deleted)
        symbol = OxmlElement("w:sym")
        symbol.set(qn("w:char"), "F0FC")
        table.cell(1, 2).paragraphs[0].add_run()._r.append(symbol)
        table.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:del"))

    action = only(read_word(edited))
    assert (action.objective, action.themes) == ("Awards", ["recognition"])


def test_a_plan_inside_a_layout_table_is_found():
    def nested(document):
        add_table(document.add_table(1, 1).cell(0, 0), [COLUMNS, ["Visibility", "Staff page", "A", "", "G"]])

    assert only(read_word(nested)).rag == "green"


def test_a_document_without_a_plan_is_refused():
    with pytest.raises(UnreadableFile, match="No table with the columns of an action plan"):
        read_word("Only prose", [["Name", "Date"], ["A", "B"]])
    with pytest.raises(UnreadableFile, match="no action stands below"):
        read_word([TEMPLATE, ["", "", "", ""]])

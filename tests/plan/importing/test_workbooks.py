"""Plans in Excel and OpenDocument workbooks."""

from datetime import date

from hub.plan.importing import preview
from tests.plan.importing.making import only, open_document, read_sheet, replaced, sheet_of, workbook

RED = 't:style-name="red"'
SPANS_TWO = 't:number-rows-spanned="2"'
COLUMNS = ["Planned activity", "Internal area", "Pillars", "Delivery", "Success measure", "RAG", "Target date"]


def test_title_rows_fills_and_real_dates_are_understood():
    def write(book, sheet):
        sheet.merge_range("A1:G1", "University of Northmoor: action plan")
        sheet.write("A2", "Version 3")
        sheet.write_row("A4", COLUMNS)
        day = book.add_format({"num_format": "dd mmm yyyy"})
        for number, fill in enumerate(("#FF0000", "#FFC000", "#92D050"), start=4):
            sheet.write_row(
                number, 0, [f"Activity {number}", "Estates", "Sustainability\nVisibility", "Survey", "15% mentored"]
            )
            sheet.write_blank(number, 5, None, book.add_format({"bg_color": fill}))
            sheet.write_datetime(number, 6, date(2025, 7, number), day)

    read = preview(workbook(write), "plan.xlsx")
    assert [action.rag for action in read.actions] == ["red", "amber", "green"]
    assert [action.due for action in read.actions] == [date(2025, 7, day) for day in (4, 5, 6)]
    first = read.actions[0]
    assert first.themes == ["sustainability", "visibility"]
    assert first.details == "Internal area: Estates\nSurvey"
    assert [(each.value, each.text, each.due) for each in first.targets] == [(15, "Mentored (%)", date(2025, 7, 4))]
    assert first.source == "Sheet “Plan”, row 5"


def test_themes_as_columns_of_ticks_under_two_lines_of_headings():
    def write(_, sheet):
        for place, text in (
            ("A1:A2", "Ref"),
            ("B1:B2", "Action"),
            ("C1:F1", "Theme"),
            ("G1:H1", "Timescale"),
            ("I1:I2", "Status"),
        ):
            sheet.merge_range(place, text)
        sheet.write_row("C2", ["Visibility", "Recognition", "Career Development", "Sustainability", "Start", "End"])
        sheet.write_row("A3", ["A1", "Profiles", "✓", "", "", "x", "Jan 2024", "Q2 2025", "In progress"])
        sheet.write_row("A4", ["A2", "Awards", "no", "Y", "-", "", "Sept 2023", "June 2024", "🟢"])

    first, second = preview(workbook(write), "plan.xlsx").actions
    assert (first.ref, first.themes, first.rag) == ("A1", ["visibility", "sustainability"], "amber")
    assert (first.start, first.due) == (date(2024, 1, 1), date(2025, 6, 30))
    assert (second.ref, second.themes, second.rag) == ("A2", ["recognition"], "green")


def test_actions_standing_under_their_themes():
    read = read_sheet(
        [
            ["Year", "Visibility", "Recognition", "Career Development"],
            ["2024", "Launch the hub\nPublish a newsletter", "Awards", "Maps"],
            ["2025", "Showcase", "", "Secondments"],
        ]
    )
    assert [(each.ref, each.objective) for each in read.actions] == [
        ("V1", "Launch the hub"),
        ("V2", "Publish a newsletter"),
        ("R1", "Awards"),
        ("C1", "Maps"),
        ("V3", "Showcase"),
        ("C2", "Secondments"),
    ]
    assert read.actions[5].due == date(2025, 12, 31)


def test_merged_cells_fill_down_and_far_cells_cost_nothing():
    def write(_, sheet):
        sheet.write_row("A1", ["Theme", "Action", "Lead"])
        sheet.merge_range("A2:A3", "Recognition")
        sheet.write_column("B2", ["Awards", "Registration"])
        sheet.merge_range("C2:C3", "Dean")
        sheet.write_blank("XFD1048576", None, _.add_format({"bg_color": "#FFFF00"}))

    read = preview(workbook(write), "plan.xlsx")
    assert [(each.themes, each.owner) for each in read.actions] == [(["recognition"], "Dean")] * 2


def test_each_sheet_may_be_a_theme_and_hidden_sheets_are_left_aside():
    def write(book, sheet):
        for each in (sheet, book.add_worksheet("Recognition"), book.add_worksheet("Old")):
            each.write_row("A1", ["Action", "Owner"])
            each.write_row("A2", [f"Something for {each.get_name()}", "Dean"])
        book.get_worksheet_by_name("Old").hide()

    read = preview(workbook(write, "Visibility"), "plan.xlsx")
    assert [(each.ref, each.themes) for each in read.actions] == [("V1", ["visibility"]), ("R1", ["recognition"])]


def test_numbers_formulas_and_rich_text_are_read_as_they_show():
    def write(book, sheet):
        sheet.write_row("A1", ["No.", "Action", "Due", "RAG"])
        sheet.write("A2", 1)
        sheet.write_rich_string("B2", "Build ", book.add_format({"bold": True}), "a page")
        sheet.write("C2", 45504)
        sheet.write_formula("D2", '=IF(1,"Green","")', None, "Green")
        sheet.write("A3", 1.2)
        sheet.write("B3", "Hold a day")

    first, second = preview(workbook(write), "plan.xlsx").actions
    assert (first.ref, first.objective, first.due, first.rag) == ("1", "Build a page", date(2024, 7, 31), "green")
    assert second.ref == "1.2"


def test_references_are_the_file_s_own_and_unique():
    read = read_sheet([["Ref", "Action", "Theme"], ["V1", "One", ""], ["V1", "Two", ""], ["", "Three", "Visibility"]])
    assert [each.ref for each in read.actions] == ["V1", "V1-2", "V2"]
    read = read_sheet(
        [["Action", "Theme"], ["1.1 Build", "Visibility"], ["1.2 Grow", ""], ["2.1. Keep", "Recognition"]]
    )
    assert [(each.ref, each.objective) for each in read.actions] == [("1.1", "Build"), ("1.2", "Grow"), ("2.1", "Keep")]


def test_columns_not_understood_are_named():
    read = read_sheet([["Action", "Owner", "Zebra"], ["Build", "Dean", "Stripes"]])
    assert read.warnings == [
        "Sheet “Plan”: the column “Zebra” was not understood, left out.",
        "Sheet “Plan”, row 2: no theme found, left empty.",
    ]
    assert [(each.heading, each.meaning) for each in read.columns] == [
        ("Action", "objective"),
        ("Owner", "owner"),
        ("Zebra", ""),
    ]


def test_an_odd_address_or_style_in_a_sheet_does_no_harm():
    content = sheet_of([["Action", "Owner"], ["Build", "Dean"]])

    def spoil(part):
        part = part.replace(b'<c r="A2"', b'<c r="??" s="999"')
        return part.replace(b"</sheetData>", b'<row r="x"><c t="s"><v>77</v></c></row></sheetData>')

    spoilt = replaced(content, "xl/worksheets/sheet1.xml", spoil)
    assert only(preview(spoilt, "plan.xlsx")).objective == "Build"


def test_open_document_sheets_with_repeats_merges_and_fills():
    def row(*cells, more=""):
        return f"<t:table-row {more}>{''.join(cells)}</t:table-row>"

    def cell(text, more=""):
        return f"<t:table-cell {more}><x:p>{text}</x:p></t:table-cell>"

    def empty(more):
        return f"<t:table-cell {more}/>"

    styles = "".join(
        f'<s:style s:name="{name}"><s:table-cell-properties fo:background-color="#{fill}"/></s:style>'
        for name, fill in (("red", "ff0000"), ("green", "00b050"))
    )
    headings = [cell(text) for text in ("Theme", "Action", "Due", "RAG")]
    day = cell("31/07/24", 'o:value-type="date" o:date-value="2024-07-31"')
    rows = (
        row(*headings, empty('t:number-columns-repeated="16380"')),
        row(
            cell("Visibility", SPANS_TWO), cell("Build<x:s/>a <x:span>page</x:span>"), day, empty('t:style-name="red"')
        ),
        row("<t:covered-table-cell/>", cell("Hold a day"), cell("Sep-24"), empty('t:style-name="green"')),
        row(empty('t:number-columns-repeated="16384"'), more='t:number-rows-repeated="1048570"'),
    )
    first, second = preview(open_document("".join(rows), styles), "plan.ods").actions
    assert (first.objective, first.due, first.rag) == ("Build a page", date(2024, 7, 31), "red")
    assert (second.objective, second.themes, second.rag) == ("Hold a day", ["visibility"], "green")

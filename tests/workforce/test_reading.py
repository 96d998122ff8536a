"""A staff file is read whatever program wrote it, and what is wrong with it is told row by row."""

import io
import zipfile
from datetime import date

import pytest

from hub.core.spreadsheets import UnreadableFile
from hub.workforce.reading import columns, files, records, values
from tests.workforce.making import HEADINGS, csv_of, row, text_of, workbook

TWO = (row(1, preferred_name="Inês Carvalho", job_title="Technician"), row(2, preferred_name="Seán Tate"))


def read(content, **remembered):
    table = files.table(content, remembered)
    return records.read(table, table.meanings, lambda _rows: None)


def names(content):
    return [one.name for one in read(content).people.values()]


def problems(content):
    return [(one.row, one.column, one.what) for one in read(content).problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_encoding_and_any_separator(encoding, delimiter):
    assert names(text_of(*TWO, delimiter=delimiter).encode(encoding)) == ["Inês Carvalho", "Seán Tate"]


def test_line_ends_may_be_mixed_and_stand_within_quotes():
    text = (
        'Staff ID,Name,E-mail,Job title\nN1,Ana,a@north.example,"Workshop\r\ntechnician"\rN2,Ben,b@north.example,\r\n'
    )
    people = list(read(text.encode()).people.values())
    assert [(one.row, one.name, one.job_title) for one in people] == [
        (2, "Ana", "Workshop technician"),
        (3, "Ben", ""),
    ]


def test_a_cell_without_end_is_named_not_swallowed():
    with pytest.raises(UnreadableFile, match=r"After row 2 .* quotation marks do not fit"):
        read(b'Staff ID,Name,E-mail\nN1,Ana,a@north.example\nN2,"Ben,b@north.example\nN3,Cas,c@north.example\n')


def test_a_megabyte_in_one_cell_is_told_with_its_row():
    with pytest.raises(UnreadableFile, match="After row 2 a cell is far too long"):
        read(csv_of(row(1), row(2, job_title="x " * 500_000)))
    assert "100,000 characters" in problems(csv_of(row(1, job_title="x" * 100_000)))[0][2]


def write_people(book, sheet):
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range("A1:D1", "Technical staff, as of today")
    sheet.write_row("A3", ["Staff ID", "Name", "E-mail", "Department", "Leaver date", "FTE"])
    sheet.write_row("A4", [1042, "Ana", "ana@north.example"])
    sheet.write_row("A5", ["N2", "Ben", "ben@north.example"])
    sheet.merge_range("D4:D5", "Chemistry")
    sheet.write_number("E4", 46234, day)
    sheet.write_formula("F4", "=4/5", None, 0.8)


def test_a_workbook_with_a_title_merged_cells_days_as_numbers_and_formulas():
    ana, ben = read(workbook(write_people)).people.values()
    assert (ana.row, ana.staff_id, ana.unit, ana.left_on) == (4, "1042", "Chemistry", date(2026, 7, 31))
    assert ana.contracts[0].fte_thousandths == 800
    assert (ben.row, ben.unit) == (5, "Chemistry")


def test_a_formula_without_its_result_and_an_error_are_no_values():
    def write(_book, sheet):
        sheet.write_row("A1", ["Staff ID", "Name", "E-mail", "Job title"])
        sheet.write_row("A2", ["N1", "Ana", "ana@north.example", "#N/A"])
        sheet.write_row("A3", ["N2", "", "ben@north.example", ""])
        sheet.write_formula("B3", "=Z9", None, "")

    content = replaced(workbook(write), b"<v></v>", b"")
    assert [(at, column) for at, column, _ in problems(content)] == [(2, "Job title"), (3, "Name")]
    assert "Paste values" in problems(content)[0][2]
    assert problems(csv_of(row(1, preferred_name='=HYPERLINK("http://a.example")')))[0][1] == "Name"


def replaced(content, old, new):
    before, file = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in before.namelist():
            made.writestr(name, before.read(name).replace(old, new))
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"\x00\x01\x02\x03\xfe\xdc\x07\x08" * 50, "not a document"),
        (b"<html><table>", "web page"),
        (replaced(workbook(lambda *_: None), b"<sheetData", b"<!DOCTYPE x><sheetData"), "damaged"),
    ],
)
def test_what_is_no_staff_file_is_refused_in_one_sentence(content, says):
    with pytest.raises(UnreadableFile, match=says):
        read(content) if files.refuse_unfit(content, "staff.csv") else None


def test_one_cell_far_away_does_not_fill_the_memory():
    content = replaced(workbook(write_people), b'r="F4"', b'r="XFD4"')
    with pytest.raises(UnreadableFile, match="more than 200,000 rows or 256 columns"):
        read(content)


def test_headings_are_known_by_what_they_mean_or_as_somebody_said_before():
    guessed = columns.guess(["Employee No.", "Known as", "Work e-mail", "Post title", "Shoe size"], {})
    assert guessed == ["staff_id", "name", "email", "job_title", ""]
    assert columns.guess(["Kürzel", "Name"], {"kürzel": "staff_id"}) == ["staff_id", "name"]
    assert columns.guess(["E-mail", "Email address"], {}) == ["email", ""]
    assert [one.label for one in columns.lacking(["name"])] == ["Staff number", "E-mail"]


def test_a_file_without_headings_asks_instead_of_guessing():
    table = files.table(b"N1,Ana,ana@north.example\nN2,Ben,ben@north.example\n", {})
    assert table.headings == ["N1", "Ana", "ana@north.example"]
    assert len(columns.lacking(table.meanings)) == 3


@pytest.mark.parametrize(
    "written",
    ["31/07/2026", "2026-07-31", "31.7.2026", "31 July 2026", "31st July, 2026", "Fri 31 Jul 2026", "31-Jul-26",
     "46234", "2026-07-31 00:00:00", "2026-07-31T00:00:00", "20260731"],
)  # fmt: skip
def test_a_day_as_people_and_programs_write_it(written):
    assert values.day(written) == date(2026, 7, 31)


@pytest.mark.parametrize("written", ["soon", "31/02/2026", "July 2026", "12", "0001-01-01"])
def test_what_is_no_day(written):
    with pytest.raises(values.Wrong):
        values.day(written)


@pytest.mark.parametrize(("written", "meant"), [("0.8", 800), ("0,8", 800), ("80%", 800), ("1", 1000), ("", None)])
def test_a_full_time_equivalent(written, meant):
    assert values.thousandths(written) == meant


@pytest.mark.parametrize(
    "address",
    ["ana", "ana@", "@north.example", "ana@north", "ana@@north.example", "an a@north.example", "аna@north.example",
     '"ana"@north.example', "a" * 250 + "@north.example", "ana@north.example\r\nBcc: x@y.example"],
)  # fmt: skip
def test_what_is_no_address(address):
    with pytest.raises(values.Wrong):
        values.email(address)


def test_every_problem_has_its_row_its_column_and_a_right_example():
    file = read(csv_of(row(1, e_mail="nowhere"), row(2, staff_id=""), row(3, leaver_date="soon"), row(4)))
    assert [(one.row, one.column, one.example) for one in file.problems] == [
        (2, "E-mail", "m.okafor@university.ac.uk"),
        (3, "Staff number", "B10234"),
        (4, "Last day", "31/07/2026"),
    ]
    assert list(file.people) == ["N4"]


def test_the_same_person_twice_and_one_address_for_two():
    told = problems(csv_of(row(1), row(1), row(2, e_mail="P1@north.example"), row(1, preferred_name="Another")))
    assert told == [
        (3, "Staff number", "This person stands in row 2 already."),
        (4, "E-mail", "Row 2 has the same address for another staff number."),
        (5, "Staff number", "Row 2 has the same staff number with another name or address."),
    ]


def test_several_contracts_are_one_person_whom_the_fullest_describes():
    headings = [*HEADINGS, "FTE", "Grade"]
    content = csv_of(
        row(1, job_title="Demonstrator", fte="0.2", grade="5"),
        row(1, job_title="Technician", fte="0.6", grade="6"),
        headings=headings,
    )
    (person,) = read(content).people.values()
    assert person.job_title == "Technician"
    assert [(one.grade, one.fte_thousandths) for one in person.contracts] == [("5", 200), ("6", 600)]

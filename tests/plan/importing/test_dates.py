"""Dates as people write them."""

from datetime import date

import pytest

from hub.plan.importing import dates

DUE = [
    ("End of January 2021", "2021-01-31"),
    ("end Jan 2021", "2021-01-31"),
    ("From Oct 2022", "2022-10-01"),
    ("from September 2022", "2022-09-01"),
    ("September 2022 onwards", "2022-09-01"),
    ("by Aug 2022", "2022-08-31"),
    ("before Sept 2022", "2022-08-31"),
    ("August 2022", "2022-08-31"),
    ("Feb 2024", "2024-02-29"),
    ("Sep-22", "2022-09-30"),
    ("Sept. 2023", "2023-09-30"),
    ("Aug '22", "2022-08-31"),
    ("08/2022", "2022-08-31"),
    ("Q4 2024", "2024-12-31"),
    ("2024 Q3", "2024-09-30"),
    ("Quarter 1, 2025", "2025-03-31"),
    ("31/07/2024", "2024-07-31"),
    ("31.7.24", "2024-07-31"),
    ("31st July 2024", "2024-07-31"),
    ("Wednesday 31st of July, 2024", "2024-07-31"),
    ("July 31, 2024", "2024-07-31"),
    ("01-Sep-2022", "2022-09-01"),
    ("2024-07-31", "2024-07-31"),
    ("45000", "2023-03-15"),
    ("w/c 5 June 2023", "2023-06-05"),
    ("Mid March 2023", "2023-03-15"),
    ("Spring 2023", "2023-05-31"),
    ("Summer term 2022", "2022-07-31"),
    ("Winter 2022/23", "2023-02-28"),
    ("Semester 2 2022/23", "2023-06-30"),
    ("2022/23", "2023-07-31"),
    ("Academic Year 2022-2023", "2023-07-31"),
    ("2024", "2024-12-31"),
    ("by end 2024", "2024-12-31"),
    ("June and September 2023", "2023-09-30"),
    ("Dec-24/Jan-25", "2025-01-31"),
    ("Ongoing, review July 2023", "2023-07-31"),
    ("AY2023/24", "2024-07-31"),
    ("By end of AY 24-25", "2025-07-31"),
    ("Q2 24/25", "2025-01-31"),
    ("H1 2025", "2025-06-30"),
    ("Term 1 2024/25", "2024-12-31"),
    ("Autumn 24", "2024-11-30"),
    ("by Easter 2025", "2025-04-30"),
    ("Mid-2025", "2025-06-30"),
    ("Early 2025", "2025-03-31"),
]
PERIODS = [
    ("Dec 2020 – Mar 2021", "2020-12-01", "2021-03-31"),
    ("Jan-Mar 2023", "2023-01-01", "2023-03-31"),
    ("Nov to Jan 2023", "2022-11-01", "2023-01-31"),
    ("from Jan 2022 to Dec 2022", "2022-01-01", "2022-12-31"),
    ("01/09/2022 - 31/08/2023", "2022-09-01", "2023-08-31"),
    ("1 September 2022 until the end of August 2025", "2022-09-01", "2025-08-31"),
]
NONE_MEANT = ["", "Ongoing", "TBC", "n/a", "–", "Annually", "Each term", "Immediately"]
NOT_READ = ["Year 2", "by September", "31 July", "2022-2025", "when funds allow", "version 1.2.3", "May", "Each May"]


@pytest.mark.parametrize(("text", "day"), DUE)
def test_a_due_cell_says_a_day(text, day):
    assert dates.read_cell(text).due == date.fromisoformat(day)
    assert dates.read_cell(text).start is None


@pytest.mark.parametrize(("text", "start", "due"), PERIODS)
def test_a_period_has_a_start_and_an_end(text, start, due):
    read = dates.read_cell(text)
    assert (read.start, read.due) == (date.fromisoformat(start), date.fromisoformat(due))


@pytest.mark.parametrize("text", NONE_MEANT)
def test_no_date_may_be_meant(text):
    assert dates.read_cell(text) == dates.CellDates()


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_no_date_is_said_to_be_unread(text):
    assert dates.read_cell(text) == dates.CellDates(unread=True)


def test_a_start_column_means_the_first_day():
    assert dates.read_cell("Autumn 2022", starts=True).start == date(2022, 9, 1)
    assert dates.read_cell("Sept 2022", starts=True).start == date(2022, 9, 1)


@pytest.mark.parametrize("text", ["Spring 2023", "2022/23", "mid June 2023", "12/25/2024"])
def test_dates_that_leave_room_are_marked_as_rough(text):
    assert dates.read_cell(text).rough


@pytest.mark.parametrize(
    "text", ["36-month plan", "£2,024 was spent", "room 2021a", "REF2029", "1.2.3", "the 2018 plan", "30/02/20x3"]
)
def test_numbers_in_prose_are_no_dates(text):
    assert dates.find(text) == []


@pytest.mark.parametrize(
    ("text", "start", "due"),
    [
        ("Year 2", None, "2026-07-31"),
        ("End of year 3", None, "2027-07-31"),
        ("Years 1-3", "2024-08-01", "2027-07-31"),
        ("Year 1 to Year 2", "2024-08-01", "2026-07-31"),
        ("Y2", None, "2026-07-31"),
    ],
)
def test_years_of_the_plan_are_counted_from_its_beginning(text, start, due):
    read = dates.read_cell(text, begins=dates.beginning("Action plan 2024–2027"))
    assert (read.start, read.due) == (start and date.fromisoformat(start), date.fromisoformat(due))
    assert read.rough


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Action plan 2024–27", "2024-08-01"),
        ("September 2023 to August 2026", "2023-09-01"),
        ("Submission of January 2021 – January 2024", "2021-01-01"),
        ("Report on 2023/24", None),
        ("Founded 1992", None),
    ],
)
def test_a_title_says_when_the_plan_begins(title, day):
    assert dates.beginning(title) == (day and date.fromisoformat(day))

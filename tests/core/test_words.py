"""Numbers, days and names as a colleague would say them."""

from datetime import UTC, date, datetime

import pytest

from hub.core import clock, words


@pytest.fixture(autouse=True)
def thursday_9_july_2026():
    with clock.held(datetime(2026, 7, 9, 13, 2, tzinfo=UTC)):
        yield


def test_a_day_is_written_out():
    assert words.day(date(2026, 7, 31)) == "Friday 31 July 2026"
    assert words.day(date(2026, 7, 31), year=False, weekday=False) == "31 July"


def test_a_moment_is_told_on_london_clocks():
    assert words.day(datetime(2026, 7, 31, 16, 0, tzinfo=UTC)) == "Friday 31 July 2026, 17:00"
    assert words.at_time(datetime(2026, 12, 1, 16, 5, tzinfo=UTC)) == "16:05"


def test_midnight_in_london_is_a_day_and_not_an_hour():
    assert words.day(datetime(2026, 7, 30, 23, 0, tzinfo=UTC)) == "Friday 31 July 2026"


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 7, 8), "yesterday"),
        (date(2026, 7, 9), "today"),
        (date(2026, 7, 10), "tomorrow"),
        (date(2026, 7, 15), "in 6 days"),
        (date(2026, 6, 30), "9 days ago"),
        (datetime(2026, 7, 9, 23, 30, tzinfo=UTC), "tomorrow"),
    ],
)
def test_how_far_away_a_day_is(on, said):
    assert words.away(on) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 7, 6), date(2026, 7, 6), "6 July 2026"),
        (date(2026, 7, 6), date(2026, 7, 8), "6 to 8 July 2026"),
        (date(2026, 7, 30), date(2026, 8, 2), "30 July to 2 August 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 December 2026 to 2 January 2027"),
    ],
)
def test_two_days_as_one_stretch(start, end, said):
    assert words.period(start, end) == said


def test_numbers_agree_with_their_nouns():
    assert words.counted(1, "technician") == "1 technician"
    assert words.counted(12_500, "technician") == "12,500 technicians"
    assert words.counted(0, "entry", "entries") == "0 entries"
    assert [words.spoken(n) for n in (0, 2, 10, 11)] == ["no", "two", "ten", "11"]


def test_a_list_of_names_ends_with_and():
    assert [words.joined(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_file_sizes_are_round():
    assert [words.file_size(n) for n in (0, 820_000, 1_440_000)] == ["1 KB", "820 KB", "1.4 MB"]


def test_paragraphs_are_escaped_and_keep_their_lines():
    assert words.paragraphs("One <b>\nline\n\nTwo") == "<p>One &lt;b&gt;<br>line</p><p>Two</p>"
    assert words.paragraphs("  \n\n ") == ""


def test_numbers_are_joined_into_ranges():
    assert words.ranges([1, 2, 3, 7, 9, 10]) == "1–3, 7, 9–10"

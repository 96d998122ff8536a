"""What people type: cleaned, bounded, told apart; pounds to pence and back; deadlines to the second."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hub.core.clock import at_london, held, is_open, today
from hub.core.money import parse_pounds, pounds
from hub.core.text import clean, is_visible, one_line, slugify


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("250", 25_000), ("199.9", 19_990), ("£1,250.00", 125_000), (" 0.05 ", 5), ("1,000,000", 100_000_000)],
)
def test_pounds_as_people_type_them(typed, pence):
    assert parse_pounds(typed) == pence


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "NaN",
        "Infinity",
        "1e400",
        "-5",
        "-0.00",
        "0.005",
        "1_000",
        "١٢",
        "12,34",
        "1.2.3",
        "£",
        "5 pounds",
        "9" * 30,
    ],
)
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValueError, match="amount in pounds"):
        parse_pounds(typed)


def test_pence_read_as_pounds():
    assert (pounds(125_000), pounds(5), pounds(-100)) == ("£1,250.00", "£0.05", "−£1.00")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("e\u0301", "é"),
        ("\u202egpj.exe", "gpj.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("👩‍🔬", "👩‍🔬"),
    ],
)
def test_text_is_cleaned_without_losing_what_is_seen(typed, kept):
    assert clean(typed) == kept


def test_what_nobody_can_see_is_not_text():
    assert not is_visible("\u200d \u3164".replace("\u3164", ""))
    assert is_visible("…é…")
    assert one_line(" a \n b\t c ") == "a b c"


def test_names_become_addresses():
    assert (slugify("Seán O’Brien-Müller"), slugify("李雷")) == ("sean-obrien-muller", "person")


@pytest.mark.parametrize("on", [date(2026, 1, 31), date(2026, 7, 31)])  # in winter and in summer time
@pytest.mark.parametrize(("seconds", "still"), [(-1, True), (0, True), (1, False)])
def test_a_deadline_of_five_o_clock_is_exact_to_the_second(on, seconds, still):
    closes = at_london(on, 17)
    with held(closes + timedelta(seconds=seconds)):
        assert is_open(None, closes) is still


def test_five_o_clock_in_london_is_four_in_summer():
    assert at_london(date(2026, 7, 31), 17) == datetime(2026, 7, 31, 16, tzinfo=UTC)
    assert at_london(date(2026, 1, 31), 17) == datetime(2026, 1, 31, 17, tzinfo=UTC)


def test_today_is_the_day_in_london():
    with held(datetime(2026, 7, 31, 23, 30, tzinfo=UTC)):
        assert today() == date(2026, 8, 1)

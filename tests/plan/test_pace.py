"""Whether an indicator keeps pace, case by case, with the sentence that says so."""

from datetime import date

import pytest

from hub.plan.pace import Standing, pace

POINTS = [(date(2024, 8, 1), 0), (date(2027, 7, 31), 15)]
TODAY = date(2026, 5, 20)  # nine of fifteen are projected


@pytest.mark.parametrize(
    ("value", "standing", "sentence"),
    [
        (6, "behind", "6 of 9 by today’s projection: behind by 3; at this speed 10 of 15 by July 2027."),
        (9, "on pace", "9 of 9 by today’s projection: on pace; at this speed 15 of 15 by July 2027."),
        (12, "ahead", "12 of 9 by today’s projection: ahead by 3; at this speed 20 of 15 by July 2027."),
        (0, "behind", "0 of 9 by today’s projection: behind by 9; at this speed 0 of 15 by July 2027."),
        (16, "met", "16: the 15 of 31 July 2027 is reached."),
    ],
)
def test_the_sentence_says_where_it_stands_and_where_its_speed_leads(value, standing, sentence):
    found = pace(POINTS, value, TODAY)
    assert (found.standing, found.sentence) == (standing, sentence)


def test_so_near_the_projection_counts_as_on_pace():
    hundred = [(date(2026, 1, 1), 100), (date(2027, 1, 1), 100)]
    stands = [pace(hundred, value, date(2026, 3, 1)).standing for value in (89, 90)]
    assert stands == [Standing.BEHIND, Standing.ON_PACE]


@pytest.mark.parametrize(
    ("value", "standing", "sentence"),
    [
        (11, "behind", "11 of 15: the last target was due 31 July 2027 and is missed by 4."),
        (15, "met", "15 of 15: the last target was due 31 July 2027 and is reached."),
    ],
)
def test_after_the_last_target_it_says_how_it_ended(value, standing, sentence):
    found = pace(POINTS, value, date(2027, 9, 1))
    assert (found.standing, found.sentence) == (standing, sentence)


@pytest.mark.parametrize(
    ("points", "value", "on"),
    [([], 3, TODAY), (POINTS[1:], 3, TODAY), (POINTS, None, TODAY), (POINTS, 3, date(2024, 7, 31))],
)
def test_without_two_dated_points_a_value_and_a_begun_projection_there_is_none(points, value, on):
    assert pace(points, value, on) is None


def test_on_its_first_day_it_has_no_speed_yet():
    assert pace([(date(2026, 1, 1), 4), (date(2027, 1, 1), 8)], 4, date(2026, 1, 1)).sentence == (
        "4 of 4 by today’s projection: on pace."
    )

"""Geometry of the drawings: everything lies inside its frame, and nothing divides by nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core import charts, plates, qr

JULY = date(2026, 7, 9)


def test_values_are_placed_between_the_edges():
    assert [charts.spread(v, 0, 10, 0, 100) for v in (0, 5, 10)] == [0, 50, 100]
    assert charts.spread(3, 3, 3) == charts.LEFT


@pytest.mark.parametrize(("done", "of", "percent"), [(33, 40, 82.5), (50, 40, 100), (0, 0, 0), (-1, 4, 0)])
def test_progress_stays_within_its_rail(done, of, percent):
    assert charts.share(done, of) == percent


@given(st.floats(min_value=0, max_value=1e9))
def test_the_top_of_a_chart_is_round_and_high_enough(value):
    top, step = charts.nice_top(value)
    assert top >= value
    assert top % step == 0
    assert top // step <= 5


@given(
    st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 10**6)), min_size=1, max_size=20)
)
def test_every_point_of_a_line_lies_in_the_plot(points):
    chart = charts.line_chart(points)
    assert all(charts.LEFT <= p.x <= charts.RIGHT for p in chart.line)
    assert all(charts.HEAD <= p.y <= chart.floor for p in chart.line)


def test_a_line_and_its_projection_share_one_scale():
    chart = charts.line_chart([(JULY, 33)], [(JULY, 33), (JULY + timedelta(days=365), 40)])
    assert chart.line[0][:2] == chart.projection[0][:2]
    assert [mark.label for mark in chart.years] == ["2027"]
    assert chart.grid[-1].value == 40


def test_a_flat_sparkline_and_a_single_value_are_drawn():
    assert charts.sparkline([3, 3, 3], 3).target == 22
    assert charts.sparkline([7]).end == (3, 22)


def test_the_day_ruler_numbers_days_when_they_are_few_and_mondays_when_many():
    short = charts.day_ruler(
        JULY, JULY + timedelta(days=14), [(JULY, "Today", "now"), (JULY + timedelta(days=14), "Due", "due")]
    )
    long = charts.day_ruler(JULY, JULY + timedelta(days=60), [])
    assert all(tick.number for tick in short.ticks)
    assert {tick.long for tick in long.ticks if tick.number} == {True}
    assert [(mark.x, mark.end) for mark in short.marks] == [(1, False), (99, True)]


def test_the_ruler_of_a_deadline_ends_after_it():
    assert charts.ruler_end(JULY, JULY + timedelta(days=3)) == JULY + timedelta(days=14)
    assert charts.ruler_end(JULY, JULY + timedelta(days=40)) == JULY + timedelta(days=42)


def test_days_outside_a_timeline_lie_at_its_edge():
    year = JULY, JULY + timedelta(days=365)
    assert charts.day_place(JULY - timedelta(days=9), *year) == 0
    assert charts.day_place(JULY + timedelta(days=999), *year) == 100
    assert [m.on.month for m in charts.months(*year)] == [8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7]


def test_equal_scores_pile_up():
    assert charts.stacked([4, 5, 4]) == [(4, 0), (5, 0), (4, 1)]


def test_the_table_of_a_chart_has_every_day_once():
    planned = [(JULY, 33), (JULY + timedelta(days=10), 40)]
    assert charts.by_date([(JULY, 30)], planned) == [(JULY, 30, 33), (JULY + timedelta(days=10), None, 40)]


@pytest.mark.parametrize("kind", plates.KINDS)
def test_every_drawing_is_a_path(kind):
    assert plates.drawing(kind).startswith("M")


def test_a_qr_code_starts_with_the_dark_corner_of_its_finder():
    code = qr.square("https://hub.example.ac.uk/people/maren-okafor")
    assert code.size >= 21
    assert code.path.startswith("M0 0h7v1h-7z")

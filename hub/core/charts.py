"""Geometry for the drawings: numbers in, percentages out, so that every chart stretches without scaling its text."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

LEFT, RIGHT = 5, 98  # the plot's edges, in per cent of the width
HEAD, FOOT = 24, 24  # room above and below a plot, in pixels
STEPS = (1, 2, 5)

Series = Sequence[tuple[date, float]]


class Point(NamedTuple):
    x: float
    y: float
    on: date
    value: float


class Grid(NamedTuple):
    y: float
    value: int


class Mark(NamedTuple):
    """A place on an axis with its words; *end* when the words should run to the left."""

    x: float
    label: str
    kind: str = ""
    end: bool = False


class Tick(NamedTuple):
    x: float
    long: bool
    number: int | None


class LineChart(NamedTuple):
    height: int
    floor: int
    line: list[Point]
    projection: list[Point]
    grid: list[Grid]
    years: list[Mark]


class Sparkline(NamedTuple):
    points: str
    end: tuple[float, float]
    target: float | None
    width: int
    height: int


class Ruler(NamedTuple):
    ticks: list[Tick]
    marks: list[Mark]


class Month(NamedTuple):
    x: float
    on: date


def spread(value: float, low: float, high: float, start: float = LEFT, end: float = RIGHT) -> float:
    """Place *value* between *start* and *end* as it lies between *low* and *high*."""
    return round(start + (end - start) * ((value - low) / ((high - low) or 1)), 2)


def share(value: float, of: float) -> float:
    """*value* as per cent of *of*, held between nothing and all."""
    return round(min(100.0, max(0.0, 100 * value / of)), 1) if of else 0.0


def shade(value: int, most: int) -> int:
    """How dark a cell is drawn, from 0 for nothing to 4 for as many as *most*; small numbers still differ."""
    return min(4, 1 + int(4 * (value / most) ** 0.5)) if value else 0


def nice_top(value: float) -> tuple[int, int]:
    """The next round number at or above *value*, and the step of at most five grid lines up to it."""
    step = 1
    for power in range(13):
        step = next((s for s in (base * 10**power for base in STEPS) if value / s <= 5), 0)
        if step:
            break
    return max(1, ceil(value / step)) * step, step


def line_chart(series: Series, projection: Series = (), height: int = 220) -> LineChart:
    """Points, grid lines and year marks of a dated line, with its dated projection if there is one."""
    first = min(on for on, _ in [*series, *projection])
    last = max(on for on, _ in [*series, *projection])
    top, step = nice_top(max(value for _, value in [*series, *projection]))

    def down(value: float) -> float:
        return round(height - FOOT - value / top * (height - HEAD - FOOT), 1)

    def across(on: date) -> float:
        return spread(on.toordinal(), first.toordinal(), last.toordinal())

    return LineChart(
        height=height,
        floor=height - FOOT,
        line=[Point(across(on), down(value), on, value) for on, value in series],
        projection=[Point(across(on), down(value), on, value) for on, value in projection],
        grid=[Grid(down(value), value) for value in range(0, top + 1, step)],
        years=[Mark(across(date(year, 1, 1)), str(year)) for year in range(first.year + 1, last.year + 1)],
    )


def sparkline(values: Sequence[float], target: float | None = None, width: int = 88, height: int = 26) -> Sparkline:
    """Points of a small line, and the height of its target."""
    everything = [*values] if target is None else [*values, target]
    low, high = min(everything), max(everything)

    def down(value: float) -> float:
        return spread(value, low, high, height - 4, 4)

    points = [(spread(i, 0, len(values) - 1, 3, width - 4), down(value)) for i, value in enumerate(values)]
    line = " ".join(f"{x},{y}" for x, y in points)
    return Sparkline(line, points[-1], None if target is None else down(target), width, height)


def day_ruler(start: date, end: date, marks: Sequence[tuple[date, str, str]]) -> Ruler:
    """Ticks for each day, long on Mondays, numbered daily or weekly; where the marked days fall."""
    days = (end - start).days
    dates = [start + timedelta(days=i) for i in range(days + 1)]

    def across(on: date) -> float:
        return spread((on - start).days, 0, days, 1, 99)

    ticks = [Tick(across(on), on.weekday() == 0, on.day if days <= 16 or on.weekday() == 0 else None) for on in dates]
    return Ruler(ticks, [Mark(across(on), label, kind, across(on) > 70) for on, label, kind in marks])


def ruler_end(start: date, due: date) -> date:
    """Two weeks for what is near, otherwise just past the deadline."""
    return start + timedelta(days=max(14, (due - start).days + 2))


def months(start: date, end: date) -> list[Month]:
    """The first day of every month between two dates, with its place in per cent."""
    firsts = [date(year, month, 1) for year in range(start.year, end.year + 1) for month in range(1, 13)]
    return [Month(day_place(on, start, end), on) for on in firsts if start <= on <= end]


def day_place(on: date, start: date, end: date) -> float:
    """Where a day falls between two dates, in per cent; a day outside them lies at the nearer edge."""
    return min(100.0, max(0.0, spread(on.toordinal(), start.toordinal(), end.toordinal(), 0, 100)))


def stacked(values: Sequence[int]) -> list[tuple[int, int]]:
    """Each value with how many equal ones stand before it, so that dots pile up instead of hiding each other."""
    return [(value, values[:i].count(value)) for i, value in enumerate(values)]


def by_date(series: Series, projection: Series = ()) -> list[tuple[date, float | None, float | None]]:
    """The numbers of a line chart as rows: day, measured, projected."""
    measured, planned = dict(series), dict(projection)
    return [(on, measured.get(on), planned.get(on)) for on in sorted(measured | planned)]

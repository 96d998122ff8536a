"""Whether an indicator keeps pace with its dated targets, in one sentence: pure functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from hub.core.words import day, month, number

Points = Sequence[tuple[date, int]]

TOLERANCE = 0.1  # of what is projected: so near counts as on pace


class Standing(StrEnum):
    MET = "met"
    AHEAD = "ahead"
    ON_PACE = "on pace"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class IndicatorPace:
    """*brief* is for a narrow column."""

    standing: Standing
    sentence: str
    brief: str = ""


def projected(points: Points, on: date) -> float | None:
    """Where the line through dated *points*, in order, stands on a day; nothing before the first."""
    if not points or on < points[0][0]:
        return None
    for (start, low), (end, high) in pairwise(points):
        if start <= on <= end:
            return low + (high - low) * (on - start).days / ((end - start).days or 1)
    return float(points[-1][1])


def stands(value: int, expected: float) -> Standing:
    """*value* against what was projected for the same day."""
    if value < expected - TOLERANCE * abs(expected):
        return Standing.BEHIND
    return Standing.AHEAD if value > expected + TOLERANCE * abs(expected) else Standing.ON_PACE


def pace(points: Points, value: int | None, on: date, say: Callable[[int], str] = number) -> IndicatorPace | None:
    """How *value* stands on a day against dated *points*, baseline first, and where its speed leads.

    Nothing if nothing is counted or projected for the day.
    """
    expected = projected(points, on)
    if value is None or expected is None or len(points) < 2:
        return None
    last_on, last = points[-1]
    standing = Standing.MET if value >= last else stands(value, expected)
    if on > last_on:
        return IndicatorPace(standing, f"{say(value)} of {say(last)}: {_ended(last_on)}{_short(last - value, say)}.")
    if standing == Standing.MET:
        return IndicatorPace(standing, f"{say(value)}: the {say(last)} of {day(last_on, weekday=False)} is reached.")
    today = round(expected)
    words = f"{say(value)} of {say(today)} by today’s projection: {_apart(standing, value - today, say)}"
    return IndicatorPace(standing, f"{words}{_speed(points, value, on, say)}.", f"{say(today)} projected for today")


def _ended(on: date) -> str:
    return f"the last target was due {day(on, weekday=False)}"


def _short(by: int, say: Callable[[int], str]) -> str:
    return f" and is missed by {say(by)}" if by > 0 else " and is reached"


def _apart(standing: Standing, by: int, say: Callable[[int], str]) -> str:
    return str(standing) if standing == Standing.ON_PACE or not by else f"{standing} by {say(abs(by))}"


def _speed(points: Points, value: int, on: date, say: Callable[[int], str]) -> str:
    (begun, base), (last_on, last) = points[0], points[-1]
    if on == begun:
        return ""
    reached = max(0, round(base + (value - base) * (last_on - begun).days / (on - begun).days))
    return f"; at this speed {say(reached)} of {say(last)} by {month(last_on)}"

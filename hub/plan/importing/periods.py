"""The days that a written date stands for: “August 2022” is a month, “2022/23” a university's year."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
SEASONS = {  # first month, last month
    "spring term": (1, 3), "summer term": (4, 7), "autumn term": (9, 12), "winter term": (1, 3),
    "michaelmas": (9, 12), "lent": (1, 3), "trinity": (4, 6), "hilary": (1, 3), "easter": (3, 4),
    "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2), "christmas": (12, 12),
}  # fmt: skip
SEMESTERS = {1: (9, 1), 2: (2, 6)}
TERMS = {1: (9, 12), 2: (1, 3), 3: (4, 7)}
YEAR_STARTS = 8
EARLIEST, LATEST = 1990, 2099
SHORT_YEARS = range(15, 60)
Parts = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Period:
    """From *first* to *last* day; *rough* when the words leave room, *span* when they name both ends."""

    first: date
    last: date
    rough: bool = False
    span: bool = False


def of(kind: str, parts: Parts) -> Period | None:
    """The period that the parts of a written date mean, or nothing if there is no such day."""
    try:
        return READERS[kind](parts)
    except ValueError:
        return None


def months(year: int, first: int, last: int, *, rough: bool = False, span: bool = False) -> Period:
    """Whole months; one whose last is before its first ends in the next year."""
    end = year + 1 if last < first else year
    return Period(date(year, first, 1), date(end, last, calendar.monthrange(end, last)[1]), rough, span)


def whole_year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def _year(text: str | None) -> int:
    """:raises ValueError: if no plan would mean such a year"""
    number = int((text or "").lstrip("'’‘"))
    if number in SHORT_YEARS:
        return 2000 + number
    if not EARLIEST <= number <= LATEST:
        raise ValueError
    return number


def _month(text: str | None) -> int:
    return MONTHS[(text or "")[:3].casefold()]


def _day(parts: Parts) -> Period:
    month = _month(parts["mon"]) if parts.get("mon") else int(parts["m"] or 0)
    number, year = int(parts["d"] or 0), _year(parts["y"])
    try:
        day = date(year, month, number)
        return Period(day, day)
    except ValueError:
        day = date(year, number, month)  # written the American way, which is the only one left
        return Period(day, day, rough=True)


def _one_month(parts: Parts) -> Period:
    month = _month(parts["mon"]) if parts.get("mon") else int(parts["m"] or 0)
    return months(_year(parts["y"]), month, month)


def _two_months(parts: Parts) -> Period:
    first, last, year = _month(parts["mon"]), _month(parts["mon2"]), _year(parts["y"])
    return months(year - 1 if last < first else year, first, last, span=parts["join"] not in {"/", "&", "and"})


def _following(parts: Parts) -> int:
    """The second year of “2022/23”.

    :raises ValueError: if it is not the next one
    """
    first, second = _year(parts["y"]), parts["y2"] or ""
    if int(second) not in {first + 1, (first + 1) % 100}:
        raise ValueError
    return first + 1


def _university_year(parts: Parts) -> Period:
    return months(_following(parts) - 1, YEAR_STARTS, YEAR_STARTS - 1, rough=True)


def _quarter(parts: Parts) -> Period:
    """A quarter of the calendar's year, or of a university's where both its years are named."""
    last, year = 3 * int(parts["q"] or 0), _year(parts["y"])
    if not parts.get("y2"):
        return months(year, last - 2, last)
    first = (YEAR_STARTS + last - 4) % 12 + 1
    year = _following(parts) - (1 if first >= YEAR_STARTS else 0)
    return months(year, first, (first + 1) % 12 + 1, rough=True)


def _half(parts: Parts) -> Period:
    last = 6 * int(parts["q"] or 0)
    return months(_year(parts["y"]), last - 5, last)


def _term(parts: Parts) -> Period:
    first, last = TERMS[int(parts["q"] or 0)]
    year = _year(parts["y"])
    if parts.get("y2"):
        year = _following(parts) - (1 if first > YEAR_STARTS else 0)
    return months(year, first, last, rough=True)


def _semester(parts: Parts) -> Period:
    number, year = int(parts["q"] or 0), _year(parts["y"])
    if parts.get("y2") and number == max(SEMESTERS):
        year = _following(parts)
    return months(year, *SEMESTERS[number], rough=True)


def _season(parts: Parts) -> Period:
    first, last = SEASONS[" ".join((parts["season"] or "").casefold().split())]
    year = _year(parts["y"])
    if parts.get("y2"):
        year = _following(parts) - (1 if first > YEAR_STARTS else 0)
    return months(year, first, last, rough=True)


READERS = {
    "day": _day,
    "month": _one_month,
    "months": _two_months,
    "year": _university_year,
    "quarter": _quarter,
    "half": _half,
    "semester": _semester,
    "term": _term,
    "season": _season,
}

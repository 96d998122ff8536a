"""Academic years, which are universities' financial years, too: from 1 August to 31 July."""

from calendar import monthrange
from datetime import date, datetime

from hub.core.clock import at_london


def academic_year(on: date) -> int:
    """The year in whose August it began."""
    return on.year if on.month >= 8 else on.year - 1


def year_label(first: int) -> str:
    return f"{first}–{(first + 1) % 100:02}"


def months_before(on: date, months: int) -> date:
    """The same day that many months earlier, or the last of that month."""
    month = on.year * 12 + on.month - 1 - months
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def within(first: int) -> tuple[datetime, datetime]:
    """The moments at which it begins and the next one does."""
    return at_london(date(first, 8, 1), 0), at_london(date(first + 1, 8, 1), 0)

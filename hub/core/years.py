"""Academic years, which are universities' financial years, too: from 1 August to 31 July."""

from datetime import date, datetime

from hub.core.clock import at_london


def academic_year(on: date) -> int:
    """The year in whose August it began."""
    return on.year if on.month >= 8 else on.year - 1


def year_label(first: int) -> str:
    return f"{first}–{(first + 1) % 100:02}"


def within(first: int) -> tuple[datetime, datetime]:
    """The moments at which it begins and the next one does."""
    return at_london(date(first, 8, 1), 0), at_london(date(first + 1, 8, 1), 0)

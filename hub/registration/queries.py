"""Reads of registers, journeys and mentoring."""

from datetime import date


def count_registered(institution_id: int, on: date) -> int:
    """How many people hold a registration at the end of that day."""
    return 0 * institution_id * on.day

"""What the hub can count by itself, in one table: an indicator names one of these or is typed by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hub.evidence import queries as evidence
from hub.registration import queries as registration


@dataclass(frozen=True, slots=True)
class Measure:
    """*count*(institution_id, on) gives the value at the end of that day."""

    label: str
    unit: str
    count: Callable[[int, date], int]
    words: tuple[str, ...]  # an imported indicator that says one of these means this measure


def _entries(kind: str) -> Callable[[int, date], int]:
    def count(institution_id: int, on: date) -> int:
        return evidence.counted(institution_id, kind, until=on)

    return count


def _quantity(kind: str, per: int = 1) -> Callable[[int, date], int]:
    def count(institution_id: int, on: date) -> int:
        return evidence.summed(institution_id, kind, until=on) // per

    return count


MEASURES = {
    "registered_staff": Measure(
        "People professionally registered",
        "registered",
        registration.count_registered,
        ("registered", "registration", "registrant"),
    ),
    "profiles_published": Measure(
        "Profiles that technicians have checked",
        "profiles",
        _entries("directory.profile"),
        ("profile", "directory entr", "webpage entr"),
    ),
    "sessions_delivered": Measure(
        "Skills-sharing sessions delivered",
        "sessions",
        _entries("skills.session"),
        ("session", "demonstration", "skills-sharing", "skills sharing", "workshop"),
    ),
    "people_taught": Measure(
        "Places taken up in sessions", "places", _quantity("skills.session"), ("people taught", "taught", "attend")
    ),
    "fund_awards": Measure(
        "Awards from the development fund",
        "awards",
        _entries("fund.award"),
        ("awards made", "funded", "fund award", "bursar"),
    ),
    "fund_pounds": Measure(
        "Pounds awarded for development", "pounds", _quantity("fund.award", per=100), ("spent", "£", "pounds")
    ),
    "nominations": Measure(
        "Nominations that nominees agreed to", "nominations", _entries("awards.nomination"), ("nominat",)
    ),
    "awards": Measure(
        "Awards announced", "awards", _entries("awards.award"), ("award winner", "winners", "awards won")
    ),
    "mentoring_pairs": Measure("Mentoring pairs begun", "pairs", _entries("registration.mentoring"), ("mentor",)),
}


def measure_in(text: str) -> str | None:
    """The measure that an indicator's own words name, or none."""
    lowered = text.lower()
    return next((key for key, measure in MEASURES.items() if any(word in lowered for word in measure.words)), None)

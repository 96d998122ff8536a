"""What the hub can count by itself, in one table: an indicator names one of these or is typed by hand."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from hub.evidence import queries as evidence
from hub.registration import queries as registration


def entries(n: int, _quantity: int) -> int:
    return n


def amount(_n: int, quantity: int) -> int:
    return quantity


def hundreds(_n: int, quantity: int) -> int:
    return quantity // 100


@dataclass(frozen=True, slots=True)
class Measure:
    """*take* finds the value in (entries, quantity) of the *kind* of evidence; without a kind the register is asked."""

    label: str
    unit: str
    kind: str
    take: Callable[[int, int], int]
    words: tuple[str, ...]  # an imported indicator that says one of these means this measure


MEASURES = {
    "registered_staff": Measure(
        "People professionally registered",
        "registered",
        "",
        entries,
        ("registered", "registration", "registrant"),
    ),
    "profiles_published": Measure(
        "Profiles that technicians have checked",
        "profiles",
        "directory.profile",
        entries,
        ("profile", "directory entr", "webpage entr"),
    ),
    "sessions_delivered": Measure(
        "Skills-sharing sessions delivered",
        "sessions",
        "skills.session",
        entries,
        ("session", "demonstration", "skills-sharing", "skills sharing", "workshop"),
    ),
    "people_taught": Measure(
        "Places taken up in sessions", "places", "skills.session", amount, ("people taught", "taught", "attend")
    ),
    "fund_awards": Measure(
        "Awards from the development fund",
        "awards",
        "fund.award",
        entries,
        ("awards made", "funded", "fund award", "bursar"),
    ),
    "fund_pounds": Measure(
        "Pounds awarded for development", "pounds", "fund.award", hundreds, ("spent", "£", "pounds")
    ),
    "nominations": Measure(
        "Nominations that nominees agreed to", "nominations", "awards.nomination", entries, ("nominat",)
    ),
    "awards": Measure("Awards announced", "awards", "awards.award", entries, ("award winner", "winners", "awards won")),
    "mentoring_pairs": Measure("Mentoring pairs begun", "pairs", "registration.mentoring", entries, ("mentor",)),
}


def counts(keys: Collection[str], institution_id: int, on: date) -> dict[str, int]:
    """The values of the measures *keys* at the end of a day, in two statements at most."""
    kinds = {MEASURES[key].kind for key in keys} - {""}
    sums = evidence.sums(institution_id, kinds, until=on) if kinds else {}
    return {
        key: MEASURES[key].take(*sums.get(MEASURES[key].kind, (0, 0)))
        if MEASURES[key].kind
        else registration.count_registered(institution_id, on)
        for key in keys
    }


def measure_in(text: str) -> str | None:
    """The measure that an indicator's own words name, or none."""
    lowered = text.lower()
    return next((key for key, measure in MEASURES.items() if any(word in lowered for word in measure.words)), None)

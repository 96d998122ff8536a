"""A small university and what its technicians type, with the people whom each query should bring, the best first."""

import csv
from dataclasses import dataclass
from pathlib import Path

from hub.accounts.models import Institution
from hub.directory.models import Level
from tests import factories
from tests.directory import making

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PEOPLE = rows("people.csv")
QUERIES = [(row["query"], row["wanted"].split("; ")) for row in rows("queries.csv")]


def university(people: list[dict[str, str]] = PEOPLE) -> Institution:
    place = making.place()
    units = {name: factories.unit(place, name=name) for name in sorted({row["unit"] for row in people})}
    for row in people:
        given = {key: row[key] for key in ("name", "job_title", "campus", "biography")}
        lists = {key: row[key].replace("; ", "\n") for key in ("equipment", "can_help_with")}
        making.technician(place, unit=units[row["unit"]], skills=_skills(row["skills"]), **given, **lists)
    return place


def _skills(text: str) -> dict[str, Level]:
    pairs = (pair.split(": ") for pair in text.split("; "))
    return {name: Level(level) for name, level in pairs}


@dataclass(frozen=True)
class Outcome:
    """What one query brought."""

    query: str
    wanted: list[str]
    found: list[str]

    @property
    def rank(self) -> float:
        """The reciprocal of the place of the first who was wanted; 0 if none was found."""
        return next((1 / place for place, name in enumerate(self.found, 1) if name in self.wanted), 0)

    @property
    def recall(self) -> float:
        """Which part of those wanted is among the first ten."""
        return len(set(self.wanted) & set(self.found[:10])) / len(self.wanted)

    def __str__(self) -> str:
        return f"{self.query!r} wanted {', '.join(self.wanted)}, brought {', '.join(self.found[:4]) or 'nobody'}"

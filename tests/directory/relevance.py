"""A small university and what its technicians type, with the person whom each query should bring first."""

import csv
from pathlib import Path

from hub.accounts.models import Institution
from hub.directory import services
from hub.directory.models import Level
from tests import factories
from tests.directory import making

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PEOPLE = rows("people.csv")
QUERIES = [(row["query"], row["wanted"]) for row in rows("queries.csv")]


def university() -> Institution:
    place = making.place()
    units = {name: factories.unit(place, name=name) for name in sorted({row["unit"] for row in PEOPLE})}
    with services.together():
        for row in PEOPLE:
            given = {key: row[key] for key in ("name", "job_title", "campus", "equipment", "can_help_with")}
            making.technician(place, unit=units[row["unit"]], skills=_skills(row["skills"]), **given)
    return place


def _skills(text: str) -> dict[str, Level]:
    pairs = (pair.split(": ") for pair in text.split("; "))
    return {name: Level(level) for name, level in pairs}

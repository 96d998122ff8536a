"""Two years of awards in the demo institution."""

from collections.abc import Sequence
from datetime import date
from random import Random

from hub.accounts.models import Institution, Person


def begin(institution: Institution, lead: Person, people: Sequence[Person], rng: Random) -> None:
    pass


def month(institution: Institution, lead: Person, people: Sequence[Person], month_start: date, rng: Random) -> None:
    pass

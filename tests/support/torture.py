"""Whether tests run in their long form: minutes where the ordinary run takes seconds. ``make torture`` asks for it."""

import os
import random
from collections.abc import Iterable, Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")

EVERYTHING = os.environ.get("HUB_TORTURE") == "1"
only_in_torture = pytest.mark.skipif(not EVERYTHING, reason="make torture runs it")


def one_in(many: int, things: Iterable[T]) -> list[T]:
    """Always the same ones of *things*, so many of them; all of them in the long form."""
    return list(things)[:: 1 if EVERYTHING else many]


def some(most: int, things: Sequence[T], *, seed: str) -> list[T]:
    """So many of *things* at most, another choice for each *seed*; all of them in the long form."""
    return random.Random(seed).sample(things, len(things) if EVERYTHING else min(most, len(things)))

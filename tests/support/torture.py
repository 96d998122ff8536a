"""Whether tests run in their long form: minutes where the ordinary run takes seconds. ``make torture`` asks for it."""

import os
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

EVERYTHING = os.environ.get("HUB_TORTURE") == "1"


def one_in(many: int, things: Iterable[T]) -> list[T]:
    """Always the same ones of *things*, so many of them; all of them in the long form."""
    return list(things)[:: 1 if EVERYTHING else many]

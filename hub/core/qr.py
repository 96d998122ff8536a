"""QR codes as one SVG path, for cards and posters."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

import segno


class Square(NamedTuple):
    """*size* modules on each side, drawn by *path*, one unit a module."""

    size: int
    path: str


def square(text: str) -> Square:
    code = segno.make(text, error="m", micro=False)
    path = "".join(f"M{x} {y}h{n}v1h-{n}z" for y, row in enumerate(code.matrix) for x, n in _bars(row))
    return Square(len(code.matrix), path)


def _bars(row: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin, and how many there are side by side."""
    for dark, run in groupby(enumerate(row), key=lambda module: bool(module[1])):
        modules = list(run)
        if dark:
            yield modules[0][0], len(modules)

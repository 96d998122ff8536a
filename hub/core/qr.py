"""QR codes as one SVG path, for cards and posters."""

from typing import NamedTuple

import segno


class Square(NamedTuple):
    """*size* modules on each side, drawn by *path*, one unit a module."""

    size: int
    path: str


def square(text: str) -> Square:
    code = segno.make(text, error="m", micro=False)
    rows = enumerate(code.matrix)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in rows for x, dark in enumerate(row) if dark)
    return Square(len(code.matrix), path)

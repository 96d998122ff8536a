"""Drawings for people without a photograph: the kind of trace that technical work leaves, as SVG paths on 160 × 100."""

from functools import cache
from math import cos, pi, sin
from typing import Any
from zlib import crc32

PEAKS = (4, 7, 5, 12, 6, 30, 9, 5, 16, 72, 22, 8, 5, 9, 44, 12, 6, 10, 58, 15, 7, 4, 20, 6, 4)


def _rings() -> str:
    return "".join(f"M{112 + r} 46a{r} {r} 0 1 0 {-2 * r} 0a{r} {r} 0 1 0 {2 * r} 0" for r in range(8, 120, 11))


def _arcs() -> str:
    return "".join(f"M{-10 + i * 9} 110A{60 + i * 6} {60 + i * 6} 0 0 1 {70 + i * 14} {8 + i * 2}" for i in range(11))


def _scatter() -> str:
    spiral = ((80 + cos(i * 2.4) * i * 0.62, 52 + sin(i * 2.4) * i * 0.40) for i in range(4, 130))
    return "".join(f"M{x:.1f} {y:.1f}h.01" for x, y in spiral)


def _weave() -> str:
    return "".join([*(f"M{x} -5V105" for x in range(4, 164, 12)), *(f"M-5 {y}H165" for y in range(6, 106, 12))])


def _trace() -> str:
    def wave(y: int) -> str:
        swell = ((x, y - 15 * sin(x / 40 * pi + y / 24) * sin(x / 160 * pi)) for x in range(0, 164, 4))
        return f"M0 {y}" + "".join(f"L{x} {at:.1f}" for x, at in swell)

    return "".join(wave(y) for y in range(18, 100, 11))


def _peaks() -> str:
    return "".join(f"M{x} 92V{92 - height}" for x, height in zip(range(8, 160, 6), PEAKS, strict=False)) + "M0 92H160"


def _lattice() -> str:
    rows = (0, 1.5, 3, 4.5, 6)
    return "".join(
        f"M{c * 26 + (r % 2) * 13} {r * 15 - 4}l13 7.5v15l-13 7.5l-13 -7.5v-15z" for r in rows for c in range(-1, 8)
    )


def _contour() -> str:
    def level(y: int) -> str:
        bends = range(-5, 165, 26)
        return f"M-5 {y}" + "".join(
            f"Q{x + 13} {y - 14 + 10 * sin(x / 30 + y / 17):.1f} {x + 26} {y + 9 * cos(x / 40 + y / 21):.1f}"
            for x in bends
        )

    return "".join(level(y) for y in range(14, 118, 9))


_DRAWN = {
    "rings": _rings,
    "arcs": _arcs,
    "scatter": _scatter,
    "weave": _weave,
    "trace": _trace,
    "peaks": _peaks,
    "lattice": _lattice,
    "contour": _contour,
}
KINDS = tuple(_DRAWN)


@cache
def drawing(kind: str) -> str:
    return _DRAWN[kind]()


def kind_of(person: Any) -> str:
    """The drawing somebody chose, or the one that their address always leads to."""
    return getattr(person, "plate", None) or KINDS[crc32(str(person.slug).encode()) % len(KINDS)]

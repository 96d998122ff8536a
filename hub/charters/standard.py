"""The charters that every institution begins with: reference data, read from ``standard.toml`` and never from code."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("standard.toml")


@dataclass(frozen=True, slots=True)
class Standard:
    """One charter as it ships: *topics* are our own words, numbered from 1."""

    key: str
    name: str
    about: str
    topics: tuple[str, ...]


@cache
def standards() -> tuple[Standard, ...]:
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Standard(key, one["name"], one["about"], tuple(one["topics"])) for key, one in read.items())

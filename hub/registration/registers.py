"""The registers open to technicians: dated reference data, read from ``registers.toml`` and never from code."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hub.core.clock import today

FILE = Path(__file__).with_name("registers.toml")


@dataclass(frozen=True, slots=True)
class Area:
    """One competence area: *words* is the most that its statement may have."""

    code: str
    title: str
    asks: str
    prompts: tuple[str, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Framework:
    """A version of what has to be shown, valid from a day on."""

    version: str
    since: date
    areas: tuple[Area, ...]

    def area(self, code: str) -> Area:
        return next(a for a in self.areas if a.code == code)


@dataclass(frozen=True, slots=True)
class Fee:
    """What a body asked in one year, and where that was read. A year without a figure is a gap, never a zero."""

    year: int
    application_pence: int | None
    yearly_pence: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Register:
    code: str
    letters: str
    name: str
    holder: str
    level: str
    for_whom: str
    interview: str
    weeks: str
    public_register: str
    field: str  # of work: science, engineering, it, teaching, arts
    rank: int  # 1 entry, 2 experienced, 3 chartered or senior
    bodies: tuple[str, ...]
    frameworks: tuple[Framework, ...]
    steps: tuple[str, ...]
    fees: tuple[Fee, ...]
    renewal: str
    renewal_months: int

    @property
    def framework(self) -> Framework:
        """The version in force today."""
        return max((f for f in self.frameworks if f.since <= today()), key=lambda f: f.since)

    def framework_of(self, version: str | None) -> Framework:
        """The version a journey began with: it stays valid for that journey when a newer one comes."""
        return next((f for f in self.frameworks if f.version == version), self.framework)

    @property
    def likely_fee_pence(self) -> int:
        """Application and first year as last seen; what is not known counts nothing."""
        application = next((f.application_pence for f in self.fees if f.application_pence is not None), 0)
        yearly = next((f.yearly_pence for f in self.fees if f.yearly_pence is not None), 0)
        return application + yearly


@cache
def all_registers() -> dict[str, Register]:
    """Every register by its code, in the order of the file."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    frameworks: dict[str, list[Framework]] = {f["key"]: [] for f in read["framework"]}
    for entry in read["framework"]:
        frameworks[entry["key"]].append(_framework(entry))
    return {entry["code"]: _register(entry, frameworks) for entry in read["register"]}


@cache
def bodies() -> dict[str, str]:
    """Names of the bodies by their code."""
    return dict(tomllib.loads(FILE.read_text(encoding="utf-8"))["bodies"])


@cache
def disciplines() -> dict[str, str]:
    return dict(tomllib.loads(FILE.read_text(encoding="utf-8"))["disciplines"])


def letters() -> dict[str, str]:
    """Post-nominals by code: what selects offer."""
    return {code: register.letters for code, register in all_registers().items()}


def register_of(code: str | None) -> Register | None:
    return all_registers().get(code or "")


def name_of(code: str | None) -> str:
    register = register_of(code)
    return register.letters if register else "a register still to be chosen"


def _framework(entry: dict[str, Any]) -> Framework:
    areas = tuple(Area(a["code"], a["title"], a["asks"], tuple(a["prompts"]), a["words"]) for a in entry["area"])
    return Framework(entry["version"], entry["since"], areas)


def _register(entry: dict[str, Any], frameworks: dict[str, list[Framework]]) -> Register:
    given = dict(entry)
    return Register(
        frameworks=tuple(frameworks[given.pop("framework")]),
        bodies=tuple(given.pop("bodies")),
        steps=tuple(given.pop("steps")),
        fees=tuple(
            Fee(f["year"], f.get("application_pence"), f.get("yearly_pence"), f["source"]) for f in given.pop("fees")
        ),
        **given,
    )

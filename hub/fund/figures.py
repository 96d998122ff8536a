"""What the fund did in a year, added up: how much and for what, how soon, and who asked. Pure: rows in, sums out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from hub.accounts.models import Unit, UnitKind
from hub.core.suppression import FEWEST, told_apart
from hub.core.themes import Theme

UNKNOWN = "Not known"
NO_SKILL = "No skill named, or not yet"
TOGETHER = "Smaller groups together"
ROUNDED_TO = 5  # per cent


class Kind(NamedTuple):
    """What the hub knows of somebody's place and contract; empty where it does not."""

    unit_id: int | None
    grade: str
    terms: str
    hours: str


@dataclass(frozen=True, slots=True)
class Decided:
    """One application that was decided: *days* from sending to the release, *pence* awarded or 0.

    *skill* is what its accepted report says was learned. Of what is anonymous *applicant_id* and *funded_id* only stand
    for whoever asked and was funded: nothing where another application of theirs counts them.
    """

    applicant_id: int | None
    kind: Kind
    themes: Sequence[str]
    pence: int
    days: int
    is_first: bool  # nothing was awarded to its applicant before
    skill: str = ""
    is_anonymous: bool = False
    funded_as: int | None = None

    @property
    def funded_id(self) -> int | None:
        return self.funded_as if self.is_anonymous else self.applicant_id


@dataclass(frozen=True, slots=True)
class Share:
    """Those of one kind: how many there are, how many asked, and of these how many in a hundred were funded."""

    name: str
    technicians: int
    applied: int
    funded: int

    @property
    def rate(self) -> int:
        """Rounded, so that no single outcome can be read from it."""
        return round(100 * self.funded / self.applied / ROUNDED_TO) * ROUNDED_TO


@dataclass(frozen=True)
class Access:
    """Who asked, by one kind; *silent* are groups of some size from which nobody did."""

    shares: list[Share]
    silent: list[str]


def faculties_of(units: Sequence[Unit]) -> dict[int | None, str]:
    """The faculty of each unit, by its id; a unit that is in none stands for itself."""
    names = {unit.id: unit.name for unit in units}
    return {unit.id: names[faculty_of(units, unit.id) or unit.id] for unit in units}


def faculty_of(units: Sequence[Unit], unit_id: int | None) -> int | None:
    """The id of the faculty that a unit belongs to, of the unit itself if it is in none."""
    by_id = {unit.id: unit for unit in units}
    at = by_id.get(unit_id) if unit_id else None
    while at is not None and at.kind != UnitKind.FACULTY:
        at = by_id.get(at.parent_id) if at.parent_id else None
    return at.id if at else unit_id


def days_to_decide(decided: Iterable[Decided]) -> float | None:
    days = [one.days for one in decided]
    return median(days) if days else None


def first_timers(decided: Iterable[Decided]) -> int:
    """People funded who never were before."""
    return _people(one for one in decided if one.pence and one.is_first)


def by_theme(decided: Iterable[Decided]) -> list[tuple[str, int, int]]:
    """Theme, awards and pence; an award for two themes counts in both."""
    return _by(decided, lambda one: [Theme(theme).label for theme in one.themes], list(Theme.choices().values()))


def by_faculty(decided: Iterable[Decided], faculties: Mapping[int | None, str]) -> list[tuple[str, int, int]]:
    """Faculty, awards and pence, the largest sum first."""
    found = _by(decided, lambda one: [faculties.get(one.kind.unit_id, UNKNOWN)], [])
    return sorted(found, key=lambda line: (-line[2], line[0]))


def by_skill(decided: Iterable[Decided]) -> list[tuple[str, int, int]]:
    """Skill, awards and pence, the largest sum first; skills that few people learned are told only together."""
    found: dict[str, list[Decided]] = defaultdict(list)
    for one in decided:
        if one.pence:
            found[one.skill or NO_SKILL].append(one)
    if set(found) <= {NO_SKILL}:
        return []
    told, few = told_apart(sorted(found), lambda name: _people(found[name]))
    while told and few and _people(one for name in few for one in found[name]) < FEWEST:  # who learned two counts once
        few.append(min(told, key=lambda name: _people(found[name])))
        told.remove(few[-1])
    lines = sorted(((name, *_sums(found[name])) for name in told), key=lambda line: -line[2])
    return (
        [*lines, *([(TOGETHER, *_sums([one for name in few for one in found[name]]))] if few else [])] if told else []
    )


def _people(awards: Iterable[Decided]) -> int:
    return len({one.funded_id for one in awards if one.funded_id is not None})


def _sums(awards: Sequence[Decided]) -> tuple[int, int]:
    return len(awards), sum(one.pence for one in awards)


def _by(
    decided: Iterable[Decided], names: Callable[[Decided], list[str]], order: list[str]
) -> list[tuple[str, int, int]]:
    awards: dict[str, int] = defaultdict(int)
    pence: dict[str, int] = defaultdict(int)
    for one in decided:
        for name in names(one) if one.pence else ():
            awards[name] += 1
            pence[name] += one.pence
    return [(name, awards[name], pence[name]) for name in (order or awards) if name in awards]


def access(decided: Iterable[Decided], everybody: Mapping[Kind, int], name_of: Callable[[Kind], str]) -> Access:
    """Groups by *name_of*; those in which few people asked are told only together."""
    there: dict[str, int] = defaultdict(int)
    for kind, people in everybody.items():
        there[name_of(kind)] += people
    applied: dict[str, set[int]] = defaultdict(set)
    funded: dict[str, set[int]] = defaultdict(set)
    for one in decided:
        name = name_of(one.kind)
        if one.applicant_id is not None:
            applied[name].add(one.applicant_id)
        if one.pence and one.funded_id is not None:
            funded[name].add(one.funded_id)
    groups = [Share(name, there[name], len(people), len(funded[name])) for name, people in sorted(applied.items())]
    shares, few = told_apart(groups, lambda group: group.applied)
    together = Share(TOGETHER, *(sum(getattr(g, of) for g in few) for of in ("technicians", "applied", "funded")))
    if together.applied >= FEWEST:
        shares.append(together)
    return Access(shares, sorted(name for name, people in there.items() if people >= FEWEST and name not in applied))

"""How far a plan covers a charter: each point with its actions and evidence, the gaps, and both in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from hub.charters.models import Charter, Point
from hub.core.links import path_to
from hub.core.named import Named
from hub.core.themes import Theme
from hub.core.words import counted, day, joined, sentence, spoken
from hub.core.years import academic_year
from hub.plan.models import Action, Plan

Cell = tuple[Theme, int]  # a theme, and the year in whose August an academic year began


class Cover(Named):
    """What a point has, and what it lacks."""

    NO_ACTION = "no-action", "No action"
    NO_EVIDENCE = "no-evidence", "Action, no evidence yet"
    COVERED = "covered", "Action and evidence"


@dataclass(slots=True)
class PointLine:
    """One point: *cells* count its evidence, each piece once, however many of its actions it is accepted on."""

    point: Point
    href: str
    actions: list[Action] = field(default_factory=list)
    cells: dict[Cell, int] = field(default_factory=dict)
    newest: date | None = None

    @property
    def evidence(self) -> int:
        return sum(self.cells.values())

    @property
    def state(self) -> Cover:
        if not self.actions:
            return Cover.NO_ACTION
        return Cover.COVERED if self.evidence else Cover.NO_EVIDENCE

    def in_cell(self, key: Theme | int) -> int:
        """How much evidence there is for a theme, or of an academic year."""
        return sum(n for cell, n in self.cells.items() if key in cell)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A charter as a plan covers it, point by point."""

    plan: Plan
    charter: Charter
    lines: Sequence[PointLine]

    def of(self, state: Cover) -> list[PointLine]:
        return [line for line in self.lines if line.state == state]

    @property
    def years(self) -> list[int]:
        """The academic years that the plan covers, and those before and after of which there is evidence."""
        first, last = academic_year(self.plan.starts_on), academic_year(self.plan.ends_on)
        return sorted({*range(first, last + 1), *(year for line in self.lines for _, year in line.cells)})

    @property
    def newest(self) -> date | None:
        return max((line.newest for line in self.lines if line.newest), default=None)


def line_of(plan: Plan, point: Point) -> PointLine:
    return PointLine(point, path_to("plan.point", plan_id=plan.id, point_id=point.id))


# -- in sentences ------------------------------------------------------------------------------------------------------


def in_words(coverage: Coverage) -> list[str]:
    """What a self-assessment may say of it: what is covered, and each gap by its name."""
    if not coverage.lines:
        return [f"{coverage.charter.name} has no point in force yet."]
    covered, bare, open_ = (coverage.of(state) for state in reversed(Cover))
    found = [_covered(coverage, covered, bare)]
    if bare:
        found.append(f"{_points(bare)} {_has(bare)} an action but no evidence yet: {_named(bare)}.")
    if open_:
        found.append(f"No action of the plan serves {_points(open_).lower()} so far: {_named(open_)}.")
    if shown := [line for line in open_ if line.evidence]:
        found.append(f"There is evidence even so for {_named(shown)}.")
    return found


def _covered(coverage: Coverage, covered: Sequence[PointLine], bare: Sequence[PointLine]) -> str:
    served, points = len(covered) + len(bare), f"{counted(len(coverage.lines), 'point')} of {coverage.charter.name}"
    if not served:
        return f"The plan has no action yet for any of the {points}."
    newest = f", the newest of {day(coverage.newest, weekday=False)}" if coverage.newest and covered else ""
    return (
        f"The plan has actions for {served} of the {points}, and evidence already for {len(covered)} of them{newest}."
    )


def _points(lines: Sequence[PointLine]) -> str:
    return sentence(f"{spoken(len(lines))} {'point' if len(lines) == 1 else 'points'}")


def _has(lines: Sequence[PointLine]) -> str:
    return "has" if len(lines) == 1 else "have"


def _named(lines: Sequence[PointLine]) -> str:
    return joined([f"“{line.point.topic}” ({line.point.number})" for line in lines])

"""Scores turned into an order, and the place in it where the money ends. Pure: numbers in, numbers out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

TALK_ABOUT = 3  # points apart on one criterion


@dataclass(frozen=True, slots=True)
class Ranked:
    """One application in its place; *running_pence* is what this and all before it would cost."""

    application: Any
    mean: float
    spread: float
    pence: int
    running_pence: int
    fits: bool


def weighted(marks: dict[int, int], weights: dict[int, int]) -> float | None:
    """One member's mean over all criteria, or ``None`` while one is missing. Keys are criterion ids."""
    if not weights or set(marks) < set(weights):
        return None
    return sum(marks[key] * weight for key, weight in weights.items()) / sum(weights.values())


def summary(by_member: Sequence[dict[int, int]], weights: dict[int, int]) -> tuple[float, float] | None:
    """Mean of the members' means, and how far apart they are; ``None`` if nobody has scored everything."""
    means = [mean for marks in by_member if (mean := weighted(marks, weights)) is not None]
    return (sum(means) / len(means), max(means) - min(means)) if means else None


def ranked(rows: Sequence[tuple[Any, tuple[float, float] | None, int]], budget_pence: int) -> list[Ranked]:
    """*rows* of (application, summary, pence) from the best mean down; what nobody has scored comes last."""
    order = sorted(rows, key=lambda row: (-(row[1][0] if row[1] else 0.0), row[0].id))
    running, found = 0, []
    for application, scores, pence in order:
        running += pence
        mean, spread = scores or (0.0, 0.0)
        found.append(Ranked(application, mean, spread, pence, running, running <= budget_pence))
    return found

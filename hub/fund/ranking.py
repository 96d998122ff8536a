"""Scores turned into an order, the place in it where the money ends, and other ways to spend it. Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TALK_ABOUT = 3  # points apart on one criterion
PRECISE = 10  # parts of a point to which scores are added up, so that two hundred applications take half a second


@dataclass(frozen=True, slots=True)
class Ranked:
    """One application in its place; *running_pence* is what this and all before it would cost."""

    application: Any
    mean: float
    spread: float
    pence: int
    running_pence: int
    fits: bool


Marks = Mapping[int, int | None]  # by criterion id; nothing where the criterion does not apply


def weighted(marks: Marks, weights: dict[int, int]) -> float | None:
    """One member's mean over the criteria that apply, or ``None`` while one is missing. Keys are criterion ids."""
    if set(marks) < set(weights):
        return None
    given = [(mark, weight) for key, weight in weights.items() if (mark := marks[key]) is not None]
    return sum(mark * weight for mark, weight in given) / sum(weight for _, weight in given) if given else None


def summary(by_member: Sequence[Marks], weights: dict[int, int]) -> tuple[float, float] | None:
    """Mean of the members' means, and how far apart they are; ``None`` if nobody has scored everything."""
    means = [mean for marks in by_member if (mean := weighted(marks, weights)) is not None]
    return (sum(means) / len(means), max(means) - min(means)) if means else None


def of_panel(marks: Mapping[int, Mapping[int, Any]], weights: dict[int, int]) -> tuple[float, float] | None:
    """The summary of scores as they are kept: *marks* is {member: {criterion: score}}."""
    return summary([{key: one.score for key, one in own.items()} for own in marks.values()], weights)


def ranked(rows: Sequence[tuple[Any, tuple[float, float] | None, int]], budget_pence: int) -> list[Ranked]:
    """*rows* of (application, summary, pence) from the best mean down; what nobody has scored comes last."""
    order = sorted(rows, key=lambda row: (-(row[1][0] if row[1] else 0.0), row[0].id))
    running, found = 0, []
    for application, scores, pence in order:
        running += pence
        mean, spread = scores or (0.0, 0.0)
        found.append(Ranked(application, mean, spread, pence, running, running <= budget_pence))
    return found


# -- ways to spend it --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Way:
    """Who would be funded, and how that differs from funding down to the line."""

    chosen: frozenset[int]  # ids of applications
    pence: int
    added: list[Ranked]
    left_out: list[Ranked]


def by_rank(order: Sequence[Ranked]) -> Way:
    """Down the order until the money ends; who is too dear is not skipped."""
    return _way([r for r in order if r.fits], order)


def most_points(order: Sequence[Ranked], budget_pence: int) -> Way:
    """The applications whose scores add up to most within the budget, of several such the cheapest."""
    cheapest = {0: (0, 0)}  # by points: the fewest pence that they cost, and whose they are as bits
    for at, one in enumerate(order):
        points = round(one.mean * PRECISE)
        for had, (pence, who) in list(cheapest.items()):
            cost = pence + one.pence
            known = cheapest.get(had + points)
            if cost <= budget_pence and (known is None or cost < known[0]):
                cheapest[had + points] = (cost, who | 1 << at)
    _, who = cheapest[max(cheapest)]
    return _way([one for at, one in enumerate(order) if who >> at & 1], order)


def most_people(order: Sequence[Ranked], budget_pence: int) -> Way:
    """As many as the budget has room for; of those that cost the same, the better first."""
    chosen, running = [], 0
    for one in sorted(order, key=lambda r: (r.pence, -r.mean)):
        if running + one.pence <= budget_pence:
            chosen.append(one)
            running += one.pence
    return _way(chosen, order)


def _way(chosen: Sequence[Ranked], order: Sequence[Ranked]) -> Way:
    ids = frozenset(one.application.id for one in chosen)
    return Way(
        ids,
        sum(one.pence for one in chosen),
        [one for one in order if one.application.id in ids and not one.fits],
        [one for one in order if one.application.id not in ids and one.fits],
    )

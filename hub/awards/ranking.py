"""Scores of several judges as one order, with ties shown and never broken silently. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.awards.models import Criterion, Judgement, Nomination, Verdict


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a nomination stands: its mean, how far its judges are apart, how many scored it."""

    nomination: Nomination
    mean: float | None
    spread: float
    judges: int
    rank: int = 0
    tied: bool = False


def total(judgement: Judgement, criteria: Sequence[Criterion]) -> float:
    """One judge's weighted mean, 1 to 5."""
    points = {score.criterion_id: score.points for score in judgement.scores}
    weights = sum(criterion.weight for criterion in criteria)
    return sum(points[c.id] * c.weight for c in criteria) / weights


def standing(nomination: Nomination, criteria: Sequence[Criterion]) -> Standing:
    totals = [total(j, criteria) for j in nomination.judgements if j.verdict == Verdict.SCORED]
    if not totals:
        return Standing(nomination, None, 0.0, 0)
    mean = round(sum(totals) / len(totals), 2)
    return Standing(nomination, mean, round(max(totals) - min(totals), 2), len(totals))


def unranked(nominations: Sequence[Nomination]) -> list[Standing]:
    """For somebody who must not see the scores yet: in the order in which they came, which tells nothing of them."""
    return [Standing(one, None, 0.0, 0) for one in sorted(nominations, key=lambda one: one.id)]


def ranked(nominations: Sequence[Nomination], criteria: Sequence[Criterion]) -> list[Standing]:
    """Best first; equal means share a rank and are marked as tied; what nobody scored comes last."""
    found = [standing(nomination, criteria) for nomination in nominations]
    means = [one.mean for one in found]
    order = sorted(found, key=lambda one: (-(one.mean or 0), one.nomination.id))
    return [
        Standing(
            one.nomination,
            one.mean,
            one.spread,
            one.judges,
            rank=1 + sum(1 for mean in means if (mean or 0) > (one.mean or 0)),
            tied=one.mean is not None and means.count(one.mean) > 1,
        )
        for one in order
    ]

"""What became of one plan in the next, in figures: pure functions of statuses and courses."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hub.core.rag import Rag
from hub.plan.models.lineage import Course


@dataclass(frozen=True, slots=True)
class Fate:
    """An action of the earlier plan: how it ended, what was decided, into which actions it went."""

    rag: Rag
    course: Course | None
    into: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Share:
    n: int
    of: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.n / self.of) if self.of else None


@dataclass(frozen=True, slots=True)
class Figures:
    """The four trajectories, how many were split and merged, and the four measures drawn from them.

    *completed*: of all actions of the earlier plan; *sustained*: of those completed, that continued;
    *adapted*: of those not completed, that were reshaped; *persisted*: of those not completed, that continued.
    """

    continued: int
    related: int
    stopped: int
    undecided: int
    new: int
    split: int
    merged: int
    completed: Share
    sustained: Share
    adapted: Share
    persisted: Share


def figures(fates: Iterable[Fate], actions: Iterable[int]) -> Figures:
    """*fates* of the earlier plan's actions; ids of the later plan's *actions*."""
    old = list(fates)
    courses = Counter(fate.course for fate in old)
    sources = Counter(key for fate in old for key in fate.into)
    done = [fate for fate in old if fate.rag == Rag.GREEN]
    open_ = [fate for fate in old if fate.rag != Rag.GREEN]
    return Figures(
        continued=courses[Course.CONTINUED],
        related=courses[Course.RELATED],
        stopped=courses[Course.STOPPED],
        undecided=courses[None],
        new=sum(key not in sources for key in actions),
        split=sum(len(fate.into) > 1 for fate in old),
        merged=sum(times > 1 for times in sources.values()),
        completed=Share(len(done), len(old)),
        sustained=_share(done, Course.CONTINUED),
        adapted=_share(open_, Course.RELATED),
        persisted=_share(open_, Course.CONTINUED),
    )


def _share(fates: list[Fate], course: Course) -> Share:
    return Share(sum(fate.course == course for fate in fates), len(fates))

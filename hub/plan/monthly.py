"""The report of a month for the steering group: what changed, what is red, late or behind, what is to be decided."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise

from hub.core.clock import at_london, today
from hub.core.rag import Rag
from hub.plan import queries
from hub.plan.models import Action, Amendment, DecisionWanted, Indicator, Plan, PlanVersion, ProgressNote, RagDecision
from hub.plan.pace import Standing, pace
from hub.plan.wording import said

WRITTEN = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day."""

    first: date

    @classmethod
    def of(cls, on: date) -> "Month":
        return cls(on.replace(day=1))

    @classmethod
    def read(cls, text: str) -> "Month | None":
        """“2026-10”, or nothing if it is no month."""
        match = WRITTEN.fullmatch(text)
        return cls(date(int(match[1]), int(match[2]), 1)) if match else None

    @property
    def text(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def next(self) -> "Month":
        return Month.of(self.first + timedelta(days=32))

    @property
    def previous(self) -> "Month":
        return Month.of(self.first - timedelta(days=1))

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def begins(self) -> datetime:
        return at_london(self.first, 0)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return at_london(self.next.first, 0)

    def __contains__(self, on: date | None) -> bool:
        return on is not None and self.first <= on <= self.last


@dataclass(frozen=True, slots=True)
class Stand:
    """An action on the day of the report: its colour then, and the reason that was given for it."""

    action: Action
    rag: Rag
    why: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A colour that changed within the month; *before* is nothing where nobody knows."""

    action: Action
    before: Rag | None
    after: Rag
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Dated:
    """An action, or one of its milestones in words, with the day on which it is due."""

    action: Action
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Behind:
    """An indicator that is behind what was projected, in the sentence that explains it."""

    action: Action
    indicator: Indicator
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """*on*: the last day of the month, or today while the month lasts; every list in the order of the plan."""

    plan: Plan
    month: Month
    on: date
    standing: list[Stand]
    moved: list[Moved]
    amended: list[tuple[Action, Amendment]]
    versions: Sequence[PlanVersion]
    overdue: list[Dated]
    behind: list[Behind]
    evidence: list[tuple[Action, int]]
    asked: list[tuple[Action, ProgressNote]]
    wanted: Sequence[DecisionWanted]
    due_next: list[Dated]

    def of_colour(self, rag: Rag) -> list[Stand]:
        return [one for one in self.standing if one.rag == rag]

    @property
    def red(self) -> list[Stand]:
        return self.of_colour(Rag.RED)

    @property
    def changes(self) -> int:
        return len(self.moved) + len(self.amended) + len(self.versions)

    @property
    def decisions(self) -> int:
        return len(self.asked) + len(self.wanted)

    @property
    def pieces(self) -> int:
        """How many pieces of evidence were accepted."""
        return sum(count for _, count in self.evidence)


def report(plan: Plan, month: Month) -> Report:
    """What there is to say of *month*, in a fixed number of statements."""
    actions = queries.actions_reported(plan.id)
    by_id = {action.id: action for action in actions}
    on = min(today(), month.last)
    over = min(today(), month.next.first)  # what was due before this day is late
    decided = queries.colours_set(plan.id)
    standing = _standing(plan, month, actions, decided)
    done = {one.action.id for one in standing if one.rag == Rag.GREEN}
    counts = queries.accepted_counts(plan.id, month.begins, month.ends)
    return Report(
        plan=plan,
        month=month,
        on=on,
        standing=standing,
        moved=_moved(by_id, decided, month),
        amended=[(by_id[one.action_id], one) for one in queries.amended(plan.id, month.begins, month.ends)],
        versions=queries.versions_kept(plan.id, month.begins, month.ends),
        overdue=_due(actions, done, lambda due: due < over, over),
        behind=_behind(actions, done, on),
        evidence=[(action, counts[action.id]) for action in actions if action.id in counts],
        asked=[(by_id[n.action_id], n) for n in queries.decisions_asked(plan.id, month.begins, month.ends)],
        wanted=queries.decisions_wanted(plan.id, month.first),
        due_next=_due(actions, done, lambda due: due in month.next, over),
    )


def _standing(
    plan: Plan, month: Month, actions: Sequence[Action], decided: Mapping[int, list[RagDecision]]
) -> list[Stand]:
    """Each action as it was last decided by then; where only later decisions are known, as the version before says."""
    lacking = [a for a in actions if decided.get(a.id) and decided[a.id][0].decided_at >= month.ends]
    version = queries.version_before(plan.id, month.ends) if lacking else None
    kept = {told["id"]: told for told in version.content["actions"]} if version else {}
    return [_stands(action, decided.get(action.id, []), month.ends, kept) for action in actions]


def _stands(action: Action, decided: list[RagDecision], end: datetime, kept: Mapping[int, dict[str, str]]) -> Stand:
    last = next((one for one in reversed(decided) if one.decided_at < end), None)
    if last is not None:
        return Stand(action, last.rag, last.explanation)
    if not decided:  # it stands as it was planned or imported
        return Stand(action, action.rag, action.rag_explanation)
    then = kept.get(action.id, {"rag": Rag.RED.value, "rag_explanation": ""})
    return Stand(action, Rag(then["rag"]), then["rag_explanation"])


def _moved(by_id: Mapping[int, Action], decided: Mapping[int, list[RagDecision]], month: Month) -> list[Moved]:
    found = []
    for action_id, action in by_id.items():
        for before, one in pairwise([None, *decided.get(action_id, [])]):
            if one is None or not month.begins <= one.decided_at < month.ends:
                continue
            if before is None or before.rag != one.rag:
                found.append(Moved(action, before.rag if before else None, one.rag, one.explanation, one.decided_at))
    return found


def _due(actions: Sequence[Action], done: set[int], fits: Callable[[date], bool], over: date) -> list[Dated]:
    """Actions not *done* and milestones not met before *over* whose day fits, by day."""
    found = []
    for action in actions:
        if action.id not in done and action.due_on and fits(action.due_on):
            found.append(Dated(action, "", action.due_on))
        found.extend(
            Dated(action, one.text, one.due_on)
            for one in action.milestones
            if one.due_on and fits(one.due_on) and (one.met_on is None or one.met_on >= over)
        )
    return sorted(found, key=lambda one: one.on)


def _behind(actions: Sequence[Action], done: set[int], on: date) -> list[Behind]:
    under_way = [(action, one) for action in actions if action.id not in done for one in action.indicators]
    values = queries.values_on([one for _, one in under_way], on)
    found = []
    for action, one in under_way:
        standing = pace(queries.projections(one), values[one.id], on, partial(said, one))
        if standing is not None and standing.standing == Standing.BEHIND:
            found.append(Behind(action, one, standing.sentence))
    return found

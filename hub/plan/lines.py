"""An action as one line: what the table, the board, the timeline and the public page show of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hub.core.links import path_to
from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.plan import queries
from hub.plan.measures import MEASURES
from hub.plan.models import Action, Indicator, Plan
from hub.plan.rag import Pace


@dataclass(frozen=True, slots=True)
class ActionLine:
    """*values*: the first indicator through time; *measure*: that indicator in words."""

    id: int
    ref: str
    title: str
    href: str
    themes: list[Theme]
    rag: Rag
    proposed: Rag
    explanation: str
    pace: Pace
    due_on: date
    owner: str
    measure: str
    values: list[int]
    target: int | None
    evidence: int


def lines(plan: Plan, actions: Sequence[Action]) -> list[ActionLine]:
    """All actions of a plan as lines, in a fixed number of statements."""
    values = queries.values_now([i for a in actions for i in a.indicators])
    proposals = queries.proposals(actions, plan.id, values)
    made = []
    for action in actions:
        first = action.indicators[0] if action.indicators else None
        value = values.get(first.id) if first else None
        made.append(
            ActionLine(
                id=action.id,
                ref=action.ref,
                title=action.objective,
                href=path_to("plan.action", action_id=action.id),
                themes=action.themes or [Theme.EVALUATING_IMPACT],
                rag=action.rag,
                proposed=proposals[action.id].rag,
                explanation=action.rag_explanation,
                pace=proposals[action.id].pace,
                due_on=action.due_on or plan.ends_on,
                owner=action.owner_role,
                measure=_measure(first, value),
                values=_through_time(first, value),
                target=first.targets[-1].value if first and first.targets else None,
                evidence=action.accepted,
            )
        )
    return made


def _measure(first: Indicator | None, value: int | None) -> str:
    if first is None or value is None:
        return ""
    unit = MEASURES[first.measure].unit if first.measure else ""
    of = f" of {first.targets[-1].value:,}" if first.targets else ""
    return f"{value:,}{of} {unit}".strip()


def _through_time(first: Indicator | None, value: int | None) -> list[int]:
    if first is None or value is None:
        return []
    return [*([first.baseline] if first.baseline is not None else []), *(r.value for r in first.readings), value]

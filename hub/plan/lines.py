"""An action as one line, an indicator as one figure: what tables, boards, charts and the public page show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from hub.core.clock import today
from hub.core.links import path_to
from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.plan import queries
from hub.plan.models import Action, Indicator, Outlook, Plan
from hub.plan.pace import IndicatorPace
from hub.plan.rag import Pace
from hub.plan.wording import question, said, unit_of, with_target, with_unit


@dataclass(frozen=True, slots=True)
class Promise:
    """A milestone on its day, if it has one."""

    text: str
    due_on: date | None
    met_on: date | None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """*values*: the first indicator through time; *measure*: that indicator in words, *behind* the records it counts.

    *why*: what was projected for today; *proof*: where the accepted evidence is listed; *text*: all of its own words.
    """

    id: int
    version: int
    ref: str
    title: str
    href: str
    themes: list[Theme]
    rag: Rag
    proposed: Rag
    explanation: str
    pace: Pace | None
    at_risk: bool
    starts_on: date
    due_on: date
    promises: list[Promise]
    owner: str
    measure: str
    behind: str
    why: str
    values: list[int]
    target: int | None
    evidence: int
    proof: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator today: its value, its line with what was projected, its pace, and what is asked.

    *say*: a value in words; *opens*: day → the records behind its value, or where a typed one is said to be from.
    """

    indicator: Indicator
    value: int | None
    said: str
    say: Callable[[int], str]
    unit: str
    points: list[tuple[date, int]]
    projection: list[tuple[date, int]]
    pace: IndicatorPace | None
    question: str
    opens: dict[date, str]


def figure(indicator: Indicator, value: int | None) -> Figure:
    return Figure(
        indicator=indicator,
        value=value,
        said="" if value is None else said(indicator, value),
        say=partial(with_unit, indicator),
        unit=unit_of(indicator),
        points=queries.series(indicator, indicator.action.plan.starts_on, value),
        projection=queries.projections(indicator),
        pace=queries.pace_of(indicator, value),
        question=question(indicator),
        opens=_opening(indicator),
    )


def _opening(indicator: Indicator) -> dict[date, str]:
    days = {r.on: path_to("plan.records_frozen", reading_id=r.id) for r in indicator.readings}
    return days | {today(): path_to("plan.records_now", indicator_id=indicator.id)}


def lines(plan: Plan, actions: Sequence[Action]) -> list[ActionLine]:
    """All actions of a plan as lines, in a fixed number of statements."""
    values = queries.values_on([i for a in actions for i in a.indicators], today())
    said_of = queries.said_of(plan.id)
    proposals = queries.proposals(actions, said_of, values)
    made = []
    for action in actions:
        heard = said_of.get(action.id, queries.NOTHING_SAID)
        first = action.indicators[0] if action.indicators else None
        value = values.get(first.id) if first else None
        pace = queries.pace_of(first, value) if first else None
        made.append(
            ActionLine(
                id=action.id,
                version=action.version,
                ref=action.ref,
                title=action.objective,
                href=path_to("plan.action", action_id=action.id),
                themes=action.themes or [Theme.EVALUATING_IMPACT],
                rag=action.rag,
                proposed=proposals[action.id].rag,
                explanation=action.rag_explanation,
                pace=proposals[action.id].pace,
                at_risk=is_at_risk(action.rag, proposals[action.id].pace, heard.outlook),
                starts_on=action.starts_on or plan.starts_on,
                due_on=action.due_on or plan.ends_on,
                promises=[Promise(m.text, m.due_on, m.met_on) for m in action.milestones],
                owner=action.owner_role,
                measure=with_target(first, value) if first and value is not None else "",
                behind=path_to("plan.indicator", indicator_id=first.id) if first else "",
                why=pace.brief if pace else "",
                values=_through_time(first, value),
                target=first.targets[-1].value if first and first.targets else None,
                evidence=action.accepted,
                proof=path_to("plan.evidence", action_id=action.id),
                text=" ".join((action.objective, action.details, action.impact, action.owner_role)),
            )
        )
    return made


def is_at_risk(rag: Rag, pace: Pace | None, outlook: Outlook | None) -> bool:
    """Not done, and behind what was projected, or its owner thinks that it will not be done in time."""
    return rag != Rag.GREEN and (pace == Pace.BEHIND or outlook in {Outlook.AT_RISK, Outlook.OFF_TRACK})


def _through_time(first: Indicator | None, value: int | None) -> list[int]:
    if first is None or value is None:
        return []
    begun = [] if first.begun is None else [first.begun]
    return [*begun, *(r.value for r in first.readings), value]

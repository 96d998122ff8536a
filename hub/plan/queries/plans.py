"""Reads of plans, actions, indicators and the evidence placed on them."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload, undefer

from hub.accounts.models import Person
from hub.core.clock import today
from hub.core.db import db
from hub.core.tasks import task
from hub.plan.measures import counts
from hub.plan.models import (
    Action,
    Indicator,
    Milestone,
    Outlook,
    Plan,
    PlanImport,
    ProgressNote,
    RagDecision,
    Reading,
    Rule,
    Stage,
)
from hub.plan.pace import IndicatorPace, pace, projected
from hub.plan.rag import Facts, Measured, Proposal, propose
from hub.plan.wording import said

OPEN_STAGES = (Stage.DRAFT, Stage.CONSULTATION, Stage.APPROVED, Stage.PUBLISHED)


def plan(plan_id: int) -> Plan:
    return db.session.scalars(select(Plan).where(Plan.id == plan_id)).one()


def plans(institution_id: int) -> Sequence[Plan]:
    """All plans, newest first."""
    return db.session.scalars(
        select(Plan).where(Plan.institution_id == institution_id).order_by(Plan.starts_on.desc(), Plan.id.desc())
    ).all()


def current_plan(institution_id: int) -> Plan | None:
    """The published plan, else the newest one that is not closed."""
    published_first = case((Plan.stage == Stage.PUBLISHED, 0), else_=1)
    return db.session.scalars(
        select(Plan)
        .where(Plan.institution_id == institution_id, Plan.stage.in_(OPEN_STAGES))
        .order_by(published_first, Plan.starts_on.desc(), Plan.id.desc())
        .limit(1)
    ).one_or_none()


def published_plan(institution_id: int) -> Plan | None:
    return db.session.scalars(
        select(Plan).where(Plan.institution_id == institution_id, Plan.stage == Stage.PUBLISHED)
    ).one_or_none()


def actions(plan_id: int) -> Sequence[Action]:
    """A plan's actions in order, with all that the tracker shows: five statements, however many actions."""
    return db.session.scalars(
        select(Action)
        .options(
            joinedload(Action.plan, innerjoin=True),
            joinedload(Action.owner),
            selectinload(Action.theme_rows),
            selectinload(Action.milestones),
            selectinload(Action.indicators).joinedload(Indicator.targets),
            selectinload(Action.indicators).selectinload(Indicator.readings),
        )
        .where(Action.plan_id == plan_id)
        .order_by(Action.position, Action.id)
    ).all()


def actions_in_short(plan_id: int) -> Sequence[Action]:
    """A plan's actions in order, to choose from: their own columns only."""
    return db.session.scalars(
        select(Action).where(Action.plan_id == plan_id).order_by(Action.position, Action.id)
    ).all()


def action(action_id: int) -> Action:
    found = db.session.scalars(
        select(Action)
        .options(
            joinedload(Action.plan, innerjoin=True),
            joinedload(Action.owner),
            joinedload(Action.theme_rows),
            joinedload(Action.milestones),
            selectinload(Action.rules).joinedload(Rule.unit),
            selectinload(Action.indicators).joinedload(Indicator.targets),
            selectinload(Action.indicators).joinedload(Indicator.unit),
            selectinload(Action.indicators).selectinload(Indicator.readings),
        )
        .where(Action.id == action_id)
    )
    return found.unique().one()


def milestone(milestone_id: int) -> Milestone:
    return db.session.scalars(
        select(Milestone)
        .options(joinedload(Milestone.action).joinedload(Action.plan))
        .where(Milestone.id == milestone_id)
    ).one()


def indicator(indicator_id: int) -> Indicator:
    return db.session.scalars(_indicator(indicator_id).options(selectinload(Indicator.readings))).one()


def measured_indicator(indicator_id: int) -> Indicator:
    """The same with who made its readings, and the entries behind those that are frozen."""
    readings = selectinload(Indicator.readings)
    return db.session.scalars(
        _indicator(indicator_id).options(readings.joinedload(Reading.made_by), readings.undefer(Reading.entries))
    ).one()


def _indicator(indicator_id: int) -> Select[Indicator]:
    return (
        select(Indicator)
        .options(
            joinedload(Indicator.action).joinedload(Action.plan),
            joinedload(Indicator.unit),
            selectinload(Indicator.targets),
        )
        .where(Indicator.id == indicator_id)
    )


def reading(reading_id: int) -> Reading:
    """A frozen or typed value with its indicator, and the entries behind it."""
    return db.session.scalars(
        select(Reading)
        .options(
            joinedload(Reading.indicator).joinedload(Indicator.action).joinedload(Action.plan),
            joinedload(Reading.indicator).joinedload(Indicator.unit),
            undefer(Reading.entries),
        )
        .where(Reading.id == reading_id)
    ).one()


def rule(rule_id: int) -> Rule:
    """A rule with all rules of its action."""
    return db.session.scalars(
        select(Rule)
        .options(
            joinedload(Rule.unit),
            joinedload(Rule.action).joinedload(Action.plan),
            joinedload(Rule.action).selectinload(Action.rules).joinedload(Rule.unit),
        )
        .where(Rule.id == rule_id)
    ).one()


def plan_import(import_id: int) -> PlanImport:
    return db.session.scalars(select(PlanImport).where(PlanImport.id == import_id)).one()


class Said(NamedTuple):
    """What was said of an action: how many notes, and how it was last thought to go."""

    notes: int
    outlook: Outlook | None


NOTHING_SAID = Said(0, None)


def said_of(plan_id: int) -> dict[int, Said]:
    """By action, of those of which anything was said."""
    last = aliased(ProgressNote)
    outlook = (
        select(last.outlook)
        .where(last.action_id == ProgressNote.action_id, last.outlook.is_not(None))
        .order_by(last.written_at.desc(), last.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(ProgressNote.action_id, func.count(), outlook)
        .join(Action, Action.id == ProgressNote.action_id)
        .where(Action.plan_id == plan_id)
        .group_by(ProgressNote.action_id)
    )
    return {action_id: Said(count, thought) for action_id, count, thought in rows}


def notes(action_id: int) -> Sequence[ProgressNote]:
    return db.session.scalars(
        select(ProgressNote)
        .options(joinedload(ProgressNote.author))
        .where(ProgressNote.action_id == action_id)
        .order_by(ProgressNote.written_at.desc(), ProgressNote.id.desc())
    ).all()


def latest_notes(plan_id: int) -> dict[int, str]:
    """Action id → its newest progress note."""
    rows = db.session.execute(
        select(ProgressNote.action_id, ProgressNote.text)
        .join(Action, Action.id == ProgressNote.action_id)
        .where(Action.plan_id == plan_id)
        .order_by(ProgressNote.written_at, ProgressNote.id)
    )
    return dict(rows.all())


def references(plan_id: int) -> Sequence[str]:
    return db.session.scalars(select(Action.ref).where(Action.plan_id == plan_id)).all()


def noted(plan_id: int) -> dict[int, set[str]]:
    """Action id → everything that was said of it."""
    found: dict[int, set[str]] = {}
    rows = select(ProgressNote.action_id, ProgressNote.text).join(Action, Action.id == ProgressNote.action_id)
    for action_id, text in db.session.execute(rows.where(Action.plan_id == plan_id)):
        found.setdefault(action_id, set()).add(text)
    return found


def decisions(action_id: int) -> Sequence[RagDecision]:
    return db.session.scalars(
        select(RagDecision)
        .options(joinedload(RagDecision.decided_by))
        .where(RagDecision.action_id == action_id)
        .order_by(RagDecision.decided_at.desc(), RagDecision.id.desc())
    ).all()


# -- values and proposals --------------------------------------------------------------------------------------------


def value_on(indicator: Indicator, on: date) -> int | None:
    """What the indicator is at the end of a day: counted if the hub can, else the last figure typed for it."""
    return values_on([indicator], on)[indicator.id]


def values_on(indicators: Sequence[Indicator], on: date) -> dict[int, int | None]:
    """Indicator id of one institution → value on a day; all that the hub counts itself is counted at once."""
    counted = counts([i for i in indicators if i.counting is not None], on)
    return {i.id: counted[i.id] if i.id in counted else _typed(i, on) for i in indicators}


def _typed(indicator: Indicator, on: date) -> int | None:
    return next((r.value for r in reversed(indicator.readings) if r.on <= on), indicator.baseline)


def proposals(
    plan_actions: Sequence[Action], said: dict[int, Said], values: dict[int, int | None]
) -> dict[int, Proposal]:
    """Action id → what the hub proposes today, for a whole plan; *values* as of today."""
    return {a.id: propose(facts(a, values, said.get(a.id, NOTHING_SAID).notes)) for a in plan_actions}


def proposal(one: Action) -> Proposal:
    """What the hub proposes today."""
    return propose(facts(one, values_on(one.indicators, today()), note_count(one.id)))


def note_count(action_id: int) -> int:
    return (
        db.session.scalar(select(func.count()).select_from(ProgressNote).where(ProgressNote.action_id == action_id))
        or 0
    )


def facts(one: Action, values: dict[int, int | None], written: int) -> Facts:
    met = [m for m in one.milestones if m.met_on is not None]
    late = [m for m in one.milestones if m.met_on is None and m.due_on is not None and m.due_on < today()]
    return Facts(
        on=today(),
        rag=one.rag,
        due_on=one.due_on,
        milestones=len(one.milestones),
        milestones_met=len(met),
        milestones_late=len(late),
        measured=tuple(measured(i, values.get(i.id)) for i in one.indicators),
        evidence=one.accepted,
        notes=written,
    )


def measured(one: Indicator, value: int | None) -> Measured:
    last = one.targets[-1].value if one.targets else None
    return Measured(one.id, one.text, value, last, projected(projections(one), today()), partial(said, one))


def projections(one: Indicator) -> list[tuple[date, int]]:
    """The dated points that the plan projected, from the baseline on."""
    baseline = [(one.baseline_on, one.begun)] if one.baseline_on and one.begun is not None else []
    return sorted([*baseline, *((t.due_on, t.value) for t in one.targets if t.due_on)])


def pace_of(one: Indicator, value: int | None) -> IndicatorPace | None:
    return pace(projections(one), value, today(), partial(said, one))


def series(one: Indicator, plan_starts_on: date, value: int | None) -> list[tuple[date, int]]:
    """Dated values for the line: frozen and typed ones, the baseline before them and today's *value* after them."""
    points = {r.on: r.value for r in one.readings}
    if one.begun is not None:
        points.setdefault(one.baseline_on or plan_starts_on, one.begun)
    if value is not None:
        points[today()] = value
    return sorted(points.items())


def readings_missing(on: date, plan_id: int | None = None) -> Sequence[Indicator]:
    """Counted indicators of published plans, or of one plan, that have no frozen value for a day."""
    has = select(Reading.id).where(Reading.indicator_id == Indicator.id, Reading.on == on).exists()
    of_plan = Plan.stage == Stage.PUBLISHED if plan_id is None else Plan.id == plan_id
    return db.session.scalars(
        select(Indicator)
        .join(Indicator.action)
        .join(Action.plan)
        .options(contains_eager(Indicator.action).contains_eager(Action.plan), joinedload(Indicator.unit))
        .where(Indicator.counting.is_not(None), of_plan, Plan.starts_on <= on, ~has)
        .order_by(Indicator.id)
    ).all()


def tasks_for(user: Person) -> list[Select[Any]]:
    """Milestones of the user's own actions that are due within a month or late."""
    return [
        task("plan.milestone", Action.id, Milestone.text)
        .join(Milestone, Milestone.action_id == Action.id)
        .join(Plan, Plan.id == Action.plan_id)
        .where(
            Action.owner_id == user.id,
            Milestone.met_on.is_(None),
            Plan.stage == Stage.PUBLISHED,
            Milestone.due_on <= today(),
        )
    ]

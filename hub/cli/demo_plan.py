"""The invented plan and the one before it, and what a lead does with them month by month."""

from datetime import date, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from hub.charters import services as charters
from hub.cli.demo_people import Cast
from hub.cli.demo_plan_text import (
    ALSO_COUNTED,
    BEFORE,
    HAND_WORDS,
    HAPPENED,
    NOTES,
    NOW,
    SHARE_OF_PROJECTION,
    STILL_RED,
    Counted,
    Sketch,
)
from hub.core.clock import today
from hub.core.db import db
from hub.core.rag import Rag
from hub.evidence import demo as by_hand
from hub.evidence import services as evidence
from hub.evidence.models import Entry, Scope
from hub.packs import demo as packs
from hub.plan import demo as life
from hub.plan import queries, services
from hub.plan.models import Action, Indicator, Placement, Plan
from hub.plan.pace import projected

FRESH = timedelta(days=45)  # what is younger still waits in the inbox


def begin(cast: Cast, first_month: date) -> None:
    """Both plans, the older one closed with its statuses explained and proved."""
    turn = date(first_month.year if first_month.month >= 8 else first_month.year - 1, 8, 1)
    before = services.add_plan(
        actor=cast.lead,
        name=f"Action plan {turn.year - 2} to {turn.year}",
        starts_on=turn.replace(year=turn.year - 2),
        ends_on=turn - timedelta(days=1),
    )
    old = {s.ref: _action(before, s, cast) for s in BEFORE}
    for sketch in BEFORE:
        _finish(old[sketch.ref], sketch, cast)
    _publish(before, cast)
    now = services.add_plan(
        actor=cast.lead,
        name=f"Action plan {turn.year} to {turn.year + 3}",
        starts_on=turn,
        ends_on=turn.replace(year=turn.year + 3) - timedelta(days=1),
    )
    for sketch in NOW:
        action = _action(now, sketch, cast, ALSO_COUNTED.get(sketch.ref))
        for words in HAND_WORDS.get(sketch.ref, ()):
            services.add_rule(action, actor=cast.lead, words=words)
    life.trace(now, before, {s.carried: s.ref for s in NOW if s.carried}, cast.lead)
    life.consult(now, cast.lead, cast.technicians[::-1])
    _publish(now, cast)
    charters.add_standard(cast.institution.id)
    life.serve(now, cast.lead)


def _publish(plan: Plan, cast: Cast) -> None:
    services.make_move(plan, "approve", actor=cast.lead)
    services.make_move(plan, "publish", actor=cast.lead)


def _action(plan: Plan, sketch: Sketch, cast: Cast, also: Counted | None = None) -> Action:
    day = partial(_after, plan.starts_on)
    action = services.add_action(
        plan,
        actor=cast.lead,
        ref=sketch.ref,
        objective=sketch.objective,
        details=sketch.details,
        impact=sketch.impact,
        themes=list(sketch.themes),
        owner_role=sketch.owner,
        owner_id=_owner(sketch, cast),
        resource=sketch.resource,
        starts_on=plan.starts_on,
        due_on=day(sketch.months),
    )
    services.set_milestones(action, [(text, day(months)) for text, months in sketch.milestones], actor=cast.lead)
    for text, definition, baseline, targets in filter(None, (sketch.counted, also)):
        services.add_indicator(
            action,
            actor=cast.lead,
            text=text,
            definition=definition,
            baseline=baseline,
            baseline_on=plan.starts_on,
            targets=[(value, day(months)) for value, months in targets],
        )
    services.add_rules(action, sketch.feeds, actor=cast.lead)
    return action


def _owner(sketch: Sketch, cast: Cast) -> int | None:
    """Whom the hub asks how it goes: the lead, and one technician for their network."""
    return {"Commitment lead": cast.lead.id, "Technicians’ network": cast.technicians[-1].id}.get(sketch.owner)


def _after(start: date, months: int) -> date:
    """The last day of the month that ends *months* after *start*."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def _finish(action: Action, sketch: Sketch, cast: Cast) -> None:
    """How an action of the older plan ended."""
    if sketch.ended == Rag.RED:
        services.set_rag(action, Rag.RED, actor=cast.lead, explanation=sketch.why)
        return
    item = evidence.add_item(
        actor=cast.lead,
        title=sketch.proof,
        theme=sketch.themes[0],
        happened_on=action.due_on or action.plan.ends_on,
        text=sketch.proof,
        source="Technical services",
        scope=Scope.PUBLIC,
    )
    placement = db.session.scalars(
        select(Placement)
        .join(Entry, Entry.id == Placement.entry_id)
        .where(Entry.kind == "evidence.item", Entry.source_id == item.id)
    ).one()
    services.accept(placement, actor=cast.lead, action=action)
    if sketch.ended == Rag.GREEN:
        for milestone in action.milestones:
            services.meet_milestone(milestone, actor=cast.lead, on=milestone.due_on)
    services.set_rag(action, sketch.ended, actor=cast.lead, explanation=sketch.why or "Closed with the plan.")


def month(cast: Cast, first: date, rng: Random, *, is_last: bool) -> None:
    """Triage, milestones, a note here and there; each quarter the figures are frozen and the statuses set."""
    plan = queries.current_plan(cast.institution.id)
    if plan is None:
        return
    actions = list(queries.actions(plan.id))
    _bring(cast, first)
    if is_last:
        by_hand.bring(cast.lead, cast.technicians)
        life.show_directly(plan, cast.lead)
    _triage(cast, actions)
    _meet(cast, actions, rng)
    life.month(plan, actions, cast.lead, first, is_last=is_last)
    if is_last:
        packs.send(plan, actions, cast.lead, next(one for one in cast.technicians if one.is_active))
    elif first.month % 3 == 1:
        _quarter(cast, plan)


def _meet(cast: Cast, actions: list[Action], rng: Random) -> None:
    """Most milestones when they are due; a note here and there."""
    for action in actions:
        for milestone in action.milestones:
            if milestone.met_on is None and milestone.due_on and milestone.due_on <= today() and rng.random() < 0.7:
                services.meet_milestone(milestone, actor=cast.lead, on=today())
        if rng.random() < 0.12 and action.ref in NOTES:
            services.add_note(action, actor=cast.lead, text=rng.choice(NOTES[action.ref]))


def _bring(cast: Cast, first: date) -> None:
    """What happens outside the hub and is brought by hand."""
    for title, theme in HAPPENED.get(first.month, ()):
        evidence.add_item(
            actor=cast.lead,
            title=title.format(year=first.year),
            theme=theme,
            happened_on=today(),
            text=title.format(year=first.year),
        )


def _triage(cast: Cast, actions: list[Action]) -> None:
    for placement in db.session.scalars(queries.waiting(cast.institution.id)).all():
        if placement.entry.happened_on > today() - FRESH:
            continue
        if placement.action_id is not None:
            services.accept(placement, actor=cast.lead)
        else:
            services.accept(placement, actor=cast.lead, action=_fitting(placement.entry, actions))


def _fitting(entry: Entry, actions: list[Action]) -> Action:
    """The action that a lead would choose: the one that counts such things, or whose words are in the title."""
    fed = {sketch.ref for sketch in NOW if entry.kind in sketch.feeds}
    named = {ref for ref, words in HAND_WORDS.items() if any(word in entry.title for word in words)}
    chosen = next((a for a in actions if a.ref in fed | named), None)
    return chosen or next((a for a in actions if entry.theme in a.themes), actions[0])


def _quarter(cast: Cast, plan: Plan) -> None:
    services.freeze_readings(today())
    db.session.expire_all()
    for indicator in (i for a in queries.actions(plan.id) for i in a.indicators if i.counting is None):
        value, source = _typed(indicator), "Counted for the steering group"
        services.read_indicator(indicator, actor=cast.lead, value=value, on=today(), source=source)
    db.session.expire_all()
    for action in queries.actions(plan.id):
        proposal = queries.proposal(action)
        if action.ref in STILL_RED:
            services.set_rag(action, Rag.RED, actor=cast.lead, explanation=STILL_RED[action.ref])
        elif proposal.rag != action.rag:
            why = "Not begun: the people it needs are busy with the other promises." if proposal.rag == Rag.RED else ""
            services.set_rag(action, proposal.rag, actor=cast.lead, explanation=why)


def _typed(indicator: Indicator) -> int:
    """What somebody would have counted by today: a little under what the plan projected."""
    expected = projected(queries.projections(indicator), today()) or 0
    return round(expected * SHARE_OF_PROJECTION.get(indicator.action.ref, 1.0))

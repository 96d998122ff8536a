"""What an action is measured by: the question, its targets, figures typed for it and values frozen."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import date

from hub.accounts.models import Person
from hub.core.db import db
from hub.core.errors import Refusal
from hub.plan import queries
from hub.plan.measures import Definition, counted_from, packed
from hub.plan.models import Action, Indicator, Plan, Reading, Target
from hub.plan.services.versions import amend
from hub.plan.wording import question

Targets = Iterable[tuple[int, date | None]]


class CountedByTheHub(Refusal):
    """Nobody types what is counted."""


def add_indicator(
    action: Action,
    *,
    actor: Person,
    text: str,
    definition: Definition,
    targets: Targets = (),
    baseline: int | None = None,
    baseline_on: date | None = None,
    reason: str | None = None,
) -> Indicator:
    """Measure *action* by what *definition* counts, or by figures typed in if it counts nothing.

    *reason*: nothing where this is part of a deed that says why.

    :raises ReasonWanted: if the plan is published and the *reason* is empty
    """
    indicator = Indicator(action=action, institution_id=action.institution_id, targets=[], readings=[])
    edit_indicator(
        indicator,
        actor=actor,
        text=text,
        definition=definition,
        targets=targets,
        baseline=baseline,
        baseline_on=baseline_on,
        reason=reason,
    )
    return indicator


def edit_indicator(
    indicator: Indicator,
    *,
    actor: Person,
    text: str,
    definition: Definition,
    targets: Targets,
    baseline: int | None,
    baseline_on: date | None,
    reason: str | None = None,
) -> None:
    """Ask another question from now on. What was frozen stays, and says what was asked then.

    :raises ReasonWanted: if that changes what is promised in a published plan and the *reason* is empty
    """
    before = _promised(indicator)
    for name, value in asdict(definition).items():
        setattr(indicator, name, list(value) if name == "kinds" else value)
    indicator.text, indicator.baseline, indicator.baseline_on = text, baseline, baseline_on
    set_targets(indicator, targets, actor=actor)
    db.session.add(indicator)
    db.session.flush()
    if reason is not None and _promised(indicator) != before:
        amend(indicator.action, actor=actor, reason=reason)


def _promised(indicator: Indicator) -> tuple[object, ...]:
    """What somebody who reads the plan relies on; nothing before there is one."""
    if not indicator.text:
        return ()
    asked = [getattr(indicator, column.name) for column in fields(Definition)]
    targets = [(target.value, target.due_on) for target in indicator.targets]
    return (indicator.text, asked, indicator.baseline, indicator.baseline_on, targets)


def set_targets(indicator: Indicator, rows: Targets, *, actor: Person) -> None:  # noqa: ARG001
    """Replace the targets by *rows* of (value, due), if they differ."""
    wanted = list(rows)
    if wanted != [(target.value, target.due_on) for target in indicator.targets]:
        indicator.targets = [Target(value=value, due_on=due) for value, due in wanted]


def read_indicator(indicator: Indicator, *, actor: Person, value: int, on: date, source: str = "") -> Reading:
    """Keep a figure that *actor* typed for a day, with where it comes from; a day has one, the last one given.

    :raises CountedByTheHub: if the hub counts this itself
    """
    if indicator.counting is not None:
        raise CountedByTheHub("The hub counts this itself, so nobody types it.")
    reading = next((r for r in indicator.readings if r.on == on), None)
    if reading is None:
        reading = Reading(on=on)
        indicator.readings.append(reading)
    reading.value, reading.source, reading.made_by_id = value, source, actor.id
    db.session.flush()
    return reading


def freeze_readings(on: date) -> int:
    """Freeze what every counted indicator of a published plan is on a day; how many were not frozen yet."""
    return _freeze(queries.readings_missing(on), on, made_by_id=None)


def freeze(plan: Plan, on: date, *, actor: Person) -> int:
    """The same for one plan, by its lead."""
    return _freeze(queries.readings_missing(on, plan.id), on, made_by_id=actor.id)


def _freeze(indicators: Iterable[Indicator], on: date, *, made_by_id: int | None) -> int:
    made = 0
    for indicator in indicators:
        value, entries = counted_from(indicator, on)
        kept = {"value": value, "source": question(indicator), "entries": packed(entries)}
        db.session.add(Reading(indicator_id=indicator.id, on=on, made_by_id=made_by_id, **kept))
        made += 1
    db.session.flush()
    return made

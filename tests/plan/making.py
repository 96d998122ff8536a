"""Plans and actions for tests, made through the services."""

from datetime import date
from typing import Any

from hub.accounts.models import Person
from hub.core.themes import Theme
from hub.plan import services
from hub.plan.measures import TYPED, Definition
from hub.plan.models import Action, Counting, Period, Plan


def plan(lead: Person, *, published: bool = True, **given: Any) -> Plan:
    made = services.add_plan(
        actor=lead,
        **{"name": "Action plan 2024 to 2027", "starts_on": date(2024, 8, 1), "ends_on": date(2027, 7, 31)} | given,
    )
    if published:
        action(made, lead)
        services.make_move(made, "approve", actor=lead)
        services.make_move(made, "publish", actor=lead)
    return made


def action(of: Plan, lead: Person, *, feeds: tuple[str, ...] = (), **given: Any) -> Action:
    defaults = {
        "objective": "More technicians registered",
        "themes": [Theme.RECOGNITION],
        "owner_role": "Commitment lead",
    }
    made = services.add_action(of, actor=lead, **defaults | given)
    if feeds:
        services.add_rules(made, feeds, actor=lead)
    return made


def measured(of: Action, lead: Person, *, typed_on: date) -> None:
    """By a figure that is typed in and by one that the hub counts."""
    goal = {"actor": lead, "targets": [(4, date(2027, 7, 31))]}
    typed = services.add_indicator(of, text="People registered", definition=TYPED, **goal)
    services.read_indicator(typed, actor=lead, value=2, on=typed_on, source="The register of the body")
    brought = Definition(Counting.ENTRIES, ("evidence.item",), period=Period.PLAN)
    services.add_indicator(of, text="Brought by hand", definition=brought, **goal)


def ruled(of: Action, lead: Person, *words: str) -> None:
    """A rule for each of *words*: what waits is suggested, what is older is offered."""
    for one in words:
        services.add_rule(of, actor=lead, kind="evidence.item", words=one)

"""Plans and actions for tests, made through the services."""

from datetime import date
from typing import Any

from hub.accounts.models import Person
from hub.core.themes import Theme
from hub.plan import services
from hub.plan.models import Action, Plan


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

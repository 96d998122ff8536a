"""What the lead puts to the steering group in the report of a month."""

from datetime import date

from hub.accounts.models import Person
from hub.core.db import db
from hub.plan.models import DecisionWanted, Plan


def ask_decision(plan: Plan, month: date, *, actor: Person, text: str) -> DecisionWanted:
    """Want something decided; *month*: any day of it."""
    wanted = DecisionWanted(
        institution_id=plan.institution_id,
        plan_id=plan.id,
        month=month.replace(day=1),
        text=text,
        asked_by_id=actor.id,
    )
    db.session.add(wanted)
    db.session.flush()
    return wanted


def remove_decision(wanted: DecisionWanted, *, actor: Person) -> None:  # noqa: ARG001
    """Take it off the report."""
    db.session.delete(wanted)
    db.session.flush()

"""Keeping a plan whole as it stood, and why it was changed after it was published."""

from hub.accounts.models import Person
from hub.core.db import db
from hub.core.errors import Refusal
from hub.plan import queries
from hub.plan.models import Action, Amendment, Occasion, Plan, PlanVersion, Stage
from hub.plan.snapshots import digest, snapshot


class ReasonWanted(Refusal):
    """People rely on what was published."""


def keep_version(plan: Plan, *, actor: Person, occasion: Occasion = Occasion.SAVED, note: str = "") -> PlanVersion:
    """Keep every word of *plan* as it stands now."""
    content = snapshot(plan, queries.actions(plan.id))
    version = PlanVersion(
        institution_id=plan.institution_id,
        plan_id=plan.id,
        number=queries.last_number(plan.id) + 1,
        occasion=occasion,
        note=note,
        content=content,
        sha256=digest(content),
        kept_by_id=actor.id,
    )
    db.session.add(version)
    db.session.flush()
    return version


def amend(action: Action, *, actor: Person, reason: str) -> None:
    """Note why *action* was changed, or added, if its plan is published.

    :raises ReasonWanted: if it is, and there is none
    """
    if action.plan.stage != Stage.PUBLISHED:
        return
    if not reason:
        raise ReasonWanted("The plan is published: say why this changes.")
    db.session.add(Amendment(action_id=action.id, reason=reason, made_by_id=actor.id))
    db.session.flush()

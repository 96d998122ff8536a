"""Packs for the tests: evidence of every sort on a plan, and what was frozen of it."""

from datetime import date
from typing import Any

from sqlalchemy import select

from hub.accounts.models import Person
from hub.core.db import db
from hub.core.themes import Theme
from hub.evidence import queries as evidence
from hub.evidence import services as items
from hub.evidence.models import Entry, Item, Scope
from hub.packs import queries, services
from hub.packs.choosing import Choice
from hub.packs.models import Pack
from hub.plan import services as plans
from hub.plan.models import Action, Placement, Plan
from tests.evidence import making as for_evidence
from tests.plan import making as for_plan

TITLES = {Theme.VISIBILITY: "More people know us", Theme.RECOGNITION: "More of us are named"}


def plan(lead: Person) -> tuple[Plan, list[Action]]:
    """A published plan with an action for each of two themes, the first of them listed last."""
    made = for_plan.plan(lead, published=False)
    actions = [
        for_plan.action(made, lead, ref=ref, objective=TITLES[theme], themes=[theme])
        for ref, theme in (("R1", Theme.RECOGNITION), ("V1", Theme.VISIBILITY))
    ]
    plans.make_move(made, "approve", actor=lead)
    plans.make_move(made, "publish", actor=lead)
    return made, actions


def accepted(entry: Entry, lead: Person, *actions: Action) -> Entry:
    """*entry* on *actions*."""
    waiting = select(Placement).where(Placement.entry_id == entry.id).order_by(Placement.id)
    plans.accept_on(db.session.scalars(waiting).first(), actions, actor=lead)
    return entry


def brought(action: Action, lead: Person, **given: Any) -> Item:
    """Something brought by hand, about nobody, on *action*."""
    item = for_evidence.item(lead, **{"scope": Scope.PUBLIC, "happened_on": date(2025, 5, 1)} | given)
    accepted(evidence.entry_of(item), lead, action)
    return item


def quoted(action: Action, lead: Person, *, scope: Scope | None = Scope.PUBLIC, **given: Any) -> Item:
    """Somebody's words on *action*; without *scope* they have agreed to nothing."""
    item = for_evidence.testimonial(lead, happened_on=date(2025, 6, 1))
    if scope is not None:
        for_evidence.agree(item, lead, scope=scope, **given)
    accepted(evidence.entry_of(item), lead, action)
    return item


def frozen(of: Plan, lead: Person, name: str = "Evidence for July", **choice: Any) -> Pack:
    return fresh(services.freeze(of, Choice(**choice), name=name, actor=lead))


def in_every_stage(action: Action, lead: Person) -> None:
    """A pack that another took the place of, that one, and a retired one; a piece of each was taken back since."""
    gone = brought(action, lead, title="Sent, and taken back")
    older, retired = (
        services.freeze(action.plan, Choice(), name=name, actor=lead) for name in ("An older pack", "A retired pack")
    )
    services.renew(queries.pack(older.id), name="The pack in use", actor=lead)
    services.retire(retired, actor=lead)
    items.take_out(evidence.item(gone.id), actor=lead)


def fresh(pack: Pack) -> Pack:
    db.session.expire_all()
    return queries.pack(pack.id)

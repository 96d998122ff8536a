"""What the demo institution's lead has sent: a pack made again, one of which a piece was taken back, one retired."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from hub.accounts.models import Person
from hub.core.clock import today
from hub.core.db import db
from hub.core.themes import Theme
from hub.evidence import queries as evidence
from hub.evidence import services as items
from hub.evidence.models import Entry, Item, Scope, Sort
from hub.packs import queries, services
from hub.packs.choosing import Choice
from hub.packs.models import Audience
from hub.plan import services as plans
from hub.plan.models import Action, Placement, Plan

QUOTE = "She rebuilt the cryostat in a week, and taught me why it had failed."


def send(plan: Plan, actions: Sequence[Action], lead: Person, giver: Person) -> None:
    """Frozen one after the other; *giver* takes back what was said after one of them was sent."""
    quote = _agreed(lead, giver)
    of_quote = select(Placement).join(Placement.entry).where(evidence.by_hand(), Entry.source_id == quote.id).limit(1)
    plans.accept_on(db.session.scalars(of_quote).one(), actions[-1:], actor=lead)
    services.freeze(plan, Choice(Audience.PANEL), name="Evidence for our submission", actor=lead)
    for_group = services.freeze(plan, Choice(), name="Evidence for the steering group", actor=lead)
    items.take_out(evidence.item(quote.id), actor=giver)
    services.renew(queries.pack(for_group.id), name="Evidence for the steering group, second edition", actor=lead)
    open_day = services.freeze(plan, Choice(Audience.PUBLIC), name="For the open day", actor=lead)
    services.retire(open_day, actor=lead)


def _agreed(lead: Person, giver: Person) -> Item:
    """Words that somebody let travel as far as the submission."""
    made = items.add_item(
        actor=lead,
        title="A researcher on how a technician saved an experiment",
        theme=Theme.EVALUATING_IMPACT,
        happened_on=today() - timedelta(days=75),
        sort=Sort.TESTIMONIAL,
        text=QUOTE,
        source=giver.name,
        about_somebody=True,
    )
    item = evidence.item(made.id)
    permission = items.Permission(
        given_by=giver.name, wording=QUOTE, scope=Scope.SUBMISSION, given_on=item.happened_on, person=giver
    )
    items.record_consent(item, permission, actor=lead)
    return item

"""Who is told what about evidence brought by hand. Never in its own words: a notice outlives a permission."""

from hub.accounts import queries as accounts
from hub.accounts.models import Person, Role
from hub.core.links import path_to
from hub.core.words import day
from hub.evidence.models import Item, ItemConsent
from hub.notifications.kinds import register
from hub.notifications.services import tell

GROUP = "Evidence"

register("evidence.consent_recorded", GROUP, "Somebody recorded that you agreed to be quoted or shown")
register("evidence.consent_ends", GROUP, "A permission to use evidence runs out")


def consent_recorded(consent: ItemConsent, person: Person, actor: Person) -> None:
    tell(
        person,
        "evidence.consent_recorded",
        title="Your permission to use your words or picture is on record",
        body=f"{actor.name} recorded it: {consent.scope.label}. See what it covers; you can take it back at any time.",
        path=path_to("evidence.item", item_id=consent.item_id),
    )


def consent_ends(item: Item) -> None:
    if item.use_until is None:
        return
    for lead in accounts.holders(item.institution_id, Role.LEAD, Role.DEPUTY_LEAD):
        tell(
            lead,
            "evidence.consent_ends",
            title=f"A piece of evidence may be used until {day(item.use_until)}",
            body="Ask for a new permission, or it is taken out of every place that uses it on the day after.",
            path=path_to("evidence.item", item_id=item.id),
            dedupe=f"evidence.ends:{item.id}:{item.use_until.isoformat()}",
        )

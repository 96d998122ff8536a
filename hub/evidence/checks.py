"""What must always hold of the ledger."""

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from hub.core.clock import today
from hub.core.db import db
from hub.core.invariants import Invariants
from hub.evidence import queries
from hub.evidence.models import Entry, Item, ItemVersion, Scope
from hub.evidence.services import differences, fingerprint


def _corrected_by_nothing() -> list[str]:
    """An entry that was corrected has a next one, and every correction one before it that counts no more."""
    first, second = aliased(Entry), aliased(Entry)
    of_one_fact = (first.kind == second.kind, first.source_id == second.source_id)
    follows = select(second.id).where(*of_one_fact, second.revision == first.revision + 1)
    comes_first = select(first.id).where(
        *of_one_fact, first.revision == second.revision - 1, first.corrected_at.is_not(None)
    )
    alone = select(second.id).where(second.revision > 0, ~comes_first.correlate(second).exists())
    ended = select(first.id).where(first.corrected_at.is_not(None), ~follows.correlate(first).exists())
    return [
        *(f"entry {one} was corrected by nothing" for one in db.session.scalars(ended.order_by(first.id))),
        *(f"entry {one} corrects nothing" for one in db.session.scalars(alone.order_by(second.id))),
    ]


def _changed_versions() -> list[str]:
    versions = db.session.scalars(select(ItemVersion).options(joinedload(ItemVersion.file)).order_by(ItemVersion.id))
    return [
        f"version {one.number} of item {one.item_id} does not say what it said"
        for one in versions
        if one.sha256 != fingerprint(one.text, one.link, one.file.sha256 if one.file else None)
    ]


def _further_than_agreed() -> list[str]:
    """What is about somebody leaves the hub as far as they agreed, and only in the words that they saw."""
    items = select(Item).options(selectinload(Item.versions), selectinload(Item.consents))
    leaving = items.where(Item.about_somebody, Item.scope != Scope.HUB, Item.withdrawn_at.is_(None))
    return [
        f"item {item.id} travels further than somebody agreed"
        for item in db.session.scalars(leaving.order_by(Item.id))
        if item.consent is None or (item.consent.scope, item.consent.use_until) != (item.scope, item.use_until)
    ]


def _served_still() -> list[str]:
    """What is out of use counts for nothing, and the ledger keeps its words to itself."""
    out = (
        select(Entry.id)
        .join(Item, Item.id == Entry.source_id)
        .where(
            queries.by_hand(),
            Item.withdrawn_at.is_not(None),
            or_(Entry.withdrawn_at.is_(None), Entry.shown_until.is_(None), Entry.shown_until >= today()),
        )
    )
    return [f"entry {one} of an item that is out of use is shown" for one in db.session.scalars(out.order_by(Entry.id))]


def unlike_sources() -> list[str]:
    """Slower than the rest: every fact of every feature is compared with what the ledger says of it."""
    return [str(difference) for difference in differences()]


INVARIANTS: Invariants = {
    "evidence.totals-equal-the-ledger": queries.unequal_totals,
    "evidence.corrections-follow": _corrected_by_nothing,
    "evidence.versions-say-what-they-said": _changed_versions,
    "evidence.travels-as-agreed": _further_than_agreed,
    "evidence.out-of-use-is-not-shown": _served_still,
}

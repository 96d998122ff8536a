"""Who may make and read packs, and what may be in one. Pure functions."""

from hub.accounts.models import Person, same_institution
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry, Item, Scope
from hub.packs.models import Audience, Pack, Stage, Why
from hub.plan.policy import can_lead as can_make
from hub.plan.policy import can_read_plans as can_read_packs

__all__ = ["can_change", "can_make", "can_read", "can_read_packs", "can_take", "kept_out"]

REACH = {
    Audience.INTERNAL: {Scope.STEERING_GROUP, Scope.SUBMISSION, Scope.PUBLIC},
    Audience.PANEL: {Scope.SUBMISSION, Scope.PUBLIC},
    Audience.PUBLIC: {Scope.PUBLIC},
}


def can_read(user: Person, pack: Pack) -> bool:
    return can_read_packs(user) and same_institution(user, pack)


def can_take(user: Person, pack: Pack) -> bool:
    """Only what is in use is taken away to be sent."""
    return can_read(user, pack) and pack.stage == Stage.IN_USE


def can_change(user: Person, pack: Pack) -> bool:
    return can_make(user, pack) and pack.stage == Stage.IN_USE


def kept_out(entry: Entry, item: Item | None, audience: Audience, *, words: str | None = None) -> Why | None:
    """Why *audience* is not shown an entry and, if it was brought by hand, its item; None if it may be.

    *words*: those that somebody agreed to when they were frozen.
    """
    if item is not None and item.has_expired:
        return Why.EXPIRED
    if item is not None and item.withdrawn_at is not None:
        return Why.OUT_OF_USE
    if not entry.counts:
        return Why.WITHDRAWN
    if item is not None and item.about_somebody and (why := _not_agreed(item, words)):
        return why
    travels = item.scope if item is not None else KINDS[entry.kind].travels
    return None if travels in REACH[audience] else Why.NOT_SO_FAR


def _not_agreed(item: Item, words: str | None) -> Why | None:
    if item.consent is None:
        return Why.NOT_ASKED
    return Why.OTHER_WORDS if words is not None and item.consent.wording != words else None

"""The evidence inbox: entries arrive with a suggestion, the lead accepts, re-links or sets them aside."""

from collections.abc import Sequence

from sqlalchemy import select, update

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import Refusal
from hub.core.rag import Rag
from hub.evidence.models import Entry
from hub.plan.models import Action, Feed, Placement, PlacementState, Plan, Stage


class NeedsAction(Refusal):
    """Evidence is accepted on an action, not in the air."""


class Withdrawn(Refusal):
    """What its source has taken back proves nothing."""


class AlreadyThere(Refusal):
    """The entry already has a place on that action."""


def place_entry(entry: Entry) -> list[Placement]:
    """Suggest *entry* for every action in force that asks for its kind; one without an action if none does.

    One that comes back is suggested where it was before.
    """
    if before := _placements_of(entry):
        for placement in before:
            _decide(placement, PlacementState.SUGGESTED, None)
        return before
    actions = db.session.scalars(
        select(Action.id)
        .join(Plan, Plan.id == Action.plan_id)
        .join(Feed, Feed.action_id == Action.id)
        .where(
            Plan.institution_id == entry.institution_id,
            Plan.stage.in_((Stage.PUBLISHED, Stage.APPROVED)),
            Plan.starts_on <= entry.happened_on,
            Plan.ends_on >= entry.happened_on,
            Feed.kind == entry.kind,
        )
        .order_by(Action.position, Action.id)
    ).all()
    wanted: Sequence[int | None] = actions or [None]
    placed = [Placement(institution_id=entry.institution_id, entry_id=entry.id, action_id=a) for a in wanted]
    db.session.add_all(placed)
    db.session.flush()
    return placed


def take_back(entry: Entry) -> None:
    """Its source has withdrawn *entry*: it proves nothing any more, and what it alone proved is not done."""
    for placement in _placements_of(entry):
        was_accepted = placement.state == PlacementState.ACCEPTED
        _decide(placement, PlacementState.SET_ASIDE, None, reason="Withdrawn where it came from")
        if was_accepted and placement.action_id is not None:
            action = db.session.get_one(Action, placement.action_id, populate_existing=True)
            if action.rag == Rag.GREEN and not action.accepted:
                action.rag, action.rag_explanation = Rag.AMBER, "The evidence that it is done was withdrawn."
    db.session.flush()


def follow_correction(first: Entry, second: Entry) -> None:
    """What was decided about an entry holds for the one that corrects it."""
    for placement in _placements_of(first):
        placement.entry_id = second.id
    db.session.flush()


def _placements_of(entry: Entry) -> list[Placement]:
    return list(db.session.scalars(select(Placement).where(Placement.entry_id == entry.id).order_by(Placement.id)))


def accept(placement: Placement, *, actor: Person, action: Action | None = None) -> None:
    """Accept the suggestion, or put the evidence on another *action* of the same institution instead.

    :raises NeedsAction: if neither the rule nor *actor* names an action
    :raises AlreadyThere: if the evidence stands on that action already
    """
    if action is not None and action.id != placement.action_id:
        _refuse_twice(placement, action)
    action_id = action.id if action is not None else placement.action_id
    if action_id is None:
        raise NeedsAction("Choose the action that this shows.")
    _decide(placement, PlacementState.ACCEPTED, actor, action_id=action_id)


def _refuse_twice(placement: Placement, action: Action) -> None:
    twin = select(Placement.id).where(Placement.entry_id == placement.entry_id, Placement.action_id == action.id)
    if db.session.scalar(twin) is not None:
        raise AlreadyThere("This evidence stands on that action already.")


def set_aside(placement: Placement, *, actor: Person, reason: str) -> None:
    """Keep the entry in the ledger but out of the plan, saying why."""
    _decide(placement, PlacementState.SET_ASIDE, actor, reason=reason or "Not for this plan")


def reconsider(placement: Placement, *, actor: Person) -> None:
    """Put a decided one back into the inbox.

    :raises Withdrawn: if its source has taken the entry back
    """
    if db.session.get_one(Entry, placement.entry_id).withdrawn_at is not None:
        raise Withdrawn("This was withdrawn where it came from, so it can prove nothing.")
    _decide(placement, PlacementState.SUGGESTED, actor)


def _decide(
    placement: Placement, state: PlacementState, actor: Person | None, *, reason: str = "", action_id: int | None = None
) -> None:
    _count(placement, -1)
    placement.state, placement.reason = state, reason
    placement.action_id = action_id or placement.action_id
    placement.decided_by_id, placement.decided_at = actor.id if actor else None, now()
    db.session.flush()
    _count(placement, 1)


def _count(placement: Placement, by: int) -> None:
    """What is accepted counts on its action, in the same transaction; everything else does not."""
    if placement.state == PlacementState.ACCEPTED:
        db.session.execute(update(Action).where(Action.id == placement.action_id).values(accepted=Action.accepted + by))

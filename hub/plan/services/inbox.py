"""The evidence inbox: entries arrive with a suggestion, the lead accepts, re-links or sets them aside."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import Refusal
from hub.core.rag import Rag
from hub.evidence.models import Entry
from hub.plan import feeding
from hub.plan.models import Action, Placement, PlacementState, Rule
from hub.plan.wording import because

WITHDRAWN = "The evidence that it is done was withdrawn."
TAKEN_BACK = "The evidence that it is done was taken back."


class NeedsAction(Refusal):
    """Evidence is accepted on an action, not in the air."""


class Withdrawn(Refusal):
    """What its source has taken back proves nothing."""


class AlreadyThere(Refusal):
    """The entry already has a place on that action."""


class AlreadyDecided(Refusal):
    """Somebody decided on it since the page was opened."""


@dataclass
class Outcome:
    """What was done to how many of those chosen, and which were left as they are, each with its reason."""

    done: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)


# -- what arrives and what goes --------------------------------------------------------------------------------------


def place_entry(entry: Entry) -> list[Placement]:
    """Suggest *entry* for every action in force with a rule that it fits; one without an action if there is none.

    One that comes back is suggested where it was before.
    """
    if before := _placements_of(entry):
        for placement in before:
            _decide(placement, PlacementState.SUGGESTED, None)
        return before
    key = {"institution_id": entry.institution_id, "entry_id": entry.id}
    placed = [
        Placement(**key, action_id=rule.action_id, rule_id=rule.id, because=because(rule))
        for rule in feeding.rules_for(entry)
    ]
    placed = placed or [Placement(**key)]
    db.session.add_all(placed)
    db.session.flush()
    return placed


def take_back(entry: Entry) -> None:
    """Its source has withdrawn *entry*: it proves nothing any more, and what it alone proved is not done."""
    for placement in _placements_of(entry):
        _decide(placement, PlacementState.SET_ASIDE, None, reason="Withdrawn where it came from", unproved=WITHDRAWN)


def follow_correction(first: Entry, second: Entry) -> None:
    """What was decided about an entry holds for the one that corrects it."""
    for placement in _placements_of(first):
        placement.entry_id = second.id
    db.session.flush()


def _placements_of(entry: Entry) -> list[Placement]:
    return list(db.session.scalars(select(Placement).where(Placement.entry_id == entry.id).order_by(Placement.id)))


# -- what a lead decides ---------------------------------------------------------------------------------------------


def accept(placement: Placement, *, actor: Person, action: Action | None = None, at: datetime | None = None) -> None:
    """Accept the suggestion, or put the evidence on another *action* of the same institution instead.

    :raises NeedsAction: if neither the rule nor *actor* names an action
    :raises AlreadyThere: if the evidence stands on that action already, or waits for it
    """
    action_id = action.id if action is not None else placement.action_id
    if action_id is None:
        raise NeedsAction("Choose the action that this shows.")
    if action_id != placement.action_id and _on(placement.entry_id, action_id) is not None:
        raise AlreadyThere("It stands on that action already, or waits for it.")
    _decide(placement, PlacementState.ACCEPTED, actor, action_id=action_id, at=at)


def accept_on(placement: Placement, actions: Sequence[Action], *, actor: Person) -> None:
    """Accept one entry on each of *actions*: it counts once on each, and nowhere twice.

    :raises NeedsAction: if there is none
    """
    if not actions:
        raise NeedsAction("Choose at least one action that this shows.")
    at = now()
    twins = {action.id: _on(placement.entry_id, action.id) for action in actions}
    if placement.action_id not in twins:
        free = next((a for a in actions if twins[a.id] is None), None)
        if free is not None:
            _decide(placement, PlacementState.ACCEPTED, actor, action_id=free.id, at=at)
            twins[free.id] = placement
    for action_id, twin in twins.items():
        one = twin or _chosen(placement, action_id)
        if one.state != PlacementState.ACCEPTED:
            _decide(one, PlacementState.ACCEPTED, actor, at=at)


def _chosen(like: Placement, action_id: int) -> Placement:
    """A place for the same entry that no rule suggested."""
    made = Placement(institution_id=like.institution_id, entry_id=like.entry_id, action_id=action_id)
    db.session.add(made)
    db.session.flush()
    return made


def _on(entry_id: int, action_id: int) -> Placement | None:
    return db.session.scalars(
        select(Placement).where(Placement.entry_id == entry_id, Placement.action_id == action_id)
    ).one_or_none()


def set_aside(placement: Placement, *, actor: Person, reason: str, at: datetime | None = None) -> None:
    """Keep the entry in the ledger but out of the plan, saying why."""
    _decide(placement, PlacementState.SET_ASIDE, actor, reason=reason, at=at)


def reconsider(placement: Placement, *, actor: Person) -> None:
    """Put a decided one back into the inbox, as it was suggested; what it alone proved is not done any more.

    :raises Withdrawn: if its source has taken the entry back
    """
    if db.session.get_one(Entry, placement.entry_id).withdrawn_at is not None:
        raise Withdrawn("It was withdrawn where it came from, so it can prove nothing.")
    _decide(placement, PlacementState.SUGGESTED, actor, action_id=_suggested_for(placement))


def _suggested_for(placement: Placement) -> int | None:
    """The action of the rule that suggested it, if there is such a rule and no other place of the entry there."""
    rule = db.session.get(Rule, placement.rule_id) if placement.rule_id is not None else None
    if rule is None or rule.action_id == placement.action_id or _on(placement.entry_id, rule.action_id) is not None:
        return None
    return rule.action_id


def decide_all(placements: Iterable[Placement], deed: Callable[[Placement], None]) -> Outcome:
    """*deed* on each one that still waits. What it refuses is left and told; anything worse undoes all of it."""
    outcome = Outcome()
    for placement in placements:
        try:
            if placement.state != PlacementState.SUGGESTED:
                raise AlreadyDecided("Somebody else has decided on it meanwhile.")
            deed(placement)
        except Refusal as refusal:
            outcome.skipped.append((placement.entry.title, str(refusal)))
        else:
            outcome.done += 1
    return outcome


def reconsider_all(placements: Iterable[Placement], *, actor: Person) -> Outcome:
    """Back into the inbox with all of them; what cannot come back is told."""
    outcome = Outcome()
    for placement in placements:
        try:
            reconsider(placement, actor=actor)
        except Withdrawn as refusal:
            outcome.skipped.append((placement.entry.title, str(refusal)))
        else:
            outcome.done += 1
    return outcome


def _decide(
    placement: Placement,
    state: PlacementState,
    actor: Person | None,
    *,
    reason: str = "",
    action_id: int | None = None,
    at: datetime | None = None,
    unproved: str = TAKEN_BACK,
) -> None:
    left = placement.action_id if placement.state == PlacementState.ACCEPTED else None
    _count(placement, -1)
    placement.state, placement.reason = state, reason
    placement.action_id = action_id or placement.action_id
    placement.decided_by_id, placement.decided_at = actor.id if actor else None, at or now()
    db.session.flush()
    _count(placement, 1)
    if left is not None:
        _lower(left, unproved)


def _count(placement: Placement, by: int) -> None:
    """What is accepted counts on its action, in the same transaction; everything else does not."""
    if placement.state == PlacementState.ACCEPTED:
        db.session.execute(update(Action).where(Action.id == placement.action_id).values(accepted=Action.accepted + by))


def _lower(action_id: int, explanation: str) -> None:
    """What nothing proves any more is not called done."""
    action = db.session.get_one(Action, action_id)
    db.session.refresh(action, ["accepted"])
    if action.rag == Rag.GREEN and not action.accepted:
        action.rag, action.rag_explanation = Rag.AMBER, explanation
        db.session.flush()

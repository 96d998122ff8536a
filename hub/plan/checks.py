"""What must always hold of plans."""

from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from hub.core.db import db
from hub.core.invariants import Invariants
from hub.core.rag import Rag
from hub.evidence.models import Entry
from hub.plan.measures import among, unpacked
from hub.plan.models import Action, Indicator, Placement, PlacementState, Plan, RagDecision, Reading, Stage


def _two_published() -> list[str]:
    rows = db.session.execute(
        select(Plan.institution_id)
        .where(Plan.stage == Stage.PUBLISHED)
        .group_by(Plan.institution_id)
        .having(func.count() > 1)
    )
    return [f"institution {row[0]} has two published plans" for row in rows]


def _green_without_evidence() -> list[str]:
    """Only for colours set in the hub: an imported plan brings its own."""
    decided = select(RagDecision.id).where(RagDecision.action_id == Action.id, RagDecision.rag == Rag.GREEN).exists()
    green = select(Action.id).where(Action.rag == Rag.GREEN, decided, Action.accepted == 0)
    return [
        f"action {action_id} is green without evidence" for action_id in db.session.scalars(green.order_by(Action.id))
    ]


def _miscounted() -> list[str]:
    """The number kept with each action equals the evidence accepted on it."""
    counted = (
        select(func.count())
        .where(Placement.action_id == Action.id, Placement.state == PlacementState.ACCEPTED)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Action.id, Action.accepted, counted).where(Action.accepted != counted).order_by(Action.id)
    )
    return [f"action {action_id} says {kept} pieces of evidence, there are {n}" for action_id, kept, n in rows]


def _unplaced() -> list[str]:
    placed = select(Placement.id).where(Placement.entry_id == Entry.id).exists()
    last = Entry.corrected_at.is_(None)  # whose places the entries before it had
    missing = db.session.scalar(select(func.count()).select_from(Entry).where(last, ~placed)) or 0
    return [f"{missing} entries of the ledger never reached the inbox"] if missing else []


def _frozen_from_nothing() -> list[str]:
    """The entries behind a frozen value are kept as ids, which no foreign key watches."""
    frozen = select(Reading, Indicator.institution_id).join(Reading.indicator).options(undefer(Reading.entries))
    kept: dict[int, set[int]] = defaultdict(set)
    for reading, institution_id in db.session.execute(frozen.where(Reading.entries.is_not(None))):
        kept[institution_id] |= set(unpacked(reading.entries))
    lost = []
    for institution_id, ids in kept.items():
        there = select(Entry.id).where(Entry.id.in_(among(ids)), Entry.institution_id == institution_id)
        lost += sorted(ids - set(db.session.scalars(there)))
    return [f"entry {entry_id}, which a frozen value was counted from, is not there" for entry_id in lost]


INVARIANTS: Invariants = {
    "plan.one-published": _two_published,
    "plan.green-has-evidence": _green_without_evidence,
    "plan.evidence-counted": _miscounted,
    "plan.evidence-in-the-inbox": _unplaced,
    "plan.frozen-from-what-is-there": _frozen_from_nothing,
}

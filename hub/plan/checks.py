"""What must always hold of plans."""

from collections import defaultdict

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, undefer

from hub.core.db import db
from hub.core.invariants import Invariants
from hub.core.rag import Rag
from hub.evidence.models import Entry
from hub.plan.measures import among, unpacked
from hub.plan.models import (
    Action,
    Course,
    Indicator,
    Placement,
    PlacementState,
    Plan,
    PlanVersion,
    RagDecision,
    Reading,
    Stage,
    Successor,
    Trajectory,
)
from hub.plan.snapshots import digest


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


def _rewritten() -> list[str]:
    """A version is what it was when it was kept."""
    rows = db.session.execute(select(PlanVersion.id, PlanVersion.content, PlanVersion.sha256).order_by(PlanVersion.id))
    return [f"version {row.id} of a plan is not what was kept" for row in rows if digest(row.content) != row.sha256]


def _going_nowhere() -> list[str]:
    """What goes on has successors in the later plan, what stops has none; all came from the plan before."""
    heir = aliased(Action)
    into = select(func.count()).where(Successor.trajectory_id == Trajectory.id).scalar_subquery()
    strays = (
        select(Successor.action_id)
        .join(heir, heir.id == Successor.action_id)
        .where(Successor.trajectory_id == Trajectory.id, heir.plan_id != Trajectory.plan_id)
        .exists()
    )
    goes_on = func.coalesce(Trajectory.course, Course.STOPPED) != Course.STOPPED
    wrong = (
        select(Trajectory.id)
        .join(Plan, Plan.id == Trajectory.plan_id)
        .join(Action, Action.id == Trajectory.action_id)
        .where(or_(goes_on != (into > 0), strays, Plan.predecessor_id.is_(None), Plan.predecessor_id != Action.plan_id))
    )
    return [f"trajectory {key} leads nowhere" for key in db.session.scalars(wrong.order_by(Trajectory.id))]


INVARIANTS: Invariants = {
    "plan.one-published": _two_published,
    "plan.green-has-evidence": _green_without_evidence,
    "plan.evidence-counted": _miscounted,
    "plan.evidence-in-the-inbox": _unplaced,
    "plan.frozen-from-what-is-there": _frozen_from_nothing,
    "plan.versions-unchanged": _rewritten,
    "plan.actions-go-somewhere": _going_nowhere,
}

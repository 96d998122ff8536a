"""What must always hold of charters."""

from sqlalchemy import select

from hub.charters.models import PointEntry
from hub.core.db import db
from hub.core.invariants import Invariants
from hub.evidence.models import Entry


def _left_behind() -> list[str]:
    """What is placed on a point follows its corrections."""
    behind = select(PointEntry.entry_id).join(PointEntry.entry).where(Entry.corrected_at.is_not(None))
    return [
        f"entry {entry_id} stands on a point, though it was corrected"
        for entry_id in db.session.scalars(behind.order_by(PointEntry.entry_id))
    ]


INVARIANTS: Invariants = {"charters.evidence-follows-corrections": _left_behind}

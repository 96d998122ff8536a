"""Which evidence an action asks for, and which entries of the ledger were placed on it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.workflow import Versioned
from hub.evidence.models import Entry
from hub.plan.models.action import Action


class Feed(Base):
    """A rule: every entry of *kind* is suggested for this action."""

    __tablename__ = "plan_feed"

    action_id: Mapped[int] = mapped_column(ForeignKey("plan_action.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)  # a key of hub.evidence.kinds.KINDS


class PlacementState(StrEnum):
    SUGGESTED = "suggested"  # waits in the inbox
    ACCEPTED = "accepted"
    SET_ASIDE = "set_aside"


class Placement(Versioned, Base):
    """An entry of the ledger in the inbox, and where it went. Without an action no rule fitted."""

    __tablename__ = "plan_placement"
    __table_args__ = (
        UniqueConstraint("entry_id", "action_id"),
        CheckConstraint("state <> 'accepted' OR action_id IS NOT NULL", name="accepted_has_action"),
        CheckConstraint("state <> 'set_aside' OR reason <> ''", name="set_aside_has_reason"),
        Index("ix_plan_placement_institution_id_state", "institution_id", "state"),
        Index("ix_plan_placement_action_id_state", "action_id", "state"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("evidence_entry.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("plan_action.id"))
    state: Mapped[PlacementState] = mapped_column(default=PlacementState.SUGGESTED)
    reason: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    made_at: Mapped[datetime] = mapped_column(default=now)

    entry: Mapped[Entry] = relationship(lazy="raise_on_sql")
    action: Mapped[Action | None] = relationship(lazy="raise_on_sql")

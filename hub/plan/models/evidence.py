"""Which evidence an action asks for, and which entries of the ledger were placed on it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person, Unit
from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.themes import Theme
from hub.core.workflow import Versioned
from hub.evidence.models import Entry
from hub.plan.models.action import Action


class Rule(Versioned, Base):
    """Suggests entries for an action: those that fit everything it names. It names at least one thing."""

    __tablename__ = "plan_rule"
    __table_args__ = (
        CheckConstraint(
            "kind IS NOT NULL OR words <> '' OR unit_id IS NOT NULL OR theme IS NOT NULL"
            " OR since IS NOT NULL OR until IS NOT NULL",
            name="names_something",
        ),
        CheckConstraint("until IS NULL OR since IS NULL OR until >= since", name="until_after_since"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("plan_action.id"), index=True)
    kind: Mapped[str | None]  # a key of hub.evidence.kinds.KINDS
    words: Mapped[str] = mapped_column(default="")  # in the entry's title
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # with everything beneath it
    theme: Mapped[Theme | None]
    since: Mapped[date | None]
    until: Mapped[date | None]

    action: Mapped[Action] = relationship(back_populates="rules", lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")


class PlacementState(Named):
    SUGGESTED = "suggested", "Waiting"  # waits in the inbox
    ACCEPTED = "accepted", "Accepted"
    SET_ASIDE = "set_aside", "Set aside"


class Placement(Versioned, Base):
    """An entry of the ledger in the inbox, and where it went. Without an action no rule fitted."""

    __tablename__ = "plan_placement"
    __table_args__ = (
        UniqueConstraint("entry_id", "action_id"),
        CheckConstraint("state <> 'accepted' OR action_id IS NOT NULL", name="accepted_has_action"),
        CheckConstraint("state <> 'set_aside' OR reason <> ''", name="set_aside_has_reason"),
        Index("ix_plan_placement_institution_id_state", "institution_id", "state"),
        Index("ix_plan_placement_action_id_state", "action_id", "state"),
        Index("ix_plan_placement_decided_by_id_decided_at", "decided_by_id", "decided_at"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("evidence_entry.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("plan_action.id"))
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("plan_rule.id"), index=True)  # that suggested it
    because: Mapped[str] = mapped_column(default="")  # what the rule said when it did
    state: Mapped[PlacementState] = mapped_column(default=PlacementState.SUGGESTED)
    reason: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    made_at: Mapped[datetime] = mapped_column(default=now)

    entry: Mapped[Entry] = relationship(lazy="raise_on_sql")
    action: Mapped[Action | None] = relationship(lazy="raise_on_sql")
    decided_by: Mapped[Person | None] = relationship(lazy="raise_on_sql")

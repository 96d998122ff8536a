"""One row for each time that a job is due: whoever writes it first runs the job."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.clock import now
from hub.core.db import Base, pk


class Outcome(StrEnum):
    DONE = "done"
    DEAD = "dead"  # failed every time it was tried


class JobRun(Base):
    """A due time that somebody has taken. Unfinished after its lease, it is anybody's again."""

    __tablename__ = "job_run"
    __table_args__ = (
        UniqueConstraint("job", "due_at"),
        CheckConstraint("(finished_at IS NULL) = (outcome IS NULL)", name="finished_has_outcome"),
        Index("ix_job_run_finished_at_leased_until", "finished_at", "leased_until"),
    )

    id: Mapped[pk]
    job: Mapped[str]
    due_at: Mapped[datetime]
    started_at: Mapped[datetime] = mapped_column(default=now)
    leased_until: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    tries: Mapped[int] = mapped_column(default=1)
    trouble: Mapped[str] = mapped_column(default="")

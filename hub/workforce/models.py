"""A staff file on its way into the hub, what was found in it, and the contracts that it tells of."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.storage import StoredFile
from hub.core.workflow import Staged


class Stage(StrEnum):
    WAITING = "waiting"  # to be read and compared with the hub
    UNMAPPED = "unmapped"  # somebody must say what its columns are
    CHECKED = "checked"  # shown, nothing stored
    CONFIRMED = "confirmed"  # to be stored
    DONE = "done"
    FAILED = "failed"  # it cannot be read
    DISCARDED = "discarded"


UNDER_WAY = (Stage.WAITING, Stage.CONFIRMED)
UNDECIDED = (Stage.WAITING, Stage.UNMAPPED, Stage.CHECKED)


class StaffImport(Staged, Base):
    """One staff file: read and compared first, stored as a whole when somebody says so."""

    __tablename__ = "staff_import"
    __table_args__ = (Index("ix_staff_import_institution_id_sent_at", "institution_id", "sent_at"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # nobody: the command line
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))  # kept until it is done with
    file_name: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(default=now)
    stage: Mapped[Stage] = mapped_column(default=Stage.WAITING)
    columns: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)  # of the file: heading, example, meaning
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what storing it does: see comparing.Comparison
    digest: Mapped[str] = mapped_column(default="")  # of what was shown: only exactly that is stored
    missing_leave: Mapped[bool] = mapped_column(default=False)  # whoever is not in the file has left
    trouble: Mapped[str] = mapped_column(default="")  # why it cannot be read, or was not stored
    taken_until: Mapped[datetime | None]  # by the process that works on it
    tries: Mapped[int] = mapped_column(default=0)

    owner: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    file: Mapped[StoredFile | None] = relationship(lazy="raise_on_sql")


class Sort(StrEnum):
    """What one line of the comparison says."""

    ERROR = "error"  # must be put right before anything is stored
    NOTE = "note"  # does not stop anything
    JOINS = "joins"
    CHANGES = "changes"
    LEAVES = "leaves"  # the file names their last day
    MISSING = "missing"  # they came with an earlier file and are not in this one


class Finding(Base):
    """One line of what a file would do, or what is wrong with it. Gone with the file."""

    __tablename__ = "staff_import_finding"
    __table_args__ = (Index("ix_staff_import_finding_import_id_sort", "import_id", "sort", "id"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("staff_import.id"))
    sort: Mapped[Sort]
    row: Mapped[int | None]
    who: Mapped[str] = mapped_column(default="")
    column: Mapped[str] = mapped_column(default="")  # as the hub calls it
    what: Mapped[str]
    example: Mapped[str] = mapped_column(default="")  # of a right value


class Contract(Base):
    """One contract of somebody, as the staff file has it: for those who plan the workforce, never on a profile."""

    __tablename__ = "contract"
    __table_args__ = (
        CheckConstraint("fte_thousandths BETWEEN 0 AND 2000", name="fte_in_bounds"),
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    job_family: Mapped[str] = mapped_column(default="")
    grade: Mapped[str] = mapped_column(default="")  # as the institution calls it
    hesa_level: Mapped[str] = mapped_column(default="")  # HESA LEVELS
    soc: Mapped[str] = mapped_column(default="")
    terms: Mapped[str] = mapped_column(default="")  # HESA TERMS
    mode: Mapped[str] = mapped_column(default="")  # HESA MOEMP
    fte_thousandths: Mapped[int | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")

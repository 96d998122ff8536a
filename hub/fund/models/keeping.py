"""What stays of an application once it is anonymous."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.db import Base
from hub.fund.models.judging import Outcome


class Kept(Base):
    """What figures need of an anonymous application; it leads to nobody.

    *asked_as* and *funded_as* stand for its applicant among those who asked, and were funded, in the year: the same
    number for what was made anonymous together, and nothing where another application of theirs counts them still.
    """

    __tablename__ = "fund_kept"

    application_id: Mapped[int] = mapped_column(ForeignKey("fund_application.id"), primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)  # the faculty
    grade: Mapped[str] = mapped_column(default="")
    terms: Mapped[str] = mapped_column(default="")
    hours: Mapped[str] = mapped_column(default="")
    asked_as: Mapped[int | None]
    funded_as: Mapped[int | None]
    is_first: Mapped[bool]  # nothing was awarded to its applicant in a year before
    outcome: Mapped[Outcome | None]
    told_at: Mapped[datetime | None]  # when its applicant heard
    learned_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)  # says its accepted report

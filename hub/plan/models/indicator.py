"""What an action is measured by: a question to the ledger where the hub can count, figures typed where it cannot."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from hub.accounts.models import Person, Unit
from hub.core.clock import now
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.themes import Theme
from hub.core.workflow import Versioned
from hub.plan.models.action import Action


class Counting(Named):
    """How the entries that fit the question become a number."""

    ENTRIES = "entries", "How often it happened"
    QUANTITY = "quantity", "What it adds up to: pounds, places, people shown"
    PEOPLE = "people", "How many different people"
    REGISTERED = "registered", "How many people hold a professional registration on the day"


class Shown(Named):
    """The number itself, or what it has grown by since the baseline."""

    NUMBER = "number", "As it is"
    GROWTH = "growth", "As growth since the baseline"
    GROWTH_PERCENT = "growth_percent", "As growth since the baseline, in per cent"


class Period(Named):
    """From when on entries count, up to the day that is asked for."""

    ALWAYS = "always", "Everything up to the day"
    PLAN = "plan", "Since the plan began"
    BASELINE = "baseline", "Since the day of the baseline"
    YEAR = "year", "The twelve months up to the day"


class Indicator(Versioned, Base):
    """A number that shows whether the action works. Without *counting* somebody types its figures."""

    __tablename__ = "plan_indicator"
    __table_args__ = (
        CheckConstraint("period <> 'baseline' OR baseline_on IS NOT NULL", name="baseline_has_day"),
        CheckConstraint("shown = 'number' OR baseline IS NOT NULL", name="growth_has_baseline"),
        CheckConstraint("shown <> 'growth_percent' OR baseline > 0", name="percentage_of_something"),
    )

    id: Mapped[pk]
    action_id: Mapped[int] = mapped_column(ForeignKey("plan_action.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    text: Mapped[str]  # “Number of staff registered”
    counting: Mapped[Counting | None]
    kinds: Mapped[list[str]] = mapped_column(default=list)  # keys of hub.evidence.kinds.KINDS; none means any
    theme: Mapped[Theme | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # with everything beneath it
    words: Mapped[str] = mapped_column(default="")  # in the entry's title
    period: Mapped[Period] = mapped_column(default=Period.ALWAYS)
    shown: Mapped[Shown] = mapped_column(default=Shown.NUMBER)
    baseline: Mapped[int | None]
    baseline_on: Mapped[date | None]

    action: Mapped[Action] = relationship(back_populates="indicators", lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    targets: Mapped[list["Target"]] = relationship(
        order_by="Target.due_on, Target.id",
        cascade="all, delete-orphan",
        back_populates="indicator",
        lazy="raise_on_sql",
    )
    readings: Mapped[list["Reading"]] = relationship(
        order_by="Reading.on, Reading.id",
        cascade="all, delete-orphan",
        back_populates="indicator",
        lazy="raise_on_sql",
    )

    @property
    def begun(self) -> int | None:
        """Where its line begins: at the baseline, or at no growth yet."""
        return self.baseline if self.shown == Shown.NUMBER or self.baseline is None else 0


class Target(Base):
    """What the indicator should reach by a day."""

    __tablename__ = "plan_target"
    __table_args__ = (CheckConstraint("value >= 0", name="value_not_negative"),)

    id: Mapped[pk]
    indicator_id: Mapped[int] = mapped_column(ForeignKey("plan_indicator.id"), index=True)
    value: Mapped[int]
    due_on: Mapped[date | None]

    indicator: Mapped[Indicator] = relationship(back_populates="targets", lazy="raise_on_sql")


class Reading(Base):
    """What the indicator was on a day: typed with where it comes from, or frozen with the entries behind it."""

    __tablename__ = "plan_reading"
    __table_args__ = (UniqueConstraint("indicator_id", "on"),)

    id: Mapped[pk]
    indicator_id: Mapped[int] = mapped_column(ForeignKey("plan_indicator.id"), index=True)
    on: Mapped[date]
    value: Mapped[int]
    source: Mapped[str] = mapped_column(default="")  # whose figure it is, or the question as it was when it was counted
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # nobody: the monthly job
    counted_at: Mapped[datetime] = mapped_column(default=now)
    entries: Mapped[bytes | None] = deferred(  # ids, as hub.plan.measures.packed writes them; none if it was typed
        mapped_column(LargeBinary), raiseload=True
    )

    indicator: Mapped[Indicator] = relationship(back_populates="readings", lazy="raise_on_sql")
    made_by: Mapped[Person | None] = relationship(lazy="raise_on_sql")

    @property
    def action(self) -> Action:
        return self.indicator.action

    @property
    def institution_id(self) -> int:
        return self.indicator.institution_id

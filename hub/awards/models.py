"""Award cycles with their categories and criteria, nominations with their nominees, and what judges make of them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.accounts.models import Person
from hub.core.clock import is_open, london, now
from hub.core.db import Base, pk
from hub.core.named import Named
from hub.core.words import joined
from hub.core.workflow import Staged, Versioned


class CycleStage(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    JUDGING = "judging"
    DECIDED = "decided"
    ANNOUNCED = "announced"


class Stage(StrEnum):
    """Of a nomination. Its outcome stands apart, pending until the cycle is announced."""

    DRAFT = "draft"
    AWAITING_CONSENT = "awaiting_consent"
    CONSENTED = "consented"
    ELIGIBLE = "eligible"
    SHORTLISTED = "shortlisted"
    DECIDED = "decided"
    ANNOUNCED = "announced"
    DECLINED_CONSENT = "declined_consent"
    WITHDRAWN = "withdrawn"


class Outcome(Named):
    WINNER = "winner", "Winner"
    HIGHLY_COMMENDED = "highly_commended", "Highly commended"
    NOT_SELECTED = "not_selected", "Not selected this time"


class Relation(Named):
    """How the nominator knows the nominee."""

    COLLEAGUE = "colleague", "We work together"
    MANAGER = "manager", "I manage them"
    RESEARCHER = "researcher", "They support my research or teaching"
    STUDENT = "student", "They taught or helped me as a student"
    MYSELF = "myself", "It is about my own work"


class Verdict(StrEnum):
    """What a judge did with a nomination."""

    SCORED = "scored"
    ABSTAINED = "abstained"
    CONFLICT = "conflict"  # declared: from then on it is hidden from them


class Scheme(Base):
    """The institution's own awards, run again and again."""

    __tablename__ = "award_scheme"
    __table_args__ = (UniqueConstraint("institution_id", "name"),)

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    name: Mapped[str]


class Cycle(Staged, Base):
    """One year of a scheme: from the first nomination to the announcement."""

    __tablename__ = "award_cycle"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at AND closes_at < judging_until", name="moments_in_order"),
        CheckConstraint("(stage IN ('decided', 'announced')) = (decided_at IS NOT NULL)", name="decided_has_moment"),
        CheckConstraint("(stage = 'announced') = (announced_at IS NOT NULL)", name="announced_has_moment"),
        Index("ix_award_cycle_institution_id_stage", "institution_id", "stage"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    scheme_id: Mapped[int] = mapped_column(ForeignKey("award_scheme.id"), index=True)
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    judging_until: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]
    stage: Mapped[CycleStage] = mapped_column(default=CycleStage.DRAFT)

    scheme: Mapped[Scheme] = relationship(lazy="raise_on_sql")
    chair: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    categories: Mapped[list["Category"]] = relationship(
        back_populates="cycle", order_by="Category.id", lazy="raise_on_sql"
    )
    judges: Mapped[list["Judge"]] = relationship(back_populates="cycle", order_by="Judge.id", lazy="raise_on_sql")

    @property
    def takes_nominations(self) -> bool:
        return self.stage == CycleStage.OPEN and is_open(self.opens_at, self.closes_at)


class Category(Base):
    """One award of a cycle, with the rules for who may have it."""

    __tablename__ = "award_category"
    __table_args__ = (
        UniqueConstraint("cycle_id", "name"),
        CheckConstraint("word_limit BETWEEN 30 AND 1000", name="word_limit_in_range"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    cycle_id: Mapped[int] = mapped_column(ForeignKey("award_cycle.id"))
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    word_limit: Mapped[int] = mapped_column(default=150)  # of each of the three answers
    self_allowed: Mapped[bool] = mapped_column(default=False)
    team_allowed: Mapped[bool] = mapped_column(default=False)
    withheld_because: Mapped[str] = mapped_column(default="")  # not given in this cycle

    cycle: Mapped[Cycle] = relationship(back_populates="categories", lazy="raise_on_sql")
    criteria: Mapped[list["Criterion"]] = relationship(
        back_populates="category", order_by="Criterion.id", lazy="raise_on_sql"
    )


class Criterion(Base):
    """What judges score, with its share of the whole and a sentence for each of the five levels."""

    __tablename__ = "award_criterion"
    __table_args__ = (
        UniqueConstraint("category_id", "name"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight_in_percent"),
    )

    id: Mapped[pk]
    category_id: Mapped[int] = mapped_column(ForeignKey("award_category.id"))
    name: Mapped[str]
    question: Mapped[str] = mapped_column(default="")
    weight: Mapped[int]  # percent
    levels: Mapped[list[str]] = mapped_column(default=list)  # what 1 to 5 mean

    category: Mapped[Category] = relationship(back_populates="criteria", lazy="raise_on_sql")


class Judge(Base):
    """Somebody who judges one cycle."""

    __tablename__ = "award_judge"
    __table_args__ = (UniqueConstraint("cycle_id", "person_id"),)

    id: Mapped[pk]
    cycle_id: Mapped[int] = mapped_column(ForeignKey("award_cycle.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    acts_as_chair: Mapped[bool] = mapped_column(default=False)  # decides with the chair, where the chair is too close

    cycle: Mapped[Cycle] = relationship(back_populates="judges", lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class Nomination(Staged, Base):
    """What somebody wrote about a colleague or a team, for one category."""

    __tablename__ = "award_nomination"
    __table_args__ = (
        CheckConstraint("(stage = 'draft') = (sent_at IS NULL)", name="sent_has_moment"),
        CheckConstraint("(stage IN ('decided', 'announced')) = (outcome IS NOT NULL)", name="decided_has_outcome"),
        CheckConstraint("(outcome IS NOT NULL) = (decided_at IS NOT NULL)", name="outcome_has_moment"),
        CheckConstraint("outcome <> 'not_selected' OR feedback <> ''", name="not_selected_has_feedback"),
        CheckConstraint("(stage = 'announced') = (announced_at IS NOT NULL)", name="announced_has_moment"),
        Index("ix_award_nomination_cycle_id_stage", "cycle_id", "stage"),
        Index("ix_award_nomination_institution_id_outcome", "institution_id", "outcome"),
    )

    id: Mapped[pk]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    cycle_id: Mapped[int] = mapped_column(ForeignKey("award_cycle.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("award_category.id"), index=True)
    nominator_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    relation: Mapped[Relation] = mapped_column(default=Relation.COLLEAGUE)
    situation: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")  # what supports it: figures, links, words of others
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # of the first nominee, when sent
    edited_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]  # when the last nominee agreed
    outcome: Mapped[Outcome | None]
    decided_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]
    feedback: Mapped[str] = mapped_column(default="")
    stage: Mapped[Stage] = mapped_column(default=Stage.DRAFT)

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")
    category: Mapped[Category] = relationship(lazy="raise_on_sql")
    nominator: Mapped[Person] = relationship(lazy="raise_on_sql")
    nominees: Mapped[list["Nominee"]] = relationship(
        back_populates="nomination", order_by="Nominee.id", lazy="raise_on_sql"
    )
    judgements: Mapped[list["Judgement"]] = relationship(
        back_populates="nomination", order_by="Judgement.id", lazy="raise_on_sql"
    )

    @property
    def named(self) -> list["Nominee"]:
        """Those it is still about: whoever declined is left out."""
        return [nominee for nominee in self.nominees if nominee.consents is not False]

    @property
    def names(self) -> str:
        return joined([nominee.person.name for nominee in self.named or self.nominees])

    @property
    def may_be_named(self) -> bool:
        """Whether everybody it is about agreed to be named in public."""
        return bool(self.named) and all(nominee.publicity for nominee in self.named)

    @property
    def public_names(self) -> str:
        return self.names if self.may_be_named else "A colleague who prefers not to be named"

    def nominee_of(self, person: Person) -> "Nominee | None":
        return next((nominee for nominee in self.nominees if nominee.person_id == person.id), None)

    def judgement_of(self, person: Person) -> "Judgement | None":
        return next((judgement for judgement in self.judgements if judgement.person_id == person.id), None)

    # What evidence reads: first when the nominee consents, then when the award is announced.

    @property
    def evidence_title(self) -> str:
        award = f"{self.category.name}, {self.cycle.name}"
        if self.stage != Stage.ANNOUNCED or self.outcome is None:
            return f"Nominated for {award}"
        what = f"{self.outcome.label}, {award}"
        return f"{what}: {self.names}" if self.may_be_named else what

    @property
    def evidence_on(self) -> date:
        return london(self.announced_at or self.accepted_at or now()).date()

    @property
    def evidence_people(self) -> list[int]:
        return [nominee.person_id for nominee in self.named]

    @property
    def evidence_quantity(self) -> int:
        return 1

    @property
    def evidence_unit_id(self) -> int | None:
        return self.unit_id


class Nominee(Base):
    """Somebody a nomination is about, and the two things they may agree to, each until the announcement."""

    __tablename__ = "award_nominee"
    __table_args__ = (
        UniqueConstraint("nomination_id", "person_id"),
        CheckConstraint("consents IS NULL OR answered_at IS NOT NULL", name="answer_has_moment"),
        CheckConstraint("NOT publicity OR consents", name="publicity_needs_consent"),
    )

    id: Mapped[pk]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("award_nomination.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    consents: Mapped[bool | None]  # to being nominated
    publicity: Mapped[bool] = mapped_column(default=False)  # to being named
    answered_at: Mapped[datetime | None]

    nomination: Mapped[Nomination] = relationship(back_populates="nominees", lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class Judgement(Versioned, Base):
    """What one judge made of one nomination."""

    __tablename__ = "award_judgement"
    __table_args__ = (
        UniqueConstraint("nomination_id", "person_id"),
        CheckConstraint("verdict = 'scored' OR reason <> ''", name="reason_unless_scored"),
    )

    id: Mapped[pk]
    version: Mapped[int] = mapped_column(default=1)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("award_nomination.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    verdict: Mapped[Verdict]
    reason: Mapped[str] = mapped_column(default="")  # of an abstention or a conflict: for the chair
    at: Mapped[datetime] = mapped_column(default=now)

    nomination: Mapped[Nomination] = relationship(back_populates="judgements", lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    scores: Mapped[list["Score"]] = relationship(
        back_populates="judgement", order_by="Score.criterion_id", lazy="raise_on_sql"
    )


class Score(Base):
    """One to five points for one criterion, and why."""

    __tablename__ = "award_score"
    __table_args__ = (
        UniqueConstraint("judgement_id", "criterion_id"),
        CheckConstraint("points BETWEEN 1 AND 5", name="points_one_to_five"),
        CheckConstraint("why <> ''", name="score_has_reason"),
    )

    id: Mapped[pk]
    judgement_id: Mapped[int] = mapped_column(ForeignKey("award_judgement.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("award_criterion.id"), index=True)
    points: Mapped[int]
    why: Mapped[str]

    judgement: Mapped[Judgement] = relationship(back_populates="scores", lazy="raise_on_sql")

"""Reads of cycles, nominations and judgements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from hub.accounts.models import Person, Status
from hub.awards.conflicts import blocks
from hub.awards.models import (
    Category,
    Criterion,
    Cycle,
    CycleStage,
    Judge,
    Judgement,
    Nomination,
    Nominee,
    Outcome,
    Scheme,
    Score,
    Stage,
    Verdict,
)
from hub.awards.policy import JUDGED
from hub.core.clock import now
from hub.core.db import db
from hub.core.lists import matching
from hub.core.tasks import task

SEEN_BY_LEAD = (
    Stage.AWAITING_CONSENT,
    Stage.CONSENTED,
    Stage.ELIGIBLE,
    Stage.SHORTLISTED,
    Stage.DECIDED,
    Stage.ANNOUNCED,
)


def _people() -> tuple[ORMOption, ...]:
    """What the conflict rules read."""
    return (
        joinedload(Nomination.nominator),
        joinedload(Nomination.category),
        selectinload(Nomination.nominees).joinedload(Nominee.person).joinedload(Person.unit),
        selectinload(Nomination.judgements),
    )


# -- one ---------------------------------------------------------------------------------------------------------------


def cycle(cycle_id: int) -> Cycle:
    return db.session.scalars(
        select(Cycle)
        .options(
            joinedload(Cycle.scheme),
            joinedload(Cycle.chair),
            selectinload(Cycle.categories).selectinload(Category.criteria),
            selectinload(Cycle.judges).joinedload(Judge.person),
        )
        .where(Cycle.id == cycle_id)
    ).one()


def category(category_id: int) -> Category:
    return db.session.scalars(
        select(Category)
        .options(joinedload(Category.cycle, innerjoin=True).selectinload(Cycle.judges), selectinload(Category.criteria))
        .where(Category.id == category_id)
    ).one()


def nomination(nomination_id: int) -> Nomination:
    """One nomination with everybody and everything that its pages and rules read."""
    return db.session.scalars(
        select(Nomination)
        .options(
            joinedload(Nomination.nominator),
            joinedload(Nomination.cycle, innerjoin=True).selectinload(Cycle.judges),
            joinedload(Nomination.category, innerjoin=True).selectinload(Category.criteria),
            selectinload(Nomination.nominees).joinedload(Nominee.person).joinedload(Person.unit),
            selectinload(Nomination.judgements).options(joinedload(Judgement.person), selectinload(Judgement.scores)),
        )
        .where(Nomination.id == nomination_id)
    ).one()


@dataclass(frozen=True, slots=True)
class Own:
    """A nomination as its nominees and its nominator deal with it. It has no version: that counts what judges do."""

    nomination: Nomination

    @property
    def institution_id(self) -> int:
        return self.nomination.institution_id


def own_nomination(nomination_id: int) -> Own:
    return Own(nomination(nomination_id))


def scheme(institution_id: int, name: str) -> Scheme | None:
    return db.session.scalars(
        select(Scheme).where(Scheme.institution_id == institution_id, Scheme.name == name)
    ).one_or_none()


def previous_cycle(of: Scheme) -> Cycle | None:
    """The newest cycle of a scheme, with what a new one copies."""
    return db.session.scalars(
        select(Cycle)
        .options(selectinload(Cycle.categories).selectinload(Category.criteria))
        .where(Cycle.scheme_id == of.id)
        .order_by(Cycle.opens_at.desc(), Cycle.id.desc())
        .limit(1)
    ).one_or_none()


def is_rubric_locked(of: Category) -> bool:
    """Whether somebody has scored by the criteria of this category."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Score.judgement_id == Judgement.id,
                    Judgement.nomination_id == Nomination.id,
                    Nomination.category_id == of.id,
                )
            )
        )
    )


def others_scored(of: Nomination, judge: Person) -> bool:
    """Whether another judge has scored it, as the database has it now."""
    another = exists().where(
        Judgement.nomination_id == of.id, Judgement.person_id != judge.id, Judgement.verdict == Verdict.SCORED
    )
    return bool(db.session.scalar(select(another)))


# -- people ------------------------------------------------------------------------------------------------------------


def may_be_nominated(user: Person, text: str) -> Sequence[Person]:
    """Technicians of one's own university whose name has *text* in it, the first ten."""
    return db.session.scalars(
        select(Person)
        .options(joinedload(Person.unit))
        .where(
            Person.institution_id == user.institution_id,
            Person.is_technician.is_(True),
            Person.status == Status.ACTIVE,
            matching(text, Person.name),
        )
        .order_by(Person.name, Person.id)
        .limit(10)
    ).all()


def technician(slug: str, *, of: Person) -> Person:
    """:raises NoResultFound: if no such technician is in the institution of *of*"""
    return db.session.scalars(
        select(Person)
        .options(joinedload(Person.unit))
        .where(
            Person.slug == slug,
            Person.institution_id == of.institution_id,
            Person.is_technician.is_(True),
            Person.status == Status.ACTIVE,
        )
    ).one()


# -- lists -------------------------------------------------------------------------------------------------------------


def open_cycles(institution_id: int) -> Sequence[Cycle]:
    """Cycles that take nominations at this moment, the next to close first."""
    moment = now().replace(microsecond=0)
    return db.session.scalars(
        select(Cycle)
        .options(selectinload(Cycle.categories))
        .where(
            Cycle.institution_id == institution_id,
            Cycle.stage == CycleStage.OPEN,
            Cycle.opens_at <= moment,
            Cycle.closes_at >= moment,
        )
        .order_by(Cycle.closes_at, Cycle.id)
    ).all()


def cycles(institution_id: int) -> Select[Cycle]:
    return select(Cycle).options(joinedload(Cycle.scheme)).where(Cycle.institution_id == institution_id)


def judged_by(user: Person) -> Sequence[Cycle]:
    """Cycles that wait for *user*'s scores or decisions."""
    mine = select(Judge.cycle_id).where(Judge.person_id == user.id)
    return db.session.scalars(
        select(Cycle)
        .where(
            or_(Cycle.id.in_(mine), Cycle.chair_id == user.id),
            Cycle.stage.in_((CycleStage.JUDGING, CycleStage.DECIDED)),
        )
        .order_by(Cycle.judging_until, Cycle.id)
    ).all()


def written_by(user: Person) -> Select[Nomination]:
    return (
        select(Nomination)
        .options(
            joinedload(Nomination.category),
            joinedload(Nomination.cycle),
            selectinload(Nomination.nominees).joinedload(Nominee.person),
        )
        .where(Nomination.nominator_id == user.id)
    )


def about(user: Person) -> Sequence[Nomination]:
    """Nominations that name *user* and that were sent, newest first."""
    return db.session.scalars(
        select(Nomination)
        .join(Nominee, Nominee.nomination_id == Nomination.id)
        .options(joinedload(Nomination.category), joinedload(Nomination.cycle), selectinload(Nomination.nominees))
        .where(Nominee.person_id == user.id, Nomination.stage != Stage.DRAFT)
        .order_by(Nomination.sent_at.desc(), Nomination.id)
        .limit(20)
    ).all()


def nominations_of(of: Cycle, *, user: Person, stages: Sequence[Stage] = SEEN_BY_LEAD) -> list[Nomination]:
    """Nominations of a cycle without those that *user* is too close to: not even counted for them."""
    found = db.session.scalars(
        select(Nomination)
        .options(
            *_people(),
            joinedload(Nomination.cycle, innerjoin=True).selectinload(Cycle.judges),
            selectinload(Nomination.judgements).options(joinedload(Judgement.person), selectinload(Judgement.scores)),
        )
        .where(Nomination.cycle_id == of.id, Nomination.stage.in_(stages))
        .order_by(Nomination.category_id, Nomination.id)
    ).all()
    return [one for one in found if not blocks(user, one)]


def to_judge(of: Cycle, *, user: Person) -> list[Nomination]:
    return nominations_of(of, user=user, stages=tuple(JUDGED))


def undecided(of: Cycle) -> int:
    """How many nominations of a cycle still wait for a decision, whoever may see them."""
    waiting = (Stage.CONSENTED, Stage.ELIGIBLE, Stage.SHORTLISTED)
    return (
        db.session.scalar(
            select(func.count(Nomination.id)).where(Nomination.cycle_id == of.id, Nomination.stage.in_(waiting))
        )
        or 0
    )


def decided(of: Cycle) -> Sequence[Nomination]:
    """Everything that an announcement tells."""
    return db.session.scalars(
        select(Nomination)
        .options(*_people(), joinedload(Nomination.cycle))
        .where(Nomination.cycle_id == of.id, Nomination.stage == Stage.DECIDED)
        .order_by(Nomination.id)
    ).all()


def winners_in(of: Category) -> int:
    return (
        db.session.scalar(
            select(func.count(Nomination.id)).where(
                Nomination.category_id == of.id, Nomination.outcome == Outcome.WINNER
            )
        )
        or 0
    )


def categories_without_result(of: Cycle) -> Sequence[str]:
    """Names of categories that were judged, have no winner and are not withheld."""
    has = (Stage.DECIDED, Stage.CONSENTED, Stage.ELIGIBLE, Stage.SHORTLISTED)
    winner = exists().where(Nomination.category_id == Category.id, Nomination.outcome == Outcome.WINNER)
    judged = exists().where(Nomination.category_id == Category.id, Nomination.stage.in_(has))
    return db.session.scalars(
        select(Category.name)
        .where(Category.cycle_id == of.id, Category.withheld_because == "", judged, ~winner)
        .order_by(Category.id)
    ).all()


def honoured(institution_id: int) -> Select[Nomination]:
    """Winners and highly commended of every announced cycle."""
    return _honoured().where(Nomination.institution_id == institution_id)


def _honoured() -> Select[Nomination]:
    return (
        select(Nomination)
        .options(
            joinedload(Nomination.category),
            joinedload(Nomination.cycle),
            selectinload(Nomination.nominees).joinedload(Nominee.person),
        )
        .where(
            Nomination.stage == Stage.ANNOUNCED,
            Nomination.outcome.in_((Outcome.WINNER, Outcome.HIGHLY_COMMENDED)),
        )
    )


def honours_of(person_id: int) -> list[Nomination]:
    """What somebody won, newest first, where everybody it is about agreed to be named."""
    theirs = exists().where(
        Nominee.nomination_id == Nomination.id, Nominee.person_id == person_id, Nominee.publicity.is_(True)
    )
    won = _honoured().where(theirs).order_by(Nomination.announced_at.desc(), Nomination.id)
    return [one for one in db.session.scalars(won) if one.may_be_named]


def honoured_matches(text: str) -> ColumnElement[bool]:
    """By award or cycle, and by name only where everybody agreed to be named."""
    silent = exists().where(
        Nominee.nomination_id == Nomination.id, Nominee.publicity.is_(False), Nominee.consents.is_not(False)
    )
    named = exists().where(
        Nominee.nomination_id == Nomination.id,
        Nominee.person_id == Person.id,
        Nominee.consents.is_(True),
        matching(text, Person.name),
    )
    return or_(
        Nomination.category.has(matching(text, Category.name)),
        Nomination.cycle.has(matching(text, Cycle.name)),
        named & ~silent,
    )


def cycles_to_close() -> Sequence[Cycle]:
    ids = db.session.scalars(
        select(Cycle.id).where(Cycle.stage == CycleStage.OPEN, Cycle.closes_at < now()).order_by(Cycle.id)
    ).all()
    return [cycle(cycle_id) for cycle_id in ids]


def criteria_of(of: Category) -> Sequence[Criterion]:
    return db.session.scalars(select(Criterion).where(Criterion.category_id == of.id).order_by(Criterion.id)).all()


def tasks_for(user: Person) -> list[Select[Any]]:
    """What waits for *user*: an answer to a nomination, a draft that can still be sent, a cycle to judge."""
    answerable = (CycleStage.OPEN, CycleStage.JUDGING)
    return [
        task("awards.consent", Nomination.id, Category.name, Cycle.closes_at)
        .join(Category, Category.id == Nomination.category_id)
        .join(Cycle, Cycle.id == Nomination.cycle_id)
        .join(Nominee, Nominee.nomination_id == Nomination.id)
        .where(
            Nominee.person_id == user.id,
            Nominee.consents.is_(None),
            Nomination.stage == Stage.AWAITING_CONSENT,
            Cycle.stage.in_(answerable),
        ),
        task("awards.nominate", Nomination.id, Category.name, Cycle.closes_at)
        .join(Category, Category.id == Nomination.category_id)
        .join(Cycle, Cycle.id == Nomination.cycle_id)
        .where(
            Nomination.nominator_id == user.id,
            Nomination.stage == Stage.DRAFT,
            Cycle.stage == CycleStage.OPEN,
            Cycle.closes_at >= now(),
        ),
        task("awards.judging", Cycle.id, Cycle.name, Cycle.judging_until)
        .join(Judge, Judge.cycle_id == Cycle.id)
        .where(Judge.person_id == user.id, Cycle.stage == CycleStage.JUDGING),
    ]

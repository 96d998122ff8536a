"""What is older than its institution keeps it, and what the figures need to know before it becomes anonymous."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from hub.accounts import queries as accounts
from hub.accounts.models import Institution, Person
from hub.core.clock import at_london, today
from hub.core.db import db
from hub.core.years import academic_year, months_before, within
from hub.fund.figures import Kind
from hub.fund.models import (
    Application,
    DeclaredConflict,
    MoneyEntry,
    PanelDecision,
    PanelScore,
    Round,
    Stage,
    StatementLink,
)
from hub.fund.models.applications import FUNDED
from hub.fund.queries.figures import KIND, is_counted, told_at_of, with_contract
from hub.fund.queries.loading import whole

OVER = (Stage.DECLINED, Stage.WITHDRAWN, Stage.RESERVE)


def is_anything_due() -> bool:
    return any(applicants_due(of, 1) or rounds_with_old_scores(of, 1) for of in accounts.institutions())


def _before(months: int) -> datetime:
    return at_london(months_before(today(), months), 0)


def _is_due(of: Institution) -> ColumnElement[bool]:
    before = _before(of.unsuccessful_months)
    last = func.max(MoneyEntry.at)
    last_moved = select(last).where(MoneyEntry.application_id == Application.id).scalar_subquery()
    year_that_is_kept = within(academic_year(today()) - of.awarded_years)[0]
    closed = exists().where(Round.id == Application.round_id, Round.closes_at < before)
    return and_(
        Application.institution_id == of.id,
        Application.anonymised_on.is_(None),
        or_(
            and_(Application.stage.in_(OVER), Application.stage_since < before),
            and_(Application.stage == Stage.DRAFT, closed),
            and_(Application.stage.in_(FUNDED), last_moved < year_that_is_kept),
        ),
    )


def applicants_due(of: Institution, at_most: int) -> Sequence[int]:
    """Whose applications have been kept long enough."""
    due = select(Application.applicant_id).where(_is_due(of)).distinct()
    return db.session.scalars(due.order_by(Application.applicant_id).limit(at_most)).all()


def due_of(of: Institution, applicant_id: int) -> Sequence[Application]:
    """Those of one person, with everything."""
    return db.session.scalars(
        select(Application)
        .options(*whole())
        .where(_is_due(of), Application.applicant_id == applicant_id)
        .order_by(Application.id)
    ).all()


def rounds_with_old_scores(of: Institution, at_most: int) -> Sequence[int]:
    """Rounds released so long ago that nobody needs to know any more who gave which score and why."""
    given = exists().where(PanelScore.application_id == Application.id)
    declared = exists().where(DeclaredConflict.application_id == Application.id)
    judged = exists().where(Application.round_id == Round.id, or_(given, declared))
    old = and_(Round.institution_id == of.id, Round.released_at < _before(of.scores_months))
    return db.session.scalars(select(Round.id).where(old, judged).order_by(Round.id).limit(at_most)).all()


def links_of(application_id: int) -> Sequence[StatementLink]:
    links = select(StatementLink).where(StatementLink.application_id == application_id)
    return db.session.scalars(links.order_by(StatementLink.id)).all()


def kind_of(person_id: int) -> Kind:
    """The kind of somebody, as figures group them."""
    return Kind(*db.session.execute(with_contract(select(*KIND).where(Person.id == person_id))).one())


def counted_with(applicant_id: int, year: int, besides: Sequence[int]) -> list[bool]:
    """Whether each was awarded, of somebody's other applications that figures of a year count."""
    begins, ends = within(year)
    told_at = told_at_of(PanelDecision, Round)
    others = (
        select(Application.awarded_pence.is_not(None))
        .join(Application.round)
        .join(Round.scheme)
        .outerjoin(Application.decision)
        .where(
            Application.applicant_id == applicant_id,
            Application.id.not_in(besides),
            is_counted(),
            told_at >= begins,
            told_at < ends,
        )
    )
    return list(db.session.scalars(others.order_by(Application.id)).all())


def was_funded_before(applicant_id: int, moment: datetime) -> bool:
    """Whether somebody had an award that was released earlier, as far as it is not anonymous."""
    earlier = (
        select(Application.id)
        .join(Application.round)
        .outerjoin(Application.decision)
        .where(
            Application.applicant_id == applicant_id,
            Application.awarded_pence.is_not(None),
            told_at_of(PanelDecision, Round) < moment,
            Round.is_test.is_(False),
        )
    )
    return bool(db.session.scalar(select(earlier.exists())))


def decided_after(applicant_id: int, moment: datetime) -> Sequence[Application]:
    """Somebody’s applications that were answered later."""
    return db.session.scalars(
        select(Application)
        .join(Application.round)
        .outerjoin(Application.decision)
        .where(Application.applicant_id == applicant_id, told_at_of(PanelDecision, Round) > moment)
        .order_by(Application.id)
    ).all()

"""One of each thing, with what its page and its rules need."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from hub.accounts.models import Person, Status
from hub.accounts.queries import hashed
from hub.core.clock import now
from hub.core.db import db
from hub.fund.models import (
    Application,
    Claim,
    CoApplicant,
    CostLine,
    FundCriterion,
    FundReport,
    FundScheme,
    PanelMember,
    Receipt,
    Round,
    Stage,
    StatementLink,
)


def scheme(scheme_id: int) -> FundScheme:
    return db.session.scalars(
        select(FundScheme).options(selectinload(FundScheme.criteria)).where(FundScheme.id == scheme_id)
    ).one()


def fund_round(round_id: int) -> Round:
    """A round with its scheme, both sets of criteria, and its panel by name."""
    return db.session.scalars(
        select(Round)
        .options(
            joinedload(Round.scheme, innerjoin=True).selectinload(FundScheme.criteria),
            selectinload(Round.criteria),
            selectinload(Round.panel).joinedload(PanelMember.person, innerjoin=True),
        )
        .where(Round.id == round_id)
    ).one()


def criterion(criterion_id: int) -> FundCriterion:
    return db.session.scalars(
        select(FundCriterion)
        .options(joinedload(FundCriterion.scheme, innerjoin=True))
        .where(FundCriterion.id == criterion_id, FundCriterion.round_id.is_(None))
    ).one()


def criteria_of(scheme_id: int) -> Sequence[FundCriterion]:
    """A scheme's own criteria, not those that rounds keep."""
    return db.session.scalars(
        select(FundCriterion)
        .where(FundCriterion.scheme_id == scheme_id, FundCriterion.round_id.is_(None))
        .order_by(FundCriterion.place, FundCriterion.id)
    ).all()


def panel_member(member_id: int) -> PanelMember:
    return db.session.scalars(
        select(PanelMember)
        .options(
            joinedload(PanelMember.round, innerjoin=True).joinedload(Round.scheme, innerjoin=True),
            joinedload(PanelMember.person, innerjoin=True),
        )
        .where(PanelMember.id == member_id)
    ).one()


def whole() -> tuple[Any, ...]:
    """Everything that an application's page and its rules need, in few statements."""
    return (
        joinedload(Application.round, innerjoin=True).options(
            joinedload(Round.scheme, innerjoin=True), selectinload(Round.criteria), selectinload(Round.panel)
        ),
        joinedload(Application.applicant).joinedload(Person.unit),
        joinedload(Application.manager),
        joinedload(Application.statement),
        joinedload(Application.decision),
        joinedload(Application.study),
        joinedload(Application.report).options(joinedload(FundReport.learned), joinedload(FundReport.offer)),
        selectinload(Application.claims).joinedload(Claim.receipts).joinedload(Receipt.file),
        selectinload(Application.cost_lines).joinedload(CostLine.quote),
        selectinload(Application.declared),
        selectinload(Application.mentorings),
        selectinload(Application.co_applicants).options(
            joinedload(CoApplicant.person, innerjoin=True).joinedload(Person.unit),
            selectinload(CoApplicant.mentorings),
        ),
        selectinload(Application.steps),
    )


def application(application_id: int) -> Application:
    return db.session.scalars(select(Application).options(*whole()).where(Application.id == application_id)).one()


def cost_line(line_id: int) -> CostLine:
    return db.session.scalars(
        select(CostLine)
        .options(joinedload(CostLine.application, innerjoin=True).options(*whole()), joinedload(CostLine.quote))
        .where(CostLine.id == line_id)
    ).one()


def co_applicant(co_applicant_id: int) -> CoApplicant:
    return db.session.scalars(
        select(CoApplicant)
        .options(
            joinedload(CoApplicant.person, innerjoin=True),
            joinedload(CoApplicant.application, innerjoin=True).options(*whole()),
        )
        .where(CoApplicant.id == co_applicant_id)
    ).one()


def statement_link(token: str) -> StatementLink | None:
    """A mailed link that still opens something: its application waits for the statement of whom it was sent to."""
    return db.session.scalars(
        select(StatementLink)
        .join(StatementLink.application)
        .join(StatementLink.manager)
        .options(
            contains_eager(StatementLink.application).options(*whole()),
            contains_eager(StatementLink.manager),
        )
        .where(
            StatementLink.token_hash == hashed(token),
            StatementLink.ends_at > now(),
            StatementLink.manager_id == Application.manager_id,
            Application.stage == Stage.AWAITING_MANAGER,
            Person.status.in_((Status.ACTIVE, Status.INVITED)),
        )
    ).one_or_none()


def claim(claim_id: int) -> Claim:
    return db.session.scalars(
        select(Claim)
        .options(joinedload(Claim.application, innerjoin=True).options(*whole()))
        .where(Claim.id == claim_id)
    ).one()


def receipt(receipt_id: int) -> Receipt:
    return db.session.scalars(
        select(Receipt)
        .options(
            joinedload(Receipt.file, innerjoin=True),
            joinedload(Receipt.claim, innerjoin=True).joinedload(Claim.application, innerjoin=True).options(*whole()),
        )
        .where(Receipt.id == receipt_id)
    ).one()

"""Rounds and applications for applicants, managers and leads."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from hub.accounts.models import Person, Unit
from hub.core.clock import now
from hub.core.db import db
from hub.fund.models import (
    Answer,
    Application,
    CoApplicant,
    FollowUp,
    FundReport,
    FundScheme,
    Kept,
    Outcome,
    PanelDecision,
    PanelMember,
    Round,
    RoundStage,
    SchemeKind,
    Stage,
)
from hub.fund.queries.judging import applies, not_too_close
from hub.fund.queries.loading import whole


def open_rounds(institution_id: int) -> Sequence[Round]:
    """Rounds that take applications at this second, nearest closing first, with scheme; refunds open by themselves."""
    return db.session.scalars(
        select(Round)
        .join(Round.scheme)
        .options(joinedload(Round.scheme, innerjoin=True))
        .where(
            Round.institution_id == institution_id,
            Round.stage == RoundStage.OPEN,
            Round.opens_at <= now(),
            Round.closes_at >= now().replace(microsecond=0),
            FundScheme.kind == SchemeKind.DEVELOPMENT,
            Round.is_test.is_(False),
        )
        .order_by(Round.closes_at, Round.id)
        .limit(20)
    ).all()


def applications_of(person_id: int) -> Sequence[Application]:
    """What somebody applies for, alone or with others, newest first, with round and scheme."""
    joined = select(CoApplicant.application_id).where(
        CoApplicant.person_id == person_id, CoApplicant.answer == Answer.ACCEPTED
    )
    return db.session.scalars(
        select(Application)
        .options(joinedload(Application.round, innerjoin=True).joinedload(Round.scheme, innerjoin=True))
        .where(or_(Application.applicant_id == person_id, Application.id.in_(joined)))
        .order_by(Application.id.desc())
        .limit(50)
    ).all()


def statements_wanted(manager_id: int) -> Sequence[Application]:
    """Applications that wait for this manager's statement, longest first."""
    return db.session.scalars(
        select(Application)
        .options(joinedload(Application.applicant, innerjoin=True))
        .where(Application.manager_id == manager_id, Application.stage == Stage.AWAITING_MANAGER)
        .order_by(Application.stage_since, Application.id)
        .limit(50)
    ).all()


def asked_to_join(person_id: int) -> Sequence[CoApplicant]:
    """Applications that somebody is asked to join, with their applicants."""
    return db.session.scalars(
        select(CoApplicant)
        .join(CoApplicant.application)
        .options(contains_eager(CoApplicant.application).joinedload(Application.applicant, innerjoin=True))
        .where(
            CoApplicant.person_id == person_id,
            CoApplicant.answer == Answer.ASKED,
            Application.stage.in_((Stage.DRAFT, Stage.RETURNED)),
        )
        .order_by(CoApplicant.id)
        .limit(20)
    ).all()


def in_round_by(round_id: int, applicant_id: int) -> Application | None:
    return db.session.scalars(
        select(Application).where(
            Application.round_id == round_id, Application.applicant_id == applicant_id, Application.journey_id.is_(None)
        )
    ).one_or_none()


def has_asked_in(round_id: int, person_id: int) -> bool:
    """Whether somebody applied in a round, alone or together with others."""
    theirs = exists().where(Application.round_id == round_id, applies(Application, person_id))
    return bool(db.session.scalar(select(theirs)))


def has_been_funded(person_ids: Sequence[int], before_round: int) -> set[int]:
    """Who of *person_ids* had an award in another round before this one's applications were decided."""
    return set(
        db.session.scalars(
            select(Application.applicant_id)
            .join(Application.round)
            .where(
                Round.is_test.is_(False),
                Application.applicant_id.in_(person_ids),
                Application.awarded_pence.is_not(None),
                Application.round_id < before_round,
            )
            .distinct()
        )
    )


def may_run(lead: Person) -> ColumnElement[bool]:
    """``policy.runs`` as SQL: not their own, and not what their seat on a panel keeps from them."""
    on_panel = exists(
        select(PanelMember.id)
        .join(Round, Round.id == PanelMember.round_id)
        .where(
            PanelMember.round_id == Application.round_id,
            PanelMember.person_id == lead.id,
            Round.stage != RoundStage.RELEASED,
        )
    )
    return and_(not_(applies(Application, lead.id)), or_(not_(on_panel), not_too_close(lead)))


def under_seal() -> ColumnElement[bool]:
    """``policy.is_under_seal`` as SQL on a Round."""
    return and_(Round.is_sealed, Round.stage.in_((RoundStage.DRAFT, RoundStage.OPEN)))


def sent_in_year(scheme_id: int, applicant_id: int, start: datetime, *, besides: int) -> int:
    """How many applications somebody sent to a scheme since *start*, whatever became of them, without one."""
    return (
        db.session.scalar(
            select(func.count(Application.id))
            .join(Application.round)
            .where(
                Round.scheme_id == scheme_id,
                Round.is_test.is_(False),
                Application.applicant_id == applicant_id,
                Application.journey_id.is_(None),
                Application.sent_at >= start,
                Application.id != besides,
            )
        )
        or 0
    )


def rounds(institution_id: int) -> Select[Round]:
    return (
        select(Round)
        .join(Round.scheme)
        .options(contains_eager(Round.scheme))
        .where(Round.institution_id == institution_id)
    )


def schemes(institution_id: int) -> Sequence[FundScheme]:
    return db.session.scalars(
        select(FundScheme).where(FundScheme.institution_id == institution_id).order_by(FundScheme.name, FundScheme.id)
    ).all()


def in_round(round_id: int, *stages: Stage) -> Sequence[Application]:
    """A round's applications at *stages*, with everything, oldest first."""
    return db.session.scalars(
        select(Application)
        .options(*whole())
        .where(Application.round_id == round_id, Application.stage.in_(stages))
        .order_by(Application.id)
    ).all()


def told_in(round_id: int) -> Sequence[Application]:
    """A round's applications whose decisions are released, with everything, oldest first."""
    return db.session.scalars(
        select(Application)
        .join(Application.decision)
        .options(*whole())
        .where(Application.round_id == round_id, PanelDecision.released_at.is_not(None))
        .order_by(Application.id)
    ).all()


def undecided(round_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count(Application.id)).where(
                Application.round_id == round_id,
                Application.stage == Stage.WITH_PANEL,
                ~Application.decision.has(),
            )
        )
        or 0
    )


def last_outcome(scheme_id: int) -> tuple[int, int] | None:
    """Of the scheme's last released round: how many were judged, how many awarded."""
    last = db.session.scalar(
        select(Round.id)
        .where(Round.scheme_id == scheme_id, Round.stage == RoundStage.RELEASED, Round.is_test.is_(False))
        .order_by(Round.released_at.desc(), Round.id.desc())
        .limit(1)
    )
    if last is None:
        return None
    judged, awarded = db.session.execute(
        select(
            func.count(PanelDecision.id), func.count(PanelDecision.id).filter(PanelDecision.outcome == Outcome.AWARD)
        )
        .join(Application, Application.id == PanelDecision.application_id)
        .where(Application.round_id == last)
    ).one()
    kept = select(Kept.outcome).join(Application, Application.id == Kept.application_id)
    anonymous = db.session.scalars(kept.where(Application.round_id == last, Kept.outcome.is_not(None))).all()
    return int(judged) + len(anonymous), int(awarded) + anonymous.count(Outcome.AWARD)


def led_applications(lead: Person) -> Select[*tuple[Any, ...]]:
    """Everything sent here that is not kept from *lead*: of each what a list of ten thousand shows, in one row.

    ``asked`` and ``answered`` of the questions three and twelve months later.
    """
    early, late = aliased(FollowUp), aliased(FollowUp)
    return (
        select(
            Application.id,
            Application.reference,
            Application.title,
            Application.stage,
            Application.asked_pence,
            Application.awarded_pence,
            Person.name.label("applicant"),
            Unit.name.label("unit"),
            Round.name.label("round"),
            FundReport.offer_id,
            FundReport.kept_on,
            early.asked_at.label("asked_3"),
            early.answered_at.label("answered_3"),
            late.asked_at.label("asked_12"),
            late.answered_at.label("answered_12"),
        )
        .outerjoin(Application.applicant)
        .outerjoin(Person.unit)
        .join(Application.round)
        .outerjoin(Application.report)
        .outerjoin(early, and_(early.application_id == Application.id, early.months == 3))
        .outerjoin(late, and_(late.application_id == Application.id, late.months == 12))
        .where(
            not_(under_seal()),
            Application.institution_id == lead.institution_id,
            Application.stage != Stage.DRAFT,
            Application.sent_at.is_not(None),
            may_run(lead),
        )
    )


def counts_in(round_id: int, lead: Person) -> dict[Stage, int]:
    """How many applications of a round stand at each stage, without those kept from *lead*."""
    return {
        stage: int(count)
        for stage, count in db.session.execute(
            select(Application.stage, func.count(Application.id))
            .where(Application.round_id == round_id, may_run(lead))
            .group_by(Application.stage)
        )
    }


def all_of(statement: Select[Any]) -> Sequence[Any]:
    return db.session.scalars(statement).all()

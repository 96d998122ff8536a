"""Registration fees: when somebody is registered, their refund opens as an award that they can claim at once."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from hub.accounts.models import Person
from hub.core.clock import now, today
from hub.core.db import db, lock
from hub.fund import notifications, queries
from hub.fund.models import (
    Application,
    ApplicationStep,
    FundScheme,
    MoneyKind,
    Round,
    RoundStage,
    SchemeKind,
    Stage,
)
from hub.fund.services.applying import next_reference
from hub.fund.services.money import note
from hub.fund.services.rounds import leads_of


def open_refund(
    person: Person, *, journey_id: int, register_name: str, amount_pence: int, actor: Person
) -> Application | None:
    """Set the fee aside and let *person* claim it; the scheme's maximum caps it. Nothing without a fee.

    Told to the leads, and ``None``, if no open round of a refund scheme has that much left: a registration is never
    undone for want of money. The same journey never opens a second refund.
    """
    known = db.session.scalars(select(Application).where(Application.journey_id == journey_id)).one_or_none()
    if known is not None or amount_pence <= 0:
        return known
    fund_round = _refund_round(person.institution_id)
    if fund_round is not None:
        lock(fund_round)
        pence = min(amount_pence, fund_round.scheme.most_pence)
        if pence <= queries.left_in(fund_round):
            return _open(person, fund_round, journey_id, register_name, pence, actor)
    notifications.refund_stuck(person, leads_of(person.institution_id), amount_pence)
    return None


def _refund_round(institution_id: int) -> Round | None:
    return db.session.scalars(
        select(Round)
        .join(Round.scheme)
        .options(joinedload(Round.scheme))
        .where(
            Round.institution_id == institution_id,
            Round.stage == RoundStage.OPEN,
            Round.is_test.is_(False),
            Round.opens_at <= now(),
            Round.closes_at >= now(),
            FundScheme.kind == SchemeKind.REGISTRATION_REFUND,
        )
        .order_by(Round.closes_at, Round.id)
        .limit(1)
    ).one_or_none()


def _open(
    person: Person, fund_round: Round, journey_id: int, register_name: str, pence: int, actor: Person
) -> Application:
    application = Application(
        institution_id=person.institution_id,
        round=fund_round,
        round_id=fund_round.id,
        applicant=person,
        applicant_id=person.id,
        journey_id=journey_id,
        title=f"Registration fee: {register_name}",
        asked_pence=pence,
        awarded_pence=pence,
        sent_at=now(),
        done_on=today(),
        stage=Stage.ACTIVITY_DONE,
        themes=[],
    )
    application.reference = next_reference(application)
    db.session.add(application)
    db.session.flush()
    db.session.add(ApplicationStep(application_id=application.id, stage=application.stage, by_id=actor.id))
    note(application, MoneyKind.COMMITTED, pence, actor=actor)
    notifications.refund_open(application)
    return application

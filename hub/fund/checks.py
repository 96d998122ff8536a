"""What must always be true of the fund's rows: for ``python -m hub check``."""

from sqlalchemy import func, select

from hub.core.db import db
from hub.core.invariants import Invariants
from hub.fund import queries
from hub.fund.models import (
    Application,
    ApplicationStep,
    Claim,
    ClaimStage,
    CostLine,
    MoneyEntry,
    MoneyKind,
    Outcome,
    PanelDecision,
    PanelScore,
    Round,
    Stage,
)
from hub.fund.models.applications import FUNDED

SETTLED = (Stage.PAID, Stage.REPORT_DUE, Stage.REPORT_RECEIVED, Stage.CLOSED)


def _sums(plus: MoneyKind, minus: MoneyKind) -> dict[int, int]:
    """Pence by application: entries of kind *plus* less those of kind *minus*."""
    rows = db.session.execute(
        select(MoneyEntry.application_id, MoneyEntry.kind, func.sum(MoneyEntry.pence))
        .where(MoneyEntry.kind.in_((plus, minus)))
        .group_by(MoneyEntry.application_id, MoneyEntry.kind)
    )
    found: dict[int, int] = {}
    for application_id, kind, pence in rows:
        found[application_id] = found.get(application_id, 0) + int(pence) * (1 if kind == plus else -1)
    return found


def _overspent() -> list[str]:
    committed = func.sum(MoneyEntry.pence).filter(MoneyEntry.kind == MoneyKind.COMMITTED)
    released = func.coalesce(func.sum(MoneyEntry.pence).filter(MoneyEntry.kind == MoneyKind.RELEASED), 0)
    rows = db.session.execute(
        select(Round.id, Round.name)
        .join(MoneyEntry, MoneyEntry.round_id == Round.id)
        .group_by(Round.id, Round.name, Round.budget_pence)
        .having(committed - released > Round.budget_pence)
    )
    return [f"round {round_id} ({name}) has committed more than its budget" for round_id, name in rows]


def _amounts() -> list[str]:
    """What is set aside for each application is its award: pending, released, or in the end what was claimed of it."""
    held = _sums(MoneyKind.COMMITTED, MoneyKind.RELEASED)
    pending = db.session.execute(
        select(PanelDecision.application_id, PanelDecision.pence)
        .join(Application, Application.id == PanelDecision.application_id)
        .where(PanelDecision.outcome == Outcome.AWARD, Application.stage == Stage.WITH_PANEL)
    )
    due: dict[int, int] = {application_id: pence or 0 for application_id, pence in pending}
    for application_id, stage, awarded, claimed, waiting in db.session.execute(
        select(
            Application.id,
            Application.stage,
            Application.awarded_pence,
            func.sum(Claim.pence).filter(Claim.approved_at.is_not(None)),
            func.count(Claim.id).filter(Claim.stage == ClaimStage.SENT),
        )
        .outerjoin(Claim)
        .where(Application.stage.in_(FUNDED))
        .group_by(Application.id)
    ):
        is_over = stage in SETTLED or (stage == Stage.CLAIMED and not waiting)
        due[application_id] = (claimed if is_over else awarded) or 0
    wrong = [key for key in {*due, *held} if due.get(key, 0) != held.get(key, 0)]
    return [
        f"application {key} has {held.get(key, 0)} pence set aside, {due.get(key, 0)} are its award"
        for key in sorted(wrong)
    ]


def _claims() -> list[str]:
    """Once settled every claim is paid, and there is one; together they never exceed the award."""
    counted = Claim.stage != ClaimStage.TAKEN_BACK
    rows = db.session.scalars(
        select(Application.id)
        .outerjoin(Claim)
        .where(Application.awarded_pence.is_not(None))
        .group_by(Application.id)
        .having(
            (func.sum(Claim.pence).filter(counted) > Application.awarded_pence)
            | (
                Application.stage.in_(SETTLED)
                & (func.count(Claim.id).filter(counted) != func.count(Claim.id).filter(Claim.paid_on.is_not(None)))
            )
            | (Application.stage.in_(SETTLED) & (func.count(Claim.paid_on) == 0))
        )
        .order_by(Application.id)
    )
    return [f"application {key} is paid without a day, or more than its award" for key in rows]


def _without_steps() -> list[str]:
    last = (
        select(func.max(ApplicationStep.id))
        .where(ApplicationStep.application_id == Application.id)
        .correlate(Application)
        .scalar_subquery()
    )
    rows = db.session.scalars(
        select(Application.id)
        .outerjoin(ApplicationStep, ApplicationStep.id == last)
        .where(
            Application.stage != Stage.DRAFT,
            ApplicationStep.id.is_(None) | (ApplicationStep.stage != Application.stage),
        )
        .order_by(Application.id)
    )
    return [f"application {key} is at a stage that no step led to" for key in rows]


def _sent_without_costs() -> list[str]:
    lines = (
        select(func.coalesce(func.sum(CostLine.pence), 0))
        .where(CostLine.application_id == Application.id)
        .correlate(Application)
        .scalar_subquery()
    )
    unsent = (Stage.DRAFT, Stage.RETURNED, Stage.WITHDRAWN)
    rows = db.session.scalars(
        select(Application.id)
        .where(
            Application.stage.not_in(unsent),
            Application.journey_id.is_(None),
            Application.anonymised_on.is_(None),
            Application.asked_pence != lines,
        )
        .order_by(Application.id)
    )
    return [f"application {key} does not ask for the sum of its costs" for key in rows]


def _self_judged() -> list[str]:
    rows = db.session.scalars(
        select(PanelScore.application_id)
        .where(
            (PanelScore.person_id == PanelScore.applicant_id)
            | PanelScore.person_id.in_(queries.partners_of(PanelScore.application_id))
        )
        .distinct()
    )
    return [f"application {key} was scored by somebody who applies" for key in rows]


INVARIANTS: Invariants = {
    "fund.committed-within-budget": _overspent,
    "fund.award-set-aside": _amounts,
    "fund.paid-within-award": _claims,
    "fund.stage-has-its-step": _without_steps,
    "fund.asks-for-its-costs": _sent_without_costs,
    "fund.nobody-scores-their-own": _self_judged,
}

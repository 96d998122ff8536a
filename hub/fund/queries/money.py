"""Sums of a round's ledger."""

from sqlalchemy import and_, case, exists, func, literal, not_, or_, select

from hub.accounts.models import Person
from hub.core.db import db
from hub.fund.models import (
    Application,
    MoneyEntry,
    MoneyKind,
    PanelMember,
    Round,
    RoundStage,
    Stage,
)
from hub.fund.queries.judging import partners_of


def money_of(*round_ids: int) -> dict[int, dict[MoneyKind, int]]:
    """Pence by round and kind of entry."""
    found: dict[int, dict[MoneyKind, int]] = {round_id: dict.fromkeys(MoneyKind, 0) for round_id in round_ids}
    for round_id, kind, pence in db.session.execute(
        select(MoneyEntry.round_id, MoneyEntry.kind, func.sum(MoneyEntry.pence))
        .where(MoneyEntry.round_id.in_(round_ids))
        .group_by(MoneyEntry.round_id, MoneyEntry.kind)
    ):
        found[round_id][kind] = int(pence)
    return found


def money_told(lead: Person, *round_ids: int) -> dict[int, dict[MoneyKind, int]]:
    """The same without rounds that wait for their release and that *lead* sits on or asks in.

    Whether or not something of theirs is kept from the lead: else a missing sum would say that there is.
    """
    waits = Round.stage.in_((RoundStage.CLOSED, RoundStage.DECIDED))
    sits = exists().where(PanelMember.round_id == Round.id, PanelMember.person_id == lead.id)
    asks = exists().where(
        Application.round_id == Round.id,
        or_(Application.applicant_id == lead.id, literal(lead.id).in_(partners_of(Application.id))),
        Application.stage == Stage.WITH_PANEL,
    )
    told = select(Round.id).where(Round.id.in_(round_ids), not_(and_(waits, or_(sits, asks))))
    return money_of(*db.session.scalars(told.order_by(Round.id)))


def left_in(fund_round: Round) -> int:
    """Pence not committed to anybody; true only as long as the round is locked."""
    signed = case((MoneyEntry.kind == MoneyKind.COMMITTED, MoneyEntry.pence), else_=-MoneyEntry.pence)
    committed = db.session.scalar(
        select(func.coalesce(func.sum(signed), 0)).where(
            MoneyEntry.round_id == fund_round.id, MoneyEntry.kind.in_((MoneyKind.COMMITTED, MoneyKind.RELEASED))
        )
    )
    return fund_round.budget_pence - int(committed or 0)


def held_for(application_id: int) -> int:
    """Pence committed to one application and not given back."""
    signed = case((MoneyEntry.kind == MoneyKind.COMMITTED, MoneyEntry.pence), else_=-MoneyEntry.pence)
    held = db.session.scalar(
        select(func.coalesce(func.sum(signed), 0)).where(
            MoneyEntry.application_id == application_id,
            MoneyEntry.kind.in_((MoneyKind.COMMITTED, MoneyKind.RELEASED)),
        )
    )
    return int(held or 0)

"""Sums of a round's ledger."""

from sqlalchemy import case, func, select

from hub.core.db import db
from hub.fund.models import (
    MoneyEntry,
    MoneyKind,
    Round,
)


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

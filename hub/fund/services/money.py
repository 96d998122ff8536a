"""The ledger of a round: the only place that commits money or gives it back."""

from typing import Any

from hub.core.db import db, lock
from hub.fund import queries
from hub.fund.errors import PotTooSmall
from hub.fund.models import Application, MoneyEntry, MoneyKind, Round


def note(application: Application, kind: MoneyKind, pence: int, *, actor: Any) -> None:
    db.session.add(
        MoneyEntry(
            round_id=application.round_id,
            application_id=application.id,
            kind=kind,
            pence=pence,
            by_id=getattr(actor, "id", None),
        )
    )
    db.session.flush()


def hold(application: Application, pence: int, *, fund_round: Round, actor: Any) -> None:
    """Set exactly *pence* of the round aside for *application*, instead of what was set aside before.

    The round is locked until the transaction ends, so no two people can both have the last money.

    :raises PotTooSmall: if the round has less left; nothing was changed then
    """
    lock(fund_round)
    change = pence - queries.held_for(application.id)
    if change > queries.left_in(fund_round):
        raise PotTooSmall(f"That is more than is left in {fund_round.name}. Award less, or lower another award first.")
    if change:
        note(application, MoneyKind.COMMITTED if change > 0 else MoneyKind.RELEASED, abs(change), actor=actor)


def give_back(application: Application, *, fund_round: Round, actor: Any) -> None:
    """Return whatever is still set aside for *application* to its round."""
    hold(application, 0, fund_round=fund_round, actor=actor)

"""What must hold of a fund after every deed, worked out from its rows alone: other sums than the hub's own."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from sqlalchemy import select

from hub.core.db import db
from hub.fund import queries
from hub.fund.models import (
    Application,
    ApplicationStep,
    MoneyEntry,
    MoneyKind,
    Outcome,
    PanelDecision,
    Round,
    RoundStage,
    Stage,
)
from hub.fund.models.applications import FUNDED
from hub.fund.workflow import APPLICATION, ROUND

COMMITTED, RELEASED, CLAIMED, PAID = MoneyKind
MOVES = {(source, move.target) for move in APPLICATION for source in move.sources}
TURNS = {(source, move.target) for move in ROUND for source in move.sources}
WRITTEN = {Stage.DRAFT, Stage.AWAITING_MANAGER, Stage.RETURNED, Stage.WITHDRAWN}
MAY_STAND = {
    RoundStage.DRAFT: set(),
    RoundStage.OPEN: WRITTEN | {Stage.SUBMITTED},
    RoundStage.CLOSED: WRITTEN | {Stage.WITH_PANEL},
    RoundStage.DECIDED: WRITTEN | {Stage.WITH_PANEL},
    RoundStage.RELEASED: {Stage.DRAFT, Stage.WITHDRAWN, Stage.RESERVE, Stage.DECLINED, *FUNDED},
}
TOLD = {Stage.DECLINED, *FUNDED}
BECAME = {
    Outcome.AWARD: {*FUNDED, Stage.WITHDRAWN},
    Outcome.RESERVE: {Stage.RESERVE, *FUNDED, Stage.WITHDRAWN},
    Outcome.DECLINE: {Stage.DECLINED},
}


def stages_of_rounds(institution_id: int) -> dict[int, RoundStage]:
    rows = db.session.execute(select(Round.id, Round.stage).where(Round.institution_id == institution_id))
    return dict(map(tuple, rows))


def wrong(institution_id: int) -> list[str]:
    """One line for each thing that does not hold."""
    columns = (Application.id, Application.round_id, Application.stage, Application.asked_pence)
    decided = (PanelDecision.outcome, PanelDecision.pence, PanelDecision.released_at)
    rows = db.session.execute(
        select(*columns, Application.awarded_pence, *decided, Round.is_rolling)
        .join(Application.round)
        .outerjoin(PanelDecision, PanelDecision.application_id == Application.id)
        .where(Application.institution_id == institution_id)
        .order_by(Application.id)
    ).all()
    money: dict[int, Counter] = {row.id: Counter() for row in rows}
    at = {row.id: row.round_id for row in rows}
    found = []
    for application_id, round_id, kind, pence in db.session.execute(
        select(MoneyEntry.application_id, MoneyEntry.round_id, MoneyEntry.kind, MoneyEntry.pence).where(
            MoneyEntry.application_id.in_(at)
        )
    ):
        money[application_id][kind] += pence
        if at[application_id] != round_id:
            found.append(f"{application_id}: money of another round")
    rounds = stages_of_rounds(institution_id)
    found += _steps({row.id: row.stage for row in rows})
    for row in rows:
        found += [f"{row.id} {row.stage}: {told}" for told in _of_one(row, money[row.id], rounds[row.round_id])]
    return found + list(_of_rounds(rounds, at, money))


def _steps(stages: dict[int, Stage]) -> Iterator[str]:
    """Each step leads on from the one before, as the table of moves has it, and the last to where it is."""
    made = db.session.execute(
        select(ApplicationStep.application_id, ApplicationStep.stage)
        .where(ApplicationStep.application_id.in_(stages))
        .order_by(ApplicationStep.application_id, ApplicationStep.id)
    )
    last = dict.fromkeys(stages, Stage.DRAFT)
    for key, steps in groupby(made, lambda row: row.application_id):
        way = [Stage.DRAFT, *(step.stage for step in steps)]
        last[key] = way[-1]
        yield from (f"{key}: no move leads from {a} to {b}" for a, b in pairwise(way) if (a, b) not in MOVES)
    yield from (f"{key}: is {stages[key]}, its steps led to {to}" for key, to in last.items() if stages[key] != to)


def _of_one(row, money: Counter, round_stage: RoundStage) -> Iterator[str]:
    as_it_comes = TOLD | {Stage.WITH_PANEL} if row.is_rolling and round_stage != RoundStage.DRAFT else set()
    if row.stage not in MAY_STAND[round_stage] | as_it_comes:
        yield f"its round is {round_stage}"
    held, awarded = money[COMMITTED] - money[RELEASED], row.awarded_pence or 0
    if not money[PAID] <= money[CLAIMED] <= awarded:
        yield f"{money[PAID]} paid, {money[CLAIMED]} claimed, {awarded} awarded"
    if row.stage in FUNDED:
        if not money[CLAIMED] <= held <= awarded <= row.asked_pence or (not money[CLAIMED] and held != awarded):
            yield f"{held} set aside, {money[CLAIMED]} claimed, {awarded} awarded, {row.asked_pence} asked"
    elif held != ((row.pence or 0) if row.stage == Stage.WITH_PANEL else 0):
        yield f"{held} set aside, decided were {row.pence}"
    yield from _decided(row, round_stage)


def _decided(row, round_stage: RoundStage) -> Iterator[str]:
    """The panel's decision is there when it must be, and the release made of it what it says."""
    if row.outcome is not None and row.released_at is None and round_stage == RoundStage.RELEASED:
        yield "its decision was not released with the round"
    released = row.released_at is not None
    if row.outcome is not None:
        if row.stage not in (BECAME[row.outcome] if released else {Stage.WITH_PANEL}):
            yield f"the panel decided to {row.outcome}"
    elif round_stage == RoundStage.RELEASED and row.stage not in {Stage.DRAFT, Stage.WITHDRAWN}:
        yield "was released without a decision"
    elif round_stage == RoundStage.DECIDED and row.stage == Stage.WITH_PANEL:
        yield "has no decision, and the panel has finished"


def _of_rounds(rounds: dict[int, RoundStage], at: dict[int, int], money: dict[int, Counter]) -> Iterator[str]:
    """The hub's own sums are those of the movements, and nothing is committed that a round does not have."""
    sums: dict[int, Counter] = {round_id: Counter() for round_id in rounds}
    for application_id, round_id in at.items():
        sums[round_id].update(money[application_id])
    told = queries.money_of(*rounds)
    for fund_round in db.session.scalars(select(Round).where(Round.id.in_(rounds)).order_by(Round.id)):
        own = sums[fund_round.id]
        held = own[COMMITTED] - own[RELEASED]
        if not 0 <= held <= fund_round.budget_pence:
            yield f"round {fund_round.id} has {held} committed, its budget is {fund_round.budget_pence}"
        if {kind: own[kind] for kind in MoneyKind} != told[fund_round.id]:
            yield f"round {fund_round.id} says that it moved {told[fund_round.id]}, it was {own}"
        if queries.left_in(fund_round) != fund_round.budget_pence - held:
            yield f"round {fund_round.id} does not know what is left of it"

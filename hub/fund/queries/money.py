"""The ledger of a round: its sums, and its movements for finance."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, not_, or_, select
from sqlalchemy.orm import aliased, contains_eager

from hub.accounts.models import Person
from hub.core.clock import london, now, today
from hub.core.db import db
from hub.core.years import academic_year, within
from hub.fund.models import (
    Application,
    FundScheme,
    MoneyEntry,
    MoneyKind,
    PanelMember,
    Round,
    Stage,
)
from hub.fund.queries.judging import applies, is_with_panel

COMMITTED, RELEASED, CLAIMED, PAID = MoneyKind


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
    told = select(Round.id).where(Round.id.in_(round_ids), _is_told(lead))
    return money_of(*db.session.scalars(told.order_by(Round.id)))


def _is_told(lead: Person) -> ColumnElement[bool]:
    waits = is_with_panel()
    sits = exists().where(PanelMember.round_id == Round.id, PanelMember.person_id == lead.id)
    own = aliased(Application)
    asks = exists().where(
        own.round_id == Round.id,
        applies(own, lead.id),
        own.stage == Stage.WITH_PANEL,
    )
    return not_(and_(waits, or_(sits, asks)))


def _is_real_and_told(lead: Person) -> ColumnElement[bool]:
    """Nobody pays for a rehearsal."""
    return and_(Round.is_test.is_(False), _is_told(lead))


def movements(lead: Person) -> Select[MoneyEntry]:
    """Every movement that *lead* may be told of, with application, applicant, unit, round and scheme."""
    return (
        select(MoneyEntry)
        .join(MoneyEntry.application)
        .outerjoin(Application.applicant)
        .outerjoin(Person.unit)
        .join(Application.round)
        .join(Round.scheme)
        .options(
            contains_eager(MoneyEntry.application).options(
                contains_eager(Application.applicant).contains_eager(Person.unit),
                contains_eager(Application.round).contains_eager(Round.scheme),
            )
        )
        .where(Application.institution_id == lead.institution_id, _is_real_and_told(lead))
    )


def years_with_money(institution_id: int) -> list[int]:
    """Financial years from the first movement to now, newest first."""
    first = db.session.scalar(
        select(func.min(MoneyEntry.at)).join(MoneyEntry.application).where(Application.institution_id == institution_id)
    )
    this_year = academic_year(today())
    return list(range(this_year, min(this_year, academic_year(london(first or now()).date())) - 1, -1))


@dataclass(frozen=True, slots=True)
class YearOfRound:
    """What moved in a round in one financial year, and what was open at its end; all in pence."""

    fund_round: Round
    moved: dict[MoneyKind, int]
    unpaid: int  # claims approved and not paid
    unclaimed: int  # set aside, and neither given back nor claimed


def money_in(year: int, lead: Person) -> list[YearOfRound]:
    """Each round in which something moved or was open, without what *lead* may not be told."""
    begins, ends = within(year)
    moved = func.sum(case((MoneyEntry.at >= begins, MoneyEntry.pence), else_=0))
    in_all: dict[int, dict[MoneyKind, int]] = {}
    in_year: dict[int, dict[MoneyKind, int]] = {}
    for round_id, kind, so_far, of_year in db.session.execute(
        select(MoneyEntry.round_id, MoneyEntry.kind, func.sum(MoneyEntry.pence), moved)
        .join(Round, Round.id == MoneyEntry.round_id)
        .where(Round.institution_id == lead.institution_id, MoneyEntry.at < ends, _is_real_and_told(lead))
        .group_by(MoneyEntry.round_id, MoneyEntry.kind)
    ):
        in_all.setdefault(round_id, dict.fromkeys(MoneyKind, 0))[kind] = int(so_far)
        in_year.setdefault(round_id, dict.fromkeys(MoneyKind, 0))[kind] = int(of_year)
    rounds = select(Round).join(Round.scheme).options(contains_eager(Round.scheme)).where(Round.id.in_(in_all))
    found = (
        YearOfRound(
            r, in_year[r.id], so_far[CLAIMED] - so_far[PAID], so_far[COMMITTED] - so_far[RELEASED] - so_far[CLAIMED]
        )
        for r in db.session.scalars(rounds.order_by(FundScheme.name, Round.closes_at, Round.id))
        if (so_far := in_all[r.id])
    )
    return [one for one in found if any(one.moved.values()) or one.unpaid or one.unclaimed]


def held(*where: ColumnElement[bool]) -> Select[int]:
    """Pence committed and not given back, of the movements that are so."""
    signed = case((MoneyEntry.kind == COMMITTED, MoneyEntry.pence), else_=-MoneyEntry.pence)
    return select(func.coalesce(func.sum(signed), 0)).where(MoneyEntry.kind.in_((COMMITTED, RELEASED)), *where)


def left_in(fund_round: Round) -> int:
    """Pence not committed to anybody; true only as long as the round is locked."""
    return fund_round.budget_pence - int(db.session.scalar(held(MoneyEntry.round_id == fund_round.id)) or 0)


def held_for(application_id: int) -> int:
    """Pence committed to one application and not given back."""
    return int(db.session.scalar(held(MoneyEntry.application_id == application_id)) or 0)

"""The reserve list of a round, in the panel's order, and who is next when money comes back."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from hub.accounts.models import Person
from hub.core.db import db
from hub.fund.models import Application, MoneyEntry, MoneyKind, Round, Stage
from hub.fund.queries.lists import may_run
from hub.fund.queries.money import held

STILL_HERE = Application.anonymised_on.is_(None)
PLACE = (func.coalesce(Application.reserve_place, 0), Application.id)


def reserves(round_id: int, lead: Person) -> Sequence[Application]:
    """Who waits on the reserve list, first come first, with applicants; without what is kept from *lead*."""
    return db.session.scalars(
        select(Application)
        .options(joinedload(Application.applicant, innerjoin=True))
        .where(Application.round_id == round_id, Application.stage == Stage.RESERVE, STILL_HERE, may_run(lead))
        .order_by(*PLACE)
    ).all()


def is_next() -> ColumnElement[bool]:
    """Of an Application with its Round: the first on the reserve list whom money given back since the release pays."""
    left = Round.budget_pence - held(MoneyEntry.round_id == Round.id).correlate(Round).scalar_subquery()
    came_back = exists().where(
        MoneyEntry.round_id == Round.id,
        MoneyEntry.kind == MoneyKind.RELEASED,
        MoneyEntry.at > Round.released_at,
    )
    other = aliased(Application)
    place, others = PLACE[0], func.coalesce(other.reserve_place, 0)
    is_before = or_(others < place, and_(others == place, other.id < Application.id))
    earlier = exists().where(
        other.round_id == Round.id,
        other.stage == Stage.RESERVE,
        other.anonymised_on.is_(None),
        other.asked_pence <= left,
        is_before,
    )
    return and_(Application.stage == Stage.RESERVE, STILL_HERE, Application.asked_pence <= left, came_back, ~earlier)


def next_reserve(round_id: int) -> Application | None:
    """With the applicant and the round."""
    return db.session.scalars(
        select(Application)
        .join(Round, Round.id == Application.round_id)
        .options(joinedload(Application.applicant, innerjoin=True), joinedload(Application.round, innerjoin=True))
        .where(Application.round_id == round_id, is_next())
    ).one_or_none()

"""What was decided in a year, and who could have asked, as the sums of the fund want it."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from hub.accounts.models import Person, Status
from hub.core.clock import london
from hub.core.db import db
from hub.core.years import academic_year, within
from hub.directory.models import Skill
from hub.fund.figures import Decided, Kind
from hub.fund.models import Application, FundReport, FundScheme, Kept, PanelDecision, Round, SchemeKind
from hub.workforce.models import Contract

PART, FULL = "part", "full"
WHOLE = 1000  # thousandths of a full-time post
KIND = (
    Person.unit_id,
    func.coalesce(Contract.grade, "").label("grade"),
    func.coalesce(Contract.terms, "").label("terms"),
    case((Contract.fte_thousandths.is_(None), ""), (Contract.fte_thousandths < WHOLE, PART), else_=FULL).label("hours"),
)


def with_contract(rows: Select[Any]) -> Select[Any]:
    """With the first contract of each person, so that nobody is counted twice."""
    first = select(func.min(Contract.id)).where(Contract.person_id == Person.id).correlate(Person).scalar_subquery()
    return rows.outerjoin(Contract, Contract.id == first)


def told_at_of(decision: Any, fund_round: Any) -> Any:
    """When an application was answered: with its round, or before that where a round decides as they come."""
    return func.coalesce(decision.released_at, fund_round.released_at)


def is_counted() -> ColumnElement[bool]:
    """Of an Application with its Round and scheme: sent to a panel, and no rehearsal."""
    return and_(Application.sent_at.is_not(None), FundScheme.kind == SchemeKind.DEVELOPMENT, Round.is_test.is_(False))


def decided_in(year: int, institution_id: int) -> list[Decided]:
    """Applications to a panel whose decisions were released in an academic year, those that are anonymous last."""
    return _decided_by_somebody(year, institution_id) + _decided_by_nobody(year, institution_id)


def _decided_by_nobody(year: int, institution_id: int) -> list[Decided]:
    """Those that are anonymous."""
    begins, ends = within(year)
    told_at = func.coalesce(Kept.told_at, Round.released_at)
    who = (Kept.asked_as, Kept.funded_as, Kept.is_first, func.coalesce(Skill.name, ""))
    kind = (Kept.unit_id, Kept.grade, Kept.terms, Kept.hours)
    what: tuple[Any, ...] = (Application.themes, Application.awarded_pence, Application.sent_at, told_at)
    rows = (
        select(*who, *what, *kind)
        .select_from(Kept)
        .join(Application, Application.id == Kept.application_id)
        .join(Application.round)
        .join(Round.scheme)
        .outerjoin(Skill, Skill.id == Kept.learned_id)
        .where(
            Application.institution_id == institution_id,
            is_counted(),
            told_at >= begins,
            told_at < ends,
        )
        .order_by(Application.id)
    )
    return [
        Decided(asked_as, Kind(*of), themes, pence or 0, (released - sent).days, is_first, skill, True, funded_as)
        for asked_as, funded_as, is_first, skill, themes, pence, sent, released, *of in db.session.execute(rows)
    ]


def _decided_by_somebody(year: int, institution_id: int) -> list[Decided]:
    begins, ends = within(year)
    before, other, earlier = aliased(Application), aliased(Round), aliased(PanelDecision)
    told_at = told_at_of(PanelDecision, Round)
    funded_before = exists(
        select(before.id)
        .join(other, other.id == before.round_id)
        .outerjoin(earlier, earlier.application_id == before.id)
        .where(
            before.applicant_id == Application.applicant_id,
            before.awarded_pence.is_not(None),
            told_at_of(earlier, other) < told_at,
            other.is_test.is_(False),
        )
    )
    columns = (
        Application.applicant_id,
        Application.themes,
        Application.awarded_pence,
        Application.sent_at,
        told_at,
        or_(funded_before, Application.funded_before),
        func.coalesce(Skill.name, ""),
    )
    is_accepted = and_(FundReport.application_id == Application.id, FundReport.accepted_at.is_not(None))
    rows = (
        select(*columns, *KIND)
        .join(Application.round)
        .join(Round.scheme)
        .outerjoin(Application.decision)
        .outerjoin(FundReport, is_accepted)
        .outerjoin(Skill, Skill.id == FundReport.learned_id)
        .join(Person, Person.id == Application.applicant_id)
        .where(
            Application.institution_id == institution_id,
            is_counted(),
            told_at >= begins,
            told_at < ends,
        )
        .order_by(Application.id)
    )
    return [
        Decided(who, Kind(*kind), themes, pence or 0, (released - sent).days, not has_been, skill)
        for who, themes, pence, sent, released, has_been, skill, *kind in db.session.execute(with_contract(rows))
    ]


def technicians_by_kind(institution_id: int) -> dict[Kind, int]:
    """How many active technicians there are of each kind."""
    each = with_contract(select(*KIND).select_from(Person)).where(
        Person.institution_id == institution_id, Person.status == Status.ACTIVE, Person.is_technician.is_(True)
    )
    kinds = each.subquery().c
    return {Kind(*kind): people for *kind, people in db.session.execute(select(*kinds, func.count()).group_by(*kinds))}


def years_decided(institution_id: int) -> list[int]:
    """Academic years in which decisions were released, newest first."""
    told_at = func.coalesce(PanelDecision.released_at, Kept.told_at, Round.released_at)
    dates = (
        select(told_at)
        .select_from(Application)
        .join(Application.round)
        .outerjoin(Application.decision)
        .outerjoin(Kept, Kept.application_id == Application.id)
        .where(Round.institution_id == institution_id, told_at.is_not(None), Round.is_test.is_(False))
    )
    return sorted({academic_year(london(at).date()) for at in db.session.scalars(dates) if at}, reverse=True)

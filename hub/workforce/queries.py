"""Reads of staff files, of what was found in them, of contracts, and of the hub as a file is compared with it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from hub.accounts import queries as accounts
from hub.accounts.models import Person, Role, RoleGrant, Unit
from hub.core.clock import now, today
from hub.core.db import db
from hub.core.tasks import task
from hub.workforce import policy
from hub.workforce.comparing import Hub, Known
from hub.workforce.models import UNDECIDED, UNDER_WAY, Contract, Finding, Sort, StaffImport, Stage
from hub.workforce.reading.records import Terms

KEPT_FOR = timedelta(days=30)  # a file that nobody stores, and what was found in one that is stored


def staff_import(import_id: int) -> StaffImport:
    """:raises NoResultFound: if there is none"""
    return (
        db.session.scalars(
            select(StaffImport)
            .options(joinedload(StaffImport.owner).joinedload(Person.roles), joinedload(StaffImport.file))
            .where(StaffImport.id == import_id)
        )
        .unique()
        .one()
    )


def imports(institution_id: int) -> Select[StaffImport]:
    return (
        select(StaffImport)
        .options(joinedload(StaffImport.owner))
        .outerjoin(StaffImport.owner)
        .where(StaffImport.institution_id == institution_id, StaffImport.stage != Stage.DISCARDED)
    )


def undecided(institution_id: int) -> Sequence[StaffImport]:
    return db.session.scalars(
        select(StaffImport)
        .options(joinedload(StaffImport.file))
        .where(StaffImport.institution_id == institution_id, StaffImport.stage.in_(UNDECIDED))
        .order_by(StaffImport.id)
    ).all()


def remembered(institution_id: int) -> dict[str, str]:
    """What the columns of earlier files were said to mean, the newest word last."""
    known: dict[str, str] = {}
    latest = select(StaffImport.columns).where(StaffImport.institution_id == institution_id)
    for columns in reversed(db.session.scalars(latest.order_by(StaffImport.id.desc()).limit(5)).all()):
        known |= {column["key"]: column["meaning"] for column in columns}
    return known


def next_to_work_on() -> int | None:
    """The file that has waited longest and that no process has taken."""
    is_free = or_(StaffImport.taken_until.is_(None), StaffImport.taken_until < now())
    return db.session.scalar(
        select(StaffImport.id)
        .where(StaffImport.stage.in_(UNDER_WAY), is_free)
        .order_by(StaffImport.stage_since, StaffImport.id)
        .limit(1)
    )


def outlived() -> Sequence[StaffImport]:
    """Files that nobody decided about, and those whose findings are old."""
    long_ago = now() - KEPT_FOR
    has_findings = select(Finding.id).where(Finding.import_id == StaffImport.id).exists()
    return db.session.scalars(
        select(StaffImport)
        .options(joinedload(StaffImport.file))
        .where(
            StaffImport.stage_since < long_ago,
            StaffImport.stage.not_in(UNDER_WAY),
            or_(StaffImport.file_id.is_not(None), has_findings),
        )
        .order_by(StaffImport.id)
    ).all()


# -- what was found ----------------------------------------------------------------------------------------------------


def findings(import_id: int) -> Select[Finding]:
    return select(Finding).where(Finding.import_id == import_id)


def first_findings(import_id: int, sort: Sort, most: int) -> Sequence[Finding]:
    return db.session.scalars(findings(import_id).where(Finding.sort == sort).order_by(Finding.id).limit(most)).all()


def findings_by_sort(import_id: int) -> dict[str, int]:
    rows = db.session.execute(
        select(Finding.sort, func.count()).where(Finding.import_id == import_id).group_by(Finding.sort)
    )
    return {str(row[0]): row[1] for row in rows}


def contracts(institution_id: int) -> Select[Contract]:
    """Of everybody, those who left too, with the person and their unit."""
    return (
        select(Contract)
        .options(joinedload(Contract.person, innerjoin=True).joinedload(Person.unit))
        .join(Contract.person)
        .where(Contract.institution_id == institution_id)
    )


def tasks_for(user: Person) -> list[Select[Any]]:
    waiting = StaffImport.stage.in_((Stage.UNMAPPED, Stage.CHECKED))
    return [
        task("workforce.decide", StaffImport.id, StaffImport.file_name).where(
            StaffImport.owner_id == user.id, StaffImport.institution_id == user.institution_id, waiting
        )
    ]


# -- the hub as it is --------------------------------------------------------------------------------------------------


def hub_now(institution_id: int, sender: Person | None) -> Hub:
    """All that a file of the institution is compared with; *sender* is who sent it, with roles."""
    people = db.session.execute(
        select(*(getattr(Person, name) for name in Known._fields))
        .where(Person.institution_id == institution_id)
        .order_by(Person.id)
    )
    units = db.session.execute(select(Unit.id, Unit.name).where(Unit.institution_id == institution_id))
    elsewhere = db.session.scalars(select(Person.email).where(Person.institution_id != institution_id))
    return Hub(
        people=[Known(*row) for row in people],
        units={row.name.casefold(): (row.id, row.name) for row in units},
        contracts=_contracts(institution_id),
        taken=frozenset(elsewhere),
        guarded=_guarded(institution_id, sender),
        today=today(),
    )


def _contracts(institution_id: int) -> dict[int, list[Terms]]:
    columns = [getattr(Contract, name) for name in Terms._fields]
    found: dict[int, list[Terms]] = {}
    for person_id, *terms in db.session.execute(
        select(Contract.person_id, *columns).where(Contract.institution_id == institution_id).order_by(Contract.id)
    ):
        found.setdefault(person_id, []).append(Terms(*terms))
    return found


def _guarded(institution_id: int, sender: Person | None) -> dict[int, str]:
    roles: dict[int, set[Role]] = {sender.id: set()} if sender else {}
    in_force = and_(RoleGrant.starts_on <= today(), or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today()))
    for row in db.session.execute(
        select(RoleGrant.person_id, RoleGrant.role)
        .join(RoleGrant.person)
        .where(Person.institution_id == institution_id, in_force)
    ):
        roles.setdefault(row.person_id, set()).add(row.role)
    leads = [lead.id for lead in accounts.holders(institution_id, Role.LEAD)]
    why = {key: policy.why_guarded(sender, key, held, is_only_lead=leads == [key]) for key, held in roles.items()}
    return {key: reason for key, reason in why.items() if reason}

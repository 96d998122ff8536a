"""The same deeds for many people at once, as a staff file asks for them: a few statements, whatever their number.

The session sees nothing of these rows: whoever calls tells the directory, and the journal has the file as its subject.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from hub.accounts import queries
from hub.accounts.models import Institution, OneTimeLink, Person, Role, SignIn, Status
from hub.accounts.services.people import slug_for
from hub.accounts.services.roles import OnlyLead
from hub.core.clock import now
from hub.core.db import Base, db, in_pieces

PEOPLE = Base.metadata.tables["person"]  # not the model: its rows would be looked at one by one
KEPT_BY_STAFF_LIST = ("staff_id", "name", "email", "job_title", "unit_id", "is_technician", "source")


def add_people(institution: Institution, people: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Make those known who have a staff number; their ids by it. Each brings the columns that the staff list keeps."""
    fixed = {"institution_id": institution.id, "status": Status.ACTIVE, "joined_at": now(), "version": 1}
    ids: dict[str, int] = {}
    for some in in_pieces(people):
        db.session.execute(insert(PEOPLE), [fixed | dict(one) | {"slug": slug_for(one["name"])} for one in some])
        mine = (Person.institution_id == institution.id) & Person.staff_id.in_([one["staff_id"] for one in some])
        ids |= {row.staff_id: row.id for row in db.session.execute(select(Person.staff_id, Person.id).where(mine))}
    return ids


def edit_people(people: Iterable[Mapping[str, Any]]) -> None:
    """Give each, by ``id``, the columns that the staff list keeps; links mailed to an earlier address stop working."""
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in KEPT_BY_STAFF_LIST}
    statement = update(PEOPLE).where(PEOPLE.c.id == bindparam("key")).values(version=PEOPLE.c.version + 1, **values)
    for some in in_pieces(people):
        before = dict(
            db.session.execute(select(Person.id, Person.email).where(Person.id.in_([p["id"] for p in some]))).all()
        )
        moved = [p["id"] for p in some if before[p["id"]] != p["email"]]
        db.session.execute(delete(OneTimeLink).where(OneTimeLink.person_id.in_(moved), OneTimeLink.used_at.is_(None)))
        db.session.execute(
            statement, [{"key": one["id"]} | {f"new_{name}": one[name] for name in KEPT_BY_STAFF_LIST} for one in some]
        )


def set_managers(managers: Mapping[int, int | None]) -> None:
    """Line management by ids: who is managed, and by whom."""
    statement = (
        update(PEOPLE)
        .where(PEOPLE.c.id == bindparam("key"))
        .values(version=PEOPLE.c.version + 1, manager_id=bindparam("manager"))
    )
    for some in in_pieces(managers.items()):
        db.session.execute(statement, [{"key": key, "manager": manager} for key, manager in some])


def record_leavers(institution: Institution, last_days: Mapping[int, date]) -> None:
    """Note that these have left: they are shut out, and their records stay.

    :raises OnlyLead: if the institution would have no lead
    """
    leads = {lead.id for lead in queries.holders(institution.id, Role.LEAD)}
    if leads and leads <= last_days.keys():
        raise OnlyLead("The institution would have no lead. Make somebody else lead first.")
    statement = (
        update(PEOPLE)
        .where(PEOPLE.c.id == bindparam("key"))
        .values(version=PEOPLE.c.version + 1, status=Status.LEFT, left_on=bindparam("on"))
    )
    for some in in_pieces(last_days.items()):
        ids = [key for key, _ in some]
        db.session.execute(delete(SignIn).where(SignIn.person_id.in_(ids)))
        db.session.execute(delete(OneTimeLink).where(OneTimeLink.person_id.in_(ids), OneTimeLink.used_at.is_(None)))
        db.session.execute(statement, [{"key": key, "on": on} for key, on in some])

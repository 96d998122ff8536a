"""Institutions, units and people: making them known, letting them in, shutting them out."""

import secrets
from datetime import date

from hub.accounts import queries, signals
from hub.accounts.models import Institution, Person, Purpose, Role, Source, Status, Unit, UnitKind
from hub.accounts.services.roles import refuse_only_lead
from hub.accounts.services.signing_in import close_all_sessions, forget_links, make_link
from hub.core.db import db
from hub.core.errors import MoveRefused, Refusal
from hub.core.text import slugify


class AddressTaken(Refusal):
    """Two people cannot have one address."""


class NameTaken(Refusal):
    """Two units of one institution cannot have one name."""


class StaffNumberTaken(Refusal):
    """Two people of one institution cannot have one staff number."""


class OwnManager(Refusal):
    """Nobody manages themselves, not through others either."""


def add_institution(
    *, name: str, short_name: str, email_domain: str, signed_on: date | None = None, phase: int | None = None
) -> Institution:
    institution = Institution(
        name=name,
        short_name=short_name,
        slug=slugify(short_name),
        email_domain=email_domain,
        signed_on=signed_on,
        phase=phase,
    )
    db.session.add(institution)
    db.session.flush()
    return institution


def describe_institution(
    institution: Institution,
    *,
    short_name: str,
    signed_on: date | None,
    phase: int | None,
    contact_name: str,
    contact_email: str,
    contact_phone: str,
) -> None:
    """Put right what the public page says of the institution and whom it names as contact."""
    institution.short_name, institution.signed_on, institution.phase = short_name, signed_on, phase
    institution.contact_name, institution.contact_email = contact_name, contact_email
    institution.contact_phone = contact_phone
    db.session.flush()


def add_unit(institution: Institution, *, name: str, kind: UnitKind, parent: Unit | None = None) -> Unit:
    """:raises NameTaken: if the institution has a unit of that name"""
    _refuse_taken(institution.id, name)
    unit = Unit(institution_id=institution.id, name=name, kind=kind, parent_id=parent.id if parent else None)
    db.session.add(unit)
    db.session.flush()
    return unit


def change_unit(unit: Unit, *, name: str, kind: UnitKind, parent: Unit | None) -> None:
    """:raises NameTaken: if another unit has that name
    :raises MoveRefused: if the unit would lie within itself
    """
    if name != unit.name:
        _refuse_taken(unit.institution_id, name)
    above = {u.id: u.parent_id for u in queries.units(unit.institution_id)}
    at = parent.id if parent else None
    while at is not None:
        if at == unit.id:
            raise MoveRefused("A unit cannot lie within itself.")
        at = above[at]
    unit.name, unit.kind, unit.parent_id = name, kind, parent.id if parent else None
    db.session.flush()


def _refuse_taken(institution_id: int, name: str) -> None:
    if name.casefold() in {u.name.casefold() for u in queries.units(institution_id)}:
        raise NameTaken("There is a unit of this name already.")


def add_person(
    institution: Institution,
    *,
    name: str,
    email: str,
    job_title: str = "",
    unit: Unit | None = None,
    manager: Person | None = None,
    staff_id: str | None = None,
    is_technician: bool = True,
    status: Status = Status.ACTIVE,
    source: Source = Source.INVITED,
) -> Person:
    """Make somebody known to the hub; they have no password until they set one."""
    person = Person(
        institution=institution,
        institution_id=institution.id,
        name=name,
        email=email.strip().lower(),
        job_title=job_title,
        unit=unit,
        manager=manager,
        staff_id=staff_id,
        is_technician=is_technician,
        status=status,
        source=source,
        slug=slug_for(name),
        roles=[],
    )
    db.session.add(person)
    db.session.flush()
    return person


def slug_for(name: str) -> str:
    """The part of an address that cannot be counted through."""
    return f"{slugify(name)}-{secrets.token_hex(4)}"


def invite(
    institution: Institution,
    *,
    name: str,
    email: str,
    actor: Person,
    job_title: str = "",
    unit: Unit | None = None,
    is_technician: bool = True,
) -> Person:
    """Make somebody known and mail them a link with which they set a password.

    :raises AddressTaken: if somebody has that address
    """
    if queries.person_by_email(email) is not None:
        raise AddressTaken("Somebody in the hub has this address already.")
    person = add_person(
        institution,
        name=name,
        email=email,
        job_title=job_title,
        unit=unit,
        is_technician=is_technician,
        status=Status.INVITED,
    )
    send_invitation(person, actor=actor)
    return person


def send_invitation(person: Person, *, actor: Person) -> None:
    """Mail the invitation, once more if need be; an earlier link stops working.

    :raises MoveRefused: if they have an account already, or have left
    """
    _require(person, Status.INVITED)
    make_link(person, Purpose.INVITE, actor=actor)


def edit_person(
    person: Person,
    *,
    name: str,
    job_title: str,
    staff_id: str | None,
    unit: Unit | None,
    manager: Person | None,
    is_technician: bool,
) -> None:
    """Put the staff list's facts right; what people say of themselves is theirs.

    :raises OwnManager: if somebody would manage themselves, be it through others
    :raises StaffNumberTaken: if somebody else has that staff number
    """
    if staff_id is not None and queries.holder_of_staff_number(person.institution_id, staff_id) not in {
        None,
        person.id,
    }:
        raise StaffNumberTaken("Somebody else has this staff number.")
    if manager is not None and manager.id == person.id:
        raise OwnManager("Nobody is their own line manager.")
    if manager is not None and person.id in queries.managers_above(manager):
        raise OwnManager(f"{manager.name} is managed by {person.name}, directly or through others.")
    person.name, person.job_title, person.staff_id = name, job_title, staff_id
    person.unit, person.manager, person.is_technician = unit, manager, is_technician
    db.session.flush()
    signals.person_changed.send(person)


def suspend(person: Person) -> None:
    """Shut somebody out, from their very next request on.

    :raises MoveRefused: if they are not active
    :raises OnlyLead: if they are the only lead
    """
    _require(person, Status.ACTIVE)
    _shut_out(person)
    person.status = Status.SUSPENDED
    db.session.flush()
    signals.person_changed.send(person)


def reactivate(person: Person) -> None:
    """Let somebody in again; they sign in afresh.

    :raises MoveRefused: if they are neither suspended nor gone
    """
    _require(person, Status.SUSPENDED, Status.LEFT)
    person.status, person.left_on = Status.ACTIVE, None
    db.session.flush()
    signals.person_changed.send(person)


def record_leaver(person: Person, *, left_on: date) -> None:
    """Note that somebody has left: they are shut out, and their record stays.

    :raises MoveRefused: if they have left already
    :raises OnlyLead: if they are the only lead
    """
    _require(person, Status.ACTIVE, Status.INVITED, Status.SUSPENDED)
    _shut_out(person)
    person.status, person.left_on = Status.LEFT, left_on
    db.session.flush()
    signals.person_changed.send(person)


def _require(person: Person, *statuses: Status) -> None:
    if person.status not in statuses:
        raise MoveRefused(f"This cannot be done: {person.name} is “{person.status}”.")


def _shut_out(person: Person) -> None:
    if person.holds(Role.LEAD):
        refuse_only_lead(person)
    close_all_sessions(person)
    forget_links(person)

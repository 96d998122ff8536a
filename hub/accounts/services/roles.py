"""Giving and ending roles."""

from datetime import date, timedelta

from hub.accounts import policy, queries, signals
from hub.accounts.models import Person, Role, RoleGrant
from hub.accounts.services.signing_in import close_all_sessions
from hub.core.clock import today
from hub.core.db import db, lock
from hub.core.errors import Refusal

LEADING = frozenset(policy.GRACE)


class OnlyLead(Refusal):
    """An institution is never left without a lead."""


class AlreadyHeld(Refusal):
    """The role is held already."""


def grant(
    person: Person, role: Role, *, actor: Person | None, starts_on: date | None = None, ends_on: date | None = None
) -> RoleGrant:
    """Give *person* a role in their own institution. Who comes to lead or administer signs in afresh.

    :raises AlreadyHeld: if they hold it today
    """
    if person.holds(role):
        raise AlreadyHeld(f"{person.name} has this role already.")
    begins = starts_on or today()
    given = RoleGrant(
        person=person,
        role=role,
        starts_on=begins,
        ends_on=ends_on,
        granted_by_id=actor.id if actor else None,
        second_step_from=max(begins, today()) + policy.GRACE[role] if role in LEADING else None,
    )
    db.session.add(given)
    if role in LEADING and actor is not None and actor.id != person.id:
        close_all_sessions(person)
    db.session.flush()
    signals.role_granted.send(given, actor=actor)
    return given


def end_grant(given: RoleGrant) -> None:
    """End a role now: from the next request on it counts no more. Who led or administered signs in afresh.

    :raises OnlyLead: if the institution would have no lead
    """
    person = given.person
    if given.role == Role.LEAD and given.in_force:
        refuse_only_lead(person)
    yesterday = today() - timedelta(days=1)
    if given.starts_on <= yesterday:
        given.ends_on = yesterday
    else:
        person.roles.remove(given)
        db.session.delete(given)
    if given.role in LEADING:
        close_all_sessions(person)
    db.session.flush()


def refuse_only_lead(person: Person) -> None:
    """:raises OnlyLead: if *person* is the only lead of their institution"""
    lock(person.institution)
    if [p.id for p in queries.holders(person.institution_id, Role.LEAD)] == [person.id]:
        raise OnlyLead(f"{person.name} is the only lead. Make somebody else lead first.")

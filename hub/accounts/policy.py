"""Who may do what with people and roles. Pure functions of (user, object): no request, no query."""

from datetime import date, timedelta
from typing import Any

from hub.accounts.models import Institution, Person, Role, RoleGrant, SignIn, same_institution


def is_signed_in(_user: Person, _subject: Any = None) -> bool:
    """Anybody with an account; ``allowed`` has already asked for that, and for the same institution."""
    return True


def is_technician(user: Person, _subject: Any = None) -> bool:
    return user.is_technician


def is_lead(user: Person, subject: Any = None) -> bool:
    """The institution's lead or deputy, for their own institution's things."""
    return user.is_lead and (subject is None or same_institution(user, subject))


def is_administrator(user: Person, _subject: Any = None) -> bool:
    return user.is_administrator


def manages(user: Person, person: Person) -> bool:
    """Line management, from the HR file."""
    return person.manager_id == user.id


def can_describe(user: Person, institution: Institution) -> bool:
    return can_manage_people(user) and user.institution_id == institution.id


def can_manage_people(user: Person, subject: Any = None) -> bool:
    return user.leads and (subject is None or same_institution(user, subject))


MAY_GRANT: dict[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.LEAD: frozenset(Role) - {Role.ADMINISTRATOR},
    Role.DEPUTY_LEAD: frozenset({Role.DEPUTY_LEAD, Role.WORKFORCE_OFFICER, Role.EDITOR}),
}


def grantable(user: Person) -> frozenset[Role]:
    """The roles that *user* may give and end: never one above their own."""
    held = [roles for role, roles in MAY_GRANT.items() if user.holds(role)]
    return frozenset[Role]().union(*held)


def can_manage_person(user: Person, person: Person) -> bool:
    """Edit, suspend or let in again: never somebody whose role *user* could not have given."""
    return can_manage_people(user, person) and all(g.role in grantable(user) for g in person.roles if g.in_force)


def can_shut_out(user: Person, person: Person) -> bool:
    return can_manage_person(user, person) and user.id != person.id


# -- the second step --------------------------------------------------------------------------------------------------

# Who must sign in with a second step, and for how long after the role was given they need not yet.
GRACE: dict[Role, timedelta] = {
    Role.ADMINISTRATOR: timedelta(0),
    Role.LEAD: timedelta(days=14),
    Role.DEPUTY_LEAD: timedelta(days=14),
}


def second_step_from(person: Person) -> date | None:
    """The first day on which *person* may not sign in without a second step; nothing if they may for ever."""
    return min((g.second_step_from for g in person.roles if g.in_force and g.second_step_from), default=None)


def can_stop_second_step(user: Person, _subject: Any = None) -> bool:
    """Those who must have one can change it, not be without."""
    return second_step_from(user) is None


def can_reset_second_step(user: Person, person: Person) -> bool:
    """Somebody else’s, when their phone is lost: never that of somebody whose role *user* could not have given."""
    return can_shut_out(user, person)


def can_end_grant(user: Person, given: RoleGrant) -> bool:
    return can_manage_people(user, given) and given.role in grantable(user)


def is_own_session(user: Person, session: SignIn) -> bool:
    return session.person_id == user.id

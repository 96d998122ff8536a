"""Who may do what with people and roles. Pure functions of (user, object): no request, no query."""

from typing import Any

from hub.accounts.models import Person, Role, same_institution


def is_signed_in(_user: Person, _subject: Any = None) -> bool:
    """Anybody with an account; ``allowed`` has already asked for that, and for the same institution."""
    return True


def is_technician(user: Person, _subject: Any = None) -> bool:
    return user.is_technician


def is_lead(user: Person, subject: Any = None) -> bool:
    """The institution's lead or deputy, for their own institution's things."""
    return user.is_lead and (subject is None or same_institution(user, subject))


def is_leader(user: Person, subject: Any = None) -> bool:
    return user.holds(Role.LEADER) and (subject is None or same_institution(user, subject))


def is_administrator(user: Person, _subject: Any = None) -> bool:
    return user.is_administrator


def manages(user: Person, person: Person) -> bool:
    """Line management, from the HR file."""
    return person.manager_id == user.id


def can_manage_people(user: Person, subject: Any = None) -> bool:
    return (user.is_lead or user.is_administrator) and (subject is None or same_institution(user, subject))

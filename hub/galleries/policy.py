"""Who may do what with galleries. Pure functions of (user, object): no request, no query."""

from typing import Any

from hub.accounts.models import Person, Role, same_institution
from hub.galleries.models import Portrait, Printing

EDITORS = (Role.LEAD, Role.DEPUTY_LEAD, Role.EDITOR)


def edits(user: Person, subject: Any = None) -> bool:
    """Leads and editors make the institution's galleries."""
    return user.holds(*EDITORS) and (subject is None or same_institution(user, subject))


def is_portrayed(user: Person, portrait: Portrait) -> bool:
    return portrait.person_id == user.id


def printed(user: Person, printing: Printing) -> bool:
    """Whoever asked for a paper has it; another editor asks for their own, so that each is on record."""
    return printing.printed_by_id == user.id and edits(user, printing)


def by_consequence(_user: Any, _subject: Any) -> bool:
    """Of another deed, which has asked who may."""
    return True

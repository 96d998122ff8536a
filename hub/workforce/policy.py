"""Who may see and import the staff list. Pure functions of (user, object)."""

from collections.abc import Iterable
from typing import Any

from hub.accounts.models import Person, Role, same_institution
from hub.accounts.policy import grantable
from hub.workforce.models import StaffImport, Stage


def can_import(user: Person, subject: Any = None) -> bool:
    """The lead, deputies and workforce officers; contracts are theirs alone as well."""
    may = user.is_lead or user.holds(Role.WORKFORCE_OFFICER)
    return may and (subject is None or same_institution(user, subject))


def is_hub(user: Person | None, _subject: Any) -> bool:
    """What the hub itself does with a file, when it has worked on it."""
    return user is None


def can_confirm(user: Person, read: StaffImport) -> bool:
    return can_import(user, read) and not read.counts.get("errors")


def can_map(user: Person, read: StaffImport) -> bool:
    return can_import(user, read) and read.stage in {Stage.UNMAPPED, Stage.CHECKED}


def why_guarded(user: Person | None, person_id: int, roles: Iterable[Role], *, is_only_lead: bool) -> str:
    """Why a file that *user* sends may neither shut somebody out nor give them another address; nothing if it may.

    Nobody shuts out whose role they could not have given, and no file takes over an account that may do more than
    its sender's. Without a *user* it comes from whoever runs the installation.
    """
    if is_only_lead:
        return "the institution would have no lead."
    if user is None:
        return ""
    if user.id == person_id:
        return "this is you."
    return "" if set(roles) <= grantable(user) else "they hold a role that you cannot give or end."

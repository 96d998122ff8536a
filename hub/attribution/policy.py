"""Who may see and change contributions and documents. Pure functions of (user, object): no request, no query."""

from typing import Any

from hub.accounts.models import Person, Role
from hub.accounts.policy import is_lead, is_signed_in, is_technician
from hub.attribution.models import Audience, Contribution, Document, DocumentEdition, DocumentStage
from hub.directory.models import Visibility

__all__ = ["is_lead", "is_signed_in", "is_technician"]

SHOWN_TO_LEAD = frozenset({Visibility.TECHNICIANS, Visibility.INSTITUTION, Visibility.PUBLIC})
"""A lead sees what technicians see, as their work is with them; what is kept closer stays there."""


def owns(user: Person, contribution: Contribution) -> bool:
    return contribution.person_id == user.id and contribution.removed_at is None


def can_put_back(user: Person, contribution: Contribution) -> bool:
    """Its owner; that there is something to put back the service asks."""
    return contribution.person_id == user.id


def can_read(user: Person, contribution: Contribution) -> bool:
    is_shown = contribution.removed_at is None and contribution.shown_to in SHOWN_TO_LEAD
    return owns(user, contribution) or (is_shown and user.is_lead)


# -- documents ---------------------------------------------------------------------------------------------------------


def can_publish(user: Person, _subject: Any = None) -> bool:
    return user.is_lead or user.holds(Role.LEADER, Role.EDITOR)


def can_edit(user: Person, edition: DocumentEdition) -> bool:
    return can_publish(user) and edition.stage == DocumentStage.DRAFT


def can_withdraw(user: Person, edition: DocumentEdition) -> bool:
    return can_publish(user) and edition.stage == DocumentStage.PUBLISHED


def is_for(user: Person, edition: DocumentEdition) -> bool:
    """Whether somebody of the same institution is among those it is meant for."""
    return edition.audience != Audience.TECHNICIANS or user.is_technician


def can_read_document(user: Any, document: Document) -> bool:
    """The version in force, also by who is not signed in; the editions must be loaded."""
    edition = document.current
    if edition is None:
        return False
    if edition.audience == Audience.PUBLIC:
        return True
    is_here = user.is_authenticated and user.institution_id == document.institution_id
    return bool(is_here and (is_for(user, edition) or can_publish(user)))


def can_confirm(user: Person, edition: DocumentEdition) -> bool:
    """What is no longer in force the service refuses, in words."""
    return edition.stage != DocumentStage.DRAFT and is_for(user, edition)


def can_see_readers(user: Person, _document: Any = None) -> bool:
    """Who has read a document and who has not: by name for those who lead, for nobody else."""
    return user.is_lead

"""Recording what somebody contributed, changing it, removing it and putting it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hub.accounts.models import Person
from hub.attribution import policy, queries, signals
from hub.attribution.models import Agreement, Contribution, ContributionRole, CreditForm, CreditRole, OutputKind
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import MoveRefused
from hub.directory import queries as directory
from hub.directory.models import Covers, Visibility
from hub.directory.services import NotAgreed

KEPT_AFTER_REMOVAL = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Details:
    """A contribution as its owner tells of it. *may_be_named*: they agree to be named in the output."""

    title: str
    output: OutputKind
    year: int
    roles: Sequence[CreditRole]
    credit: CreditForm
    agreement: Agreement = Agreement.NOT_YET
    agreed_on: date | None = None
    may_be_named: bool = False
    doi: str = ""
    facility: str = ""
    unit_id: int | None = None
    shown_to: Visibility = Visibility.PRIVATE


def record(details: Details, *, actor: Person) -> Contribution:
    """Record something that *actor* contributed to.

    :raises NotAgreed: if everyone should see it and they have not agreed to be on the open web
    """
    made = Contribution(institution_id=actor.institution_id, person=actor, person_id=actor.id, role_rows=[])
    _tell(made, details)
    db.session.add(made)
    db.session.flush()
    _announce(made, None, actor=actor)
    return made


def edit(contribution: Contribution, details: Details, *, actor: Person) -> None:
    """:raises NotAgreed: as ``record`` does"""
    before = _as_evidence(contribution)
    _tell(contribution, details)
    db.session.flush()
    _announce(contribution, before, actor=actor)


def _tell(contribution: Contribution, details: Details) -> None:
    _refuse_unagreed(contribution, details)
    for name in (
        "title",
        "output",
        "year",
        "credit",
        "agreement",
        "agreed_on",
        "doi",
        "facility",
        "unit_id",
        "shown_to",
    ):
        setattr(contribution, name, getattr(details, name))
    contribution.permission_at = (contribution.permission_at or now()) if details.may_be_named else None
    kept = [row for row in contribution.role_rows if row.role in details.roles]
    new = set(details.roles) - {row.role for row in kept}
    contribution.role_rows = [*kept, *(ContributionRole(role=role) for role in sorted(new))]


def _refuse_unagreed(contribution: Contribution, details: Details) -> None:
    if details.shown_to != Visibility.PUBLIC or contribution.shown_to == Visibility.PUBLIC:
        return
    if not any(consent.covers == Covers.PAGE for consent in directory.open_consents(contribution.person_id)):
        raise NotAgreed("Agree to a public page of your profile first; until then choose another audience.")


Evidence = tuple[str, date, int | None]


def _as_evidence(contribution: Contribution) -> Evidence | None:
    """What the ledger says of it, if anything."""
    if not contribution.is_credit_agreed:
        return None
    return contribution.evidence_title, contribution.evidence_on, contribution.evidence_unit_id


def _announce(contribution: Contribution, before: Evidence | None, *, actor: Person) -> None:
    """Take back what was said *before* and is so no more, and say what is so now."""
    after = _as_evidence(contribution)
    if before is not None and before != after:
        signals.credit_withdrawn.send(contribution, actor=actor)
    if after is not None and before != after:
        signals.credit_agreed.send(contribution, actor=actor)


def remove(contribution: Contribution, *, actor: Person) -> None:
    """Take it off every page; for thirty days its owner can put it back."""
    if not policy.owns(actor, contribution):
        raise MoveRefused("This is removed already.")
    before = _as_evidence(contribution)
    contribution.removed_at = now()
    db.session.flush()
    _announce(contribution, before, actor=actor)


def put_back(contribution: Contribution, *, actor: Person) -> None:
    if not policy.can_put_back(actor, contribution) or contribution.removed_at is None:
        raise MoveRefused("There is nothing to put back.")
    contribution.removed_at = None
    db.session.flush()
    _announce(contribution, None, actor=actor)


def take_off_open_web(person: Person) -> None:
    """What everyone could see is seen by the institution: its owner has taken their permission back."""
    for contribution in queries.shown_publicly(person.id):
        contribution.shown_to = Visibility.INSTITUTION
    db.session.flush()


def forget_removed() -> int:
    """Delete what was removed thirty days ago. How many."""
    over = queries.forget_before(now() - KEPT_AFTER_REMOVAL)
    for contribution in over:
        db.session.delete(contribution)
    db.session.flush()
    return len(over)

"""Facts of any kind for the ledger, without the feature that would announce them."""

from datetime import date
from itertools import count
from typing import Any

from hub.accounts.models import Person
from hub.core.themes import Theme
from hub.evidence import services as evidence
from hub.evidence.models import Entry

_ids = count(1)


class Fact:
    """What ``evidence.services.record`` reads of everything that becomes an entry."""

    def __init__(
        self,
        institution_id: int,
        title: str = "A laser was shown",
        on: date = date(2025, 3, 1),
        unit_id: int | None = None,
        people: tuple[int, ...] = (),
        quantity: int = 1,
        theme: Theme | None = None,
    ) -> None:
        self.id, self.institution_id = next(_ids), institution_id
        self.evidence_title, self.evidence_on, self.evidence_unit_id = title, on, unit_id
        self.evidence_people, self.evidence_quantity = list(people), quantity
        self.theme = theme  # of what is brought by hand


def happened(lead: Person, kind: str = "skills.session", **given: Any) -> Entry:
    """An entry of *kind*; *given* are those of ``Fact``."""
    return evidence.record(kind, Fact(lead.institution_id, **given))


def taken_back(entry: Entry) -> None:
    """Its source withdraws it."""
    fact = Fact(entry.institution_id)
    fact.id = entry.source_id
    evidence.withdraw(entry.kind, fact)

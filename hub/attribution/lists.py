"""The lists of attribution: contributions, documents, who has read them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, or_

from hub.accounts.models import Person, Unit
from hub.attribution import policy, queries
from hub.attribution.models import (
    Contribution,
    ContributionRole,
    CreditForm,
    CreditRole,
    Document,
    DocumentEdition,
    DocumentKind,
)
from hub.core.lists import Column, Filter, Listing
from hub.core.words import joined

READ = {"yes": "Has read it", "no": "Has not read it yet"}
UNIT = Column("unit", "Unit", lambda c: c.unit.name if c.unit else "", beside=True)
PERSON = Column("person", "Technician", lambda c: c.person.name, Person.name)


def _columns() -> list[Column]:
    return [
        Column("title", "Output", lambda c: c.title, Contribution.title),
        Column("output", "Kind", lambda c: c.output.label, beside=True),
        Column("year", "Year", lambda c: c.year, Contribution.year, numeric=True),
        Column("doi", "DOI", lambda c: c.doi, beside=True),
        Column("roles", "Roles", lambda c: joined([role.label for role in c.roles])),
        Column("credit", "Credit", lambda c: c.credit.label, Contribution.credit),
        Column("agreed", "Agreed", lambda c: c.agreed_in_words, Contribution.agreed_on),
    ]


def mine(user: Person) -> Listing:
    return Listing(
        name="my-contributions",
        noun=("contribution", "contributions"),
        rows=queries.contributions_of(user.id),
        columns=_columns(),
        default_order=queries.BY_YEAR,
        filters_offered=[_credits()],
        search=queries.matches,
    )


def contributions(user: Person, figures: queries.Figures) -> Listing:
    """What technicians show their lead, with how many there are of each role, credit and unit."""
    return Listing(
        name="contributions",
        noun=("contribution", "contributions"),
        rows=queries.shown_to_lead(user.institution_id),
        columns=[PERSON, UNIT, *_columns()],
        default_order=queries.BY_YEAR,
        filters_offered=[
            _credits(lambda: figures.credits),
            Filter("role", "Role", CreditRole.choices, _in_role, lambda: figures.roles),
            Filter("unit", "Unit", lambda: figures.unit_names, _in_unit, lambda: figures.units),
        ],
        search=lambda q: or_(queries.matches(q), Person.name.icontains(q, autoescape=True)),
    )


def _credits(counts: Callable[[], dict[str, int]] | None = None) -> Filter:
    return Filter("credit", "Credit", CreditForm.choices, Contribution.credit.in_, counts)


def _in_role(chosen: list[str]) -> ColumnElement[bool]:
    return Contribution.role_rows.any(ContributionRole.role.in_(chosen))


def _in_unit(chosen: list[str]) -> ColumnElement[bool]:
    return Contribution.unit_id.in_([int(one) for one in chosen])


def documents(user: Person) -> Listing:
    publishes = policy.can_publish(user)
    return Listing(
        name="documents",
        noun=("document", "documents"),
        rows=queries.documents_for(user, all_stages=publishes),
        columns=[
            Column("title", "Document", lambda row: row[0].title, DocumentEdition.title),
            Column("kind", "Kind", lambda row: row[0].document.kind.label, Document.kind),
            Column("number", "Version", lambda row: row[0].number, DocumentEdition.number, numeric=True),
            Column("effective", "Applies from", lambda row: row[0].effective_on, DocumentEdition.effective_on),
            Column("state", "State", lambda row: row[0].stage.label)
            if publishes
            else Column("read", "You", lambda row: READ["yes" if row[1] else "no"]),
        ],
        default_order=[DocumentEdition.stage, Document.kind.desc(), DocumentEdition.title, DocumentEdition.id],
        filters_offered=[
            Filter("kind", "Kind", DocumentKind.choices, Document.kind.in_),
        ],
        search=lambda q: DocumentEdition.title.icontains(q, autoescape=True),
        entities=False,
    )


def readers(edition: DocumentEdition) -> Listing:
    rows = queries.asked(edition)
    read_at = rows.selected_columns.confirmed_at
    return Listing(
        name="readers",
        noun=("person is asked", "people are asked"),
        rows=rows,
        columns=[
            Column("name", "Name", lambda row: row.name, Person.name),
            Column("unit", "Unit", lambda row: row.unit or "", Unit.name),
            Column("confirmed", "Read and confirmed", lambda row: row.confirmed_at, read_at),
            Column("number", "Version", lambda row: row.number, numeric=True),
        ],
        default_order=[Person.name, Person.id],
        filters_offered=[
            Filter("read", "Read", lambda: READ, lambda chosen: _read(read_at, chosen)),
        ],
        search=lambda q: or_(Person.name.icontains(q, autoescape=True), Unit.name.icontains(q, autoescape=True)),
        entities=False,
    )


def _read(read_at: Any, chosen: list[str]) -> ColumnElement[bool]:
    wanted = [read_at.is_not(None)] if "yes" in chosen else []
    return or_(*wanted, *([read_at.is_(None)] if "no" in chosen else []))

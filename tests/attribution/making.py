"""Makers of contributions and documents, through the services."""

from datetime import date

from hub.accounts import queries as people
from hub.accounts.models import Person, Role
from hub.attribution import queries, services
from hub.attribution.models import (
    Agreement,
    Audience,
    Contribution,
    CreditForm,
    CreditRole,
    DocumentEdition,
    DocumentKind,
    OutputKind,
)
from hub.attribution.services import Details, Text
from hub.directory.models import Visibility
from tests import factories

AGREED = {"agreement": Agreement.BEFORE, "agreed_on": date(2026, 3, 3)}


def details(**given) -> Details:
    """An article in which somebody is acknowledged by name; not agreed yet, seen by its owner alone."""
    wanted = {
        "title": "Roots in dry soil",
        "output": OutputKind.ARTICLE,
        "year": 2026,
        "roles": [CreditRole.METHODOLOGY, CreditRole.INVESTIGATION],
        "credit": CreditForm.NAMED,
    }
    return Details(**wanted | given)


def contribution(owner: Person | None = None, **given) -> Contribution:
    made = services.record(details(**given), actor=owner or factories.person())
    return queries.contribution(made.id)


def text(**given) -> Text:
    wanted = {
        "title": "Ten fair promises",
        "text": "Credit is agreed **before** the work starts.",
        "audience": Audience.INSTITUTION,
        "effective_on": date(2026, 1, 1),
    }
    return Text(**wanted | given)


def editor(of=None, **given) -> Person:
    return factories.person(of, roles=(Role.EDITOR,), **given)


def draft(by: Person, kind: DocumentKind = DocumentKind.STATEMENT, **given) -> DocumentEdition:
    return services.new_document(kind, text(**given), actor=by)


def published(by: Person, **given) -> DocumentEdition:
    by = people.person(by.id)
    made = draft(by, **given)
    services.publish(made, actor=by)
    return queries.edition(made.id)


def next_version(of: DocumentEdition, by: Person, *, is_material: bool, **given) -> DocumentEdition:
    """A newer version in force."""
    by = people.person(by.id)
    made = services.new_version(queries.document(of.document_id), actor=by)
    changed = text(what_changed="Five days for learning", is_material=is_material, **given)
    services.rewrite(made, changed, actor=by)
    made = queries.edition(made.id)
    services.publish(made, actor=by)
    return queries.edition(made.id)


def in_every_stage(person: Person, *, reader: Person, lead: Person) -> None:
    """A contribution for everyone and one that was removed; a document in every stage, with a next version begun."""
    contribution(person, shown_to=Visibility.PUBLIC, may_be_named=True, **AGREED)
    services.remove(contribution(person, title="Removed", shown_to=Visibility.TECHNICIANS), actor=person)
    first = published(lead, audience=Audience.PUBLIC)
    services.confirm(first, actor=reader)
    second = next_version(first, lead, is_material=True, audience=Audience.PUBLIC)
    services.new_version(queries.document(second.document_id), actor=lead)
    services.withdraw(published(lead, title="Withdrawn"), actor=people.person(lead.id))
    draft(lead, title="A first draft")

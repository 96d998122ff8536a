"""Contributions and documents of the demo institution, made through the services month by month."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from sqlalchemy import select

from hub.accounts.models import Institution, Person
from hub.attribution import demo_words as words
from hub.attribution import queries, services
from hub.attribution.models import (
    Agreement,
    Audience,
    Contribution,
    CreditForm,
    Document,
    DocumentEdition,
    DocumentKind,
    DocumentStage,
)
from hub.attribution.services import Details, Text
from hub.core.clock import at_london, held, now, today
from hub.core.db import db
from hub.directory import queries as directory
from hub.directory.models import Visibility

RECORDED = (0, 1, 1, 2)  # contributions in a month
READ_SHARE = 0.3  # of those who have yet to read, in a month
REVISED_AFTER = timedelta(days=180)
SHOWN = (Visibility.PRIVATE, Visibility.TECHNICIANS, Visibility.INSTITUTION, Visibility.INSTITUTION)


def begin(institution: Institution, lead: Person, people: Sequence[Person], rng: Random) -> None:
    """The statement of expectations, and guidance for everybody; one more is being written."""
    del institution, people, rng
    for kind, (title, text), audience in (
        (DocumentKind.STATEMENT, words.STATEMENT, Audience.PUBLIC),
        (DocumentKind.GUIDANCE, words.GUIDANCE, Audience.TECHNICIANS),
    ):
        first = services.new_document(
            kind, Text(title, text, audience, effective_on=today() + timedelta(days=14)), actor=lead
        )
        services.publish(first, actor=lead)
    title, text = words.DRAFT
    services.new_document(DocumentKind.GUIDANCE, Text(title, text, Audience.INSTITUTION, today()), actor=lead)


def month(institution: Institution, lead: Person, people: Sequence[Person], month_start: date, _rng: Random) -> None:
    """Some record what they contributed to, some read what they are asked to; after half a year it is revised.

    By a chance of its own: what is drawn here changes nothing of what the other features draw.
    """
    rng = Random(month_start.toordinal())  # noqa: S311 -- the same demo every time
    moment = at_london(month_start + timedelta(days=4), 10)
    if moment >= now():
        return
    technicians = [person for person in people if person.is_technician and person.is_active]
    with held(moment):
        for person in rng.sample(technicians, min(len(technicians), rng.choice(RECORDED))):
            _record(person, rng)
        _revise(institution, lead)
        waiting = _waiting(institution)
        for person in technicians:
            if person.id in waiting:
                _read(person, rng)


def _record(person: Person, rng: Random) -> None:
    unit = person.unit.name if person.unit else ""
    known = next((outputs for part, outputs in words.OUTPUTS.items() if part in unit), [])
    used = set(db.session.scalars(select(Contribution.title).where(Contribution.person_id == person.id)))
    left = [output for output in known if output[0] not in used]
    if not left:
        return
    title, output, facility, roles = rng.choice(left)
    credit = rng.choice([CreditForm.AUTHOR, CreditForm.NAMED, CreditForm.NAMED, CreditForm.FACILITY, CreditForm.NONE])
    agreement = rng.choice([Agreement.BEFORE, Agreement.BEFORE, Agreement.LATER, Agreement.NOT_YET])
    is_public = bool(directory.open_consents(person.id)) and rng.random() < 0.5
    services.record(
        Details(
            title=title,
            output=output,
            year=today().year,
            roles=roles,
            credit=credit,
            agreement=agreement,
            agreed_on=None if agreement == Agreement.NOT_YET else today() - timedelta(days=rng.randint(0, 90)),
            may_be_named=credit in {CreditForm.AUTHOR, CreditForm.NAMED} and rng.random() < 0.8,
            doi=f"10.5555/brackenholm.{rng.randrange(1000, 9999)}" if rng.random() < 0.6 else "",
            facility=facility,
            unit_id=person.unit_id,
            shown_to=Visibility.PUBLIC if is_public else rng.choice(SHOWN),
        ),
        actor=person,
    )


def _revise(institution: Institution, lead: Person) -> None:
    """Half a year after they were first published both documents change, the statement in what matters."""
    for document in db.session.scalars(select(Document).where(Document.institution_id == institution.id)).all():
        first = queries.document(document.id).current
        if (
            first is None
            or first.number > 1
            or first.published_at is None
            or first.published_at > now() - REVISED_AFTER
        ):
            continue
        is_statement = document.kind == DocumentKind.STATEMENT
        draft = services.new_version(queries.document(document.id), actor=lead)
        changed = words.STATEMENT_CHANGED if is_statement else words.GUIDANCE_CHANGED
        text = Text(draft.title, draft.text, draft.audience, today(), what_changed=changed, is_material=is_statement)
        services.rewrite(draft, text, actor=lead)
        services.publish(queries.edition(draft.id), actor=lead)


def _waiting(institution: Institution) -> set[int]:
    """Who has yet to read something: asked once for all, most have read everything."""
    in_force = select(DocumentEdition).where(
        DocumentEdition.institution_id == institution.id, DocumentEdition.stage == DocumentStage.PUBLISHED
    )
    return {
        row.id
        for edition in db.session.scalars(in_force).all()
        for row in db.session.execute(queries.asked(edition))
        if row.confirmed_at is None
    }


def _read(person: Person, rng: Random) -> None:
    for edition in db.session.scalars(queries.waiting_for(person)).all():
        if rng.random() < READ_SHARE:
            services.confirm(edition, actor=person)

"""Reads of documents: who may read what, who has read what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from hub.accounts.models import Person, Status, Unit
from hub.attribution.models import Audience, Document, DocumentEdition, DocumentStage, ReadReceipt
from hub.core.db import db
from hub.core.suppression import told_apart
from hub.core.tasks import task
from hub.notifications.models import Notice

STATEMENTS_FIRST = (Document.kind.desc(), DocumentEdition.title, DocumentEdition.id)
READABLE = {DocumentStage.PUBLISHED}
KEPT = {DocumentStage.DRAFT, DocumentStage.PUBLISHED, DocumentStage.WITHDRAWN}


def document(document_id: int) -> Document:
    """With all of its versions.

    :raises NoResultFound: if there is none
    """
    return db.session.scalars(
        select(Document)
        .options(joinedload(Document.institution, innerjoin=True), selectinload(Document.editions))
        .where(Document.id == document_id)
    ).one()


def in_force(document_id: int) -> DocumentEdition:
    """The version of a document that is in force.

    :raises NoResultFound: if there is none
    """
    found = document(document_id).current
    if found is None:
        raise NoResultFound
    return found


def edition(edition_id: int) -> DocumentEdition:
    """With its document and all versions of that.

    :raises NoResultFound: if there is none
    """
    whole = joinedload(DocumentEdition.document, innerjoin=True).selectinload(Document.editions)
    return db.session.scalars(select(DocumentEdition).options(whole).where(DocumentEdition.id == edition_id)).one()


# -- for readers -------------------------------------------------------------------------------------------------------


def _receipts(person_id: Any) -> Select[Any]:
    """Receipts of a person that count for ``DocumentEdition``."""
    earlier = aliased(DocumentEdition)
    return (
        select(ReadReceipt.id)
        .join(earlier, earlier.id == ReadReceipt.edition_id)
        .where(
            ReadReceipt.person_id == person_id,
            earlier.document_id == DocumentEdition.document_id,
            earlier.number >= DocumentEdition.counts_from,
        )
        .correlate(DocumentEdition, Person)
    )


def _has_read(person_id: Any) -> ColumnElement[bool]:
    return _receipts(person_id).exists()


def _is_for(user: Person) -> ColumnElement[bool]:
    """``policy.is_for`` in SQL."""
    return or_(DocumentEdition.audience != Audience.TECHNICIANS, literal(user.is_technician))


def published(user: Person) -> Select[Any]:
    """The versions in force that are meant for somebody, statements of expectations first."""
    return (
        select(DocumentEdition)
        .join(DocumentEdition.document)
        .options(contains_eager(DocumentEdition.document))
        .where(
            DocumentEdition.institution_id == user.institution_id,
            DocumentEdition.stage == DocumentStage.PUBLISHED,
            _is_for(user),
        )
        .order_by(*STATEMENTS_FIRST)
    )


def documents_for(user: Person, *, all_stages: bool) -> Select[Any]:
    """Rows of (version, whether *user* has read it); *all_stages*: for those who publish, all but superseded ones."""
    stages = KEPT if all_stages else READABLE
    columns: list[Any] = [DocumentEdition, _has_read(user.id).label("is_read")]
    return (
        select(*columns)
        .join(DocumentEdition.document)
        .options(contains_eager(DocumentEdition.document))
        .where(
            DocumentEdition.institution_id == user.institution_id,
            DocumentEdition.stage.in_(stages),
            or_(literal(all_stages), _is_for(user)),
        )
    )


def waiting_for(user: Person) -> Select[Any]:
    """Versions in force that somebody is asked to read and has not confirmed."""
    return published(user).where(~_has_read(user.id))


def my_receipt(document: Document, person_id: int) -> ReadReceipt | None:
    """The newest of somebody’s receipts for any version of a document."""
    return db.session.scalars(
        select(ReadReceipt)
        .join(ReadReceipt.edition)
        .options(contains_eager(ReadReceipt.edition))
        .where(DocumentEdition.document_id == document.id, ReadReceipt.person_id == person_id)
        .order_by(DocumentEdition.number.desc())
        .limit(1)
    ).one_or_none()


def tasks_for(user: Person) -> list[Select[Any]]:
    return [
        task("attribution.read", DocumentEdition.document_id, DocumentEdition.title)
        .select_from(DocumentEdition)
        .where(
            DocumentEdition.institution_id == user.institution_id,
            DocumentEdition.stage == DocumentStage.PUBLISHED,
            _is_for(user),
            ~_has_read(user.id),
        )
    ]


def public_documents(institution_id: int) -> Sequence[DocumentEdition]:
    """Those in force that stand on the open web, statements of expectations first."""
    return db.session.scalars(
        select(DocumentEdition)
        .join(DocumentEdition.document)
        .options(contains_eager(DocumentEdition.document))
        .where(
            DocumentEdition.institution_id == institution_id,
            DocumentEdition.stage == DocumentStage.PUBLISHED,
            DocumentEdition.audience == Audience.PUBLIC,
        )
        .order_by(*STATEMENTS_FIRST)
    ).all()


# -- who has read it ---------------------------------------------------------------------------------------------------


def _asked_people(edition: DocumentEdition) -> tuple[ColumnElement[bool], ...]:
    here = (Person.institution_id == edition.institution_id, Person.status == Status.ACTIVE)
    only = (Person.is_technician.is_(True),) if edition.audience == Audience.TECHNICIANS else ()
    return (*here, *only)


def _read_at(edition: DocumentEdition) -> Any:
    """Person → when they last confirmed a version that counts for *edition*, and which."""
    return (
        select(
            ReadReceipt.person_id,
            func.max(ReadReceipt.confirmed_at).label("confirmed_at"),
            func.max(DocumentEdition.number).label("number"),
        )
        .join(ReadReceipt.edition)
        .where(
            DocumentEdition.document_id == edition.document_id,
            DocumentEdition.number.between(edition.counts_from, edition.number),
        )
        .group_by(ReadReceipt.person_id)
        .subquery()
    )


def asked(edition: DocumentEdition) -> Select[Any]:
    """Everybody who is asked to read a version: id, name, unit, when they confirmed, which number."""
    read = _read_at(edition)
    return (
        select(Person.id, Person.name, Unit.name.label("unit"), read.c.confirmed_at, read.c.number)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .outerjoin(read, read.c.person_id == Person.id)
        .where(*_asked_people(edition))
    )


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a unit have read a version."""

    unit: str
    read: int
    asked: int


def progress(edition: DocumentEdition) -> list[Share]:
    """By unit; those of fewer than five people in one line, so that a number names nobody."""
    read = _read_at(edition)
    rows = db.session.execute(
        select(Unit.name, func.count(read.c.person_id), func.count())
        .select_from(Person)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .outerjoin(read, read.c.person_id == Person.id)
        .where(*_asked_people(edition))
        .group_by(Unit.name)
        .order_by(case((Unit.name.is_(None), 1), else_=0), Unit.name)
    )
    return _folded([Share(name or "No unit", n, of) for name, n, of in rows])


def _folded(shares: list[Share]) -> list[Share]:
    rest, few = told_apart(shares, lambda share: share.asked)
    together = Share("Smaller units together", sum(s.read for s in few), sum(s.asked for s in few))
    return [*rest, together] if few else rest


def to_remind(key: str, *, since: datetime, until: datetime) -> Sequence[tuple[DocumentEdition, Person]]:
    """Who has yet to read what was published between two moments, and was not told of it under this *key* so far."""
    asked = and_(
        Person.institution_id == DocumentEdition.institution_id,
        Person.status == Status.ACTIVE,
        or_(DocumentEdition.audience != Audience.TECHNICIANS, Person.is_technician.is_(True)),
    )
    told = select(Notice.id).where(
        Notice.recipient_id == Person.id, Notice.dedupe == literal(key) + cast(DocumentEdition.id, String)
    )
    rows = db.session.execute(
        select(DocumentEdition, Person)
        .join(Person, asked)
        .where(
            DocumentEdition.stage == DocumentStage.PUBLISHED,
            DocumentEdition.published_at > since,
            DocumentEdition.published_at <= until,
            ~_has_read(Person.id),
            ~told.correlate(DocumentEdition, Person).exists(),
        )
        .order_by(DocumentEdition.id, Person.id)
    )
    return [(edition, person) for edition, person in rows]

"""Writing documents, publishing their versions, confirming that one has read them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hub.accounts.models import Person
from hub.attribution import notifications, queries, signals
from hub.attribution.models import Audience, Document, DocumentEdition, DocumentKind, DocumentStage, ReadReceipt
from hub.attribution.workflow import EDITION
from hub.core.clock import now
from hub.core.db import db, lock
from hub.core.errors import MoveRefused, Refusal

AGAIN_AFTER = timedelta(days=14)  # from the publication


class AlreadyDrafted(Refusal):
    """A document has one draft at a time."""


@dataclass(frozen=True, slots=True)
class Text:
    """A version as somebody writes it. *is_material*: whoever read an earlier one is asked again."""

    title: str
    text: str
    audience: Audience
    effective_on: date
    what_changed: str = ""
    is_material: bool = True


def new_document(kind: DocumentKind, text: Text, *, actor: Person) -> DocumentEdition:
    """Begin a document with a draft of its first version."""
    document = Document(institution_id=actor.institution_id, kind=kind, editions=[])
    db.session.add(document)
    db.session.flush()
    return _draft(document, 1, text)


def new_version(document: Document, *, actor: Person) -> DocumentEdition:
    """Begin the next version with the words of the newest one.

    :raises AlreadyDrafted: if somebody has begun it
    """
    del actor  # the policy has asked; the journal names them
    lock(document)
    if document.draft is not None:
        raise AlreadyDrafted("Somebody has begun the next version already: change that one.")
    newest = document.newest
    return _draft(document, newest.number + 1, Text(newest.title, newest.text, newest.audience, newest.effective_on))


def _draft(document: Document, number: int, text: Text) -> DocumentEdition:
    edition = DocumentEdition(
        institution_id=document.institution_id, document=document, number=number, counts_from=number
    )
    _write(edition, text)
    db.session.add(edition)
    db.session.flush()
    return edition


def _write(edition: DocumentEdition, text: Text) -> None:
    for name in ("title", "text", "audience", "effective_on", "what_changed", "is_material"):
        setattr(edition, name, getattr(text, name))


def rewrite(edition: DocumentEdition, text: Text, *, actor: Person) -> None:
    """Change a draft; what is published stays as it was read."""
    del actor
    if edition.stage != DocumentStage.DRAFT:
        raise MoveRefused("A published version stays as it is. Begin the next one.")
    _write(edition, text)
    db.session.flush()


def discard(edition: DocumentEdition, *, actor: Person) -> None:
    """Throw a draft away, and the document with it if there is no other version."""
    del actor
    if edition.stage != DocumentStage.DRAFT:
        raise MoveRefused("Only a draft can be thrown away.")
    document = edition.document
    if len(document.editions) == 1:
        db.session.delete(document)
    else:
        document.editions.remove(edition)
    db.session.flush()


def publish(edition: DocumentEdition, *, actor: Person) -> None:
    """Put a draft in force, in place of the version before. Those it is for are asked to read it."""
    lock(edition.document)
    before = edition.document.current
    if before is not None:
        EDITION.make(before, "supersede", actor=actor)
        db.session.flush()
    EDITION.make(edition, "publish", actor=actor)
    edition.published_at, edition.published_by_id = now(), actor.id
    edition.counts_from = before.counts_from if before is not None and not edition.is_material else edition.number
    db.session.flush()


def withdraw(edition: DocumentEdition, *, actor: Person) -> None:
    """Take the version in force away; nothing stands in its place, and nobody is asked to read it any more."""
    EDITION.make(edition, "withdraw", actor=actor)
    db.session.flush()


def confirm(edition: DocumentEdition, *, actor: Person) -> ReadReceipt:
    """Say that one has read the version in force; once is enough."""
    if edition.stage != DocumentStage.PUBLISHED:
        raise MoveRefused("This version is no longer in force. Read the newest one, and confirm that.")
    known = queries.my_receipt(edition.document, actor.id)
    if known is not None and known.edition_id == edition.id:
        return known
    receipt = ReadReceipt(
        institution_id=edition.institution_id,
        edition=edition,
        edition_id=edition.id,
        person=actor,
        person_id=actor.id,
    )
    db.session.add(receipt)
    db.session.flush()
    signals.reading_confirmed.send(receipt, actor=actor)
    return receipt


def remind_readers() -> int:
    """Tell everybody of what they have yet to read: when it is published, and once more after a fortnight. How many."""
    turn = now() - AGAIN_AFTER
    new = queries.to_remind("attribution.new:", since=turn, until=now())
    old = queries.to_remind("attribution.again:", since=datetime.min.replace(tzinfo=UTC), until=turn)
    for edition, person in new:
        notifications.please_read(edition, person, again=False, dedupe=f"attribution.new:{edition.id}")
    for edition, person in old:
        notifications.please_read(edition, person, again=True, dedupe=f"attribution.again:{edition.id}")
    return len(new) + len(old)

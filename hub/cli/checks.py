"""What must always hold of one installation, by name: rows, journal and files. Features say their own in ``checks``."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Table, select, text

from hub.accounts import checks as accounts
from hub.attribution import checks as attribution
from hub.awards import checks as awards
from hub.charters import checks as charters
from hub.cli import boundaries
from hub.core import audit, schema, storage
from hub.core.clock import now
from hub.core.db import Base, db
from hub.core.invariants import Invariants, findings
from hub.core.storage import StoredFile
from hub.core.workflow import Staged
from hub.directory import checks as directory
from hub.evidence import checks as evidence
from hub.fund import checks as fund
from hub.galleries import checks as galleries
from hub.notifications import checks as notifications
from hub.packs import checks as packs
from hub.plan import checks as plan
from hub.registration import checks as registration
from hub.skills import checks as skills
from hub.workforce import checks as workforce

FEATURES = (
    accounts,
    notifications,
    directory,
    workforce,
    skills,
    registration,
    fund,
    awards,
    attribution,
    galleries,
    evidence,
    charters,
    plan,
    packs,
)


def broken_data() -> list[str]:
    """Everything that does not hold, once the database has the shape that the hub wants."""
    if newer := schema.unknown():
        return [f"database.revision: a newer version of the hub brought it to {newer}: run that version"]
    if schema.current() != schema.head():
        return [
            f"database.revision: it is at {schema.current()}, the hub wants {schema.head()}: run python -m hub migrate"
        ]
    return [*broken_rows(), *findings(OF_THE_WHOLE)]


def broken_rows() -> list[str]:
    """Everything that does not hold between rows, whatever revision the database says it is at."""
    return findings(row_invariants())


def row_invariants() -> Invariants:
    """Quick enough for the end of every test that writes."""
    asked = {"journal.chain": _journal, "files.present": _files}
    for feature in FEATURES:
        asked |= feature.INVARIANTS
    return asked | dict(boundaries.invariants())


def _journal() -> list[str]:
    broken_at = audit.first_broken()
    return [] if broken_at is None else [f"row {broken_at} does not fit what is before it, noted or sealed"]


def _files() -> list[str]:
    rows = db.session.scalars(select(StoredFile).order_by(StoredFile.id)).all()
    return [f"number {row.id} is not in the files folder" for row in rows if not storage.path_of(row).exists()]


def _integrity() -> Iterator[str]:
    if db.engine.dialect.name != "sqlite":
        return
    yield from (row[0] for row in db.session.execute(text("PRAGMA quick_check")) if row[0] != "ok")
    for table, number, parent, _key in db.session.execute(text("PRAGMA foreign_key_check")):
        yield f"row {number} of {table} points to a {parent} that is not there"


def _changed_files() -> list[str]:
    rows = db.session.scalars(select(StoredFile).order_by(StoredFile.id)).all()
    return [f"number {row.id} is not what was handed in" for row in rows if not _is_as_stored(row)]


def _is_as_stored(row: StoredFile) -> bool:
    path = storage.path_of(row)
    if not path.exists():
        return True  # files.present says so
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == row.sha256


def _stray_files() -> list[str]:
    return [f"{path.name} belongs to no row" for path in storage.strays(before=now() - timedelta(days=2))]


def _unwritten_stages() -> Iterator[str]:
    """Whatever moves through stages was moved by deeds, and each deed is in the journal."""
    named = {row for changes in db.session.scalars(select(audit.JournalEntry.changes)) for row in changes}
    for table in _staged_tables():
        for one in db.session.scalars(select(table.c.id).order_by(table.c.id)):
            if f"{table.name}:{one}" not in named:
                yield f"{table.name}:{one} is in no deed of the journal"


def _staged_tables() -> list[Table]:
    staged = (mapper for mapper in Base.registry.mappers if issubclass(mapper.class_, Staged))
    return sorted((Base.metadata.tables[mapper.class_.__tablename__] for mapper in staged), key=lambda t: t.name)


OF_THE_WHOLE: Invariants = {
    "database.integrity": _integrity,
    "files.unchanged": _changed_files,
    "files.no-strays": _stray_files,
    "journal.every-stage": _unwritten_stages,
    "evidence.ledger-equals-its-sources": evidence.unlike_sources,
}

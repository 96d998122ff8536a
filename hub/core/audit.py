"""The journal: one row per deed, in the deed's own transaction, each bound to the one before by its hash."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Table, event, inspect, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from hub.core.clock import now
from hub.core.db import Base, db, pk

GENESIS = "0" * 64


class JournalHead(Base):
    """The end of the chain: one row, locked for the last moment of every deed."""

    __tablename__ = "journal_head"

    id: Mapped[pk]
    seq: Mapped[int]
    hash: Mapped[str]


class JournalEntry(Base):
    """What was done, by whom, to which rows. Never changed or removed: triggers see to that."""

    __tablename__ = "journal_entry"

    id: Mapped[pk]
    seq: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime]
    deed: Mapped[str] = mapped_column(index=True)  # an endpoint, a job or a command
    actor_id: Mapped[int | None] = mapped_column(index=True)  # no foreign key: the journal outlives people
    institution_id: Mapped[int | None] = mapped_column(index=True)
    subject: Mapped[str]  # "table:id", or empty
    changes: Mapped[dict[str, Any]]  # {"table:id": [changed columns]}: names, never values
    previous: Mapped[str]
    hash: Mapped[str]

    def sealed(self) -> str:
        """The hash this row must carry: of its content and of the row before it."""
        content = [self.seq, self.at.isoformat(timespec="microseconds"), self.deed, self.actor_id, self.institution_id]
        content += [self.subject, self.changes, self.previous]
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


QUIET = {"journal_entry", "journal_head", "submission", "attempt", "sign_in"}  # bookkeeping, not deeds

_APPEND_ONLY = {
    "sqlite": [
        f"""CREATE TRIGGER journal_entry_no_{verb} BEFORE {verb} ON journal_entry
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""
        for verb in ("update", "delete")
    ],
    "postgresql": [
        """CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$""",
        """CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry
        FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()""",
    ],
}


def append_only_statements(dialect: str) -> list[str]:
    """What makes the database itself refuse to change the journal: for migrations and ``create_all``."""
    return _APPEND_ONLY[dialect]


def _protect(_table: Table, connection: Any, **_: Any) -> None:
    for statement in append_only_statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


event.listen(JournalEntry.__table__, "after_create", _protect)


@dataclass
class Deed:
    """What is being done now: gathered while it happens, written as one journal row at its end."""

    name: str
    actor_id: int | None = None
    institution_id: int | None = None
    subject: str = ""
    changes: dict[str, list[str]] = field(default_factory=dict)


_deed: ContextVar[Deed | None] = ContextVar("deed", default=None)


@contextmanager
def deed(name: str, *, actor: Any = None, subject: Any = None) -> Iterator[Deed]:
    """Note everything the session writes inside the block as one deed."""
    doing = Deed(name, getattr(actor, "id", None), getattr(actor, "institution_id", None), named(subject))
    token = _deed.set(doing)
    try:
        yield doing
    finally:
        _deed.reset(token)


def named(row: Any) -> str:
    """``table:id`` of a stored row, or nothing."""
    table = getattr(row, "__tablename__", None)
    return (
        f"{table}:{'-'.join(str(part) for part in inspect(row).mapper.primary_key_from_instance(row))}" if table else ""
    )


@event.listens_for(FlaskSession, "after_flush")
@event.listens_for(Session, "after_flush")
def _notice(session: Session, _context: Any) -> None:
    doing = _deed.get()
    if doing is None:
        return
    for row in (*session.new, *session.dirty, *session.deleted):
        if row.__tablename__ in QUIET:
            continue
        if row in session.deleted:
            columns = ["deleted"]
        elif row in session.new:
            columns = ["added"]
        else:
            columns = [
                a.key for a in inspect(row).mapper.column_attrs if inspect(row).attrs[a.key].history.has_changes()
            ]
        if columns:
            known = doing.changes.setdefault(named(row), [])
            known += [c for c in columns if c not in known]


def write(doing: Deed) -> JournalEntry:
    """Append *doing* to the chain; the head stays locked until the transaction ends."""
    head = db.session.execute(
        update(JournalHead)
        .where(JournalHead.id == 1)
        .values(seq=JournalHead.seq + 1)
        .returning(JournalHead.seq, JournalHead.hash)
    ).one_or_none()
    if head is None:
        db.session.add(JournalHead(id=1, seq=0, hash=GENESIS))
        db.session.flush()
        return write(doing)
    entry = JournalEntry(
        seq=head.seq,
        at=now(),
        deed=doing.name,
        actor_id=doing.actor_id,
        institution_id=doing.institution_id,
        subject=doing.subject,
        changes=dict(sorted(doing.changes.items())),
        previous=head.hash,
    )
    entry.hash = entry.sealed()
    db.session.add(entry)
    db.session.execute(update(JournalHead).where(JournalHead.id == 1).values(hash=entry.hash))
    return entry


def first_broken() -> int | None:
    """The number of the first journal row that does not fit the chain, or ``None`` if all of it holds."""
    previous, expected = GENESIS, 1
    inorder = select(JournalEntry).order_by(JournalEntry.seq).execution_options(yield_per=1000)
    with closing(db.session.scalars(inorder)) as entries:
        for entry in entries:
            if entry.seq != expected or entry.previous != previous or entry.hash != entry.sealed():
                return expected
            previous, expected = entry.hash, expected + 1
    head = db.session.execute(select(JournalHead.seq, JournalHead.hash)).one_or_none()
    if head is not None and (head.seq, head.hash) != (expected - 1, previous):
        return expected
    return None

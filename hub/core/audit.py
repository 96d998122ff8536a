"""The journal: one row per deed, in the deed's own transaction, each bound to the one before by its hash.

Whoever may write to the database can compute hashes anew. So the chain's end carries a seal made with the secret key,
and each day's end is noted in a file outside the database, for the backups to keep.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from flask_sqlalchemy.session import Session as FlaskSession
from itsdangerous import Signer
from sqlalchemy import Table, event, inspect, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from hub.core.clock import now
from hub.core.db import Base, db, pk

GENESIS = "0" * 64
_as_json = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode
NOTES = "journal-ends"  # the file of noted ends, beside the database


class JournalHead(Base):
    """The end of the chain: one row, locked for the last moment of every deed."""

    __tablename__ = "journal_head"

    id: Mapped[pk]
    seq: Mapped[int]
    hash: Mapped[str]
    seal: Mapped[str] = mapped_column(default="")  # of both, with the secret key: see seal_of


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


def hash_of(entry: Any) -> str:
    """The hash that *entry* must carry: of its content and of the row before it."""
    content = [entry.seq, entry.at.isoformat(timespec="microseconds"), entry.deed, entry.actor_id]
    content += [entry.institution_id, entry.subject, entry.changes, entry.previous]
    return hashlib.sha256(_as_json(content).encode()).hexdigest()


def seal_of(seq: int, last_hash: str) -> str:
    """What proves that this installation, and nobody who only reached its database, ended the chain there."""
    return _sealer().get_signature(f"{seq}:{last_hash}").decode()


def _holds(head: Any) -> bool:
    return _sealer().verify_signature(f"{head.seq}:{head.hash}", head.seal)


def _sealer() -> Signer:
    """Seals with the secret key; the keys before it still show that a seal was good."""
    keys = [*reversed(current_app.config["EARLIER_KEYS"]), str(current_app.secret_key)]
    return Signer(keys, salt="journal head", key_derivation="hmac", digest_method=hashlib.sha256)


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


# SQLite deletes for INSERT OR REPLACE without asking the triggers, unless the connection asks for it as ours do.
_NEVER_REPLACED = {
    "sqlite": [
        """CREATE TRIGGER journal_entry_no_replace BEFORE INSERT ON journal_entry
        WHEN EXISTS (SELECT 1 FROM journal_entry WHERE seq = NEW.seq OR id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""
    ],
    "postgresql": [],
}


def append_only_statements(dialect: str) -> list[str]:
    """What makes the database itself refuse to change the journal: for migrations and ``create_all``."""
    return _APPEND_ONLY[dialect]


def never_replaced_statements(dialect: str) -> list[str]:
    """What makes SQLite refuse to replace a row whoever connects: for migrations and ``create_all``."""
    return _NEVER_REPLACED[dialect]


def _protect(_table: Table, connection: Any, **_: Any) -> None:
    dialect = connection.dialect.name
    for statement in (*append_only_statements(dialect), *never_replaced_statements(dialect)):
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
    for row in (*session.new, *session.dirty):
        if row in session.new:
            columns = ["added"]
        else:
            columns = [
                a.key for a in inspect(row).mapper.column_attrs if inspect(row).attrs[a.key].history.has_changes()
            ]
        _note(doing, row, columns)


@event.listens_for(FlaskSession, "persistent_to_deleted")
@event.listens_for(Session, "persistent_to_deleted")
def _notice_removal(_session: Session, row: Any) -> None:
    """Also of what goes because its owner let go of it, such as a line taken out of a list."""
    doing = _deed.get()
    if doing is not None:
        _note(doing, row, ["deleted"])


def _note(doing: Deed, row: Any, columns: list[str]) -> None:
    if columns and row.__tablename__ not in QUIET:
        known = doing.changes.setdefault(named(row), [])
        known += [c for c in columns if c not in known]


def write(doing: Deed) -> JournalEntry:
    """Append *doing* to the chain; the head stays locked until the transaction ends.

    A seal that does not hold is carried along, never mended: what was forged under it must not look sound again.
    """
    head = db.session.execute(
        update(JournalHead)
        .where(JournalHead.id == 1)
        .values(seq=JournalHead.seq + 1)
        .returning(JournalHead.seq, JournalHead.hash, JournalHead.seal)
    ).one_or_none()
    if head is None:
        db.session.add(JournalHead(id=1, seq=0, hash=GENESIS, seal=seal_of(0, GENESIS)))
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
    entry.hash = hash_of(entry)
    db.session.add(entry)
    was_sound = _holds(End(head.seq - 1, head.hash, head.seal))
    seal = seal_of(entry.seq, entry.hash) if was_sound else head.seal
    db.session.execute(update(JournalHead).where(JournalHead.id == 1).values(hash=entry.hash, seal=seal))
    return entry


@dataclass(frozen=True, slots=True)
class End:
    """Where the chain ended at one moment."""

    seq: int
    hash: str
    seal: str = ""


def first_broken() -> int | None:
    """The number of the first journal row that does not fit, or ``None`` if all holds.

    Rows that were forged together with all hashes after them fit each other: then it is the first that a noted end
    contradicts, or the last, where the seal is.
    """
    noted, head = noted_ends(), _head()  # before the rows: others may write meanwhile
    expected = noted | {head.seq: head.hash}
    last = End(0, GENESIS)
    for entry in _in_order():
        if (entry.seq, entry.previous, entry.hash) != (last.seq + 1, last.hash, hash_of(entry)):
            return last.seq + 1
        if expected.get(entry.seq, entry.hash) != entry.hash:
            return int(entry.seq)
        last = End(entry.seq, entry.hash)
    if any(seq > last.seq for seq in expected):
        return last.seq + 1
    if last.seq > (end := _head().seq):
        return end + 1
    return None if last.seq == 0 or _holds(head) else max(head.seq, 1)


def _head() -> End:
    """Where the head says that the chain ends."""
    head = db.session.execute(select(JournalHead.seq, JournalHead.hash, JournalHead.seal)).one_or_none()
    return End(head.seq, head.hash, head.seal) if head is not None else End(0, GENESIS)


def seal_anew() -> None:
    """Seal the end as it is: for an operator whose earlier key is lost, and who says so in a deed."""
    head = db.session.scalars(select(JournalHead)).one()
    head.seal = seal_of(head.seq, head.hash)
    db.session.flush()


def _in_order() -> Iterator[Any]:
    columns = inspect(JournalEntry).columns
    inorder = select(*columns).order_by(JournalEntry.seq).execution_options(yield_per=1000)
    with closing(db.session.execute(inorder)) as entries:
        yield from entries


def note_end() -> None:
    """Write down where the chain ends now, in a file that no right to the database reaches."""
    head = _head()
    if head.seq == 0:
        return
    with _notes().open("a", encoding="ascii") as file:
        file.write(f"{now().isoformat(timespec='seconds')} {head.seq} {head.hash}\n")


def forget_noted_ends() -> None:
    """For a database that is emptied on purpose."""
    _notes().unlink(missing_ok=True)


def noted_ends() -> dict[int, str]:
    """The hash that each noted row had on its day."""
    if not _notes().exists():
        return {}
    lines = [line.split() for line in _notes().read_text(encoding="ascii").splitlines()]
    return {int(seq): noted for _at, seq, noted in lines}


def _notes() -> Path:
    return Path(current_app.config["VAR"]) / NOTES

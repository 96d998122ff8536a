"""What stands in every row of the database, to tell exactly what a deed has changed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import JSON, Select, func, select
from werkzeug.datastructures import MultiDict

from hub.core.audit import JournalEntry
from hub.core.db import Base, db
from tests.support.sweeping import Answer, Form, Sweep, undone

Row = tuple[Any, ...]
Image = dict[str, dict[Row, Row]]  # table → key → columns in order

# Bookkeeping that is kept whatever becomes of the deed: how often somebody tried, that a session is in use.
KEPT = {"attempt", "sign_in"}
VERSION = {"version"}  # counts the changes of its row, so whoever names the row has said it
JOURNAL = {"journal_entry", "journal_head"}


def image(*, without: Iterable[str] = ()) -> Image:
    """All rows as the database holds them, read in the transaction of the session."""
    left_out = set(without)
    return {name: _rows(name) for name in Base.metadata.tables if name not in left_out}


def sharing(rows: Image, known: Image) -> Image:
    """*rows* in less memory: with the tables of *known* where nothing changed."""
    return {name: known[name] if known[name] == table else table for name, table in rows.items()}


def _rows(name: str) -> dict[Row, Row]:
    """By the driver alone: thousands of images are taken, of every row."""
    keys = len(Base.metadata.tables[name].primary_key)
    cursor = db.session.connection().connection.cursor()
    try:
        cursor.execute(_asked(name))
        return {row[:keys]: row for row in cursor.fetchall()}
    finally:
        cursor.close()


@cache
def columns_of(table: str) -> list[str]:
    """The columns of *table*, those of its key first."""
    columns = Base.metadata.tables[table].columns
    return sorted((c.name for c in columns), key=lambda name: not columns[name].primary_key)


@cache
def _asked(table: str) -> str:
    """Every row as it is kept; documents, which PostgreSQL gives as dictionaries, as a value that can be compared."""
    columns = Base.metadata.tables[table].columns
    return "SELECT {} FROM {}".format(
        ", ".join(f'CAST("{c}" AS text)' if isinstance(columns[c].type, JSON) else f'"{c}"' for c in columns_of(table)),
        f'"{table}"',
    )


def changes(before: Image, after: Image) -> dict[str, list[str]]:
    """{"table:id": names of the changed columns, or "added", or "deleted"}: as the journal says it."""
    found = {}
    for name, rows in after.items():
        old = before[name]
        if rows == old:
            continue
        columns = columns_of(name)
        for key in old.keys() | rows.keys():
            if old.get(key) != rows.get(key):
                found[f"{name}:{'-'.join(map(str, key))}"] = _columns(columns, old.get(key), rows.get(key))
    return found


def _columns(names: list[str], old: Row | None, new: Row | None) -> list[str]:
    if old is None or new is None:
        return ["added" if old is None else "deleted"]
    return [name for name, a, b in zip(names, old, new, strict=True) if a != b]


def differences(one: Image, other: Image) -> set[str]:
    """ "table.column" of what two images do not have in common; "table" where one has rows that the other lacks."""
    found = set()
    for row, columns in changes(one, other).items():
        table = row.split(":")[0]
        found |= {table if c in {"added", "deleted"} else f"{table}.{c}" for c in columns}
    return found


def unsaid(changed: dict[str, list[str]], deed: JournalEntry, *, in_bulk: Iterable[str]) -> list[str]:
    """What changed without the journal's saying so, and what it says that did not."""
    said = {row: set(columns) for row, columns in deed.changes.items()}
    faults = list(_wrong(changed, said, set(in_bulk)))
    return [f"{deed.deed}: {fault}" for fault in faults]


def _wrong(changed: dict[str, list[str]], said: dict[str, set[str]], in_bulk: set[str]) -> Iterator[str]:
    keys = _keys()
    for row, columns in changed.items():
        table = row.split(":")[0]
        really = {keys[table].get(c, c) for c in columns} - (VERSION if row in said else set())
        if table not in in_bulk and not really <= said.get(row, set()):
            yield f"{row} changed in {sorted(really - said.get(row, set()))}, which the journal does not say"
    for row, columns in said.items():
        really = {keys[row.split(":")[0]].get(c, c) for c in changed.get(row, [])}
        if not really and columns != {"added", "deleted"}:
            yield f"the journal says {sorted(columns)} of {row}, which did not change"


def _keys() -> dict[str, dict[str, str]]:
    """Table → column → what the journal calls it: the attribute of its model."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for mapper in Base.registry.mappers:
        for attribute in mapper.column_attrs:
            names[mapper.local_table.name][attribute.columns[0].name] = attribute.key
    return names


# -- what one form leaves ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Left:
    """The answer to a form, the deeds that the journal has of it, and every row as it then stood."""

    answer: Answer
    deeds: list[JournalEntry]
    rows: Image


def left_by(sweep: Sweep, form: Form, sent: MultiDict[str, Any], *, after: Callable[[], object] | None = None) -> Left:
    """Send *form*, once *after* has happened, note what it left, and undo both."""
    with undone(sweep.app):
        if after is not None:
            after()
            db.session.commit()
        last = db.session.scalar(select(func.max(JournalEntry.id))) or 0
        answer = sweep.keep(form, sent)
        deeds = db.session.scalars(select(JournalEntry).where(JournalEntry.id > last)).all()
        return Left(answer, list(deeds), image(without=KEPT | JOURNAL))


def standing(app: Flask, after: Callable[[], object] | None = None) -> Image:
    """Every row before anything is sent, once *after* has happened."""
    with undone(app):
        if after is not None:
            after()
        return image(without=KEPT | JOURNAL)


def rewind(app: Flask) -> None:
    """Let the next rows get the numbers again that undone ones had: PostgreSQL does not take those back."""
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(_to_the_last_rows())
            db.session.commit()


@cache
def _to_the_last_rows() -> Select[Any]:
    """Every sequence set to the highest number that its table holds, or to its beginning."""
    keys = [table.primary_key.columns.values() for table in Base.metadata.tables.values()]
    numbers = [key for key, *more in keys if not more and key.type.python_type is int]
    highest = {key: select(func.max(key)).scalar_subquery() for key in numbers}
    return select(
        *(
            func.setval(
                func.pg_get_serial_sequence(key.table.name, key.name), func.coalesce(last, 1), last.is_not(None)
            )
            for key, last in highest.items()
        )
    )

"""The declarative base, the column types every table shares, and how a connection behaves."""

import enum
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from itertools import islice
from typing import Annotated, Any, TypeVar

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Connection, DateTime, Dialect, Engine, Enum, MetaData, TypeDecorator, event, update
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeEngine

from hub.core import turns

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite drops the zone, so it is put back on load."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- as declared
        if value is not None and value.tzinfo is None:
            raise ValueError("naive datetime: use hub.core.clock.now()")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- as declared
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


STORED_AS: dict[Any, TypeEngine[Any]] = {
    datetime: UtcDateTime(),
    dict[str, Any]: JSON(),
    list[str]: JSON(),
    list[int]: JSON(),
    enum.StrEnum: Enum(enum.StrEnum, native_enum=False, length=32, values_callable=lambda e: [m.value for m in e]),
}


class Base(DeclarativeBase):
    # A registry, not a type_annotation_map: Flask-SQLAlchemy 3.1 copies this class.
    registry = registry(metadata=MetaData(naming_convention=NAMING), type_annotation_map=STORED_AS)


Row = TypeVar("Row")
pk = Annotated[int, mapped_column(primary_key=True)]

db = SQLAlchemy(model_class=Base)

_writing: ContextVar[bool] = ContextVar("writing", default=False)


@contextmanager
def writing(on: bool = True) -> Iterator[None]:
    """Begin SQLite transactions inside the block as writers, so that none fails half way on a lock."""
    token = _writing.set(on)
    try:
        yield
    finally:
        _writing.reset(token)


def lock(row: Any) -> None:
    """Make everyone else who would lock *row* wait until this transaction ends.

    An UPDATE that changes nothing, not SELECT … FOR UPDATE: SQLite ignores that.
    """
    model = type(row)
    db.session.execute(update(model).where(model.id == row.id).values(id=row.id))


def in_pieces(rows: Iterable[Row], most: int = 500) -> Iterator[list[Row]]:
    """*rows* in lists that one statement can take."""
    left = iter(rows)
    return iter(lambda: list(islice(left, most)), [])


def init_app(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        configure(db.engine)


def configure(engine: Engine) -> None:
    """SQLite as a real database: write-ahead log, foreign keys, our own BEGIN, turns; others need nothing."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)


def _connect(_dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
    options["factory"] = turns.Connection


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver's own cannot be IMMEDIATE
    for pragma in (
        "busy_timeout = 30000",  # of many who write at once none is turned away
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # else INSERT OR REPLACE would slip past the journal's triggers
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if _writing.get():
        raw: Any = connection.connection.dbapi_connection
        raw.take_turn()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")

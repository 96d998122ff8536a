"""A few rows in every table of the database as it now is, whatever its shape: values that its constraints let in."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from hub.core.db import Base, db

EACH, TRIES = 2, 500
MOMENT = dt.datetime(2026, 3, 27, 12, 0)  # noqa: DTZ001 -- as it lies in the database


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, by the names of its columns as the database gives them."""
    with db.engine.connect() as connection:
        return {name: _rows(connection, name) for name in _names(connection)}


def fill() -> list[str]:
    """Give *EACH* rows to every table that has none; what the tables say that took none."""
    with db.engine.begin() as connection:
        found = sa.MetaData()
        found.reflect(connection, only=[name for name in _names(connection) if not _rows(connection, name)])
        tables = [table for table in found.sorted_tables if not _rows(connection, table.name)]
        return [refusal for table in tables if (refusal := _refusal(connection, table))]


def changed(before: dict[str, list[dict[str, Any]]], after: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Values that are not what they were, of the columns that are still there."""
    return [
        f"{table} {n}: {name}"
        for table, rows in before.items()
        for n, row in enumerate(rows)
        for name, value in row.items()
        if len(after.get(table, [])) <= n or after[table][n].get(name, value) != value
    ]


def _names(connection: sa.Connection) -> list[str]:
    return sorted({*sa.inspect(connection).get_table_names()} - {"alembic_version"})


def _rows(connection: sa.Connection, table: str) -> list[dict[str, Any]]:
    found = connection.execute(sa.text(f'SELECT * FROM "{table}"')).mappings()
    return sorted((dict(row) for row in found), key=repr)


def _refusal(connection: sa.Connection, table: sa.Table) -> str:
    """Try values, always the same ones, until its constraints let *EACH* rows in; nothing, or what it said last."""
    chance, said, taken = random.Random(table.name), "", 0
    for _ in range(TRIES):
        try:
            with connection.begin_nested():
                connection.execute(table.insert().values(dict(_row(table, taken + 1, chance))))
        except IntegrityError as refused:
            said = f"{table.name}: {refused.orig}"
        else:
            taken += 1
        if taken == EACH:
            return ""
    return said


def _row(table: sa.Table, n: int, chance: random.Random) -> Iterator[tuple[str, Any]]:
    for column in table.columns:
        if column.foreign_keys and (not column.nullable or chance.random() < 0.5):
            yield column.name, chance.randint(1, EACH)
        elif not column.foreign_keys and (not column.nullable or chance.random() < 0.2):
            yield column.name, _value(table, column, n, chance)


def _value(table: sa.Table, column: sa.Column[Any], n: int, chance: random.Random) -> Any:
    kind = column.type
    if column.primary_key and isinstance(kind, sa.Integer):
        return n
    if isinstance(kind, sa.Boolean):
        return chance.random() < 0.5
    if isinstance(kind, sa.Integer | sa.Numeric):
        return chance.choice((0, 1, 2, 3, 5, 10, 12, 60, 100, 500))
    if isinstance(kind, sa.DateTime | sa.Date):
        moment = MOMENT + dt.timedelta(days=chance.randint(0, 999))
        return moment if isinstance(kind, sa.DateTime) else moment.date()
    if isinstance(kind, sa.JSON):
        return []
    return chance.choice(_choices(table, column) or [f"word{n}"])


def _choices(table: sa.Table, column: sa.Column[Any]) -> list[str]:
    """What a column of few words may say, as the models know it."""
    now = Base.metadata.tables.get(table.name)
    kind = now.columns[column.name].type if now is not None and column.name in now.columns else None
    return list(kind.enums) if isinstance(kind, sa.Enum) else []

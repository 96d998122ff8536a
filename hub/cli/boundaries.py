"""No row leads into another institution: asked of every foreign key, read from the tables themselves."""

from collections.abc import Callable, Iterator
from functools import cache, partial

from sqlalchemy import ColumnElement, ForeignKeyConstraint, FromClause, ScalarSelect, Select, Table, and_, or_, select

from hub.core.db import Base, db
from hub.core.invariants import Invariants


@cache
def invariants() -> Invariants:
    """One for each table with a foreign key that could leave the institution."""
    tables = sorted(Base.metadata.tables.values(), key=lambda table: table.name)
    asked: dict[str, Callable[[], Iterator[str]]] = {}
    for table in tables:
        if crossings(table):
            asked[f"institutions.{table.name.replace('_', '-')}"] = partial(_astray, table)
    return asked


@cache
def crossings(table: Table) -> tuple[ForeignKeyConstraint, ...]:
    """The foreign keys of *table* to rows of an institution, but for the one by which it belongs there itself."""
    home = _home(table)
    keys = (key for key in _foreign_keys(table) if key is not home and belongs(key.referred_table))
    return tuple(keys) if belongs(table) else ()


@cache
def belongs(table: Table) -> bool:
    """Whether each row is of one institution: it says so, or something it cannot be without does."""
    return "institution_id" in table.c or _home(table) is not None


@cache
def _home(table: Table) -> ForeignKeyConstraint | None:
    if "institution_id" in table.c:
        return None
    required = (key for key in _foreign_keys(table) if not any(column.nullable for column in key.columns))
    return next((key for key in required if key.referred_table is not table and belongs(key.referred_table)), None)


def _foreign_keys(table: Table) -> list[ForeignKeyConstraint]:
    return sorted(table.foreign_key_constraints, key=lambda key: sorted(column.name for column in key.columns))


def _astray(table: Table) -> Iterator[str]:
    for found in db.session.execute(_question(table)).mappings():
        row = "-".join(str(found[column.name]) for column in table.primary_key)
        for key in crossings(table):
            if found[f"to {_label(key)}"]:
                yield f"{_label(key)} of row {row} leads to another institution"


def _label(key: ForeignKeyConstraint) -> str:
    return ", ".join(column.name for column in key.columns)


@cache
def _question(table: Table) -> Select[tuple[object, ...]]:
    """The rows of which a foreign key leads elsewhere; which one it is, is a column of its name."""
    row = table.alias()
    elsewhere = {_label(key): _institution(row, table) != _institution_behind(row, key) for key in crossings(table)}
    marks = [astray.label(f"to {label}") for label, astray in elsewhere.items()]
    return select(*(row.c[column.name] for column in table.primary_key), *marks).where(or_(*elsewhere.values()))


def _institution(row: FromClause, table: Table) -> ColumnElement[int | None]:
    home = _home(table)
    return row.c.institution_id if home is None else _institution_behind(row, home)


def _institution_behind(row: FromClause, key: ForeignKeyConstraint) -> ScalarSelect[int | None]:
    parent = key.referred_table.alias()
    same = and_(*(row.c[part.parent.name] == parent.c[part.column.name] for part in key.elements))
    return select(_institution(parent, key.referred_table)).where(same).correlate(row).scalar_subquery()

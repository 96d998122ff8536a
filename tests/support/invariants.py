"""At the end of every test that writes, what must always hold is asked of the rows that it left."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from hub.cli import boundaries, checks
from hub.directory import services as directory

WRITES = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
INDEX = {"directory_listed", "directory_posting"}  # which follows at the end of a transaction
READS = re.compile(r"\b(?:FROM|JOIN)\s+\"?(\w+)", re.IGNORECASE)


class Watch:
    """Which invariants speak of which tables, learned by asking each of them once."""

    def __init__(self) -> None:
        self.tables = {name: _read_by(ask) for name, ask in checks.row_invariants().items()}
        for name in boundaries.invariants():  # of the row's own table; others stand there for their institution
            self.tables[name] = {name.removeprefix("institutions.").replace("-", "_")}

    def broken(self, written: set[str]) -> list[str]:
        """What does not hold among the invariants that speak of a table in *written*."""
        asked = {name: ask for name, ask in checks.row_invariants().items() if self.tables[name] & written}
        if any(INDEX & self.tables[name] for name in asked):
            directory.catch_up()
        return checks.findings(asked)


def _read_by(ask) -> set[str]:
    with _statements(Engine) as seen:
        assert list(ask()) == []
    return {table for statement in seen for table in READS.findall(statement)}


@contextmanager
def tables_written(connection: Connection) -> Iterator[set[str]]:
    """The tables that *connection* writes to inside the block, undone or not."""
    written: set[str] = set()

    def listen(_connection, _cursor, statement, *_args):
        if found := WRITES.match(statement):
            written.add(found[1])

    event.listen(connection, "before_cursor_execute", listen)
    try:
        yield written
    finally:
        event.remove(connection, "before_cursor_execute", listen)


@contextmanager
def _statements(engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def listen(_connection, _cursor, statement, *_args):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", listen)

"""Migrations whose process dies at one statement after another: ``python -m tests.faults.dying_migrator URL STEP``.

A process of its own, as it forks. It prints, as JSON, what each migration did to what was there before it. With
``loose`` behind, SQLite runs as its driver comes, which is the control: there, half of each of the first two migrations
stays. With ``newest`` only so many die at each of their statements; those before them were tried when they were new.
With ``whole`` all of them are one upgrade, as when a release is installed.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.engine import Engine

from config import TestConfig
from hub import create_app
from hub.core import db as core
from hub.core import schema
from hub.core.db import db
from tests.support import filling

READS = ("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE")
DIED = 9
NEWEST = 6
AT_ONCE = 100_000  # statements: dies at the first alone


def main(url: str, steps: dict[str, int]) -> None:
    """Go to each revision in turn, dying at every so many of its statements."""
    with tempfile.TemporaryDirectory() as var:
        settings = {"SQLALCHEMY_DATABASE_URI": url, "VAR": Path(var)}
        with create_app(type("Settings", (TestConfig,), settings)).app_context():
            found = [passed(revision, step) for revision, step in steps.items()]
    sys.stdout.write(json.dumps(found))


def revisions() -> list[str]:
    return [script.revision for script in reversed(list(schema.scripts().walk_revisions()))]


def passed(revision: str, step: int) -> dict[str, Any]:
    """Migrate to *revision* again and again until nobody dies, and fill the new tables."""
    shape, rows = the_shape(), filling.everything()
    at, halves = 1, []
    db.engine.dispose()
    while _migrated_until(at, revision) == DIED:
        halves += [at] if the_shape() != shape else []
        db.engine.dispose()
        at += step
    lost = filling.changed(rows, filling.everything())
    return {"revision": schema.current(), "deaths": at - 1, "halves": halves, "lost": lost, "empty": filling.fill()}


def the_shape() -> list[Any]:
    """The revision, the tables and their columns."""
    seen = inspect(db.engine)
    tables = [name for name in seen.get_table_names() if name != "alembic_version"]
    return [schema.current(), sorted((name, [c["name"] for c in seen.get_columns(name)]) for name in tables)]


def _migrated_until(at: int, to: str) -> int:
    """Migrate in a process that dies before its statement number *at*, the last of which is the commit. Its status."""
    child = os.fork()
    if child == 0:
        _die_before(at)
        try:
            schema.upgrade(to)
        finally:
            os._exit(0)  # whether it came about is seen by the revision
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _die_before(at: int) -> None:
    seen = 0

    def count() -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            os._exit(DIED)

    def look(_connection: Any, _cursor: Any, statement: str, *_args: Any) -> None:
        if not statement.lstrip().upper().startswith(READS):
            count()

    event.listen(Engine, "before_cursor_execute", look)
    event.listen(Engine, "commit", lambda _connection: count())


if __name__ == "__main__":
    if "loose" in sys.argv:
        core.configure = lambda _engine: None
    step, every = int(sys.argv[2]), revisions()
    if "whole" in sys.argv:
        steps = {"head": step}
    elif "loose" in sys.argv:
        steps = dict.fromkeys(every[:2], step)
    elif "newest" in sys.argv:
        steps = {every[-NEWEST - 1]: AT_ONCE} | dict.fromkeys(every[-NEWEST:], step)
    else:
        steps = dict.fromkeys(every, step)
    main(sys.argv[1], steps)

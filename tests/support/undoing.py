"""Jobs run in the whole world and undone: what they wrote into the database, and into the file beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from hub.core import audit
from tests.support.sweeping import undone


@contextmanager
def work_undone(app: Flask) -> Iterator[None]:
    """Inside the block jobs may run and commit; after it nothing of that is left."""
    notes = Path(app.config["VAR"]) / audit.NOTES  # where the journal ended each day
    before = notes.read_bytes() if notes.exists() else None
    try:
        with app.app_context(), undone(app):
            yield
    finally:
        if before is not None:
            notes.write_bytes(before)
        else:
            notes.unlink(missing_ok=True)

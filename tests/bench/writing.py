"""How long a deed waits where twenty people write at once, and how long it holds the database."""

import re
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from tests.bench.harness import Measured, row

WRITERS, EACH = 20, 15
SLOWEST, LONGEST_HELD = 1.0, 0.05  # seconds


@row("write-with-twenty", target=1)
def write_with_twenty() -> Measured:
    """The slowest of a hundred forms that twenty people send without a pause, against a second."""
    with _writers(WRITERS) as writers, ThreadPoolExecutor(WRITERS) as pool:
        took = [seconds for each in pool.map(_write, writers) for seconds in each]
    return Measured(quantiles(took, n=100)[98], SLOWEST, {"unit": "s", "median": median(took), "forms": len(took)})


@row("write-holds", target=1)
def write_holds() -> Measured:
    """From BEGIN IMMEDIATE to COMMIT of one form, against what others may be made to wait."""
    with _writers(1) as (writer,), _held() as held:
        _write(writer)
    return Measured(median(held), LONGEST_HELD, {"unit": "s", "longest": max(held), "transactions": len(held)})


@contextmanager
def _writers(count: int) -> Iterator[list[Any]]:
    """Clients of people who are signed in, on an empty SQLite database."""
    from hub.accounts import services as accounts  # noqa: PLC0415 -- the application is imported only where a row needs it
    from hub.core.db import db  # noqa: PLC0415 -- as above
    from hub.core.unit import unit_of_work  # noqa: PLC0415 -- as above
    from tests import factories  # noqa: PLC0415 -- as above
    from tests.support.running import looking_at  # noqa: PLC0415 -- as above

    with tempfile.TemporaryDirectory() as folder:
        with looking_at(f"sqlite:///{folder}/hub.sqlite3", Path(folder)) as app, unit_of_work("bench.people"):
            place = factories.institution()
            tokens = [accounts.open_session(factories.person(place)) for _ in range(count)]
        yield [_client(app, token) for token in tokens]
        with app.app_context():
            db.engine.dispose()


def _client(app: Any, token: str) -> Any:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return client


def _write(client: Any) -> list[float]:
    """The seconds that each form took from being sent to being answered."""
    from tests.support.visiting import FIELDS, NEW_ITEM  # noqa: PLC0415 -- as above

    took = []
    for _ in range(EACH):
        main = client.get(NEW_ITEM).get_data(as_text=True).split("<main")[1]
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main))
        begun = time.perf_counter()
        status = client.post(NEW_ITEM, data=hidden | FIELDS | {"title": "Shared cutter"}).status_code
        took.append(time.perf_counter() - begun)
        if status != 302:
            raise RuntimeError(f"a form was answered with {status}")
    return took


@contextmanager
def _held() -> Iterator[list[float]]:
    """The seconds of the processor that each writing transaction lasted: others share the machine."""
    from sqlalchemy import event  # noqa: PLC0415 -- as above
    from sqlalchemy.engine import Engine  # noqa: PLC0415 -- as above

    from hub.core import db as core  # noqa: PLC0415 -- as above

    begun, held = threading.local(), []

    def begin(_connection: Any) -> None:
        begun.at = time.thread_time() if core._writing.get() else None

    def commit(_connection: Any) -> None:
        if getattr(begun, "at", None) is not None:
            held.append(time.thread_time() - begun.at)

    event.listen(Engine, "begin", begin)
    event.listen(Engine, "commit", commit)
    try:
        yield held
    finally:
        event.remove(Engine, "begin", begin)
        event.remove(Engine, "commit", commit)

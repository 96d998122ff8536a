"""Many do the same thing at once, in several processes with several threads each, against one real database.

Unguarded, nobody locks anything and SQLite runs as its driver comes: that is the control, which must go wrong, or the
race proves nothing.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from config import TestConfig
from hub import create_app
from hub.core import db as core
from hub.core.db import db, writing
from hub.core.errors import Refusal
from hub.core.unit import unit_of_work
from tests.support.processes import FRESH

PROCESSES, THREADS = 2, 8
DONE, REFUSED, LOST = "done", "refused", "lost"  # lost: broken off by the database, which only the control may see
Deed = Callable[..., Any]


@contextmanager
def start(url: str, var: Path) -> Iterator[Flask]:
    """An application on the empty database at *url*, where the test prepares the race and counts afterwards."""
    app = _app(url, var)
    with app.app_context():
        with writing():
            db.create_all()
            db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def race(app: Flask, deed: Deed, entrants: Sequence[tuple[Any, ...]], *, guarded: bool = True) -> Counter[str]:
    """Let each of *entrants* do *deed*, a function of some module, in a unit of work of its own. How many did what."""
    db.session.remove()
    url, var = app.config["SQLALCHEMY_DATABASE_URI"], app.config["VAR"]
    parts = [entrants[n::PROCESSES] for n in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, mp_context=FRESH) as pool:
        running = [pool.submit(_run, url, var, deed, part, guarded) for part in parts]
        return sum((Counter(each.result()) for each in running), Counter())


def _run(url: str, var: Path, deed: Deed, entrants: Sequence[tuple[Any, ...]], guarded: bool) -> list[str]:
    """One process."""
    if not guarded:
        core.configure = _as_it_comes
    app = _app(url, var)
    if not guarded:
        _unlock()
    with ThreadPoolExecutor(THREADS) as pool:
        tries = 5 if guarded else 1  # on a slow machine one may wait in vain; who was told so asks again
        outcomes = list(pool.map(lambda entrant: _try(app, deed, entrant, tries), entrants))
    with app.app_context():
        db.engine.dispose()
    return outcomes


def _try(app: Flask, deed: Deed, entrant: tuple[Any, ...], tries: int) -> str:
    outcomes = (_once(app, deed, entrant) for _ in range(tries))
    return next((outcome for outcome in outcomes if outcome != LOST), LOST)


def _once(app: Flask, deed: Deed, entrant: tuple[Any, ...]) -> str:
    with app.app_context():
        try:
            with unit_of_work("race"):
                deed(*entrant)
        except Refusal:
            return REFUSED
        except (OperationalError, StaleDataError):
            return LOST
        else:
            return DONE


def _app(url: str, var: Path) -> Flask:
    return create_app(type("Settings", (TestConfig,), {"SQLALCHEMY_DATABASE_URI": url, "VAR": var}))


def _as_it_comes(engine: Engine) -> None:
    """Only a timeout, so that the control is not hidden behind errors."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 10000"))


def _unlock() -> None:
    """Take the lock away wherever a feature has it."""
    real = core.lock
    for name, module in list(sys.modules.items()):
        if name.startswith("hub.") and getattr(module, "lock", None) is real:
            module.lock = lambda _row: None  # type: ignore[attr-defined]

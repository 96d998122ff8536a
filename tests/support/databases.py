"""Empty databases of the kind that a run is on."""

import atexit
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any


@contextmanager
def empty_database(kind: str, folder: Path, name: str = "hub_own") -> Iterator[str]:
    """The address of one that several processes may open: a file in *folder*, or *name* on this process's server."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'hub.sqlite3'}"
        return
    try:
        yield _server().create_database(name)
    finally:
        _server().drop_database(name)


@cache
def _server() -> Any:
    """Started when it is first asked for: that takes two seconds."""
    from tests.support.postgres import postgres_server  # noqa: PLC0415 -- optional dependency

    kept = ExitStack()
    atexit.register(kept.close)
    return kept.enter_context(postgres_server())

"""Empty databases of the kind that a run is on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def empty_database(kind: str, folder: Path, name: str = "hub_own") -> Iterator[str]:
    """The address of one that several processes may open: a file in *folder*, or *name* on a server of its own."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'hub.sqlite3'}"
        return
    from tests.support.postgres import postgres_server  # noqa: PLC0415 -- optional dependency

    with postgres_server() as server:
        yield server.create_database(name)

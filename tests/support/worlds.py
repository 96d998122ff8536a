"""The world that whole-site tests walk about in, made once a run; and empty databases of one test’s own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config import TestConfig
from hub import create_app
from hub.core import clock
from hub.core.db import db
from tests.support import stages
from tests.support import world as worlds
from tests.support.reaching import Reached, reach


@pytest.fixture(scope="session")
def world_address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database that stays: nothing undoes what a journey does there."""
    if request.config.getoption("database") == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('world') / 'hub.sqlite3'}"
        return
    from tests.support.postgres import postgres_server  # noqa: PLC0415 -- optional dependency

    with postgres_server() as server:
        yield server.create_database("hub_world")


@pytest.fixture(scope="session")
def world(world_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[worlds.World]:
    """The demo with few people, beside an institution where nothing has happened yet."""
    settings = {"SQLALCHEMY_DATABASE_URI": world_address, "VAR": tmp_path_factory.mktemp("world-var")}
    settings["PROPAGATE_EXCEPTIONS"] = False  # a page that fails is a 500 here, as for its reader
    app = create_app(type("Settings", (TestConfig,), settings))
    yield worlds.make(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of one test's own, which several processes may open."""
    if request.config.getoption("database") == "sqlite":
        yield f"sqlite:///{tmp_path / 'hub.sqlite3'}"
        return
    from tests.support.postgres import postgres_server  # noqa: PLC0415 -- optional dependency

    with postgres_server() as server:
        yield server.create_database("hub_own")


@pytest.fixture(scope="session")
def full_world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    """Something in every stage, with every form that is offered there: for the gates that send them all."""
    with _empty(request.config.getoption("database"), tmp_path_factory) as address:
        yield from _reached(address, tmp_path_factory)


@pytest.fixture(scope="session")
def same_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    """The full world on SQLite whatever the run is on, to compare with."""
    with _empty("sqlite", tmp_path_factory) as address:
        yield from _reached(address, tmp_path_factory)


@pytest.fixture
def at_its_time() -> Iterator[None]:
    """The clock stands where it stood when the full world was made."""
    with clock.held(stages.NOW):
        yield


@contextmanager
def _empty(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('full') / 'hub.sqlite3'}"
        return
    from tests.support.postgres import postgres_server  # noqa: PLC0415 -- optional dependency

    with postgres_server() as server:
        yield server.create_database("hub_full")


def _reached(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    settings = {"SQLALCHEMY_DATABASE_URI": address, "VAR": tmp_path_factory.mktemp("full-var")}
    settings["PROPAGATE_EXCEPTIONS"] = False
    app = create_app(type("Settings", (TestConfig,), settings))
    yield reach(stages.make(app))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()

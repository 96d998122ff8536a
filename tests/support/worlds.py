"""The world that whole-site tests walk about in, made once a run; and empty databases of one test’s own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config import TestConfig
from hub import create_app
from hub.core.db import db
from tests.support import world as worlds


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

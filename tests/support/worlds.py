"""The world that whole-site tests walk about in, made once a run; and empty databases of one test’s own."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config import TestConfig
from hub import create_app
from hub.core import clock
from hub.core.db import db
from tests.support import stages
from tests.support import world as worlds
from tests.support.databases import empty_database
from tests.support.reaching import Reached, reach

TIMES = {"world": worlds.NOW, "forms": stages.NOW}  # of those in each xdist_group


@pytest.fixture(scope="session")
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[worlds.World]:
    """The demo with few people, beside an institution where nothing has happened yet; what is done there stays."""
    with _application(request.config.getoption("database"), tmp_path_factory.mktemp("world")) as app:
        yield worlds.make(app)


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of one test's own, which several processes may open."""
    with empty_database(request.config.getoption("database"), tmp_path) as address:
        yield address


@pytest.fixture(scope="session")
def full_world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    """Something in every stage, with every form that is offered there: for the gates that send them all."""
    with _application(request.config.getoption("database"), tmp_path_factory.mktemp("full")) as app:
        yield reach(stages.make(app))


@pytest.fixture(scope="session")
def same_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    """The full world on SQLite whatever the run is on, to compare with."""
    with _application("sqlite", tmp_path_factory.mktemp("full")) as app:
        yield reach(stages.make(app))


@pytest.fixture(scope="module", autouse=True)
def _at_its_time(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whoever walks about in a world does so when it was made: what is there does not depend on the day of the run."""
    group = request.node.get_closest_marker("xdist_group")
    at = TIMES.get(group.args[0]) if group else None
    with clock.held(at) if at else nullcontext():
        yield


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from tests.support.browser import browser  # noqa: PLC0415 -- slow import

    with browser() as running:
        yield running


@contextmanager
def _application(database: str, folder: Path) -> Iterator[Flask]:
    """A hub of its own on an empty database, with its files in *folder*."""
    with empty_database(database, folder, f"hub_{folder.name}") as address:
        settings = {"SQLALCHEMY_DATABASE_URI": address, "VAR": folder / "var"}
        settings["PROPAGATE_EXCEPTIONS"] = False  # a page that fails is a 500 here, as for its reader
        app = create_app(type("Settings", (TestConfig,), settings))
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()

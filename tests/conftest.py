"""One application and one schema per run; one rolled-back transaction per test; a client that checks every page.

The rows that a test leaves must hold what always holds; a test that breaks them on purpose is marked ``breaks_rows``.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from _pytest.nodeid import NodeId
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import scoped_session, sessionmaker

from hub import create_app
from hub.core.db import db as _db
from hub.core.db import writing
from hub.directory import services as directory

pytest.register_assert_rewrite("tests.support.pages")
pytest_plugins = ["tests.support.worlds"]

from tests.support.databases import empty_database  # noqa: E402
from tests.support.invariants import Watch, tables_written  # noqa: E402
from tests.support.pages import Page  # noqa: E402


class Compiled(BytecodeCache):
    """Every template is compiled once a process, however many applications draw it."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], object] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key, bucket.checksum] = bucket.code


Flask.jinja_options = {"bytecode_cache": Compiled()}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite", help="which database to test on")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Those of one ``xdist_group`` share a process; on pytest 9.2 pytest-xdist 3.8 itself forgets it (its #1386)."""
    for item in items if getattr(config.option, "loadgroup", False) else []:
        for mark in item.iter_markers("xdist_group"):
            item._id = NodeId.parse(f"{item.nodeid}@{mark.args[0]}")


def pytest_collection_finish() -> None:
    """What is loaded by now stays, so the collector need not look through it again: an eighth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database of this process's own."""
    own = f"hub_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with empty_database(request.config.getoption("database"), tmp_path_factory.mktemp("db"), own) as address:
        yield address


@pytest.fixture(scope="session")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    settings = {"SQLALCHEMY_DATABASE_URI": database_url, "VAR": tmp_path_factory.mktemp("var")}
    app = create_app(type("Settings", (_test_config(),), settings))
    with app.app_context():
        with writing():
            _db.create_all()
            _db.session.commit()
        yield app
        _db.session.remove()
        _db.engine.dispose()


def _test_config() -> type:
    from config import TestConfig  # noqa: PLC0415 -- read only when an application is wanted

    return TestConfig


@pytest.fixture(scope="session")
def watch(app: Flask) -> Watch:
    made = Watch()
    _db.session.remove()  # else its locks would last as long as the run
    return made


@pytest.fixture
def db(app: Flask, watch: Watch, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[object]:
    """The database inside a transaction that the test's end undoes, once it was asked whether all holds."""
    with app.app_context(), writing():
        connection = _db.engine.connect()
        transaction = connection.begin()
        sessions = sessionmaker(bind=connection, join_transaction_mode="create_savepoint")
        session = scoped_session(sessions)
        monkeypatch.setattr(_db, "session", session)
        with tables_written(connection) as written:
            yield _db
        monkeypatch.setattr(_db, "session", scoped_session(sessions))  # which knows no row yet
        _db.session.info.update(session.info)
        broken = watch.broken(written) if request.node.get_closest_marker("breaks_rows") is None else []
        _db.session.remove()
        session.remove()
        transaction.rollback()
        connection.close()
    assert broken == []


@pytest.fixture
def page(app: Flask, db: object) -> Page:
    """A browser without scripts that checks every page it is given."""
    return Page(app)


@pytest.fixture
def queries(db):
    """Count statements: ``with queries(at_most=4): …``."""

    @contextmanager
    def counting(*, at_most: int):
        seen: list[str] = []

        def listen(*args):
            seen.append(args[2])

        db.session.flush()
        directory.catch_up()
        db.session.expire_all()
        event.listen(Engine, "before_cursor_execute", listen)
        try:
            yield seen
        finally:
            event.remove(Engine, "before_cursor_execute", listen)
        real = [s for s in seen if not s.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN"))]
        assert len(real) <= at_most, f"{len(real)} statements:\n" + "\n".join(real)

    return counting

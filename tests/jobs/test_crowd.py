"""Any number of processes run each due time once, even when one of them dies in the middle."""

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from config import TestConfig
from hub import create_app
from hub.core.db import db as _db
from hub.core.db import writing

ROOT = Path(__file__).parents[2]
DUE_TIMES = 300


@pytest.fixture
def crowd_url(request, tmp_path):
    """A database that several processes share."""
    if request.config.getoption("database") == "sqlite":
        yield f"sqlite:///{tmp_path / 'crowd.sqlite3'}"
        return
    from tests.support.postgres import postgres_server  # noqa: PLC0415 -- optional dependency

    with postgres_server() as server:
        yield server.create_database("crowd")


@pytest.fixture
def shared(crowd_url):
    app = create_app(type("Settings", (TestConfig,), {"SQLALCHEMY_DATABASE_URI": crowd_url}))
    with app.app_context():
        with writing():
            _db.create_all()
            _db.session.commit()
        _db.session.remove()
        _db.engine.dispose()
    return crowd_url


def test_three_processes_run_three_hundred_due_times_once_each(shared, tmp_path):
    log = tmp_path / "work.log"
    command = [sys.executable, "-m", "tests.jobs.crowd", shared, str(DUE_TIMES), str(log)]
    processes = [subprocess.Popen([*command, hang], cwd=ROOT) for hang in ("2", "0", "0")]
    try:
        for process in processes:
            _wait_for(log.with_suffix(f".{process.pid}"))
        log.with_suffix(".go").touch()
        _wait_for(log.with_suffix(".hangs"))
        processes[0].kill()
        assert [p.wait(timeout=60) for p in processes[1:]] == [0, 0]
    finally:
        for process in processes:
            process.kill()
            process.wait()

    engine = create_engine(shared)
    with engine.connect() as connection:
        runs = connection.execute(text("SELECT due_at, outcome, tries FROM job_run")).all()
    engine.dispose()
    assert len({run.due_at for run in runs}) == len(runs) == DUE_TIMES
    assert Counter((run.outcome, run.tries) for run in runs) == {("done", 1): DUE_TIMES - 1, ("done", 2): 1}
    assert len(log.read_text().splitlines()) == DUE_TIMES


def _wait_for(file: Path) -> None:
    until = time.monotonic() + 30
    while not file.exists():
        assert time.monotonic() < until
        time.sleep(0.02)

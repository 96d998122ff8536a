"""Any number of processes run each due time once, even when one of them dies in the middle."""

import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from config import TestConfig
from hub import create_app
from hub.core.db import db, writing
from tests.support.processes import Process
from tests.support.torture import EVERYTHING

DUE_TIMES = 300
KILLS = 5 if EVERYTHING else 1
CROWD = (("2", KILLS), ("0", 2))  # how many of them hang at their second run, and how many never


@pytest.fixture
def shared(database):
    app = create_app(type("Settings", (TestConfig,), {"SQLALCHEMY_DATABASE_URI": database}))
    with app.app_context():
        with writing():
            db.create_all()
            db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return database


def test_any_number_of_processes_run_three_hundred_due_times_once_each_whoever_dies(shared, tmp_path):
    log = tmp_path / "work.log"
    command, said = ("tests.jobs.crowd", shared, str(DUE_TIMES), str(log)), tmp_path / "said.log"
    dying, living = ([Process(*command, hang, out=said, err=said) for _ in range(n)] for hang, n in CROWD)
    try:
        for process in (*dying, *living):
            _wait_for(log.with_suffix(f".{process.pid}"))
        log.with_suffix(".go").touch()
        for process in dying:
            _wait_for(log.with_suffix(f".{process.pid}.hangs"))
        log.with_suffix(".all-hang").touch()
        for process in dying:
            process.kill()
        assert [process.wait(timeout=90) for process in living] == [0] * len(living)
    finally:
        for process in (*dying, *living):
            process.kill()

    engine = create_engine(shared)
    with engine.connect() as connection:
        runs = connection.execute(text("SELECT due_at, outcome, tries FROM job_run")).all()
    engine.dispose()
    assert len({run.due_at for run in runs}) == len(runs) == DUE_TIMES
    once, again = DUE_TIMES - len(dying), len(dying)
    assert Counter((run.outcome, run.tries) for run in runs) == {("done", 1): once, ("done", 2): again}
    assert len(log.read_text().splitlines()) == DUE_TIMES


def _wait_for(file: Path) -> None:
    until = time.monotonic() + 30
    while not file.exists():
        assert time.monotonic() < until
        time.sleep(0.02)

"""One of several processes that run the same jobs: ``python -m tests.jobs.crowd DATABASE DUE_TIMES LOG [hang-at]``."""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from config import TestConfig
from hub import create_app
from hub.core.db import db
from hub.core.unit import unit_of_work
from hub.jobs import running
from hub.jobs.models import JobRun
from hub.jobs.schedule import Job
from hub.jobs.timing import EPOCH, Every

STEP = timedelta(seconds=30)
LEASE = timedelta(seconds=5)


def main(url: str, due_times: int, log: Path, hang_at: int) -> None:
    app = create_app(type("Settings", (TestConfig,), {"SQLALCHEMY_DATABASE_URI": url}))
    running.LEASE = LEASE
    seen = 0

    def work() -> None:
        nonlocal seen
        seen += 1
        if hang_at and seen >= hang_at:
            log.with_suffix(f".{os.getpid()}.hangs").touch()
            time.sleep(60)
        with unit_of_work("test.work"), log.open("a") as lines:
            lines.write(f"{os.getpid()}\n")

    job = Job("test.work", Every(STEP), work)
    log.with_suffix(f".{os.getpid()}").touch()
    while not log.with_suffix(".go").exists():
        time.sleep(0.005)
    while not hang_at and not log.with_suffix(".all-hang").exists():
        time.sleep(0.005)  # those who are to die hang in the middle before the others come
    with app.app_context():
        for n in range(due_times):
            running.run_due(EPOCH + STEP * n, [job])
        until = time.monotonic() + 40
        while unfinished() and time.monotonic() < until:
            time.sleep(0.2)
            running.run_due(EPOCH + STEP * (due_times - 1), [job])


def unfinished() -> int:
    count = db.session.scalar(select(func.count()).select_from(JobRun).where(JobRun.finished_at.is_(None))) or 0
    db.session.rollback()
    return count


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))

"""Running what is due: each due time once, by whichever process takes it first."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from hub.core.clock import now
from hub.core.db import db
from hub.core.unit import bookkeeping
from hub.jobs.models import JobRun, Outcome
from hub.jobs.schedule import JOBS, Job

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # whoever has not finished by then has died
PAUSE = timedelta(minutes=1)  # before a job that failed is tried again
MOST_TRIES = 3


def run_due(at: datetime, jobs: Sequence[Job] = JOBS) -> int:
    """Run every job that is due at *at* and that nobody has taken; how many were run.

    A job that was due several times meanwhile runs once. One that failed, or whose process died, runs again.
    """
    return _run_new(at, jobs) + _run_left_behind(jobs)


def _run_new(at: datetime, jobs: Sequence[Job]) -> int:
    so_far = JobRun.due_at <= at  # what a clock that was ahead has run later on must not stop what is due now
    latest = db.session.execute(select(JobRun.job, func.max(JobRun.due_at)).where(so_far).group_by(JobRun.job)).all()
    db.session.rollback()
    known = {row[0]: row[1] for row in latest}
    count = 0
    for job in jobs:
        due_at = job.due.latest(at)
        if job.name in known and known[job.name] >= due_at:
            continue
        run_id = _take(job, due_at)
        if run_id is not None:
            _run(job, run_id, tries=1)
            count += 1
    return count


def _take(job: Job, due_at: datetime) -> int | None:
    """The new row's id; nothing if another process was faster."""
    try:
        with bookkeeping():
            taken = JobRun(job=job.name, due_at=due_at, leased_until=now() + LEASE)
            db.session.add(taken)
            db.session.flush()
            return taken.id
    except IntegrityError:
        return None


def _run_left_behind(jobs: Sequence[Job]) -> int:
    by_name = {job.name: job for job in jobs}
    over = (JobRun.finished_at.is_(None)) & (JobRun.leased_until < now()) & JobRun.job.in_(by_name)
    found = db.session.execute(
        select(JobRun.id, JobRun.job, JobRun.tries).where(over).order_by(JobRun.due_at, JobRun.id)
    ).all()
    db.session.rollback()
    count = 0
    for run_id, name, tries in found:
        if tries >= MOST_TRIES:
            _finish(run_id, Outcome.DEAD, "Its process died each time.")
        elif _take_over(run_id, tries):
            _run(by_name[name], run_id, tries=tries + 1)
            count += 1
    return count


def _take_over(run_id: int, tries: int) -> bool:
    with bookkeeping():
        taken = db.session.execute(
            update(JobRun)
            .where(JobRun.id == run_id, JobRun.tries == tries, JobRun.finished_at.is_(None))
            .values(tries=tries + 1, leased_until=now() + LEASE)
            .returning(JobRun.id)
        ).one_or_none()
    return taken is not None


def _run(job: Job, run_id: int, *, tries: int) -> None:
    try:
        job.run()
    except Exception as fault:
        db.session.rollback()
        log.exception("job %s failed at try %s", job.name, tries)
        if tries >= MOST_TRIES:
            _finish(run_id, Outcome.DEAD, type(fault).__name__)
        else:
            _put_off(run_id, type(fault).__name__)
    else:
        _finish(run_id, Outcome.DONE)


def _finish(run_id: int, outcome: Outcome, trouble: str = "") -> None:
    with bookkeeping():
        values = {"finished_at": now(), "outcome": outcome, "trouble": trouble}
        db.session.execute(update(JobRun).where(JobRun.id == run_id).values(values))


def _put_off(run_id: int, trouble: str) -> None:
    with bookkeeping():
        values = {"leased_until": now() + PAUSE, "trouble": trouble}
        db.session.execute(update(JobRun).where(JobRun.id == run_id).values(values))

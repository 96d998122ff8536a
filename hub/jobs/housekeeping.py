"""Letting go of what has served its purpose."""

from datetime import timedelta

from sqlalchemy import delete

from hub.accounts import services as accounts
from hub.core import audit, limits, storage
from hub.core.clock import now
from hub.core.db import db
from hub.core.unit import Submission, unit_of_work
from hub.jobs.models import JobRun


def tidy() -> None:
    """Tokens of forms sent days ago, tries that count no more, what ended or ran long ago, files without an owner."""
    with unit_of_work("jobs.housekeeping"):
        db.session.execute(delete(Submission).where(Submission.at < now() - timedelta(days=2)))
        db.session.execute(delete(JobRun).where(JobRun.finished_at < now() - timedelta(days=30)))
        limits.forget(before=now() - timedelta(days=1))
        accounts.forget_what_ended()
    storage.sweep(before=now() - timedelta(days=1))
    db.session.rollback()  # nothing stays open between jobs


def note_end_of_journal() -> None:
    """Once a day, in a file outside the database: rows that go missing later leave a hole that `hub check` sees."""
    audit.note_end()
    db.session.rollback()

"""What the features must see to in time, as jobs: saved when there was something to do, silent when there was not."""

import pytest
from sqlalchemy import func, select

from hub.core.audit import JournalEntry
from hub.jobs.schedule import JOBS
from hub.jobs.upkeep import DEEDS, in_one_unit
from tests import factories as make


def journal(db):
    return db.session.scalar(select(func.count()).select_from(JournalEntry))


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_each_deed_runs_when_nothing_is_due_and_leaves_no_trace(db, name):
    make.institution()
    db.session.commit()
    in_one_unit(name, DEEDS[name])()
    assert journal(db) == 0


def test_what_was_done_is_one_journal_row(db):
    in_one_unit("jobs.example", lambda: 3)()
    assert db.session.scalars(select(JournalEntry.deed)).all() == ["jobs.example"]


def test_every_job_has_its_own_name():
    names = [job.name for job in JOBS]
    assert len(names) == len(set(names))

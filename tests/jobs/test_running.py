"""What is due is run once; what fails is tried again, three times at most."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from hub.accounts import services as accounts
from hub.accounts.models import OneTimeLink, Purpose, SignIn
from hub.core import clock, limits
from hub.core.clock import at_london
from hub.core.limits import Attempt
from hub.core.unit import Submission
from hub.jobs import housekeeping, run_due, running, start
from hub.jobs.models import JobRun, Outcome
from hub.jobs.schedule import JOBS, Job
from hub.jobs.timing import MONDAY, Daily, Every, Weekly
from tests import factories as make

NOON = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)


def counting(name="test.count", every=timedelta(minutes=5)):
    ran = []
    return Job(name, Every(every), lambda: ran.append(clock.now())), ran


def runs(db):
    db.session.expire_all()
    return db.session.scalars(select(JobRun).order_by(JobRun.due_at)).all()


def test_a_job_runs_once_for_each_time_it_is_due(db):
    job, ran = counting()
    done = [run_due(NOON + timedelta(minutes=m), [job]) for m in (0, 1, 4, 5, 6)]

    assert done == [1, 0, 0, 1, 0]
    assert [r.due_at for r in runs(db)] == [NOON, NOON + timedelta(minutes=5)]
    assert len(ran) == 2


def test_late_runs_coalesce(db):
    job, _ran = counting()
    run_due(NOON, [job])
    run_due(NOON + timedelta(hours=3, minutes=2), [job])

    assert [r.due_at for r in runs(db)] == [NOON, NOON + timedelta(hours=3)]


def test_a_clock_that_is_set_back_runs_nothing_twice_and_stops_nothing(db):
    job, _ran = counting()
    done = [run_due(moment, [job]) for moment in (NOON, NOON - timedelta(hours=1), NOON)]

    assert done == [1, 1, 0]
    assert [r.due_at for r in runs(db)] == [NOON - timedelta(hours=1), NOON]


def test_one_that_fails_is_tried_three_times_and_does_not_stop_the_others(db, caplog):
    def fail():
        raise ZeroDivisionError

    broken = Job("test.broken", Every(timedelta(hours=1)), fail)
    well, ran = counting()
    with clock.held(NOON):
        run_due(NOON, [broken, well])
        run_due(NOON, [broken, well])
    for minute in (2, 4, 6):
        with clock.held(NOON + timedelta(minutes=minute)):
            run_due(NOON, [broken, well])

    failed = next(r for r in runs(db) if r.job == "test.broken")
    assert (failed.outcome, failed.tries, failed.trouble) == (Outcome.DEAD, 3, "ZeroDivisionError")
    assert len(ran) == 1
    assert "test.broken failed at try 3" in caplog.text


def test_a_run_whose_process_died_is_taken_over_after_its_lease(db):
    job, _ran = counting()
    with clock.held(NOON):
        running._take(job, NOON)
        assert run_due(NOON, [job]) == 0
    with clock.held(NOON + running.LEASE + timedelta(seconds=1)):
        assert run_due(NOON, [job]) == 1

    assert (runs(db)[0].outcome, runs(db)[0].tries) == (Outcome.DONE, 2)


@pytest.mark.parametrize(
    ("timing", "at", "due"),
    [
        (Daily(7, 30), at_london(date(2026, 7, 1), 7, 30), at_london(date(2026, 7, 1), 7, 30)),
        (Daily(7, 30), at_london(date(2026, 7, 1), 7, 29), at_london(date(2026, 6, 30), 7, 30)),
        (Weekly(MONDAY, 7), at_london(date(2026, 7, 1), 7), at_london(date(2026, 6, 29), 7)),
        (Weekly(MONDAY, 7), at_london(date(2026, 6, 29), 6, 59), at_london(date(2026, 6, 22), 7)),
        (Every(timedelta(seconds=15)), NOON + timedelta(seconds=29), NOON + timedelta(seconds=15)),
    ],
)
def test_when_jobs_are_due(timing, at, due):
    assert timing.latest(at) == due


@pytest.mark.parametrize("on", [date(2026, 3, 29), date(2026, 10, 25)])
def test_once_a_day_also_when_the_clocks_change(on):
    start_of_day = at_london(on, 0)
    dues = {Daily(1, 30).latest(start_of_day + timedelta(minutes=m)) for m in range(0, 25 * 60, 5)}

    assert len({d for d in dues if clock.london(d).date() == on}) == 1


def test_every_job_has_a_name_of_its_own():
    assert len({job.name for job in JOBS}) == len(JOBS)


def test_nothing_starts_unless_the_settings_say_so(app):
    start(app)
    assert app.extensions["ticker"] is None


def test_housekeeping_lets_go_of_what_is_over(db):
    ana = make.person()
    with clock.held(clock.now() - timedelta(days=30)):
        accounts.open_session(ana)
        accounts.make_link(ana, Purpose.SIGN_IN)
        limits.count("test", "ana", most=5, within=timedelta(minutes=1))
        db.session.add(Submission(token="x" * 20))
        db.session.flush()
    accounts.open_session(ana)
    limits.count("test", "ana", most=5, within=timedelta(minutes=1))
    db.session.add(Submission(token="y" * 20))
    db.session.commit()
    housekeeping.tidy()

    kept = {
        m: db.session.scalar(select(func.count()).select_from(m)) for m in (SignIn, OneTimeLink, Attempt, Submission)
    }
    assert kept == {SignIn: 1, OneTimeLink: 0, Attempt: 1, Submission: 1}

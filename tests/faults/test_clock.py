"""A clock that jumps: nobody is thrown out by an hour, nothing breaks by a day, and no job is run twice or left out."""

import urllib.error
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from hub.accounts import queries
from hub.accounts import services as accounts
from hub.accounts.models import Person, Purpose
from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db
from hub.core.unit import unit_of_work
from hub.jobs import run_due
from hub.jobs.models import JobRun
from hub.jobs.schedule import JOBS, Job
from hub.jobs.timing import Daily, Every
from tests import factories
from tests.accounts.making import PASSWORD
from tests.support.clocks import shifted
from tests.support.running import Caller, Hub, looking_at, may_sign_in
from tests.support.visiting import FIELDS, NEW_ITEM

HOUR = timedelta(hours=1)
# One after the other, in one installation: who signed in by the last clock is still in; or need only not break it.
JUMPS = (
    ("", 0 * HOUR, True),
    ("+1h", HOUR, True),
    ("", 0 * HOUR, True),
    ("-1h", -HOUR, True),
    ("-1d", -24 * HOUR, False),
)
ITEM = FIELDS | {"title": "Shared cutter"}
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)  # an hour is missing, an hour comes twice


@pytest.fixture
def email(database, tmp_path):
    with looking_at(database, tmp_path):
        with unit_of_work("test.people"):
            found = may_sign_in(factories.person())
        db.session.remove()
        yield found


@pytest.mark.slow
def test_an_hour_ends_no_session_no_form_and_no_link_and_a_day_breaks_nothing(database, email, tmp_path):
    hub = Hub(tmp_path, database)
    usual = hub.environment
    staying, form, link = Caller(hub), {}, ""
    for by, away, is_kept in JUMPS:
        hub.environment = usual | shifted(by)
        try:
            hub.start()
            fresh = Caller(hub)
            fresh.sign_in(email, PASSWORD)
            if form and is_kept:
                assert staying.send(NEW_ITEM, form | ITEM)[0] == 302, f"a form of the clock before, at {by!r}"
            elif form:
                assert staying.send(NEW_ITEM, form | ITEM)[0] < 500
            if link:
                assert use(link, hub) < 500, f"a link of the clock before, at {by!r}"
            assert use(link_made(email, away), hub) == 302
            staying, form, link = fresh, fresh.form(NEW_ITEM), link_made(email, away)
        finally:
            hub.kill()
    checked = hub.command("check")
    assert (checked.stdout, checked.returncode) == ("Everything holds.\n", 0)
    assert db.session.scalar(select(func.count(JobRun.id)).where(JobRun.outcome == "dead")) == 0


def link_made(email, away):
    with clock.held(clock.now() + away), unit_of_work("test.link"):
        person = db.session.scalars(select(Person).where(Person.email == email)).one()
        token = accounts.make_link(queries.person(person.id), Purpose.SIGN_IN)
    db.session.remove()
    return f"/sign-in/links/{token}"


def use(link, hub):
    """The status of the answer to somebody who follows *link* and presses its button."""
    caller = Caller(hub)
    try:
        return caller.send(link, caller.form(link))[0]
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


# -- jobs --------------------------------------------------------------------------------------------------------------


def counted(job):
    """*job* with nothing to do but to note when."""
    ran = []
    return Job(job.name, job.due, lambda: ran.append(clock.now())), ran


def live_through(jobs, moments):
    for moment in moments:
        with clock.held(moment):
            run_due(moment, jobs)


def dues():
    return db.session.execute(select(JobRun.job, JobRun.due_at)).all()


@pytest.mark.parametrize("on", [SPRING, AUTUMN])
def test_on_the_days_when_the_clocks_change_every_daily_job_runs_once(db, on):
    """Looked for every ten minutes, from the midnight before to the midnight after."""
    jobs, ran = zip(*[counted(job) for job in JOBS if not isinstance(job.due, Every)], strict=True)
    start, end = at_london(on, 0), at_london(on + timedelta(days=1), 0)
    live_through(jobs, [start])  # what was due yesterday
    for each in ran:
        each.clear()
    live_through(jobs, [start + timedelta(minutes=10 * n) for n in range(1, (end - start) // timedelta(minutes=10))])
    daily = {job.name: len(times) for job, times in zip(jobs, ran, strict=True) if isinstance(job.due, Daily)}
    assert daily == dict.fromkeys(daily, 1)
    assert len(daily) > 5


@pytest.mark.parametrize("on", [SPRING, AUTUMN])
def test_a_job_of_every_few_minutes_leaves_no_step_out_when_the_clocks_change(db, on):
    job, ran = counted(Job("test.often", Every(timedelta(minutes=10)), lambda: None))
    start = at_london(on, 0)
    live_through([job], [start + timedelta(minutes=5 * n) for n in range(12 * 4)])
    assert len(ran) == len(set(ran)) == 24


def test_a_clock_that_was_ahead_or_behind_for_a_while_runs_nothing_twice_and_goes_on(db):
    jobs, ran = zip(*[counted(job) for job in JOBS], strict=True)
    noon = at_london(date(2026, 6, 3), 12)
    for away in (0 * HOUR, HOUR, 0 * HOUR, -HOUR, -24 * HOUR, 24 * HOUR, 0 * HOUR):
        live_through(jobs, [noon + away])
        noon += timedelta(minutes=2)
    assert [due for due, times in Counter(dues()).items() if times > 1] == []
    for job, times in zip(jobs, ran, strict=True):
        if isinstance(job.due, Every):
            assert len(times) == 7, f"{job.name} waited for a clock that was set back"

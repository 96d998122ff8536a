"""A job that fails, or whose process dies, at any commit is done again, and nothing that it does is there twice."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from hub.accounts.queries import person
from hub.cli.checks import broken_rows
from hub.core import clock
from hub.core.db import Base, db
from hub.core.unit import unit_of_work
from hub.directory.models import Edition
from hub.fund.models import FollowUp
from hub.jobs import running
from hub.jobs.models import JobRun, Outcome
from hub.jobs.schedule import JOBS, Job
from hub.notifications.models import Frequency, Notice
from hub.notifications.services import choose
from hub.plan import services as plan
from hub.plan.measures import definition_in
from hub.registration import services as registration
from hub.registration.stages import Outcome as Ended
from hub.skills import services as skills
from tests import factories
from tests.evidence import making as for_evidence
from tests.fund import making as for_fund
from tests.notifications.making import notice
from tests.plan import making as for_plan
from tests.registration import making as for_registration
from tests.skills import making as for_skills
from tests.support.stages import NOW
from tests.support.torture import EVERYTHING
from tests.support.undoing import work_undone

pytestmark = pytest.mark.xdist_group("forms")

DAYS = (0, 1, 3, 7, 14, 21, 30, 45, 60, 90, 150, 250, 400, 700)  # from now; at one of them every job has work
LATER = running.LEASE + timedelta(minutes=1)
ELSEWHERE = {"jobs.end_of_journal", "workforce.work"}  # one line a day in a file; a process of its own
UNCOUNTED = {"job_run", "journal_entry", "journal_head", "submission", "attempt"}  # how it was done, not what


class Died(BaseException):
    """The process is gone."""


class Failed(Exception):
    """Something in the job went wrong."""


@pytest.fixture(params=[job.name for job in JOBS])
def job(request):
    return next(job for job in JOBS if job.name == request.param)


def test_a_job_that_dies_at_a_commit_is_done_again_and_nothing_twice(full_world, job):
    moment, commits, wanted = when_it_has_work(full_world, job)
    for at in commits if EVERYTHING else [2]:  # the first says that it begins
        for is_saved in (False, True):
            with at_work(full_world):
                with breaking(Died, at=at, is_saved=is_saved), pytest.raises(Died):
                    run(job, moment)
                is_over = is_saved and at == commits[-1]
                assert run(job, moment, later=LATER) == (not is_over), f"nobody took over what died at commit {at}"
                assert effects() == wanted, f"died at commit {at} of {len(commits)}, which was saved: {is_saved}"
                assert outcomes(job) == [Outcome.DONE]
    assert broken_after(full_world, job, moment) == []


def test_a_job_that_fails_each_time_is_given_up_after_three_and_leaves_nothing(full_world, job, caplog):
    moment, commits, _ = when_it_has_work(full_world, job)
    if len(commits) == 2:
        pytest.skip("its one commit says that it is done")
    with at_work(full_world):
        before = effects()
        for n in range(5):
            with breaking(Failed, at=2, is_saved=False):
                run(job, moment, later=n * 2 * running.PAUSE)
        assert outcomes(job) == [Outcome.DEAD]
        assert effects() == before
    assert caplog.text.count("failed at try") == running.MOST_TRIES


def test_the_questions_months_after_an_activity_wait_for_their_job(full_world):
    job = next(job for job in JOBS if job.name == "fund.remind")
    with at_work(full_world):
        before = questions_told()
        run(job, when_it_has_work(full_world, job)[0])
        asked, told = questions_told()
    assert asked > before[0]
    assert told > before[1] + 1  # the one that nobody answered is told of again


def questions_told():
    """How many questions there are, and how many notices of them."""
    told = select(func.count(Notice.id)).where(Notice.kind == "fund.follow_up")
    return db.session.scalar(select(func.count(FollowUp.id))), db.session.scalar(told)


def test_a_job_that_tells_twice_what_it_told_before_would_be_noticed(full_world):
    def tell():
        with unit_of_work("test.tell"):
            notice(person(full_world.world.person("lead").id))

    job = Job("test.tell", JOBS[0].due, tell)
    with pytest.raises(AssertionError, match="died at commit 2 of 3, which was saved: True"):
        test_a_job_that_dies_at_a_commit_is_done_again_and_nothing_twice(full_world, job)


# -- one run -----------------------------------------------------------------------------------------------------------


_known = {}  # what was found for a job is asked for by each test


def when_it_has_work(full_world, job):
    """A moment at which the job changes something, the numbers of its commits, and what is there afterwards."""
    if job.name not in _known:
        with at_work(full_world):
            _known[job.name] = next(works(job), None)
    assert _known[job.name], f"{job.name} has nothing to do at any of these times: let something wait for it"
    return _known[job.name]


def works(job):
    before = effects()
    for days in DAYS:
        moment = NOW + timedelta(days=days)
        with breaking(Died, at=0, is_saved=False) as seen:
            run(job, moment)
        if (after := effects()) != before or job.name in ELSEWHERE:
            yield moment, range(1, seen[0] + 1), after


@contextmanager
def at_work(full_world):
    """The full world with what waits for the jobs; what they do there is undone."""
    with work_undone(full_world.app):
        yield


@pytest.fixture(scope="module", autouse=True)
def _waiting(full_world, _at_its_time):
    with work_undone(full_world.app):
        with unit_of_work("test.waiting"):
            what_waits()
            for role, frequency in (("mentor", Frequency.DAILY), ("technician", Frequency.WEEKLY)):
                somebody = person(full_world.world.person(role).id)
                choose(somebody, {"tests": frequency})
                notice(somebody)
            notice(person(full_world.world.person("lead").id))
        yield


def what_waits():
    """A pairing that closes with notes, a session that one of two confirms, a figure that is counted, words that may be
    used for some weeks, a question a year after an activity and one that nobody answered, an old release’s index.
    """
    pair = for_registration.pair(for_registration.journey())
    registration.write_note(pair, text="Between us", actor=pair.mentee)
    registration.close(pair, outcome=Ended.REGISTERED, actor=pair.mentee)
    host = factories.person()
    guests = [for_skills.colleague(host) for _ in range(2)]
    session = for_skills.held(*guests, host=host)
    with for_skills.after(session):
        skills.confirm(session, was_there=True, actor=guests[0])
    lead = factories.lead()
    action = for_plan.action(for_plan.plan(lead), lead)
    plan.add_indicator(
        action,
        actor=lead,
        text="Nominations",
        definition=definition_in("nominations"),
        targets=[(3, date(2027, 7, 31))],
    )
    finished = for_fund.reported(for_fund.lead())
    finished.done_on = clock.today() - timedelta(days=365)
    db.session.add(FollowUp(application_id=finished.id, months=3, asked_at=clock.now() - timedelta(days=20)))
    for_evidence.agree(for_evidence.testimonial(lead), lead, use_until=clock.today() + timedelta(days=40))
    db.session.execute(update(Edition).values(made_as=Edition.made_as - 1))


def run(job, moment, *, later=timedelta()):
    """What the scheduler does; how many runs there were."""
    with clock.held(moment + later):
        return running.run_due(moment, [job])


@contextmanager
def breaking(fault, *, at, is_saved):
    """Break commit number *at*, before or after it saved; how many there were."""
    saving, seen = db.session.commit, [0]

    def commit():
        seen[0] += 1
        if seen[0] == at and not is_saved:
            raise fault
        saving()
        if seen[0] == at:
            raise fault

    db.session.commit = commit
    try:
        yield seen
    finally:
        db.session.commit = saving


def effects():
    """How many rows each table has, and how many of them at which stage, or made by which release."""
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in UNCOUNTED:
            by_stage = [table.c[name] for name in ("stage", "made_as") if name in table.columns]
            counted = db.session.execute(select(func.count(), *by_stage).select_from(table).group_by(*by_stage))
            found[table.name] = sorted(map(tuple, counted))
    db.session.rollback()
    return found


def outcomes(job):
    db.session.expire_all()
    return list(db.session.scalars(select(JobRun.outcome).where(JobRun.job == job.name)))


def broken_after(full_world, job, moment):
    with at_work(full_world):
        run(job, moment)
        return broken_rows()

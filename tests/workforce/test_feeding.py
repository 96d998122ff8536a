"""Each night’s file from the command line, and files that were sent, worked on in a process of their own."""

import pytest
from sqlalchemy import select

from hub.accounts import queries as accounts
from hub.accounts.models import Person, Role
from hub.core.audit import JournalEntry
from hub.core.db import db as database
from hub.core.db import writing
from hub.core.unit import unit_of_work
from hub.workforce import jobs, services
from hub.workforce.models import StaffImport, Stage
from tests import factories as make
from tests.support.databases import empty_database
from tests.support.processes import run
from tests.support.running import KEY, looking_at
from tests.workforce.making import csv_of, row


@pytest.fixture
def institution_id(db):
    made = make.institution(name="Northmere")
    make.lead(made)
    db.session.commit()
    return made.id


def feed(institution_id, *rows, only_look=False, missing_leave=False):
    how = {"only_look": only_look, "missing_leave": missing_leave}
    return services.feed(institution_id, csv_of(*rows), "staff.csv", **how)


def staff(db):
    return db.session.scalars(select(Person.name).where(Person.staff_id.is_not(None)).order_by(Person.id)).all()


def test_a_feed_is_looked_at_then_stored_then_has_nothing_to_say(db, institution_id):
    assert feed(institution_id, row(1), row(2), only_look=True).found.counts["joins"] == 2
    assert staff(db) == []
    assert feed(institution_id, row(1), row(2)).is_stored
    assert staff(db) == ["Person 1", "Person 2"]
    assert not feed(institution_id, row(1), row(2)).is_stored
    assert [one.stage for one in db.session.scalars(select(StaffImport))] == [Stage.DONE]
    assert db.session.scalars(select(JournalEntry.deed)).all() == ["workforce.feed"]


def test_a_wrong_row_too_many_leavers_or_unknown_columns_stop_the_whole_feed(db, institution_id):
    feed(institution_id, *(row(n) for n in range(5)))
    assert not feed(institution_id, row(1), row(7, e_mail="nowhere")).is_stored
    with pytest.raises(services.CannotFeed, match="More than one in ten"):
        feed(institution_id, row(1), missing_leave=True)
    with pytest.raises(services.CannotFeed, match="No column is known to be the staff number"):
        services.feed(institution_id, b"Wer,Post\nAna,a@a.example\n", "a.csv", only_look=False, missing_leave=False)
    assert len(staff(db)) == 5


@pytest.fixture
def place(request, tmp_path, monkeypatch):
    """A database with one institution and its lead, and the environment of commands that use it."""
    var = tmp_path / "var"
    with empty_database(request.config.getoption("database"), tmp_path, "feeding") as url:
        settings = {"HUB_VAR": str(var), "DATABASE_URL": url, "HUB_SECRET_KEY": KEY, "HUB_PRODUCTION": "0"}
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        with looking_at(url, var):
            with writing():
                make.lead(make.institution(name="Northmere"))
                database.session.commit()
            yield tmp_path


def test_the_command_names_rows_and_no_people_and_the_job_starts_a_process_of_its_own(place):
    (place / "staff.csv").write_bytes(csv_of(row(1), row(7, preferred_name="Ana Ash", e_mail="nowhere")))
    told = run("hub", "staff", "import", str(place / "staff.csv"))
    assert told.returncode == 1
    assert "row 3, E-mail: This is not an e-mail address. Such as:" in told.stdout
    assert "1 thing to put right: nothing is stored." in told.stdout
    assert "Ana Ash" not in told.stdout

    lead = accounts.holders(accounts.only_institution().id, Role.LEAD)[0].id
    with unit_of_work("tests.send"):
        read = services.send(csv_of(row(1)), "staff.csv", actor=accounts.person(lead)).id
    jobs.work()
    database.session.rollback()
    assert database.session.get_one(StaffImport, read).stage == Stage.CHECKED
    jobs.work()  # nothing waits now: no process is started

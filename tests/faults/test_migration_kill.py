"""A migration whose process dies at any of its statements did nothing; the next one does it all, and keeps the data."""

import json

import pytest

from hub.core import schema
from hub.core.db import db
from tests.faults import dying_migrator
from tests.support import filling
from tests.support.processes import run
from tests.support.running import Hub, looking_at
from tests.support.torture import EVERYTHING

EVERY = 1 if EVERYTHING else 25  # statement, beginning with the first of each migration
WHICH = () if EVERYTHING else ("newest",)
TURNED_INTO_OTHERS = {"plan_feed"}  # its rows become rules: tests/rules/test_migrations.py looks at them


@pytest.mark.slow
def test_each_migration_killed_at_its_statements_leaves_nothing_and_the_next_try_keeps_every_row(database, tmp_path):
    found = migrate_dying(database, *WHICH)
    with looking_at(database, tmp_path):
        assert [passed["revision"] for passed in found] == dying_migrator.revisions()[-len(found) :]
        assert len(found) > dying_migrator.NEWEST
        assert schema.differences() == []
        assert all(filling.everything().values())
    assert [passed for passed in found if not passed["deaths"]] == []
    lost = [row for passed in found for row in passed["lost"] if row.split()[0] not in TURNED_INTO_OTHERS]
    assert lost == []
    assert [passed for passed in found if passed["halves"] or passed["empty"]] == []


@pytest.mark.slow
def test_an_upgrade_that_dies_between_two_migrations_has_made_neither(database):
    """So that whoever waited for it finds what was there before, or everything."""
    (whole,) = migrate_dying(database, "whole", every=100)
    assert (whole["halves"], whole["revision"]) == ([], dying_migrator.revisions()[-1])
    assert whole["deaths"] > 100


@pytest.mark.slow
def test_without_one_transaction_half_a_migration_stays(request, database):
    if request.config.getoption("database") != "sqlite":
        pytest.skip("PostgreSQL does nothing outside of a transaction")
    assert any(passed["halves"] for passed in migrate_dying(database, "loose"))


def migrate_dying(url, *how, every=EVERY):
    done = run("tests.faults.dying_migrator", url, str(every), *how)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_a_row_that_a_migration_loses_would_be_noticed():
    before = {"person": [{"id": 1, "name": "Ana"}, {"id": 2, "name": "Ben"}]}
    more = {"person": [{"id": 1, "name": "Ana", "new": 0}, {"id": 2}]}
    fewer = {"person": [{"id": 1, "name": "Bea"}]}
    assert filling.changed(before, more) == []
    assert filling.changed(before, fewer) == ["person 0: name", "person 1: id", "person 1: name"]


def test_the_hub_does_not_start_on_a_database_of_a_newer_version(database, tmp_path):
    hub = Hub(tmp_path, database)
    assert hub.command("migrate").returncode == 0
    with looking_at(database, tmp_path), db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for words in (["run", "--port", str(hub.port)], ["migrate"], ["jobs"]):
        done = hub.command(*words)
        assert (done.returncode, done.stdout) == (1, ""), words
        assert "newer version" in done.stderr.splitlines()[-1]
        assert "Traceback" not in done.stderr
    assert "newer version" in hub.command("check").stdout.splitlines()[0]

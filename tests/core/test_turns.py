"""Who writes to a database in a file waits for the writer before; a turn ends with its transaction or its process."""

import gc
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, text

from hub.core.db import configure, writing
from hub.core.turns import Connection

HOLDER = """
import sys, time
from hub.core.turns import Connection
import sqlite3
holder = sqlite3.connect(sys.argv[1], factory=Connection, isolation_level=None)
holder.take_turn()
holder.execute("BEGIN IMMEDIATE")
print("mine", flush=True)
time.sleep(60)
"""


@pytest.fixture
def engine(tmp_path):
    made = create_engine(f"sqlite:///{tmp_path}/hub.sqlite3")
    configure(made)
    with writing(), made.begin() as connection:
        connection.execute(text("CREATE TABLE said (what TEXT)"))
    yield made
    made.dispose()


def say(engine, what):
    with writing(), engine.begin() as connection:
        connection.execute(text("INSERT INTO said VALUES (:what)"), {"what": what})


def said(engine):
    with writing(False), engine.connect() as connection:
        return list(connection.scalars(text("SELECT what FROM said ORDER BY rowid")))


@pytest.mark.parametrize("end", ["commit", "rollback", "invalidate"])
def test_a_turn_ends_with_its_transaction_however_that_ends(engine, end):
    with ThreadPoolExecutor(1) as pool, writing(), engine.connect() as first:
        first.execute(text("INSERT INTO said VALUES ('first')"))
        second = pool.submit(say, engine, "second")
        assert said(engine) == []  # who reads waits for nobody
        assert not second.done()
        getattr(first, end)()
        second.result(timeout=20)
    assert said(engine) == (["first", "second"] if end == "commit" else ["second"])


def test_a_refused_statement_keeps_nobody_waiting(engine):
    with writing(), engine.connect() as first, pytest.raises(Exception, match="no such table"):
        first.execute(text("INSERT INTO unknown VALUES (1)"))
    say(engine, "second")
    assert said(engine) == ["second"]


def test_a_connection_that_is_forgotten_keeps_nobody_waiting(engine):
    forgotten = sqlite3.connect(engine.url.database, factory=Connection, isolation_level=None)
    forgotten.take_turn()
    del forgotten
    gc.collect()
    say(engine, "second")
    assert said(engine) == ["second"]


def test_a_turn_ends_with_its_process(engine):
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, engine.url.database], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "mine\n"
    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(say, engine, "second")
        assert said(engine) == []
        assert not second.done()
        holder.kill()
        holder.communicate()
        second.result(timeout=20)
    assert said(engine) == ["second"]


def test_everybody_who_writes_at_once_has_a_turn(engine):
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda n: say(engine, f"{n}"), range(120)))
    assert sorted(map(int, said(engine))) == list(range(120))

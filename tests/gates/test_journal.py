"""Nobody removes traces: whatever is done to the journal with every right to its database, the hub finds it."""

from random import Random
from types import SimpleNamespace

import pytest
from sqlalchemy import bindparam, select, text, update
from sqlalchemy.exc import DBAPIError

from hub.core import audit
from hub.core.audit import GENESIS, JournalEntry, JournalHead, first_broken
from hub.core.db import db as database
from hub.core.unit import unit_of_work
from tests import factories as make
from tests.support.torture import EVERYTHING

ROWS = 120
NOTED = (40, 80, ROWS)
TIMES = 1000 if EVERYTHING else 250
FORGED = {
    "seq": lambda chance: ROWS + chance.randint(1, 99),
    "at": lambda chance: f"20{chance.randint(10, 24)}-01-02 03:04:05.678901",
    "deed": lambda chance: f"forged.deed{chance.random()}",
    "actor_id": lambda chance: chance.randint(10**6, 10**9),
    "institution_id": lambda chance: chance.randint(10**6, 10**9),
    "subject": lambda chance: f"person:{chance.randint(10**6, 10**9)}",
    "changes": lambda chance: f'{{"person:{chance.randint(1, 9)}": ["forged"]}}',
    "previous": lambda chance: f"{chance.getrandbits(256):064x}",
    "hash": lambda chance: f"{chance.getrandbits(256):064x}",
}
WITHOUT_TRIGGERS = {
    "sqlite": [f"DROP TRIGGER journal_entry_no_{verb}" for verb in ("update", "delete", "replace")],
    "postgresql": ["ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_append_only"],
}


@pytest.fixture
def notes(app, tmp_path, monkeypatch):
    """A folder of this test's own for the noted ends."""
    monkeypatch.setitem(app.config, "VAR", tmp_path)
    return tmp_path / audit.NOTES


@pytest.fixture
def journal(db, notes):
    """Many deeds, their end noted now and then; then the triggers are gone, as for somebody with every right."""
    somebody = make.person()
    db.session.flush()
    for n in range(1, ROWS + 1):
        with unit_of_work(f"deed.{n % 7}", actor=somebody if n % 3 else None, subject=somebody if n % 2 else None):
            if n % 5 == 0:
                somebody.job_title = f"Technician {n}"
        if n in NOTED:
            audit.note_end()
    assert first_broken() is None
    _switch_triggers_off(db)
    return db


def _switch_triggers_off(db):
    for statement in WITHOUT_TRIGGERS[db.engine.dialect.name]:
        db.session.execute(text(statement))


def sql(statement, **values):
    database.session.execute(text(statement), values)


# -- what can be done to a journal: each says where the first row is that no longer fits -----------------------------


def edit(chance):
    row, column = chance.randint(1, ROWS), chance.choice(sorted(FORGED))
    value = "CAST(:value AS json)" if column == "changes" else ":value"
    if column == "at" and database.engine.dialect.name == "postgresql":
        value = "CAST(:value AS timestamptz)"
    sql(f"UPDATE journal_entry SET {column} = {value} WHERE seq = :row", value=FORGED[column](chance), row=row)
    return row


def delete(chance):
    row = chance.randint(1, ROWS)
    sql("DELETE FROM journal_entry WHERE seq = :row", row=row)
    return row


def insert(chance):
    """A deed that nobody did, with hashes that fit; every later row is moved up."""
    row = chance.randint(2, ROWS)
    sql("UPDATE journal_entry SET seq = -seq WHERE seq >= :row", row=row)
    sql("UPDATE journal_entry SET seq = 1 - seq WHERE seq < 0")
    _add_forged(row)
    return row if row in NOTED else row + 1


def append(_chance):
    _add_forged(ROWS + 1)
    return ROWS + 1


def _add_forged(seq):
    before = _row(seq - 1)
    forged = JournalEntry(
        seq=seq, at=before.at, deed="forged", subject="", changes={}, previous=before.hash, actor_id=1
    )
    forged.hash = audit.hash_of(forged)
    database.session.add(forged)
    database.session.flush()


def _row(seq):
    return database.session.execute(select(*JournalEntry.__table__.columns).where(JournalEntry.seq == seq)).one()


def reorder(chance):
    one, other = sorted(chance.sample(range(1, ROWS + 1), 2))
    sql("UPDATE journal_entry SET seq = 0 WHERE seq = :one", one=one)
    sql("UPDATE journal_entry SET seq = :one WHERE seq = :other", one=one, other=other)
    sql("UPDATE journal_entry SET seq = :other WHERE seq = 0", other=other)
    return one


def swap_what_two_rows_say(chance):
    one, other = sorted(chance.sample(range(1, ROWS + 1), 2))
    rows = _row(one), _row(other)
    for seq, said in ((one, rows[1]), (other, rows[0])):
        values = {
            name: getattr(said, name) for name in ("at", "deed", "actor_id", "institution_id", "subject", "changes")
        }
        database.session.execute(update(JournalEntry).where(JournalEntry.seq == seq).values(values))
    return one


def truncate(chance):
    """The last rows go, and the head says that they were never there."""
    kept = chance.randint(1, ROWS - 1)
    sql("DELETE FROM journal_entry WHERE seq > :kept", kept=kept)
    sql("UPDATE journal_head SET seq = :kept, hash = :hash", kept=kept, hash=_row(kept).hash)
    return kept + 1


def truncate_and_put_back_the_seal_of_that_day(chance):
    """As somebody could who kept an earlier copy of the head: only the noted end knows of the rows."""
    kept = chance.randint(1, ROWS - 1)
    end = _row(kept)
    sql("DELETE FROM journal_entry WHERE seq > :kept", kept=kept)
    seal = audit.seal_of(kept, end.hash)
    sql("UPDATE journal_head SET seq = :kept, hash = :hash, seal = :seal", kept=kept, hash=end.hash, seal=seal)
    return kept + 1


def recompute(chance):
    """One row says something else, and every hash after it is made to fit, up to the head."""
    row = chance.randint(1, ROWS)
    sql("UPDATE journal_entry SET deed = 'forged' WHERE seq = :row", row=row)
    hash_before, anew = _row(row - 1).hash if row > 1 else GENESIS, []
    later = select(JournalEntry.__table__).where(JournalEntry.seq >= row).order_by(JournalEntry.seq)
    for entry in database.session.execute(later):
        values = {**entry._mapping, "previous": hash_before}
        hash_before = audit.hash_of(SimpleNamespace(**values))
        anew.append({"key": entry.id, "previous": values["previous"], "hash": hash_before})
    forged = update(JournalEntry.__table__).where(JournalEntry.id == bindparam("key"))
    database.session.execute(forged.values(previous=bindparam("previous"), hash=bindparam("hash")), anew)
    sql("UPDATE journal_head SET hash = :hash", hash=hash_before)
    return next(noted for noted in NOTED if noted >= row)


def lose_the_head(_chance):
    sql("DELETE FROM journal_head")
    return 1


def begin_anew(_chance):
    sql("DELETE FROM journal_entry")
    sql("DELETE FROM journal_head")
    return 1


TAMPERINGS = (
    edit, edit, edit, delete, insert, append, reorder, swap_what_two_rows_say, truncate,
    truncate_and_put_back_the_seal_of_that_day, recompute, lose_the_head, begin_anew,
)  # fmt: skip


def unnoticed(tamperings, times, chance):
    """What was done and not found, or found at the wrong row; each is undone."""
    missed = []
    for n in range(times):
        tamper = tamperings[n % len(tamperings)]
        inside = database.session.begin_nested()
        row = tamper(chance)
        found = first_broken()
        inside.rollback()
        if found != row:
            missed.append(f"{tamper.__name__}, number {n}: row {row}, found {found}")
    return missed


def test_hundreds_of_tamperings_are_all_found_at_the_right_row(journal):
    assert unnoticed(TAMPERINGS, TIMES, Random(1831)) == []
    assert first_broken() is None


def test_before_the_first_note_of_a_day_the_seal_alone_finds_what_was_made_to_fit(journal, notes):
    notes.unlink()
    for tamper in (truncate, recompute):
        for n in range(20):
            inside = journal.session.begin_nested()
            tamper(Random(n))
            found = first_broken()
            inside.rollback()
            assert found is not None


def test_hashes_alone_would_not_find_what_was_made_to_fit(journal, notes, monkeypatch):
    """The control: with seal and notes gone, a good forger is not found."""
    notes.unlink()
    monkeypatch.setattr(audit, "_holds", lambda _head: True)
    assert len(unnoticed((truncate, recompute, begin_anew), 9, Random(2))) == 9
    assert unnoticed((edit, delete, insert, reorder), 8, Random(2)) == []


@pytest.mark.breaks_rows
def test_a_forged_end_does_not_become_sound_when_the_hub_writes_on(journal, notes):
    notes.unlink()
    truncate(Random(5))
    journal.session.expire_all()
    for _ in range(2):
        with unit_of_work("an.honest.deed"):
            pass
    assert first_broken() == journal.session.scalar(select(JournalHead.seq))


def test_a_deed_done_while_the_chain_is_read_is_no_tampering(db, notes, monkeypatch):
    with unit_of_work("before"):
        pass
    rows = audit._in_order

    def with_a_deed_first():
        with unit_of_work("meanwhile"):
            pass
        return rows()

    monkeypatch.setattr(audit, "_in_order", with_a_deed_first)
    assert first_broken() is None
    assert db.session.scalar(select(JournalHead.seq)) == 2


# -- the key ---------------------------------------------------------------------------------------------------------


def test_a_new_secret_key_goes_on_where_the_earlier_one_ended(app, db, notes, monkeypatch):
    with unit_of_work("first"):
        pass
    monkeypatch.setitem(app.config, "EARLIER_KEYS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key, for tests only")
    assert first_broken() is None
    with unit_of_work("second"):
        pass
    monkeypatch.setitem(app.config, "EARLIER_KEYS", [])
    assert first_broken() is None


def test_without_the_earlier_key_the_end_is_doubted_until_an_operator_seals_it_anew(app, db, notes, monkeypatch):
    with unit_of_work("first"):
        pass
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key, for tests only")
    assert first_broken() == 1
    with unit_of_work("second"):
        pass
    assert first_broken() == 2
    with unit_of_work("journal.seal"):
        audit.seal_anew()
    assert first_broken() is None


# -- what the database refuses ---------------------------------------------------------------------------------------


@pytest.fixture(params=["ON", "OFF"])
def a_strangers_connection(db, request):
    """Not every program that opens SQLite asks it to heed triggers when it replaces a row, as the hub does."""
    if db.engine.dialect.name != "sqlite":
        yield db
        return
    db.session.execute(text(f"PRAGMA recursive_triggers = {request.param}"))
    yield db
    db.session.execute(text("PRAGMA recursive_triggers = ON"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET deed = 'other'",
        "UPDATE journal_entry SET seq = seq + 1",
        "DELETE FROM journal_entry",
        pytest.param("TRUNCATE journal_entry", id="TRUNCATE"),
        pytest.param("INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry", id="REPLACE"),
    ],
)
def test_the_database_refuses_to_change_the_journal(a_strangers_connection, statement):
    db = a_strangers_connection
    if statement.startswith("TRUNCATE" if db.engine.dialect.name == "sqlite" else "INSERT"):
        pytest.skip("the other database's own word")
    with unit_of_work("first"):
        pass
    with pytest.raises(DBAPIError, match="append-only"), db.session.begin_nested():
        db.session.execute(text(statement))


def test_the_database_refuses_to_change_the_journal_through_mapped_rows(db):
    with unit_of_work("first"):
        pass
    for forge in (_update_in_bulk, _update_one, _delete_one):
        with pytest.raises(DBAPIError, match="append-only"), db.session.begin_nested():
            forge(db.session)
    assert first_broken() is None


def _update_in_bulk(session):
    session.query(JournalEntry).update({"deed": "other"})


def _update_one(session):
    session.scalars(select(JournalEntry)).one().deed = "other"
    session.flush()


def _delete_one(session):
    session.delete(session.scalars(select(JournalEntry)).one())
    session.flush()

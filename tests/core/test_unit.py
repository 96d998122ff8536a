"""The unit of work: a deed and its journal row are one; the chain shows any change."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from hub.accounts import services
from hub.core import audit
from hub.core.audit import JournalEntry
from hub.core.unit import unit_of_work
from tests import factories as make


def test_a_deed_is_saved_with_its_journal_row(db):
    uni = make.institution()
    boss = make.lead(uni)
    with unit_of_work("people.add", actor=boss, subject=boss):
        new = make.person(uni)

    entry = db.session.scalars(select(JournalEntry)).one()
    assert (entry.deed, entry.actor_id, entry.subject, entry.institution_id) == (
        "people.add",
        boss.id,
        f"person:{boss.id}",
        uni.id,
    )
    assert entry.changes == {f"person:{new.id}": ["added"]}
    assert audit.first_broken() is None


def test_a_deed_that_fails_leaves_neither(db):
    uni = make.institution()
    db.session.commit()
    with pytest.raises(ZeroDivisionError):
        _fail_half_way(uni)

    assert db.session.scalars(select(JournalEntry)).all() == []
    assert db.session.execute(text("SELECT count(*) FROM person")).scalar_one() == 0


def _fail_half_way(uni):
    with unit_of_work("people.add"):
        services.add_person(uni, name="Nobody", email="nobody@hub.example")
        raise ZeroDivisionError


def test_the_journal_cannot_be_changed(db):
    with unit_of_work("first"):
        pass
    db.session.commit()
    for statement in ("UPDATE journal_entry SET deed = 'other'", "DELETE FROM journal_entry"):
        with pytest.raises(DBAPIError, match="append-only"), db.session.begin_nested():
            db.session.execute(text(statement))


@pytest.mark.breaks_rows
def test_a_row_that_was_altered_behind_the_triggers_is_found(db):
    for name in ("first", "second", "third"):
        with unit_of_work(name):
            pass
    assert audit.first_broken() is None
    db.session.execute(text(_without_triggers(db)))
    db.session.execute(text("UPDATE journal_entry SET deed = 'forged' WHERE seq = 2"))
    db.session.expire_all()
    assert audit.first_broken() == 2


def _without_triggers(db) -> str:
    if db.engine.dialect.name == "sqlite":
        return "DROP TRIGGER journal_entry_no_UPDATE"
    return "ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_append_only"

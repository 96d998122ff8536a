"""The same money asked for many times at once, and the same form sent many times at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from sqlalchemy import func, select

from hub import create_app
from hub.accounts import services as accounts
from hub.cli.checks import broken_rows
from hub.core.clock import at_london
from hub.core.db import db
from hub.core.unit import unit_of_work
from hub.fund.models import CostLine
from tests.fund import last_minute, making, money_race
from tests.support import racing


def test_the_budget_is_never_overspent_by_sixteen_clients(database, tmp_path):
    with racing.start(database, tmp_path) as app:
        outcome = racing.race(app, money_race.award, money_race.prepare())
        assert outcome == {racing.DONE: 10, racing.REFUSED: money_race.TRIES - 10}
        assert money_race.committed() == money_race.BUDGET
        assert broken_rows() == []


def test_without_the_guard_it_is(database, tmp_path):
    with racing.start(database, tmp_path) as app:
        racing.race(app, money_race.award, money_race.prepare(), guarded=False)
        assert money_race.committed() > money_race.BUDGET
        assert any("more than its budget" in fault for fault in broken_rows())


def test_everybody_who_sends_in_the_last_second_is_in(database, tmp_path):
    with racing.start(database, tmp_path) as app:
        with unit_of_work("race.prepare"):
            entrants = last_minute.prepare()
        assert racing.race(app, last_minute.send, entrants) == {racing.DONE: last_minute.TRIES}
        assert last_minute.came_in() == (last_minute.TRIES,) * 3
        assert broken_rows() == []


def test_twenty_identical_forms_at_once_make_one_row(database, tmp_path):
    from config import TestConfig  # noqa: PLC0415 -- an app of this test's own

    app = create_app(type("S", (TestConfig,), {"SQLALCHEMY_DATABASE_URI": database, "VAR": tmp_path,
                                               "WTF_CSRF_ENABLED": False}))  # fmt: skip
    with app.app_context(), unit_of_work("race.prepare"):
        db.create_all()
        lead = making.lead()
        applicant = making.technician(lead)
        application = making.draft(
            making.open_round(lead, closes_at=at_london(LATE), panel_on=LATE, decisions_on=LATE), applicant
        )
        key, version = application.id, application.version
        token = accounts.open_session(applicant)
    sent = {"_once": "the-same-form-sent-twenty-times", "_version": version, "_fields": "kind,text,pence,quote",
            "kind": "stay", "text": "Hotel", "pence": "90"}  # fmt: skip

    def send(_n: int) -> int:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        return client.post(f"/fund/applications/{key}/costs", data=sent).status_code

    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(send, range(20)))
    with app.app_context():
        assert db.session.scalar(select(func.count(CostLine.id)).where(CostLine.text == "Hotel")) == 1
        db.session.remove()
        db.engine.dispose()
    assert set(statuses) <= {302, 303}


LATE = date(2036, 1, 31)

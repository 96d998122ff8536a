"""Many people award the last money at once, each as a process or thread of its own would, against a real database.

``run(url, guarded=…)`` gives back what was committed; unguarded, the lock is off and SQLite runs as its driver comes,
which is the control: it must overspend, or the race proves nothing.
"""

import multiprocessing
import tempfile
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import OperationalError

BUDGET, AWARD, TRIES, PROCESSES, THREADS = 100_000, 10_000, 200, 2, 8


@dataclass(frozen=True)
class Outcome:
    committed: int
    awards: int
    refused: int
    broken: list[str]


def _app(url: str, var: str, *, guarded: bool):
    from config import TestConfig  # noqa: PLC0415 -- a process of its own
    from hub import create_app  # noqa: PLC0415 -- a process of its own
    from hub.core import db as core  # noqa: PLC0415 -- a process of its own
    from hub.fund.services import money  # noqa: PLC0415 -- a process of its own

    if not guarded:
        core.configure = _as_it_comes
        money.lock = lambda _row: None
    return create_app(type("Settings", (TestConfig,), {"SQLALCHEMY_DATABASE_URI": url, "VAR": Path(var)}))


def _as_it_comes(engine) -> None:
    """Only a timeout, so that the control is not hidden behind errors."""
    from sqlalchemy import event  # noqa: PLC0415 -- a process of its own

    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 10000"))


def prepare(app) -> tuple[int, list[int]]:
    """A released round with nothing given, and as many applications on its reserve list as there are tries."""
    from datetime import date  # noqa: PLC0415 -- kept with its only use

    from hub.core.clock import at_london  # noqa: PLC0415 -- after the control's changes
    from hub.core.db import db  # noqa: PLC0415 -- after the control's changes
    from hub.core.unit import unit_of_work  # noqa: PLC0415 -- after the control's changes
    from hub.fund.models import Application, ApplicationStep, CostLine, Round, RoundStage, Stage  # noqa: PLC0415 -- as above
    from tests import factories  # noqa: PLC0415 -- as above
    from tests.fund import making  # noqa: PLC0415 -- as above

    with app.app_context(), unit_of_work("race.prepare"):
        db.create_all()
        lead = making.lead()
        scheme = making.scheme(lead, criteria=False)
        fund_round = Round(
            institution_id=lead.institution_id, scheme_id=scheme.id, name="Race", budget_pence=BUDGET,
            opens_at=at_london(date(2026, 1, 1)), closes_at=at_london(date(2026, 1, 2)), panel_on=date(2026, 1, 3),
            decisions_on=date(2026, 1, 4), stage=RoundStage.RELEASED, released_at=at_london(date(2026, 1, 4)),
        )  # fmt: skip
        db.session.add(fund_round)
        db.session.flush()
        waiting = [
            Application(
                institution_id=lead.institution_id, round_id=fund_round.id, stage=Stage.RESERVE, title=f"Race {n}",
                applicant_id=factories.person(lead.institution).id, reference=f"R-{n}", asked_pence=AWARD, themes=[],
            )
            for n in range(TRIES)
        ]  # fmt: skip
        db.session.add_all(waiting)
        db.session.flush()
        db.session.add_all(CostLine(application_id=a.id, text="Course", pence=AWARD) for a in waiting)
        db.session.add_all(ApplicationStep(application_id=a.id, stage=a.stage) for a in waiting)
        return lead.id, [a.id for a in waiting]


def _award_each(url: str, var: str, guarded: bool, lead_id: int, keys: list[int]) -> tuple[int, int]:
    """One process with several threads. How many awards were made, how many refused."""
    app = _app(url, var, guarded=guarded)
    with ThreadPoolExecutor(THREADS) as pool:
        done = list(pool.map(lambda key: _award(app, lead_id, key), keys))
    with app.app_context():
        from hub.core.db import db  # noqa: PLC0415 -- as above

        db.engine.dispose()
    return done.count("awarded"), done.count("refused")


def _award(app, lead_id: int, key: int) -> str:
    from hub.accounts.queries import person  # noqa: PLC0415 -- as above
    from hub.core.unit import unit_of_work  # noqa: PLC0415 -- as above
    from hub.fund import queries, services  # noqa: PLC0415 -- as above
    from hub.fund.errors import PotTooSmall  # noqa: PLC0415 -- as above

    with app.app_context():
        try:
            with unit_of_work("race.award"):
                services.award_from_reserve(queries.application(key), pence=AWARD, actor=person(lead_id))
        except PotTooSmall:
            return "refused"
        except OperationalError:
            return "locked"  # the control's SQLite may do that; the guarded one must not
        return "awarded"


def run(url: str, *, guarded: bool) -> Outcome:
    """Race *TRIES* awards from 16 clients; *url* is an empty database."""
    from sqlalchemy import func, select  # noqa: PLC0415 -- as above

    from hub.cli.checks import broken_rows  # noqa: PLC0415 -- as above
    from hub.core.db import db  # noqa: PLC0415 -- as above
    from hub.fund.models import MoneyEntry  # noqa: PLC0415 -- as above

    with tempfile.TemporaryDirectory() as var:
        app = _app(url, var, guarded=True)
        lead_id, keys = prepare(app)
        parts = [keys[n::PROCESSES] for n in range(PROCESSES)]
        with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn")) as pool:
            jobs = [pool.submit(_award_each, url, var, guarded, lead_id, part) for part in parts]
            done = [job.result() for job in jobs]
        with app.app_context():
            committed = db.session.scalar(select(func.coalesce(func.sum(MoneyEntry.pence), 0)))
            outcome = Outcome(int(committed), sum(a for a, _ in done), sum(r for _, r in done), broken_rows())
            db.session.remove()
            db.engine.dispose()
    return outcome

"""Scheduled work: a ticker, and one row for each time a job is due."""

import logging
from datetime import UTC

from flask import Flask
from sqlalchemy.exc import OperationalError

from hub.core import clock
from hub.core.db import db
from hub.jobs.running import run_due

__all__ = ["init_app", "run_due", "start"]

TICK = 15  # seconds

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Nothing runs by itself until ``start``: tests and commands build applications too."""
    app.extensions["ticker"] = None


def start(app: Flask) -> None:
    """Begin to look every few seconds for what is due, unless the settings say that other processes do."""
    if not app.config["SCHEDULER"]:
        return
    from apscheduler.schedulers.background import BackgroundScheduler  # noqa: PLC0415 -- slow import

    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a run longer than a tick is no news
    ticker = BackgroundScheduler(timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1})
    ticker.add_job(tick, "interval", seconds=TICK, args=[app], next_run_time=clock.now())
    ticker.start()
    app.extensions["ticker"] = ticker


def tick(app: Flask) -> None:
    """Run what is due now; a database that is away is back at a later tick."""
    with app.app_context():
        try:
            run_due(clock.now())
        except OperationalError as fault:
            db.session.rollback()
            log.warning("jobs wait for the database: %s", type(fault.orig).__name__)

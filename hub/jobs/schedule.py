"""Every scheduled job of the hub, in one table: its name, when it is due, what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from hub.fund import jobs as fund
from hub.jobs import housekeeping, upkeep
from hub.jobs.timing import MONDAY, Daily, Every, Timing, Weekly
from hub.notifications import jobs as notifications
from hub.workforce import jobs as workforce


@dataclass(frozen=True, slots=True)
class Job:
    """*run* takes nothing and does its writing in units of work of its own; run twice, it does no harm."""

    name: str
    due: Timing
    run: Callable[[], None]


JOBS = (
    Job("notifications.send", Every(timedelta(seconds=15)), notifications.send),
    Job("notifications.daily_digest", Daily(7, 30), notifications.gather_daily),
    Job("notifications.weekly_digest", Weekly(MONDAY, 7, 30), notifications.gather_weekly),
    Job("workforce.work", Every(timedelta(seconds=15)), workforce.work),
    Job("fund.let_go", Daily(3, 0), fund.let_go),
    Job("jobs.housekeeping", Daily(3, 15), housekeeping.tidy),
    Job("jobs.end_of_journal", Daily(3, 20), housekeeping.note_end_of_journal),
    *(
        Job(name, Every(timedelta(minutes=1)) if name in upkeep.OFTEN else Daily(6, 30), upkeep.in_one_unit(name, deed))
        for name, deed in upkeep.DEEDS.items()
    ),
)

"""What the features must see to in time: closing, expiring, reminding, freezing. Each is one unit of work."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from hub.attribution import services as attribution
from hub.awards import services as awards
from hub.core.clock import today
from hub.core.unit import unit_of_work
from hub.directory import services as directory
from hub.evidence import services as evidence
from hub.fund import services as fund
from hub.plan import services as plan
from hub.registration import services as registration
from hub.skills import services as skills
from hub.workforce import services as workforce


class NothingToDo(Exception):
    """Nothing was due, so there is nothing to save and nothing for the journal."""


def in_one_unit(name: str, deed: Callable[[], int]) -> Callable[[], None]:
    """*deed* as a job: it says how many things it did, and what it did is saved together."""

    def run() -> None:
        with suppress(NothingToDo), unit_of_work(name):
            if not deed():
                raise NothingToDo

    return run


def freeze_last_month() -> int:
    """On the first of a month, the figures of the last day of the month before."""
    return plan.freeze_readings(today().replace(day=1) - timedelta(days=1))


DEEDS = {
    "directory.renew_indexes": directory.renew_indexes,
    "directory.tell_of_new_people": directory.tell_of_new_people,
    "directory.forget_old_changes": directory.forget_old_changes,
    "fund.close_due": fund.close_due,
    "fund.remind": fund.remind,
    "awards.close_cycles": awards.close_cycles,
    "skills.expire_requests": skills.expire_requests,
    "skills.remind_of_expiry": skills.remind_of_expiry,
    "skills.settle_sessions": skills.settle_sessions,
    "registration.remind_of_renewals": registration.remind_of_renewals,
    "registration.nudge_silent_pairs": registration.nudge_silent_pairs,
    "registration.forget_old_notes": registration.forget_old_notes,
    "attribution.remind_readers": attribution.remind_readers,
    "attribution.forget_removed": attribution.forget_removed,
    "evidence.end_expired": evidence.end_expired,
    "evidence.warn_of_expiry": evidence.warn_of_expiry,
    "plan.freeze_readings": freeze_last_month,
    "plan.remind_owners": plan.remind_owners,
    "workforce.let_go_of_old": workforce.let_go_of_old,
}
OFTEN = ("fund.close_due", "awards.close_cycles", "directory.renew_indexes")

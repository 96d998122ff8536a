"""The one place that reads the clock, so that tests and the demo can hold it still."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_held: ContextVar[datetime | None] = ContextVar("held", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _held.get() or datetime.now(UTC)


def today() -> date:
    """The date on a wall calendar in London."""
    return london(now()).date()


def london(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


def at_london(on: date, hour: int = 17, minute: int = 0) -> datetime:
    """The UTC moment when London clocks show that time on that day: how every deadline is made."""
    return datetime.combine(on, time(hour, minute), tzinfo=LONDON).astimezone(UTC)


def is_open(opens_at: datetime | None, closes_at: datetime | None) -> bool:
    """Whether now lies within: the closing second itself still counts, the one after does not."""
    moment = now().replace(microsecond=0)
    return (opens_at is None or opens_at <= moment) and (closes_at is None or moment <= closes_at)


@contextmanager
def held(at: datetime) -> Iterator[None]:
    """Hold the clock at *at* (aware) inside the block."""
    token = _held.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)

"""When jobs are due. All moments are computed from the clock alone, so every process finds the same ones."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from hub.core.clock import at_london, london

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MONDAY = 0


class Timing(Protocol):
    def latest(self, now: datetime) -> datetime:
        """The last moment up to *now* at which the job is due: those before it that nobody ran are let go."""


@dataclass(frozen=True, slots=True)
class Every:
    step: timedelta

    def latest(self, now: datetime) -> datetime:
        return EPOCH + self.step * ((now - EPOCH) // self.step)


@dataclass(frozen=True, slots=True)
class Daily:
    """At a time on London clocks; once a day, on the days when they change too."""

    hour: int
    minute: int = 0

    def latest(self, now: datetime) -> datetime:
        today = at_london(london(now).date(), self.hour, self.minute)
        return today if today <= now else at_london(london(now).date() - timedelta(days=1), self.hour, self.minute)


@dataclass(frozen=True, slots=True)
class Weekly:
    """On one day of the week (Monday is 0), at a time on London clocks."""

    weekday: int
    hour: int
    minute: int = 0

    def latest(self, now: datetime) -> datetime:
        on = london(now).date()
        on -= timedelta(days=(on.weekday() - self.weekday) % 7)
        this_week = at_london(on, self.hour, self.minute)
        return this_week if this_week <= now else at_london(on - timedelta(days=7), self.hour, self.minute)

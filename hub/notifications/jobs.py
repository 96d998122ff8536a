"""What notifications do by themselves: sending mail, gathering digests."""

from hub.core.db import in_pieces
from hub.core.unit import unit_of_work
from hub.notifications import queries, sending, services, transport
from hub.notifications.models import Frequency

PEOPLE_AT_ONCE = 100


def send() -> None:
    _let_go_of_old_news()
    sending.send_due(transport.configured())


def gather_daily() -> None:
    _gather(Frequency.DAILY)


def gather_weekly() -> None:
    _gather(Frequency.WEEKLY)


def _let_go_of_old_news() -> None:
    if queries.has_old_news():
        with unit_of_work("notifications.old_news"):
            services.let_go_of_old_news()


def _gather(frequency: Frequency) -> None:
    _let_go_of_old_news()
    for some in in_pieces(queries.awaiting_digest(frequency), PEOPLE_AT_ONCE):
        with unit_of_work(f"notifications.{frequency}_digest"):
            for person_id in some:
                services.gather(person_id, frequency)

"""Facts that the awards announce. Sent inside the transaction that makes them true."""

from blinker import Namespace

_signals = Namespace()

nomination_accepted = _signals.signal(
    "awards-nomination-accepted",
    doc="""Everybody whom a nomination is about had agreed to it. *sender* is the ``Nomination`` with category, cycle
    and nominees; ``actor`` is who announced its cycle. Said just before its result is: a lead who is too close to a
    nomination reads the ledger, and must not learn there that it waits to be judged.""",
)

award_announced = _signals.signal(
    "awards-award-announced",
    doc="""The result of a winner or a highly commended nomination is announced. *sender* is the ``Nomination``, its
    title without names unless everybody agreed to be named; ``actor`` is who announced it.""",
)

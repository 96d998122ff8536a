"""Facts that the awards announce. Sent inside the transaction that makes them true."""

from blinker import Namespace

_signals = Namespace()

nomination_accepted = _signals.signal(
    "awards-nomination-accepted",
    doc="""Everybody whom a nomination is about has agreed to it. *sender* is the ``Nomination`` with category, cycle
    and nominees, already flushed; ``actor`` is the nominee who agreed last.""",
)

award_announced = _signals.signal(
    "awards-award-announced",
    doc="""The result of a winner or a highly commended nomination is announced. *sender* is the ``Nomination``, its
    title without names unless everybody agreed to be named; ``actor`` is who announced it.""",
)

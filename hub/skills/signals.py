"""Facts that skills sharing announces. Sent inside the transaction that makes them true."""

from blinker import Namespace

_signals = Namespace()

session_delivered = _signals.signal(
    "skills-session-delivered",
    doc="""A session is confirmed: the host says that it was held, at least one participant says that they were there,
    and everybody whom the host saw has answered or had fourteen days to. Sent once; *sender* is the ``Session`` with
    its places, already flushed; ``actor`` is who answered last, or nobody when the days ran out.""",
)

"""Facts that the galleries announce. Sent inside the transaction that makes them true."""

from blinker import Namespace

_signals = Namespace()

gallery_published = _signals.signal(
    "galleries-published",
    doc="""A gallery is on the open web. *sender* is the ``Gallery`` with those who are in it; ``actor`` did it.""",
)

gallery_withdrawn = _signals.signal(
    "galleries-withdrawn",
    doc="""A gallery was taken down again. *sender* is the ``Gallery`` with those who were in it; ``actor`` did it.""",
)

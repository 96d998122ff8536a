"""What the ledger announces."""

from blinker import Namespace

_signals = Namespace()

entry_recorded = _signals.signal(
    "evidence-entry-recorded",
    doc="""An entry was written. *sender* is the ``Entry``, already flushed, in the transaction of the fact itself.""",
)

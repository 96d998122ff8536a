"""What the ledger announces."""

from blinker import Namespace

_signals = Namespace()

entry_recorded = _signals.signal(
    "evidence-entry-recorded",
    doc="""An entry was written, or a withdrawn one came back. *sender* is the ``Entry``, already flushed, in the
    transaction of the fact itself.""",
)
entry_withdrawn = _signals.signal(
    "evidence-entry-withdrawn",
    doc="""The fact behind an entry was taken back. *sender* is the ``Entry``, which counts no more.""",
)
entry_corrected = _signals.signal(
    "evidence-entry-corrected",
    doc="""A second entry took the place of one that was wrong. *sender* is the first, which counts no more;
    ``second`` is the one that counts.""",
)
entry_let_go = _signals.signal(
    "evidence-entry-let-go",
    doc="""Words and people of an entry are gone, as its source let go of them. *sender* is the ``Entry``, which keeps
    its numbers; what holds a copy of its words lets go of it, too.""",
)
item_bounded = _signals.signal(
    "evidence-item-bounded",
    doc="""How far, how long or in which words an item brought by hand may travel was said anew. *sender* is the
    ``Item``, already flushed; what uses it looks whether it still may.""",
)

"""Facts that registration announces."""

from blinker import Namespace

_signals = Namespace()

mentoring_started = _signals.signal(
    "registration-mentoring-started",
    doc="""Mentor and mentee have both agreed. *sender* is the ``Mentoring``, already flushed;
    ``actor`` is the ``Person`` whose yes was the second.""",
)

registered = _signals.signal(
    "registration-registered",
    doc="""A technician reported that a body has registered them. *sender* is the ``Journey``, already flushed, with
    ``fee_pence`` as the technician says they paid it; ``actor`` is the technician.""",
)

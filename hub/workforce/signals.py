"""What the staff list announces."""

from blinker import signal

list_stored = signal(
    "workforce.list-stored",
    doc="""People were made, changed and let go by few statements, past the services for one person. *sender* is the
    ``Institution``; said in the transaction that stored them, once the directory has followed.""",
)

"""The one refusal that reading a file can end in."""

from hub.core.errors import Refusal


class UnreadableFile(Refusal):
    """What was sent cannot be read; the message is one sentence for the person who sent it."""

"""The one refusal that reading a plan can end in."""

from hub.core.errors import Refusal


class UnreadablePlan(Refusal):
    """The file cannot become a preview; the message is one sentence for the person who sent it."""

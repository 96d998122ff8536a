"""The one refusal that reading a plan can end in."""


class UnreadablePlan(Exception):
    """The file cannot become a preview; the message is one sentence for the person who sent it."""

"""What the fund refuses, as facts."""

from hub.core.errors import Refusal


class PotTooSmall(Refusal):
    """The round has less left than was to be awarded."""


class TooLate(Refusal):
    """The round takes no more applications."""


class NotReady(Refusal):
    """Something that must come before is missing."""


class AgainstTheRules(Refusal):
    """The scheme's own rules do not allow it."""


class Conflicted(Refusal):
    """The person is too close to the application."""

"""What registration and mentoring may refuse."""

from hub.core.errors import Refusal


class AlreadyOnTheWay(Refusal):
    """One journey at a time."""


class NotAwardedThere(Refusal):
    """That body does not award that register."""


class DraftsStandStill(Refusal):
    """The drafts are with the mentor or the body."""


class NotReadyYet(Refusal):
    """Something is missing before this step."""


class WrongSupporter(Refusal):
    """A supporter vouches and a mentor helps: never the same person, never oneself."""


class DatesDoNotFit(Refusal):
    """A day is in the future, or before what must come first."""


class CannotPair(Refusal):
    """These two may not be mentor and mentee."""


class MentorFull(Refusal):
    """No free place."""


class AlreadyPaired(Refusal):
    """One open pairing at a time."""


class NothingToMatch(Refusal):
    """Nobody waits, or nobody offers."""

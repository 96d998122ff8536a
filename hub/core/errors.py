"""What a service may refuse, in words fit for the person who asked."""


class Refusal(Exception):
    """``str(refusal)`` is shown to the person as it stands, beside the field or atop the page."""


class MoveRefused(Refusal):
    """The workflow has no such move from here, or not for this person."""


class SomebodyWasFaster(Refusal):
    """The row changed between reading it and writing it."""

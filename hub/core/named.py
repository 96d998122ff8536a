"""Fixed choices that people read: what is stored, and what it is called on screen."""

from enum import StrEnum
from typing import Self


class Named(StrEnum):
    """Each member is given both: ``CARDS = "cards", "A5 cards"``."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member

    @classmethod
    def choices(cls) -> dict[str, str]:
        """What a form offers, by what is stored."""
        return {member.value: member.label for member in cls}

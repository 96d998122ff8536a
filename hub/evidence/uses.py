"""Where evidence is used: the features above the ledger say it here, so that a withdrawal can name every use."""

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Use:
    """One live use of an entry: *what* it is, such as an action of the plan, and its page."""

    what: str
    where: str  # in a few words
    path: str


Finder = Callable[[Collection[int]], list[Use]]

_finders: list[Finder] = []


def says_where(find: Finder) -> Finder:
    """Register *find*, which lists the live uses of entries by their ids. A use ends with its entry's withdrawal."""
    _finders.append(find)
    return find


def uses_of(entry_ids: Collection[int]) -> list[Use]:
    return [use for find in _finders for use in find(entry_ids)]

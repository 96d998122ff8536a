"""Where evidence is used: the features above the ledger say it here, so that a withdrawal can name every use."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Use:
    """One live use of an entry: *what* it is, such as an action of the plan, and its page for those it *opens* to."""

    what: str
    where: str  # in a few words
    path: str
    opens: Callable[[Any], bool] = lambda _: True


Finder = Callable[[Collection[int]], list[Use]]

_finders: list[Finder] = []


def says_where(find: Finder) -> Finder:
    """Register *find*, which lists the live uses of entries by their ids. A use ends with its entry's withdrawal."""
    _finders.append(find)
    return find


def uses_of(entry_ids: Collection[int], viewer: Any) -> list[Use]:
    """As *viewer* is told of them: without the address where they may not go."""
    found = [use for find in _finders for use in find(entry_ids)]
    return [use if use.opens(viewer) else replace(use, path="") for use in found]

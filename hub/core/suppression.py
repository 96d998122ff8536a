"""Small numbers: what is told of a few people together, so that no figure names anybody."""

from collections.abc import Callable, Sequence
from typing import TypeVar

FEWEST = 5  # people whose share is told apart

Group = TypeVar("Group")


def told_apart(groups: Sequence[Group], size: Callable[[Group], int]) -> tuple[list[Group], list[Group]]:
    """*groups* whose number may be told, in order, and those that are told only together.

    If those are still too few, the smallest of the others joins them: else they could be told by subtracting.
    """
    few = [group for group in groups if size(group) < FEWEST]
    rest = [group for group in groups if size(group) >= FEWEST]
    if few and rest and sum(map(size, few)) < FEWEST:
        smallest = min(rest, key=size)
        rest.remove(smallest)
        few.append(smallest)
    return rest, few

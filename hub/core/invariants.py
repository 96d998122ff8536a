"""What must always hold of the rows, by name: each invariant is a question that answers with what breaks it."""

from collections.abc import Callable, Iterable, Mapping

Invariants = Mapping[str, Callable[[], Iterable[str]]]


def findings(invariants: Invariants) -> list[str]:
    """``name: what is wrong`` for everything that does not hold."""
    return [f"{name}: {wrong}" for name, ask in invariants.items() for wrong in ask()]

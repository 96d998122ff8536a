"""Noting who read what is no deed: of what a page wrote, tests leave out that one journal row, and nothing else."""

from typing import Any

Executed = tuple[str, Any]  # a statement and what it was given
JOURNAL = ("INSERT INTO journal_entry", "INSERT INTO journal_head", "UPDATE journal_head")


def without_reading(executed: list[Executed]) -> list[str]:
    """The statements of *executed*, but for those that put a reading into the journal."""
    entries = [given for statement, given in executed if statement.startswith(JOURNAL[0])]
    if not entries or not all(_is_reading(given) for given in entries):
        return [statement for statement, _given in executed]
    return [statement for statement, _given in executed if not statement.startswith(JOURNAL)]


def _is_reading(given: Any) -> bool:
    values = given.values() if isinstance(given, dict) else given
    return any(str(value).startswith("read ") for value in values)

"""“My tasks”: each feature says in one SELECT what waits for somebody; the pages put them in one list."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Select, SQLColumnExpression, String, cast, literal, null, select

from hub.core.db import UtcDateTime


def task(
    kind: str, subject_id: Any, title: SQLColumnExpression[Any], due_at: SQLColumnExpression[Any] | None = None
) -> Select[Any]:
    """The columns every task has: *kind* (a key of a feature's ``tasks.KINDS``), subject's id, title, when it is due.

    The caller adds FROM and WHERE; the selects of all features are joined by UNION ALL.
    """
    due = due_at if due_at is not None else cast(null(), UtcDateTime())
    return select(
        literal(kind, String()).label("kind"),
        cast(subject_id, Integer).label("subject_id"),
        cast(title, String).label("title"),
        due.label("due_at"),
    )


@dataclass(frozen=True, slots=True)
class TaskKind:
    """Where a kind of task is done, and the words before its title: “Write your statement for …”."""

    endpoint: str
    argument: str  # the endpoint's name for the subject's id
    verb: str

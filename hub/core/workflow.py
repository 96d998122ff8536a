"""State machines as tables: a workflow is data, ``make`` is the only way through it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from hub.core.clock import now
from hub.core.errors import MoveRefused


class Versioned:
    """``version`` makes the second of two people who save at once fail, not win."""

    version: Mapped[int]

    @declared_attr.directive
    def __mapper_args__(self) -> dict[str, Any]:
        return {"version_id_col": self.version}


class Staged(Versioned):
    """Columns of anything that moves through a workflow."""

    stage: Any  # each model declares its own enum: Mapped[Stage]
    stage_since: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True, slots=True)
class Move:
    """One edge: from any of *sources* to *target*, if *rule*(user, subject) holds."""

    name: str
    sources: frozenset[StrEnum]
    target: StrEnum
    label: str
    rule: Callable[[Any, Any], bool]


class Workflow:
    def __init__(self, *moves: Move) -> None:
        self._moves = {move.name: move for move in moves}

    def __iter__(self) -> Any:
        return iter(self._moves.values())

    def available(self, subject: Any, user: Any) -> list[Move]:
        """Moves *user* may make now, in table order: what the page offers as buttons."""
        return [m for m in self._moves.values() if subject.stage in m.sources and m.rule(user, subject)]

    def can(self, subject: Any, name: str, user: Any) -> bool:
        move = self._moves[name]
        return subject.stage in move.sources and move.rule(user, subject)

    def make(self, subject: Any, name: str, *, actor: Any) -> Move:
        """Move *subject* along *name*.

        :raises MoveRefused: if it is not in a source stage, or *actor* may not
        """
        move = self._moves[name]
        if subject.stage not in move.sources:
            raise MoveRefused(f"This can no longer be done: it is now “{subject.stage.replace('_', ' ')}”.")
        if not move.rule(actor, subject):
            raise MoveRefused("You may not do this yourself.")
        subject.stage, subject.stage_since = move.target, now()
        return move

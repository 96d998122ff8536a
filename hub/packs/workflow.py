"""The life of a pack: it is never drafted, only frozen."""

from hub.core.workflow import Move, Workflow
from hub.packs.models import Stage
from hub.packs.policy import can_make

PACK = Workflow(
    Move("supersede", frozenset({Stage.IN_USE}), Stage.SUPERSEDED, "Put a new one in its place", can_make),
    Move("retire", frozenset({Stage.IN_USE}), Stage.RETIRED, "Retire it", can_make),
)

"""The life of a staff file."""

from hub.core.workflow import Move, Workflow
from hub.workforce.models import Stage
from hub.workforce.policy import can_confirm, can_import, is_hub


def _from(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


IMPORT = Workflow(
    Move("ask", _from(Stage.WAITING), Stage.UNMAPPED, "Ask what the columns are", is_hub),
    Move("show", _from(Stage.WAITING, Stage.CONFIRMED), Stage.CHECKED, "Show what would change", is_hub),
    Move("fail", _from(Stage.WAITING, Stage.CONFIRMED), Stage.FAILED, "Give up", is_hub),
    Move("store", _from(Stage.CONFIRMED), Stage.DONE, "Store it", is_hub),
    Move("map", _from(Stage.UNMAPPED, Stage.CHECKED), Stage.WAITING, "Read it with these columns", can_import),
    Move("confirm", _from(Stage.CHECKED), Stage.CONFIRMED, "Store it", can_confirm),
    Move(
        "discard",
        _from(Stage.WAITING, Stage.UNMAPPED, Stage.CHECKED, Stage.FAILED),
        Stage.DISCARDED,
        "Discard the file",
        can_import,
    ),
)

"""The way of a mail out of the hub."""

from hub.core.workflow import Move, Workflow
from hub.notifications.models import Stage
from hub.notifications.policy import can_try_again, is_the_hub_itself

MAIL = Workflow(
    Move(
        "begin",
        frozenset({Stage.WAITING, Stage.FAILED, Stage.SENDING}),  # sending: left behind by a process that died
        Stage.SENDING,
        "Send",
        is_the_hub_itself,
    ),
    Move("arrive", frozenset({Stage.SENDING}), Stage.SENT, "Sent", is_the_hub_itself),
    Move("fail", frozenset({Stage.SENDING}), Stage.FAILED, "Try later", is_the_hub_itself),
    Move("give_up", frozenset({Stage.SENDING}), Stage.DEAD, "Give up", is_the_hub_itself),
    Move("skip", frozenset({Stage.WAITING, Stage.FAILED}), Stage.SKIPPED, "Skip", is_the_hub_itself),
    Move("try_again", frozenset({Stage.DEAD}), Stage.WAITING, "Try again", can_try_again),
)

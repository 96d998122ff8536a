"""The lives of a gallery and of somebody's place in one."""

from hub.core.workflow import Move, Workflow
from hub.galleries import policy
from hub.galleries.models import Answer, Stage

GALLERY = Workflow(
    Move("publish", frozenset({Stage.DRAFT}), Stage.PUBLISHED, "Publish", policy.edits),
    Move("withdraw", frozenset({Stage.PUBLISHED}), Stage.WITHDRAWN, "Take it down", policy.edits),
)

PORTRAIT = Workflow(
    Move("place", frozenset({Answer.ASKED}), Answer.SHOWN, "Is public already", policy.edits),
    Move("agree", frozenset(Answer) - {Answer.SHOWN}, Answer.SHOWN, "Show me", policy.is_portrayed),
    Move("decline", frozenset({Answer.ASKED}), Answer.DECLINED, "No, thank you", policy.is_portrayed),
    Move("leave", frozenset({Answer.SHOWN}), Answer.LEFT, "Take me out", policy.is_portrayed),
    Move("vanish", frozenset({Answer.SHOWN}), Answer.LEFT, "Is no longer public", policy.by_consequence),
)

"""The life of a plan."""

from hub.core.workflow import Move, Workflow
from hub.plan.models import Stage
from hub.plan.policy import can_lead

PLAN = Workflow(
    Move("consult", frozenset({Stage.DRAFT}), Stage.CONSULTATION, "Open to consultation", can_lead),
    Move("redraft", frozenset({Stage.CONSULTATION, Stage.APPROVED}), Stage.DRAFT, "Back to draft", can_lead),
    Move("approve", frozenset({Stage.DRAFT, Stage.CONSULTATION}), Stage.APPROVED, "Record approval", can_lead),
    Move("publish", frozenset({Stage.APPROVED}), Stage.PUBLISHED, "Publish", can_lead),
    Move("close", frozenset({Stage.PUBLISHED}), Stage.CLOSED, "Close the plan", can_lead),
)

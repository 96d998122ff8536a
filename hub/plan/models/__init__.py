"""The plan's tables: the plan and its actions, what they are measured by, and what is placed on them."""

from hub.plan.models.action import Action, ActionTheme, Milestone, ProgressNote, RagDecision
from hub.plan.models.evidence import Feed, Placement, PlacementState
from hub.plan.models.indicator import Indicator, Reading, Target
from hub.plan.models.plan import Plan, PlanImport, Stage

__all__ = [
    "Action",
    "ActionTheme",
    "Feed",
    "Indicator",
    "Milestone",
    "Placement",
    "PlacementState",
    "Plan",
    "PlanImport",
    "ProgressNote",
    "RagDecision",
    "Reading",
    "Stage",
    "Target",
]

"""The plan's tables: the plan and its actions, what they are measured by, and what is placed on them."""

from hub.plan.models.action import Action, ActionTheme, Milestone, ProgressNote, RagDecision
from hub.plan.models.evidence import Placement, PlacementState, Rule
from hub.plan.models.indicator import Counting, Indicator, Period, Reading, Shown, Target
from hub.plan.models.plan import Plan, PlanImport, Stage

__all__ = [
    "Action",
    "ActionTheme",
    "Counting",
    "Indicator",
    "Milestone",
    "Period",
    "Placement",
    "PlacementState",
    "Plan",
    "PlanImport",
    "ProgressNote",
    "RagDecision",
    "Reading",
    "Rule",
    "Shown",
    "Stage",
    "Target",
]

"""The plan's tables: plan, actions and versions, what they are measured by, what is placed on them and said of them."""

from hub.plan.models.action import Action, ActionTheme, Milestone, Outlook, ProgressNote, RagDecision
from hub.plan.models.charter import ActionPoint
from hub.plan.models.comment import PlanComment, Verdict
from hub.plan.models.evidence import Placement, PlacementState, Rule
from hub.plan.models.indicator import Counting, Indicator, Period, Reading, Shown, Target
from hub.plan.models.lineage import Course, Successor, Trajectory
from hub.plan.models.month import DecisionWanted
from hub.plan.models.plan import Plan, PlanImport, Stage
from hub.plan.models.version import Amendment, Occasion, PlanVersion

__all__ = [
    "Action",
    "ActionPoint",
    "ActionTheme",
    "Amendment",
    "Counting",
    "Course",
    "DecisionWanted",
    "Indicator",
    "Milestone",
    "Occasion",
    "Outlook",
    "Period",
    "Placement",
    "PlacementState",
    "Plan",
    "PlanComment",
    "PlanImport",
    "PlanVersion",
    "ProgressNote",
    "RagDecision",
    "Reading",
    "Rule",
    "Shown",
    "Stage",
    "Successor",
    "Target",
    "Trajectory",
    "Verdict",
]

"""The fund's tables: rounds, applications, judging, money."""

from hub.fund.models.applications import Application, ApplicationStep, CostLine, ManagerStatement, Stage
from hub.fund.models.judging import DeclaredConflict, Outcome, PanelDecision, PanelScore
from hub.fund.models.money import Claim, FundReport, MoneyEntry, MoneyKind, Receipt
from hub.fund.models.rounds import FundCriterion, PanelMember, Round, RoundStage, Scheme, SchemeKind

__all__ = [
    "Application",
    "ApplicationStep",
    "Claim",
    "CostLine",
    "DeclaredConflict",
    "FundCriterion",
    "FundReport",
    "ManagerStatement",
    "MoneyEntry",
    "MoneyKind",
    "Outcome",
    "PanelDecision",
    "PanelMember",
    "PanelScore",
    "Receipt",
    "Round",
    "RoundStage",
    "Scheme",
    "SchemeKind",
    "Stage",
]

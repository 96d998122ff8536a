"""The fund's tables: rounds, applications, judging, money."""

from hub.fund.models.applications import (
    Answer,
    Application,
    ApplicationStep,
    CoApplicant,
    CostLine,
    ManagerStatement,
    Stage,
    StatementLink,
)
from hub.fund.models.judging import DeclaredConflict, Outcome, PanelDecision, PanelScore
from hub.fund.models.money import Claim, FundReport, MoneyEntry, MoneyKind, Receipt
from hub.fund.models.rounds import FundCriterion, FundScheme, PanelMember, Round, RoundStage, SchemeKind

__all__ = [
    "Answer",
    "Application",
    "ApplicationStep",
    "Claim",
    "CoApplicant",
    "CostLine",
    "DeclaredConflict",
    "FundCriterion",
    "FundReport",
    "FundScheme",
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
    "SchemeKind",
    "Stage",
    "StatementLink",
]

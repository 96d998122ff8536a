"""The fund's tables: rounds, applications, judging, money, what came of it."""

from hub.fund.models.afterwards import FollowUp, FundReport, StillUsed
from hub.fund.models.applications import (
    Answer,
    Application,
    ApplicationStep,
    CoApplicant,
    CostKind,
    CostLine,
    ManagerStatement,
    Stage,
    StatementLink,
)
from hub.fund.models.judging import DeclaredConflict, Outcome, PanelDecision, PanelScore
from hub.fund.models.keeping import Kept
from hub.fund.models.money import Claim, ClaimStage, MoneyEntry, MoneyKind, Receipt
from hub.fund.models.rounds import FundCriterion, FundScheme, PanelMember, Round, RoundStage, SchemeKind
from hub.fund.models.studies import CaseConsent, CaseStudy, Given, StudyStage

__all__ = [
    "Answer",
    "Application",
    "ApplicationStep",
    "CaseConsent",
    "CaseStudy",
    "Claim",
    "ClaimStage",
    "CoApplicant",
    "CostKind",
    "CostLine",
    "DeclaredConflict",
    "FollowUp",
    "FundCriterion",
    "FundReport",
    "FundScheme",
    "Given",
    "Kept",
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
    "StillUsed",
    "StudyStage",
]

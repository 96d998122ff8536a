"""What is done to plans, by deed."""

from hub.plan.services.actions import NotInPlan, add_action, add_note, edit_action, meet_milestone, set_milestones
from hub.plan.services.imports import correct, leave_out, read_file, read_text
from hub.plan.services.inbox import (
    NeedsAction,
    Outcome,
    accept,
    accept_on,
    decide_all,
    follow_correction,
    place_entry,
    reconsider,
    reconsider_all,
    set_aside,
    take_back,
)
from hub.plan.services.indicators import (
    CountedByTheHub,
    add_indicator,
    edit_indicator,
    freeze,
    freeze_readings,
    read_indicator,
)
from hub.plan.services.plans import add_plan, carry_forward, make_move, store_import
from hub.plan.services.rules import NamesNothing, add_rule, add_rules, edit_rule, remove_rule, suggest_older
from hub.plan.services.status import GreenNeedsEvidence, OverrideNeedsReason, RedNeedsExplanation, set_rag

__all__ = [
    "CountedByTheHub",
    "GreenNeedsEvidence",
    "NamesNothing",
    "NeedsAction",
    "NotInPlan",
    "Outcome",
    "OverrideNeedsReason",
    "RedNeedsExplanation",
    "accept",
    "accept_on",
    "add_action",
    "add_indicator",
    "add_note",
    "add_plan",
    "add_rule",
    "add_rules",
    "carry_forward",
    "correct",
    "decide_all",
    "edit_action",
    "edit_indicator",
    "edit_rule",
    "follow_correction",
    "freeze",
    "freeze_readings",
    "leave_out",
    "make_move",
    "meet_milestone",
    "place_entry",
    "read_file",
    "read_indicator",
    "read_text",
    "reconsider",
    "reconsider_all",
    "remove_rule",
    "set_aside",
    "set_milestones",
    "set_rag",
    "store_import",
    "suggest_older",
    "take_back",
]

"""What is done to plans, by deed."""

from hub.plan.services.actions import (
    NotInPlan,
    add_action,
    add_indicator,
    add_note,
    edit_action,
    meet_milestone,
    read_indicator,
    set_feeds,
    set_milestones,
    set_targets,
)
from hub.plan.services.imports import correct, leave_out, read_file, read_text
from hub.plan.services.inbox import accept, follow_correction, place_entry, reconsider, set_aside, take_back
from hub.plan.services.plans import add_plan, carry_forward, freeze_readings, make_move, store_import
from hub.plan.services.status import GreenNeedsEvidence, OverrideNeedsReason, RedNeedsExplanation, set_rag

__all__ = [
    "GreenNeedsEvidence",
    "NotInPlan",
    "OverrideNeedsReason",
    "RedNeedsExplanation",
    "accept",
    "add_action",
    "add_indicator",
    "add_note",
    "add_plan",
    "carry_forward",
    "correct",
    "edit_action",
    "follow_correction",
    "freeze_readings",
    "leave_out",
    "make_move",
    "meet_milestone",
    "place_entry",
    "read_file",
    "read_indicator",
    "read_text",
    "reconsider",
    "set_aside",
    "set_feeds",
    "set_milestones",
    "set_rag",
    "set_targets",
    "store_import",
    "take_back",
]

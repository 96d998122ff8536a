"""What is done to plans, by deed."""

from hub.plan.services.actions import (
    NotInPlan,
    add_action,
    add_indicator,
    edit_action,
    meet_milestone,
    read_indicator,
    set_feeds,
    set_milestones,
    set_targets,
)
from hub.plan.services.check_ins import Acknowledged, DecisionUnnamed, acknowledge, add_note, remind_owners
from hub.plan.services.consultation import (
    Answered,
    NothingChanged,
    add_comment,
    answer_comment,
    edit_comment,
    remove_comment,
)
from hub.plan.services.imports import correct, leave_out, read_file, read_text
from hub.plan.services.inbox import accept, place_entry, reconsider, set_aside, take_back
from hub.plan.services.lineage import NoSuchCourse, carry_forward, decide_course, follow
from hub.plan.services.plans import add_plan, freeze_readings, make_move, store_import
from hub.plan.services.status import GreenNeedsEvidence, OverrideNeedsReason, RedNeedsExplanation, set_rag
from hub.plan.services.versions import ReasonWanted, keep_version

__all__ = [
    "Acknowledged",
    "Answered",
    "DecisionUnnamed",
    "GreenNeedsEvidence",
    "NoSuchCourse",
    "NotInPlan",
    "NothingChanged",
    "OverrideNeedsReason",
    "ReasonWanted",
    "RedNeedsExplanation",
    "accept",
    "acknowledge",
    "add_action",
    "add_comment",
    "add_indicator",
    "add_note",
    "add_plan",
    "answer_comment",
    "carry_forward",
    "correct",
    "decide_course",
    "edit_action",
    "edit_comment",
    "follow",
    "freeze_readings",
    "keep_version",
    "leave_out",
    "make_move",
    "meet_milestone",
    "place_entry",
    "read_file",
    "read_indicator",
    "read_text",
    "reconsider",
    "remind_owners",
    "remove_comment",
    "set_aside",
    "set_feeds",
    "set_milestones",
    "set_rag",
    "set_targets",
    "store_import",
    "take_back",
]

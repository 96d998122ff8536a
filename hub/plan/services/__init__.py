"""What is done to plans, by deed."""

from hub.plan.services.actions import NotInPlan, add_action, edit_action, meet_milestone, set_milestones
from hub.plan.services.charters import Pair, part_pairs, serve, serve_no_more, serve_pairs
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
from hub.plan.services.lineage import NoSuchCourse, carry_forward, decide_course, follow
from hub.plan.services.monthly import ask_decision, remove_decision
from hub.plan.services.plans import add_plan, make_move, store_import
from hub.plan.services.reimports import ChangedMeanwhile, NoTheme, take_over
from hub.plan.services.rules import NamesNothing, add_rule, add_rules, edit_rule, remove_rule, suggest_older
from hub.plan.services.status import GreenNeedsEvidence, OverrideNeedsReason, RedNeedsExplanation, set_rag
from hub.plan.services.versions import ReasonWanted, keep_version

__all__ = [
    "Acknowledged",
    "Answered",
    "ChangedMeanwhile",
    "CountedByTheHub",
    "DecisionUnnamed",
    "GreenNeedsEvidence",
    "NamesNothing",
    "NeedsAction",
    "NoSuchCourse",
    "NoTheme",
    "NotInPlan",
    "NothingChanged",
    "Outcome",
    "OverrideNeedsReason",
    "Pair",
    "ReasonWanted",
    "RedNeedsExplanation",
    "accept",
    "accept_on",
    "acknowledge",
    "add_action",
    "add_comment",
    "add_indicator",
    "add_note",
    "add_plan",
    "add_rule",
    "add_rules",
    "answer_comment",
    "ask_decision",
    "carry_forward",
    "correct",
    "decide_all",
    "decide_course",
    "edit_action",
    "edit_comment",
    "edit_indicator",
    "edit_rule",
    "follow",
    "follow_correction",
    "freeze",
    "freeze_readings",
    "keep_version",
    "leave_out",
    "make_move",
    "meet_milestone",
    "part_pairs",
    "place_entry",
    "read_file",
    "read_indicator",
    "read_text",
    "reconsider",
    "reconsider_all",
    "remind_owners",
    "remove_comment",
    "remove_decision",
    "remove_rule",
    "serve",
    "serve_no_more",
    "serve_pairs",
    "set_aside",
    "set_milestones",
    "set_rag",
    "store_import",
    "suggest_older",
    "take_back",
    "take_over",
]

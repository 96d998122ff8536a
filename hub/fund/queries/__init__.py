"""Reads of rounds, applications, scores and money; each says what it loads."""

from hub.fund.queries.judging import decision_of, judged, not_too_close, panels_of, scores
from hub.fund.queries.lists import (
    all_of,
    applications_of,
    counts_in,
    has_been_funded,
    in_round,
    in_round_by,
    last_outcome,
    led_applications,
    may_run,
    open_rounds,
    rounds,
    schemes,
    statements_wanted,
    undecided,
)
from hub.fund.queries.loading import application, cost_line, criterion, fund_round, panel_member, receipt, scheme, whole
from hub.fund.queries.money import held_for, left_in, money_of
from hub.fund.queries.waiting import tasks_for

__all__ = [
    "all_of",
    "application",
    "applications_of",
    "cost_line",
    "counts_in",
    "criterion",
    "decision_of",
    "fund_round",
    "has_been_funded",
    "held_for",
    "in_round",
    "in_round_by",
    "judged",
    "last_outcome",
    "led_applications",
    "left_in",
    "may_run",
    "money_of",
    "not_too_close",
    "open_rounds",
    "panel_member",
    "panels_of",
    "receipt",
    "rounds",
    "scheme",
    "schemes",
    "scores",
    "statements_wanted",
    "tasks_for",
    "undecided",
    "whole",
]

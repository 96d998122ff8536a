"""Milestones and targets that stand one a line, each with its day at the end: taken word for word.

“Minutes published (due 31 July 2027)”, “Staff registered: 3 by 31 August 2025, 40 (no date)”, “Galleries: no target”.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from hub.plan.importing import dates
from hub.plan.importing.draft import MilestoneDraft, TargetDraft

_DAY = r"[0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4}"
MILESTONE = re.compile(rf"(?P<text>.*\S) \((?:due (?P<due>{_DAY})|no date)(?:, met {_DAY})?\)")
_FIGURE = r"£?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?: per cent)?"
_AIM = rf"{_FIGURE} (?:by {_DAY}|\(no date\))"
TARGETS = re.compile(rf"(?P<text>.*\S): (?P<aims>{_AIM}(?:, {_AIM})*)")
AIM = re.compile(rf"(?P<value>{_FIGURE}) (?:by (?P<due>{_DAY})|\(no date\))")
NO_TARGET = "no target"
MEASURE = re.compile(rf"(?P<text>.*\S): {NO_TARGET}")
NOT_A_DIGIT = re.compile(r"[^0-9]")

Read = TypeVar("Read")


def milestones(text: str) -> list[MilestoneDraft] | None:
    """The milestones of a cell, or nothing if it is written in another way."""
    return _by_line(text, _milestone)


def targets(text: str) -> list[TargetDraft] | None:
    """The same for targets; one line may have several of one indicator, or say that it has none."""
    return _by_line(text, _targets)


def measures(text: str) -> list[str]:
    """The indicators of which such a cell says that they have no target."""
    return [match["text"] for match in map(MEASURE.fullmatch, text.split("\n")) if match]


def _by_line(text: str, read: Callable[[str], list[Read] | None]) -> list[Read] | None:
    found: list[Read] = []
    for line in text.split("\n"):
        one = read(line)
        if one is None:
            return None
        found.extend(one)
    return found


def _milestone(line: str) -> list[MilestoneDraft] | None:
    match = MILESTONE.fullmatch(line)
    return [MilestoneDraft(match["text"], _day(match["due"]))] if match else None


def _targets(line: str) -> list[TargetDraft] | None:
    if MEASURE.fullmatch(line):
        return []
    match = TARGETS.fullmatch(line)
    if match is None:
        return None
    aims = AIM.finditer(match["aims"])
    return [TargetDraft(int(NOT_A_DIGIT.sub("", aim["value"])), _day(aim["due"]), match["text"]) for aim in aims]


def _day(text: str | None) -> date | None:
    return dates.read_cell(text).due if text else None

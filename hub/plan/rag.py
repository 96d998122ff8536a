"""How the hub proposes an action's RAG, and its pace: pure functions of what is known, with their reasons printed.

RAG is completion (green done, amber in progress, red still to be carried out), as the renewal form defines it;
whether it will be done in time is a thing apart, the pace. What is called done is never late: it is proved or not, and
met what was promised or fell short of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hub.core.rag import Rag
from hub.core.words import counted, number
from hub.plan.pace import Standing, stands


class Pace(StrEnum):
    MET = "met"
    SHORT = "short of target"
    ON_PACE = "on pace"
    BEHIND = "behind"
    OVERDUE = "overdue"
    NOT_PROVED = "not proved"


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator now: its words, its value, its last target and what the plan projected for today; *say*: a value."""

    id: int
    text: str
    value: int | None
    target: int | None
    projected: float | None
    say: Callable[[int], str] = number


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an action on a day; *rag*: as it is called now."""

    on: date
    rag: Rag
    due_on: date | None
    milestones: int
    milestones_met: int
    milestones_late: int  # due before today and not met
    measured: tuple[Measured, ...]
    evidence: int  # accepted pieces
    notes: int


@dataclass(frozen=True, slots=True)
class Reason:
    """*about*: what it is drawn from, an indicator by its id, “milestones” or “evidence”."""

    rag: Rag
    text: str
    about: int | str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """*pace*: nothing where it is done and nothing was promised."""

    rag: Rag
    pace: Pace | None
    reasons: tuple[Reason, ...]


def propose(facts: Facts) -> Proposal:
    """Green when every promise is kept and evidence proves it; amber when anything has begun; otherwise red."""
    reasons = (*_by_indicators(facts), *_by_milestones(facts), _by_evidence(facts))
    promises = [r for r in reasons if r is not reasons[-1]]
    kept = bool(promises) and all(r.rag == Rag.GREEN for r in promises)
    if kept and facts.evidence:
        rag = Rag.GREEN
    elif facts.notes or any(r.rag != Rag.RED for r in reasons):
        rag = Rag.AMBER
    else:
        rag = Rag.RED
    pace = _pace_when_done(facts, promises) if facts.rag == Rag.GREEN else _pace(facts, rag)
    return Proposal(rag, pace, reasons)


def _by_indicators(facts: Facts) -> list[Reason]:
    return [_by_indicator(m, m.target) for m in facts.measured if m.target is not None]


def _by_indicator(measured: Measured, target: int) -> Reason:
    if measured.value is None:
        return Reason(Rag.RED, f"{measured.text}: nothing counted yet, {measured.say(target)} wanted", measured.id)
    words = f"{measured.text}: {measured.say(measured.value)} of {measured.say(target)}"
    if target and measured.value >= target:
        return Reason(Rag.GREEN, words, measured.id)
    share = f", {100 * measured.value // target} per cent" if target else ""
    return Reason(Rag.AMBER if measured.value else Rag.RED, words + share, measured.id)


def _by_milestones(facts: Facts) -> list[Reason]:
    if not facts.milestones:
        return []
    met, of = facts.milestones_met, facts.milestones
    late = f", {facts.milestones_late} overdue" if facts.milestones_late else ""
    noun = "milestone is" if of == 1 else "milestones are"
    rag = Rag.GREEN if met == of else Rag.AMBER if met else Rag.RED
    return [Reason(rag, f"{met} of {of} {noun} met{late}", "milestones")]


def _by_evidence(facts: Facts) -> Reason:
    if not facts.evidence:
        return Reason(Rag.RED, "No evidence is accepted yet")
    return Reason(Rag.GREEN, f"{counted(facts.evidence, 'piece')} of evidence accepted", "evidence")


def _pace_when_done(facts: Facts, promises: list[Reason]) -> Pace | None:
    if not facts.evidence:
        return Pace.NOT_PROVED
    if not promises:
        return None
    return Pace.MET if all(r.rag == Rag.GREEN for r in promises) else Pace.SHORT


def _pace(facts: Facts, rag: Rag) -> Pace:
    if rag == Rag.GREEN:
        return Pace.MET
    if facts.due_on is not None and facts.due_on < facts.on:
        return Pace.OVERDUE
    short = any(
        m.projected is not None and stands(m.value or 0, m.projected) == Standing.BEHIND for m in facts.measured
    )
    return Pace.BEHIND if short or facts.milestones_late else Pace.ON_PACE


def against(rag: Rag, explanation: str, evidence: int) -> str:
    """What stands against calling an action *rag*, or nothing: every red is explained, every green proved."""
    if rag == Rag.RED and not explanation:
        return "Say why this has not started: the self-assessment must explain every red."
    if rag == Rag.GREEN and not evidence:
        return "Accept at least one piece of evidence first: nothing proves yet that this is done."
    return ""

"""The chair's decisions, pending until one announcement tells everybody."""

from hub.accounts.models import Person, Role
from hub.accounts.queries import holders
from hub.awards import notifications, queries, signals
from hub.awards.models import Category, Cycle, CycleStage, Nomination, Outcome, Stage
from hub.awards.workflow import CYCLE, NOMINATION
from hub.core.clock import now
from hub.core.db import db, lock
from hub.core.errors import MoveRefused, Refusal


class NoReasonGiven(Refusal):
    """Whoever is not selected hears why."""


class Withheld(Refusal):
    """An award that is not given has no winner."""


class NotAllDecided(Refusal):
    """An announcement tells everybody at once."""


def decide(nomination: Nomination, *, outcome: Outcome, feedback: str, actor: Person) -> None:
    """Decide on a nomination, or decide again; nobody is told before the announcement.

    :raises NoReasonGiven: for one that is not selected without feedback
    :raises Withheld: for a winner of an award that is withheld
    """
    lock(nomination.category)
    db.session.refresh(nomination.category, ["withheld_because"])
    if outcome == Outcome.NOT_SELECTED and not feedback:
        raise NoReasonGiven("Write a sentence or two that they can use next time.")
    if outcome == Outcome.WINNER and nomination.category.withheld_because:
        raise Withheld("This award is withheld, so nobody can win it.")
    if outcome == Outcome.WINNER and nomination.stage not in {Stage.SHORTLISTED, Stage.DECIDED}:
        raise MoveRefused("Only a shortlisted nomination can win.")
    NOMINATION.make(nomination, "redecide" if nomination.stage == Stage.DECIDED else "decide", actor=actor)
    nomination.outcome, nomination.feedback, nomination.decided_at = outcome, feedback, now()
    db.session.flush()


def withhold(category: Category, *, because: str, actor: Person) -> None:
    """Not give an award in this cycle.

    :raises Withheld: if somebody already won it
    """
    lock(category)
    if category.cycle.stage != CycleStage.JUDGING or not CYCLE.can(category.cycle, "decide", actor):
        raise MoveRefused("An award is withheld while it is judged.")
    if queries.winners_in(category):
        raise Withheld("Somebody has been chosen as the winner. Decide that again first.")
    category.withheld_because = because
    db.session.flush()


def close_decisions(cycle: Cycle, *, actor: Person) -> None:
    """Say that everything is decided; the lead is told and may announce.

    :raises NotAllDecided: while a nomination or an award has no result
    """
    lock(cycle)
    _refuse_undecided(cycle)
    CYCLE.make(cycle, "decide", actor=actor)
    cycle.decided_at = now()
    db.session.flush()
    for lead in holders(cycle.institution_id, Role.LEAD, Role.DEPUTY_LEAD):
        if lead.id != actor.id:
            notifications.decided(cycle, lead)


def reconsider(cycle: Cycle, *, actor: Person) -> None:
    """Open the decisions again, before anybody was told."""
    CYCLE.make(cycle, "reconsider", actor=actor)
    cycle.decided_at = None
    db.session.flush()


def announce(cycle: Cycle, *, actor: Person) -> int:
    """Tell everybody at once: nominees, nominators, each with what the judges said. Gives how many nominations.

    :raises NotAllDecided: if something is open again
    """
    lock(cycle)
    _refuse_undecided(cycle)
    CYCLE.make(cycle, "announce", actor=actor)
    cycle.announced_at = now()
    told = queries.decided(cycle)
    for nomination in told:
        signals.nomination_accepted.send(nomination, actor=actor)
        NOMINATION.make(nomination, "announce", actor=actor)
        nomination.announced_at = cycle.announced_at
    db.session.flush()
    for nomination in told:
        notifications.announced(nomination)
        if nomination.outcome != Outcome.NOT_SELECTED:
            signals.award_announced.send(nomination, actor=actor)
    return len(told)


def _refuse_undecided(cycle: Cycle) -> None:
    if queries.undecided(cycle):
        raise NotAllDecided(
            "Not every nomination has a result yet. What you are too close to is decided by somebody else: "
            "the chair, another lead, or a judge who acts as chair."
        )
    unsettled = queries.categories_without_result(cycle)
    if unsettled:
        raise NotAllDecided(f"Choose a winner or withhold the award: {', '.join(unsettled)}.")

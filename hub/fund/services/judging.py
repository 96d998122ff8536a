"""What a panel does: declare conflicts, score, decide inside the budget; and the release of all decisions at once."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, tuple_

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db, lock
from hub.core.errors import MoveRefused, SomebodyWasFaster
from hub.core.text import word_count
from hub.fund import notifications, policy, queries, signals
from hub.fund.errors import AgainstTheRules, Conflicted, NotReady
from hub.fund.models import (
    Application,
    DeclaredConflict,
    Outcome,
    PanelDecision,
    PanelScore,
    Round,
    RoundStage,
    Stage,
)
from hub.fund.services.money import hold
from hub.fund.services.reserves import line_up
from hub.fund.services.steps import announce, hold_still, move
from hub.fund.workflow import ROUND

FEWEST_WORDS = 3  # of a justification


def declare_conflict(application: Application, *, reason: str, actor: Person) -> None:
    """Step back from an application: from now on it does not exist for *actor*, and their scores are gone."""
    _refuse_unfit(application, actor)
    db.session.add(DeclaredConflict(application_id=application.id, person_id=actor.id, reason=reason, at=now()))
    db.session.execute(
        delete(PanelScore).where(PanelScore.application_id == application.id, PanelScore.person_id == actor.id)
    )
    db.session.flush()


def score(application: Application, *, marks: Mapping[int, tuple[int | None, str]], actor: Person) -> None:
    """Keep a member's scores with their reasons: *marks* is {criterion id: (1 to 5, why)}, all criteria of the round.

    Instead of a score there may be nothing, where a criterion does not apply; not of all of them.

    :raises AgainstTheRules: if a criterion or a reason is missing
    """
    _refuse_unfit(application, actor)
    if not application.round.is_judged_now or application.stage != Stage.WITH_PANEL:
        raise MoveRefused("Scoring has ended for this one.")
    if set(marks) != {c.id for c in application.round.criteria}:
        raise AgainstTheRules("Score every criterion.")
    if all(mark is None for mark, _ in marks.values()):
        raise AgainstTheRules("Score at least one criterion.")
    mine = queries.scores([application.id]).get(application.id, {}).get(actor.id, {})
    for criterion_id, (mark, why) in marks.items():
        if mark is not None and not 1 <= mark <= 5:
            raise AgainstTheRules("Scores go from 1 to 5.")
        if word_count(why) < FEWEST_WORDS:
            raise AgainstTheRules(f"Say why in {FEWEST_WORDS} words or more.")
        row = mine.get(criterion_id) or PanelScore(
            application_id=application.id,
            applicant_id=application.applicant_id,
            criterion_id=criterion_id,
            person_id=actor.id,
        )
        row.score, row.justification, row.at = mark, why, now()
        db.session.add(row)
    db.session.flush()


def has_scored(application: Application, person: Any) -> bool:
    mine = queries.scores([application.id]).get(application.id, {}).get(person.id, {})
    return set(mine) >= {c.id for c in application.round.criteria}


def decide(
    application: Application,
    *,
    outcome: Outcome,
    pence: int | None = None,
    feedback: str = "",
    conditions: str = "",
    seen: int,
    actor: Person,
) -> PanelDecision:
    """Decide, or decide anew before the release. Money is set aside at once; nobody outside the panel is told.

    *seen* is the version of the decision that *actor* saw, 0 if there was none.

    :raises PotTooSmall: if the round has less left
    :raises SomebodyWasFaster: if another member decided meanwhile
    """
    _refuse_unfit(application, actor)
    fund_round = application.round
    lock(fund_round)
    db.session.refresh(fund_round, ["stage"])
    hold_still(application)
    if not fund_round.is_judged_now or application.stage != Stage.WITH_PANEL:
        raise MoveRefused("The panel has finished, so its decisions stand.")
    if not has_scored(application, actor):
        raise NotReady("Score it first: you decide after you have judged it yourself.")
    _refuse_bad_decision(application, outcome, pence, feedback)
    decision = queries.decision_of(application.id)
    if (decision.version if decision else 0) != seen:
        raise SomebodyWasFaster("Somebody on the panel decided this one meanwhile. Look again.")
    hold(application, pence or 0, fund_round=fund_round, actor=actor)
    if decision is None:
        decision = PanelDecision(application_id=application.id, applicant_id=application.applicant_id)
        db.session.add(decision)
    decision.outcome, decision.feedback = outcome, feedback
    decision.conditions = conditions if outcome == Outcome.AWARD else ""
    decision.pence = pence if outcome == Outcome.AWARD else None
    decision.decided_by_id, decision.decided_at = actor.id, now()
    db.session.flush()
    return decision


def _refuse_bad_decision(application: Application, outcome: Outcome, pence: int | None, feedback: str) -> None:
    if outcome == Outcome.AWARD:
        if pence is None or not 0 < pence <= (application.asked_pence or 0):
            raise AgainstTheRules("Award more than nothing, and no more than was asked.")
    elif outcome == Outcome.RESERVE and application.round.stage == RoundStage.OPEN:
        raise AgainstTheRules("There is no reserve list while applications still come. Award, decline, or wait.")
    elif pence:
        raise AgainstTheRules("Only an award has an amount.")
    if outcome == Outcome.DECLINE and word_count(feedback) < FEWEST_WORDS:
        raise AgainstTheRules("Tell the applicant why: everybody who is declined gets a reason.")


def _refuse_unfit(application: Application, actor: Person) -> None:
    if not policy.can_judge(actor, application):
        raise Conflicted("You cannot judge this application.")


def release(fund_round: Round, *, actor: Person) -> int:
    """Tell all applicants at once. How many awards were announced.

    What still waits for its manager lapses: it could not be considered. Scores by whoever became too close are gone.
    """
    given = tuple_(PanelScore.application_id, PanelScore.person_id)
    db.session.execute(delete(PanelScore).where(given.in_(queries.struck(Application.round_id == fund_round.id))))
    ROUND.make(fund_round, "release", actor=actor)
    fund_round.released_at = now()
    db.session.flush()
    awarded = 0
    judged = queries.in_round(fund_round.id, Stage.WITH_PANEL)
    for application in judged:
        awarded += _release_one(application, actor=actor)
    line_up(fund_round, [a for a in judged if a.stage == Stage.RESERVE])
    for application in queries.in_round(fund_round.id, Stage.AWAITING_MANAGER, Stage.RETURNED):
        move(application, "lapse", actor=actor)
        notifications.lapsed(application)
    return awarded


def release_decided(fund_round: Round, *, actor: Person) -> None:
    """Tell those whose applications are decided while the round goes on."""
    lock(fund_round)
    if not policy.releases_as_they_come(actor, fund_round):
        raise MoveRefused("Decisions of this round are released together.")
    for application in queries.in_round(fund_round.id, Stage.WITH_PANEL):
        if queries.decision_of(application.id) is not None:
            _release_one(application, actor=actor)


def _release_one(application: Application, *, actor: Person) -> bool:
    decision = queries.decision_of(application.id)
    if decision is None:
        raise NotReady(f"{application.reference} has no decision yet.")
    decision.released_at = now()
    if decision.outcome == Outcome.AWARD:
        application.awarded_pence = decision.pence
    move(application, decision.outcome.value, actor=actor, note=decision.feedback)
    notifications.decided(application, decision.outcome, decision.feedback, decision.conditions)
    if decision.outcome != Outcome.AWARD:
        return False
    announce(signals.application_awarded, application, actor=actor)
    return True

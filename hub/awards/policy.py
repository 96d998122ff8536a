"""Who may do what with awards. Pure functions of (user, object): no request, no query."""

from typing import Any

from hub.accounts.models import Person, same_institution
from hub.accounts.policy import is_lead
from hub.awards.conflicts import blocks
from hub.awards.models import Cycle, CycleStage, Judgement, Nomination, Stage, Verdict

LIVE = frozenset({Stage.AWAITING_CONSENT, Stage.CONSENTED, Stage.ELIGIBLE, Stage.SHORTLISTED})
JUDGED = frozenset({Stage.SHORTLISTED, Stage.DECIDED})


def by_the_clock(user: Person | None, _subject: Any) -> bool:
    return user is None


def runs(user: Person | None, subject: Any) -> bool:
    """The lead sets cycles up and sees them through; nobody runs what is about themselves."""
    return user is not None and is_lead(user, subject)


def closes(user: Person | None, cycle: Cycle) -> bool:
    return user is None or runs(user, cycle)


def chairs(user: Person, cycle: Cycle) -> bool:
    """The chair, or a judge who acts as one: somebody must decide what the chair is too close to."""
    return cycle.chair_id == user.id or any(j.person_id == user.id and j.acts_as_chair for j in cycle.judges)


def leads_decision(user: Person, cycle: Cycle) -> bool:
    return chairs(user, cycle) or runs(user, cycle)


def sits_on(user: Person, cycle: Cycle) -> bool:
    return chairs(user, cycle) or any(judge.person_id == user.id for judge in cycle.judges)


def can_judge_cycle(user: Person, cycle: Cycle) -> bool:
    return sits_on(user, cycle) and cycle.stage in {CycleStage.JUDGING, CycleStage.DECIDED}


def can_set_up(user: Person, subject: Any) -> bool:
    """Categories and criteria are the lead's while the cycle is a draft or open."""
    cycle = subject if isinstance(subject, Cycle) else subject.cycle
    return runs(user, cycle) and cycle.stage in {CycleStage.DRAFT, CycleStage.OPEN}


def is_nominator(user: Person | None, nomination: Nomination) -> bool:
    return user is not None and user.id == nomination.nominator_id


def has_written(user: Person, own: Any) -> bool:
    """*own* is a nomination as its nominator deals with it."""
    return is_nominator(user, own.nomination)


def is_asked(user: Person, own: Any) -> bool:
    """*own* is a nomination as its nominees answer it."""
    return is_nominee(user, own.nomination)


def can_write(user: Person, nomination: Nomination) -> bool:
    return is_nominator(user, nomination) and nomination.stage == Stage.DRAFT


def is_nominee(user: Person, nomination: Nomination) -> bool:
    """Once it is sent: a draft is its writer's alone."""
    return nomination.nominee_of(user) is not None and nomination.stage != Stage.DRAFT


def can_answer(user: Person, nomination: Nomination) -> bool:
    """Nominees first answer until judging ends, and may answer otherwise until the announcement."""
    mine = nomination.nominee_of(user)
    if mine is None or mine.consents is False or nomination.cycle.stage == CycleStage.ANNOUNCED:
        return False
    if nomination.stage == Stage.AWAITING_CONSENT:
        return nomination.cycle.stage != CycleStage.DECIDED
    return nomination.stage in LIVE or nomination.stage == Stage.DECIDED


def handles(user: Person, nomination: Nomination) -> bool:
    """Lead or chair, unless they are too close to it."""
    return leads_decision(user, nomination.cycle) and not blocks(user, nomination)


def can_see(user: Person, nomination: Nomination) -> bool:
    if is_nominator(user, nomination) or is_nominee(user, nomination):
        return True
    if nomination.stage == Stage.DRAFT:
        return False
    return runs(user, nomination.cycle) and (nomination.stage == Stage.ANNOUNCED or not blocks(user, nomination))


def can_judge(user: Person, nomination: Nomination) -> bool:
    """Judges read what is shortlisted, once judging has begun, and never what they are too close to."""
    return (
        same_institution(user, nomination)
        and can_judge_cycle(user, nomination.cycle)
        and nomination.stage in JUDGED
        and not blocks(user, nomination)
    )


def can_score(user: Person, nomination: Nomination) -> bool:
    return can_judge(user, nomination) and nomination.stage == Stage.SHORTLISTED


def can_decide(user: Person, nomination: Nomination) -> bool:
    return handles(user, nomination) and nomination.cycle.stage == CycleStage.JUDGING


def sees_others(user: Person, nomination: Nomination) -> bool:
    """A judge sees the others' scores after giving their own."""
    own: Judgement | None = nomination.judgement_of(user)
    return can_judge(user, nomination) and own is not None and own.verdict == Verdict.SCORED


def has_yet_to_judge(user: Person, nomination: Nomination) -> bool:
    """A judge, also one who leads or chairs, says what they make of it before they see what others gave."""
    is_judge = any(judge.person_id == user.id for judge in nomination.cycle.judges)
    return is_judge and can_score(user, nomination) and nomination.judgement_of(user) is None


def sits_on_its_cycle(user: Person, nomination: Nomination) -> bool:
    """Asked first, so that a judge who is too close is told only that there is no such page."""
    return sits_on(user, nomination.cycle)


def leads_its_decision(user: Person, subject: Any) -> bool:
    """Lead or chair of the cycle that *subject*, a nomination or a category, belongs to."""
    return leads_decision(user, subject.cycle)

"""What judges do: score, abstain, say that they are too close."""

from collections.abc import Mapping

from hub.accounts.models import Person
from hub.awards import policy, queries
from hub.awards.models import Judgement, Nomination, Score, Verdict
from hub.core.clock import now
from hub.core.db import db, lock
from hub.core.errors import MoveRefused, Refusal


class EveryCriterion(Refusal):
    """A score says something about every criterion, and why."""


class WordStands(Refusal):
    """Whoever may have seen what others gave does not change what they said before."""


def score(nomination: Nomination, *, points: Mapping[int, tuple[int, str]], actor: Person) -> Judgement:
    """Score by criterion id: one to five points and a justification each.

    Scoring again replaces one's own score, until another judge has scored too: then each sees what the other gave.
    The first score of a category locks its criteria: the category is locked so that both cannot happen at once.

    :raises MoveRefused: for somebody who may not judge it, or who declared a conflict
    :raises WordStands: for a change after another judge has scored
    :raises EveryCriterion: unless every criterion has points and a reason
    """
    if not policy.can_score(actor, nomination):
        raise MoveRefused("This nomination cannot be scored.")
    _refuse_second_thoughts(nomination, actor)
    wanted = {criterion.id for criterion in nomination.category.criteria}
    if set(points) != wanted or not all(1 <= n <= 5 and why for n, why in points.values()):
        raise EveryCriterion("Give every criterion a score from 1 to 5, and say why.")
    judgement = _own(nomination, actor, Verdict.SCORED, "")
    judgement.scores = [
        Score(criterion_id=criterion_id, points=n, why=why) for criterion_id, (n, why) in points.items()
    ]
    db.session.flush()
    return judgement


def abstain(nomination: Nomination, *, reason: str, actor: Person) -> None:
    """Not score this one; what was scored before no longer counts.

    :raises WordStands: for a change after another judge has scored
    """
    if not policy.can_score(actor, nomination):
        raise MoveRefused("This nomination cannot be scored.")
    _refuse_second_thoughts(nomination, actor)
    _own(nomination, actor, Verdict.ABSTAINED, reason).scores = []
    db.session.flush()


def declare_conflict(nomination: Nomination, *, reason: str, actor: Person) -> None:
    """Say that one is too close to it: it is hidden from now on. *reason* is for the chair alone."""
    if not policy.can_judge(actor, nomination):
        raise MoveRefused("This nomination cannot be judged.")
    _own(nomination, actor, Verdict.CONFLICT, reason).scores = []
    db.session.flush()


def _refuse_second_thoughts(nomination: Nomination, actor: Person) -> None:
    lock(nomination.category)
    if nomination.judgement_of(actor) is not None and queries.others_scored(nomination, actor):
        raise WordStands("Another judge has scored it since, and you see what they gave: what you said stands.")


def _own(nomination: Nomination, actor: Person, verdict: Verdict, reason: str) -> Judgement:
    """The judge's one judgement of it, made or changed."""
    own = nomination.judgement_of(actor)
    if own is None:
        own = Judgement(person=actor, person_id=actor.id, scores=[])
        nomination.judgements.append(own)
    for old in own.scores:
        db.session.delete(old)
    own.scores = []
    own.verdict, own.reason, own.at = verdict, reason, now()
    db.session.flush()
    return own

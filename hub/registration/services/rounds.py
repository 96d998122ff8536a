"""A matching round: previewed by the lead, changed where the lead knows better, then proposed to both sides."""

from hub.accounts.models import Person
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import MoveRefused, Refusal
from hub.registration import matching, queries
from hub.registration.models import MatchedPair, MatchingRound, Mentor, Mentoring
from hub.registration.refusals import MentorFull, NothingToMatch
from hub.registration.services.mentors import propose, refuse_barred
from hub.registration.stages import CameBy
from hub.registration.workflow import ROUND


def preview_round(*, name: str, actor: Person) -> MatchingRound:
    """Match everybody who waits with every free place, and keep the result to look at. Nobody is told yet.

    :raises NothingToMatch: if nobody waits or nobody has a free place
    """
    wishes = queries.waiting_wishes(actor.institution_id)
    offers = queries.offers_of(queries.all_mentors(actor.institution_id))
    if not wishes or not any(offer.free for offer in offers):
        raise NothingToMatch("Nobody waits for a mentor now." if not wishes else "No mentor has a free place now.")
    pairs = matching.match(
        [queries.seeker_of(wish) for wish in wishes], offers, failed=queries.failed_pairs(actor.institution_id)
    )
    made = MatchingRound(institution_id=actor.institution_id, name=name, made_by_id=actor.id, made_at=now())
    made.pairs = [
        MatchedPair(wish_id=pair.seeker_id, mentor_id=pair.offer_id, cost=pair.cost, reasons=list(pair.reasons))
        for pair in pairs
    ]
    db.session.add(made)
    db.session.flush()
    return made


def override(matched: MatchingRound, pair: MatchedPair, *, mentor: Mentor | None, actor: Person) -> None:
    """Another mentor for one wish, or nobody, because the lead knows better; what is barred stays barred.

    :raises CannotPair: for line managers and pairings that did not work before
    :raises MentorFull: if the round already fills that mentor's places
    """
    if not ROUND.can(matched, "propose", actor):
        raise MoveRefused("This round is not a preview any more.")
    seeker = queries.seeker_of(pair.wish)
    if mentor is None:
        pair.mentor, pair.mentor_id, pair.cost = None, None, None
        pair.reasons = ["the lead leaves this for the next round"]
    else:
        refuse_barred(mentor.person, pair.wish.journey.person)
        (offer,) = queries.offers_of([mentor])
        if sum(1 for one in matched.pairs if one.mentor_id == mentor.id and one is not pair) >= offer.free:
            raise MentorFull(f"This round already fills the free places of {mentor.person.name}.")
        pair.mentor, pair.mentor_id, pair.cost = mentor, mentor.id, matching.cost(seeker, offer)
        pair.reasons = list(matching.reasons(seeker, offer))
    pair.chosen_by_lead = True
    db.session.flush()


def propose_round(matched: MatchingRound, *, actor: Person) -> list[Mentoring]:
    """Ask both sides of every pair. A pair that became impossible since the preview stays unmade, with the reason.

    :raises MoveRefused: if the round was proposed or discarded before
    """
    ROUND.make(matched, "propose", actor=actor)
    proposed = []
    for pair in matched.pairs:
        if pair.mentor is None:
            continue
        try:
            proposed.append(
                propose(pair.mentor, pair.wish.journey, came_by=CameBy.ROUND, round_id=matched.id, actor=actor)
            )
        except Refusal as refusal:
            pair.mentor, pair.mentor_id, pair.reasons = None, None, [str(refusal)]
    db.session.flush()
    return proposed


def discard_round(matched: MatchingRound, *, actor: Person) -> None:
    ROUND.make(matched, "discard", actor=actor)
    db.session.flush()

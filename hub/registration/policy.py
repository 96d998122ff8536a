"""Who may do what with journeys, drafts and pairings. Pure functions of (user, object): no request, no query."""

from typing import Any

from hub.accounts.models import Person, same_institution
from hub.registration.models import Journey, MatchedPair, MatchingRound, Mentor, Mentoring, Statement, Wish
from hub.registration.stages import LIVE, UNDER_WAY, PairStage, Stage

WRITABLE = frozenset(
    {
        Stage.REGISTER_CHOSEN,
        Stage.MENTOR_MATCHED,
        Stage.EVIDENCE_DRAFTING,
        Stage.SUPPORTER_CONFIRMED,
        Stage.CLARIFICATION,
    }
)
WITH_BODY = frozenset({Stage.SUBMITTED, Stage.UNDER_ASSESSMENT, Stage.CLARIFICATION})
MATCHABLE = frozenset(UNDER_WAY) - {Stage.INTERESTED, Stage.AWARDED} - WITH_BODY


def by_the_clock(user: Person | None, _subject: Any) -> bool:
    """A move that only a scheduled job makes."""
    return user is None


def can_register(user: Person, _subject: Any = None) -> bool:
    return user.is_technician


def is_owner(user: Person | None, journey: Journey) -> bool:
    return user is not None and user.id == journey.person_id


def is_mentor_of(user: Person | None, journey: Journey) -> bool:
    """The mentor of a pairing that both agreed to and that has not ended: nobody before, nobody after."""
    pair = journey.mentoring
    return user is not None and pair is not None and pair.stage in LIVE and pair.mentor_id == user.id


def is_owner_or_mentor(user: Person | None, journey: Journey) -> bool:
    """Who may read the drafts: the writer and the mentor of the day. Not the line manager, not the lead."""
    return is_owner(user, journey) or is_mentor_of(user, journey)


def can_read(user: Person, draft: Any) -> bool:
    """*draft* is a statement, or the talk about it."""
    return is_owner_or_mentor(user, draft.journey)


def can_write(user: Person, statement: Statement) -> bool:
    return is_owner(user, statement.journey)


def is_writable(journey: Journey) -> bool:
    """While the mentor reads the whole, and once it has gone to the body, the drafts stand still."""
    return journey.stage in WRITABLE


def is_supporter(user: Person | None, journey: Journey) -> bool:
    return user is not None and journey.supporter_id is not None and user.id == journey.supporter_id


def can_confirm_supporter(user: Person | None, journey: Journey) -> bool:
    """A supporter in the hub speaks for themselves; for one outside it, the technician says that they agreed."""
    if journey.supporter_id is not None:
        return is_supporter(user, journey)
    return is_owner(user, journey) and journey.supporter_email is not None


def can_see_proof(user: Person, journey: Journey) -> bool:
    return is_owner(user, journey)


def can_seek_mentor(user: Person, journey: Journey) -> bool:
    return is_owner(user, journey) and journey.stage in MATCHABLE


def can_see_mentor(_user: Person, _mentor: Mentor) -> bool:
    return True


def has_place(mentor: Mentor, open_pairs: int) -> bool:
    return not mentor.paused and open_pairs < mentor.capacity


def in_pair(user: Person | None, mentoring: Mentoring) -> bool:
    return user is not None and user.id in {mentoring.mentor_id, mentoring.mentee_id}


def is_mentee(user: Person | None, mentoring: Mentoring) -> bool:
    return user is not None and user.id == mentoring.mentee_id


def has_yet_to_answer(user: Person | None, mentoring: Mentoring) -> bool:
    """Whether *user* is one of the two and has not said yes."""
    if user is None or mentoring.stage != PairStage.PROPOSED:
        return False
    if user.id == mentoring.mentor_id:
        return mentoring.mentor_agreed_at is None
    return user.id == mentoring.mentee_id and mentoring.mentee_agreed_at is None


def can_log(user: Person, mentoring: Mentoring) -> bool:
    return in_pair(user, mentoring) and mentoring.stage in LIVE


def can_lead(user: Person, _subject: Any = None) -> bool:
    return user.is_lead


def leads_round(user: Person | None, matching_round: MatchingRound) -> bool:
    return user is not None and user.is_lead and same_institution(user, matching_round)


def leads_pair(user: Person, pair: MatchedPair) -> bool:
    return leads_round(user, pair.round)


def can_propose_for(user: Person, wish: Wish) -> bool:
    return user.is_lead and same_institution(user, wish)

"""The stages of journeys, pairings and rounds, and the words for why a pairing did not start or how it ended."""

from enum import StrEnum


class Stage(StrEnum):
    INTERESTED = "interested"
    REGISTER_CHOSEN = "register_chosen"
    MENTOR_MATCHED = "mentor_matched"
    EVIDENCE_DRAFTING = "evidence_drafting"
    SUPPORTER_CONFIRMED = "supporter_confirmed"
    INTERNAL_REVIEW = "internal_review"
    SUBMITTED = "submitted"  # to the professional body, by the technician: the hub never sends
    UNDER_ASSESSMENT = "under_assessment"
    CLARIFICATION = "clarification"
    AWARDED = "awarded"  # the body said yes; the letters wait for the number
    NOT_YET = "not_yet"
    WITHDRAWN = "withdrawn"
    REGISTERED = "registered"
    RENEWAL_DUE = "renewal_due"
    LAPSED = "lapsed"


UNDER_WAY = (
    Stage.INTERESTED,
    Stage.REGISTER_CHOSEN,
    Stage.MENTOR_MATCHED,
    Stage.EVIDENCE_DRAFTING,
    Stage.SUPPORTER_CONFIRMED,
    Stage.INTERNAL_REVIEW,
    Stage.SUBMITTED,
    Stage.UNDER_ASSESSMENT,
    Stage.CLARIFICATION,
    Stage.AWARDED,
)
HELD = (Stage.REGISTERED, Stage.RENEWAL_DUE)


class PairStage(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"  # by both
    ACTIVE = "active"  # with an agreement about goals, frequency and channel
    PAUSED = "paused"
    CLOSED = "closed"
    EVALUATED = "evaluated"
    DECLINED = "declined"


LIVE = (PairStage.AGREED, PairStage.ACTIVE, PairStage.PAUSED)
OPEN = (PairStage.PROPOSED, *LIVE)


class CameBy(StrEnum):
    ASKED = "asked"  # the mentee asked this mentor
    LEAD = "lead"
    ROUND = "round"


class Reason(StrEnum):
    """Why somebody declined."""

    NO_TIME = "no_time"
    NOT_MY_FIELD = "not_my_field"
    SOMEONE_BETTER = "someone_better"
    TOO_CLOSE = "too_close"
    OTHER = "other"


class Outcome(StrEnum):
    """How a pairing ended; never a fault of either."""

    REGISTERED = "registered"
    SUBMITTED = "submitted"
    STILL_DRAFTING = "still_drafting"
    NEW_MENTOR = "new_mentor"
    STOPPED = "stopped"


class RoundStage(StrEnum):
    PREVIEW = "preview"
    PROPOSED = "proposed"
    DISCARDED = "discarded"

"""The lives of a request, an offer, a session and a place."""

from typing import Any

from hub.accounts.models import Person
from hub.core.workflow import Move, Workflow
from hub.skills import policy
from hub.skills.models import OfferStage, PlaceStage, RequestStage, Session, SessionStage


def anybody(_user: Any, _subject: Any) -> bool:
    """A consequence of another deed, which has asked who may."""
    return True


_R, _O, _S, _P = RequestStage, OfferStage, SessionStage, PlaceStage

REQUEST = Workflow(
    Move("answer", frozenset({_R.OPEN}), _R.OFFERED, "Offer to help", policy.may_answer),
    Move("withdraw", frozenset({_R.OPEN, _R.OFFERED}), _R.WITHDRAWN, "Withdraw my request", policy.is_asker),
    Move("reopen", frozenset({_R.OFFERED, _R.SCHEDULED}), _R.OPEN, "Open again", anybody),
    Move("schedule", frozenset({_R.OFFERED}), _R.SCHEDULED, "Schedule", anybody),
    Move("deliver", frozenset({_R.SCHEDULED}), _R.DELIVERED, "Delivered", anybody),
    Move("close", frozenset({_R.DELIVERED}), _R.CLOSED, "Close", anybody),
    Move("expire", frozenset({_R.OPEN}), _R.EXPIRED, "Expire", policy.by_the_clock),
)

OFFER = Workflow(
    Move("take", frozenset({_O.OPEN}), _O.TAKEN, "Schedule", policy.is_offerer),
    Move("decline", frozenset({_O.OPEN}), _O.DECLINED, "Not this time", policy.is_asked_back),
    Move("withdraw", frozenset({_O.OPEN}), _O.WITHDRAWN, "Withdraw my offer", policy.is_offerer),
    Move("lapse", frozenset({_O.OPEN}), _O.WITHDRAWN, "Lapse", anybody),
    Move("expire", frozenset({_O.OPEN}), _O.EXPIRED, "Expire", policy.by_the_clock),
)

SESSION = Workflow(
    Move("schedule", frozenset({_S.PROPOSED}), _S.SCHEDULED, "Schedule", policy.schedules_freely),
    Move("approve", frozenset({_S.PROPOSED}), _S.SCHEDULED, "Agree to it", policy.may_approve),
    Move("deliver", frozenset({_S.SCHEDULED}), _S.DELIVERED, "Say who came", policy.is_host),
    Move("confirm", frozenset({_S.DELIVERED}), _S.CONFIRMED, "Confirm", policy.can_settle),
    Move("cancel", frozenset({_S.PROPOSED, _S.SCHEDULED}), _S.CANCELLED, "Cancel the session", policy.may_cancel),
)

PLACE = Workflow(
    Move("book", frozenset({_P.WITHDRAWN}), _P.BOOKED, "Book a place", anybody),
    Move("wait", frozenset({_P.WITHDRAWN}), _P.WAITING, "Join the waiting list", anybody),
    Move("promote", frozenset({_P.WAITING}), _P.BOOKED, "Give the free place", anybody),
    Move("withdraw", frozenset({_P.BOOKED, _P.WAITING}), _P.WITHDRAWN, "Give up my place", anybody),
    Move("attend", frozenset({_P.BOOKED}), _P.ATTENDED, "Was there", anybody),
    Move("miss", frozenset({_P.BOOKED}), _P.ABSENT, "Was not there", anybody),
)

_FIRST = (
    ("approve", lambda user, session: SESSION.can(session, "approve", user)),
    ("deliver", policy.can_deliver),
    ("confirm", policy.can_confirm),
    ("book", policy.can_book),
    ("leave", policy.can_leave),
)


def main_action(session: Session, user: Person) -> str:
    """The one thing that the session's page offers *user* first, or nothing."""
    return next((name for name, may in _FIRST if may(user, session)), "")

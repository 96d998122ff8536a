"""The lives of a cycle and of a nomination."""

from typing import Any

from hub.awards import policy
from hub.awards.models import CycleStage, Stage
from hub.core.workflow import Move, Workflow


def anybody(_user: Any, _subject: Any) -> bool:
    """A consequence of another deed, which has asked who may."""
    return True


_C, _S = CycleStage, Stage
_LIVE = frozenset(policy.LIVE)

CYCLE = Workflow(
    Move("open", frozenset({_C.DRAFT}), _C.OPEN, "Open for nominations", policy.runs),
    Move("close", frozenset({_C.OPEN}), _C.JUDGING, "Close and start judging", policy.closes),
    Move("decide", frozenset({_C.JUDGING}), _C.DECIDED, "All is decided", policy.leads_decision),
    Move("reconsider", frozenset({_C.DECIDED}), _C.JUDGING, "Open the decisions again", policy.leads_decision),
    Move("announce", frozenset({_C.DECIDED}), _C.ANNOUNCED, "Announce", policy.runs),
)

NOMINATION = Workflow(
    Move("send", frozenset({_S.DRAFT}), _S.AWAITING_CONSENT, "Send", policy.is_nominator),
    Move("accept", frozenset({_S.AWAITING_CONSENT}), _S.CONSENTED, "Everybody agreed", policy.is_nominee),
    Move("decline", frozenset({_S.AWAITING_CONSENT}), _S.DECLINED_CONSENT, "Nobody agreed", policy.is_nominee),
    Move(
        "step_back", _LIVE - {_S.AWAITING_CONSENT} | {_S.DECIDED}, _S.WITHDRAWN, "Take consent back", policy.is_nominee
    ),
    Move("withdraw", _LIVE | {_S.DECIDED}, _S.WITHDRAWN, "Withdraw the nomination", policy.is_nominator),
    Move("pass_check", frozenset({_S.CONSENTED}), _S.ELIGIBLE, "Eligible", policy.handles),
    Move("shortlist", frozenset({_S.ELIGIBLE}), _S.SHORTLISTED, "Shortlist", policy.handles),
    Move("decide", frozenset({_S.CONSENTED, _S.ELIGIBLE, _S.SHORTLISTED}), _S.DECIDED, "Decide", policy.can_decide),
    Move("redecide", frozenset({_S.DECIDED}), _S.DECIDED, "Decide again", policy.can_decide),
    Move("announce", frozenset({_S.DECIDED}), _S.ANNOUNCED, "Announce", anybody),
)

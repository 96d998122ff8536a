"""The life of a suggestion for the vocabulary."""

from hub.core.workflow import Move, Workflow
from hub.directory import policy
from hub.directory.models import SuggestionStage

_S = SuggestionStage
_WAITING = frozenset({_S.WAITING})

SUGGESTION = Workflow(
    Move("accept", _WAITING, _S.ADDED, "Add it to the vocabulary", policy.keeps_vocabulary),
    Move("recognise", _WAITING, _S.KNOWN, "It is another name of …", policy.keeps_vocabulary),
    Move("decline", _WAITING, _S.DECLINED, "Leave it out", policy.keeps_vocabulary),
)

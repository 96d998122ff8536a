"""The life of a version of a document."""

from hub.attribution.models import DocumentStage
from hub.attribution.policy import can_publish
from hub.core.workflow import Move, Workflow

_S = DocumentStage

EDITION = Workflow(
    Move("publish", frozenset({_S.DRAFT}), _S.PUBLISHED, "Publish", can_publish),
    Move("supersede", frozenset({_S.PUBLISHED}), _S.SUPERSEDED, "Put a newer version in its place", can_publish),
    Move("withdraw", frozenset({_S.PUBLISHED}), _S.WITHDRAWN, "Withdraw", can_publish),
)

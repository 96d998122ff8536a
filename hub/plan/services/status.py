"""Setting an action's RAG: explained when red, proved when green, reasoned when it is not what the hub proposes."""

from hub.accounts.models import Person
from hub.core.db import db
from hub.core.errors import Refusal
from hub.core.rag import Rag
from hub.plan import queries
from hub.plan.models import Action, RagDecision
from hub.plan.rag import against


class RedNeedsExplanation(Refusal):
    """Source: the renewal form's third question asks for an explanation of every red."""


class GreenNeedsEvidence(Refusal):
    """Nothing is called done that nothing proves."""


class OverrideNeedsReason(Refusal):
    """The hub proposes another colour."""


def set_rag(action: Action, rag: Rag, *, actor: Person, explanation: str = "") -> RagDecision:
    """Set the action's colour and keep who did so, against which proposal, and why.

    :raises RedNeedsExplanation: if red comes without one
    :raises GreenNeedsEvidence: if no evidence is accepted on the action
    :raises OverrideNeedsReason: if it differs from the proposal and no reason is given
    """
    proposal = queries.proposal(action)
    if reason := against(rag, explanation, action.accepted):
        raise RedNeedsExplanation(reason) if rag == Rag.RED else GreenNeedsEvidence(reason)
    if rag != proposal.rag and not explanation:
        raise OverrideNeedsReason(
            f"The hub proposes “{proposal.rag.label.lower()}”. Give your reason for another choice."
        )
    decision = RagDecision(
        action_id=action.id,
        rag=rag,
        proposed=proposal.rag,
        reasons=[r.text for r in proposal.reasons],
        explanation=explanation,
        decided_by_id=actor.id,
    )
    action.rag, action.rag_explanation = rag, explanation
    db.session.add(decision)
    db.session.flush()
    return decision

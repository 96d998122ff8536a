"""The lives of a journey, a pairing and a matching round."""

from hub.core.workflow import Move, Workflow
from hub.registration.policy import (
    WITH_BODY,
    by_the_clock,
    can_confirm_supporter,
    has_yet_to_answer,
    in_pair,
    is_mentee,
    is_mentor_of,
    is_owner,
    is_owner_or_mentor,
    leads_round,
)
from hub.registration.stages import UNDER_WAY, PairStage, RoundStage, Stage

READY = frozenset({Stage.SUPPORTER_CONFIRMED, Stage.INTERNAL_REVIEW})
REVIEW = frozenset({Stage.INTERNAL_REVIEW})

JOURNEY = Workflow(
    Move("choose_register", frozenset({Stage.INTERESTED}), Stage.REGISTER_CHOSEN, "Choose a register", is_owner),
    Move("match", frozenset({Stage.REGISTER_CHOSEN}), Stage.MENTOR_MATCHED, "Agree on a mentor", is_owner_or_mentor),
    Move(
        "draft",
        frozenset({Stage.REGISTER_CHOSEN, Stage.MENTOR_MATCHED}),
        Stage.EVIDENCE_DRAFTING,
        "Begin to write",
        is_owner,
    ),
    Move(
        "confirm_supporter",
        frozenset({Stage.EVIDENCE_DRAFTING}),
        Stage.SUPPORTER_CONFIRMED,
        "Confirm the supporter",
        can_confirm_supporter,
    ),
    Move(
        "change_supporter",
        frozenset({Stage.SUPPORTER_CONFIRMED}),
        Stage.EVIDENCE_DRAFTING,
        "Name another supporter",
        is_owner,
    ),
    Move("ask_review", frozenset({Stage.SUPPORTER_CONFIRMED}), Stage.INTERNAL_REVIEW, "Ask for a last read", is_owner),
    Move("recall", REVIEW, Stage.SUPPORTER_CONFIRMED, "Go on writing", is_owner),
    Move("return_drafts", REVIEW, Stage.SUPPORTER_CONFIRMED, "Send back with comments", is_mentor_of),
    Move("pass_review", REVIEW, Stage.INTERNAL_REVIEW, "Call it ready", is_mentor_of),
    Move("submit", READY, Stage.SUBMITTED, "I have sent it to the body", is_owner),
    Move(
        "acknowledge", frozenset({Stage.SUBMITTED}), Stage.UNDER_ASSESSMENT, "The body has begun to assess it", is_owner
    ),
    Move(
        "clarify",
        frozenset({Stage.SUBMITTED, Stage.UNDER_ASSESSMENT}),
        Stage.CLARIFICATION,
        "The body asks for more",
        is_owner,
    ),
    Move("answer", frozenset({Stage.CLARIFICATION}), Stage.UNDER_ASSESSMENT, "I have answered the body", is_owner),
    Move("award", WITH_BODY, Stage.AWARDED, "The body said yes", is_owner),
    Move("not_yet", WITH_BODY, Stage.NOT_YET, "Not this time", is_owner),
    Move("retry", frozenset({Stage.NOT_YET}), Stage.EVIDENCE_DRAFTING, "Try again", is_owner),
    Move("withdraw", frozenset(UNDER_WAY) - {Stage.AWARDED}, Stage.WITHDRAWN, "Stop this journey", is_owner),
    Move("register", frozenset({Stage.AWARDED}), Stage.REGISTERED, "Enter my registration", is_owner),
    Move("record_earlier", frozenset({Stage.INTERESTED}), Stage.REGISTERED, "I am registered already", is_owner),
    Move("come_due", frozenset({Stage.REGISTERED}), Stage.RENEWAL_DUE, "Renewal is near", by_the_clock),
    Move("renew", frozenset({Stage.REGISTERED, Stage.RENEWAL_DUE}), Stage.REGISTERED, "I have renewed", is_owner),
    Move("lapse", frozenset({Stage.REGISTERED, Stage.RENEWAL_DUE}), Stage.LAPSED, "I no longer hold it", is_owner),
)

MENTORING = Workflow(
    Move("agree", frozenset({PairStage.PROPOSED}), PairStage.AGREED, "Yes", has_yet_to_answer),
    Move("decline", frozenset({PairStage.PROPOSED}), PairStage.DECLINED, "No, thank you", in_pair),
    Move("begin", frozenset({PairStage.AGREED}), PairStage.ACTIVE, "Agree how to work", in_pair),
    Move("pause", frozenset({PairStage.ACTIVE}), PairStage.PAUSED, "Pause", in_pair),
    Move("resume", frozenset({PairStage.PAUSED}), PairStage.ACTIVE, "Go on", in_pair),
    Move(
        "close",
        frozenset({PairStage.AGREED, PairStage.ACTIVE, PairStage.PAUSED}),
        PairStage.CLOSED,
        "Close, without fault",
        in_pair,
    ),
    Move("evaluate", frozenset({PairStage.CLOSED}), PairStage.EVALUATED, "Say how it was", is_mentee),
)

ROUND = Workflow(
    Move("propose", frozenset({RoundStage.PREVIEW}), RoundStage.PROPOSED, "Propose these pairs", leads_round),
    Move("discard", frozenset({RoundStage.PREVIEW}), RoundStage.DISCARDED, "Discard", leads_round),
)

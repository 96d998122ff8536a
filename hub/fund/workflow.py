"""The lives of a round, of an application, of a claim, and of a case study."""

from hub.core.workflow import Move, Workflow
from hub.fund.models import ClaimStage, RoundStage, Stage, StudyStage
from hub.fund.policy import (
    chairs,
    claims,
    closes,
    goes_on,
    hands_over,
    is_applicant,
    is_author,
    is_its_manager,
    is_lead,
    leads_study,
    may_withdraw,
    pays,
    releases,
    runs,
    settles,
)


def _from(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


ROUND = Workflow(
    Move("open", frozenset({RoundStage.DRAFT}), RoundStage.OPEN, "Open the round", is_lead),
    Move("close", frozenset({RoundStage.OPEN}), RoundStage.CLOSED, "Close the round", closes),
    Move("finish", frozenset({RoundStage.CLOSED}), RoundStage.DECIDED, "The panel has finished", chairs),
    Move("hand_back", frozenset({RoundStage.DECIDED}), RoundStage.CLOSED, "Hand back to the panel", is_lead),
    Move("release", frozenset({RoundStage.DECIDED}), RoundStage.RELEASED, "Release all decisions", is_lead),
)

WITHDRAWABLE = _from(
    Stage.DRAFT,
    Stage.AWAITING_MANAGER,
    Stage.RETURNED,
    Stage.SUBMITTED,
    Stage.WITH_PANEL,
    Stage.RESERVE,
    Stage.AWARDED,
    Stage.ACCEPTED,
)

APPLICATION = Workflow(
    Move("send", _from(Stage.DRAFT, Stage.RETURNED), Stage.AWAITING_MANAGER, "Send", is_applicant),
    Move("return", _from(Stage.AWAITING_MANAGER), Stage.RETURNED, "Return to the applicant", is_its_manager),
    Move("support", _from(Stage.AWAITING_MANAGER), Stage.SUBMITTED, "Send my statement", is_its_manager),
    Move("hand_over", _from(Stage.SUBMITTED), Stage.WITH_PANEL, "Hand to the panel", hands_over),
    Move("award", _from(Stage.WITH_PANEL), Stage.AWARDED, "Award", releases),
    Move("award_reserve", _from(Stage.RESERVE), Stage.AWARDED, "Award from the reserve list", runs),
    Move("reserve", _from(Stage.WITH_PANEL), Stage.RESERVE, "Put on the reserve list", releases),
    Move("decline", _from(Stage.WITH_PANEL), Stage.DECLINED, "Decline", releases),
    Move("lapse", _from(Stage.AWAITING_MANAGER, Stage.RETURNED), Stage.WITHDRAWN, "Lapse", releases),
    Move("accept", _from(Stage.AWARDED), Stage.ACCEPTED, "Accept the award", is_applicant),
    Move("finish", _from(Stage.ACCEPTED), Stage.ACTIVITY_DONE, "I have done it", is_applicant),
    Move("claim", _from(Stage.ACTIVITY_DONE), Stage.CLAIMED, "Send my claim", is_applicant),
    Move("return_claim", _from(Stage.CLAIMED), Stage.ACTIVITY_DONE, "Return the claim", runs),
    Move("pay", _from(Stage.CLAIMED), Stage.PAID, "Mark as paid", runs),
    Move("end_claims", _from(Stage.ACTIVITY_DONE), Stage.PAID, "I claim nothing more", is_applicant),
    Move("ask_report", _from(Stage.PAID), Stage.REPORT_DUE, "Ask for the report", goes_on),
    Move("end", _from(Stage.PAID), Stage.CLOSED, "Close", goes_on),
    Move("report", _from(Stage.REPORT_DUE), Stage.REPORT_RECEIVED, "Send my report", is_applicant),
    Move("return_report", _from(Stage.REPORT_RECEIVED), Stage.REPORT_DUE, "Return the report", runs),
    Move("close", _from(Stage.REPORT_RECEIVED), Stage.CLOSED, "Close", runs),
    Move("withdraw", WITHDRAWABLE, Stage.WITHDRAWN, "Withdraw", may_withdraw),
    Move("bring_back", _from(Stage.WITHDRAWN), Stage.DRAFT, "Bring back my draft", is_applicant),
)

CLAIM = Workflow(
    Move("send", frozenset({ClaimStage.RETURNED}), ClaimStage.SENT, "Send my claim", claims),
    Move("take_back", frozenset({ClaimStage.RETURNED}), ClaimStage.TAKEN_BACK, "Take it back", claims),
    Move("return", frozenset({ClaimStage.SENT}), ClaimStage.RETURNED, "Return the claim", settles),
    Move("approve", frozenset({ClaimStage.SENT}), ClaimStage.APPROVED, "Approve", settles),
    Move("pay", frozenset({ClaimStage.APPROVED}), ClaimStage.PAID, "Mark as paid", pays),
)

OUT = frozenset({StudyStage.ASKED, StudyStage.PUBLISHED})

STUDY = Workflow(
    Move("ask", frozenset(StudyStage), StudyStage.ASKED, "Ask its author", leads_study),
    Move("publish", frozenset(StudyStage), StudyStage.PUBLISHED, "Publish as a case study", leads_study),
    Move("agree", frozenset({StudyStage.ASKED}), StudyStage.PUBLISHED, "I agree", is_author),
    Move("take_back", OUT, StudyStage.WITHDRAWN, "Take it back", is_author),
    Move("take_down", OUT, StudyStage.WITHDRAWN, "Take it down", leads_study),
)

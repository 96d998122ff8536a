"""Turn what the features announce into ledger entries."""

from collections.abc import Callable
from typing import Any

from hub.attribution import signals as attribution
from hub.awards import signals as awards
from hub.directory import signals as directory
from hub.evidence.services import let_go, record, withdraw
from hub.fund import signals as fund
from hub.fund.models import Application
from hub.galleries import signals as galleries
from hub.registration import signals as registration
from hub.skills import signals as skills

SAID = {
    directory.profile_published: "directory.profile",
    galleries.gallery_published: "galleries.published",
    skills.session_delivered: "skills.session",
    registration.mentoring_started: "registration.mentoring",
    registration.registered: "registration.registered",
    fund.application_awarded: "fund.award",
    fund.report_accepted: "fund.report",
    fund.promise_kept: "fund.promise",
    fund.follow_up_answered: "fund.follow_up",
    awards.nomination_accepted: "awards.nomination",
    awards.award_announced: "awards.award",
    attribution.credit_agreed: "attribution.credit",
    attribution.reading_confirmed: "attribution.reading",
}
TAKEN_BACK = {
    galleries.gallery_withdrawn: "galleries.published",
    fund.award_given_back: "fund.award",
    attribution.credit_withdrawn: "attribution.credit",
}


@fund.application_let_go.connect
def let_go_of_words(application: Application, *, report_id: int | None, follow_up_ids: list[int], **_: Any) -> None:
    """Whatever the fund told of an application keeps its numbers only."""
    told = [("fund.award", application.id), ("fund.report", application.id)]
    told += [("fund.promise", report_id)] if report_id else []
    for kind, source_id in [*told, *(("fund.follow_up", key) for key in follow_up_ids)]:
        let_go(kind, source_id)


def _receiver(act: Callable[..., Any], kind: str) -> Any:
    def receive(fact: Any, **_: Any) -> None:
        act(kind, fact)

    return receive


for _signal, _kind in SAID.items():
    _signal.connect(_receiver(record, _kind), weak=False)
for _signal, _kind in TAKEN_BACK.items():
    _signal.connect(_receiver(withdraw, _kind), weak=False)

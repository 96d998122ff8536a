"""Turn what the features announce into ledger entries."""

from typing import Any

from hub.awards import signals as awards
from hub.directory import signals as directory
from hub.evidence.services import record
from hub.fund import signals as fund
from hub.galleries import signals as galleries
from hub.registration import signals as registration
from hub.skills import signals as skills

SOURCES = {
    directory.profile_published: "directory.profile",
    galleries.gallery_published: "galleries.published",
    galleries.gallery_withdrawn: "galleries.withdrawn",
    skills.session_delivered: "skills.session",
    registration.mentoring_started: "registration.mentoring",
    registration.registered: "registration.registered",
    fund.application_awarded: "fund.award",
    fund.report_accepted: "fund.report",
    awards.nomination_accepted: "awards.nomination",
    awards.award_announced: "awards.award",
}


def _receiver(kind: str) -> Any:
    def receive(fact: Any, **_: Any) -> None:
        record(kind, fact)

    return receive


for _signal, _kind in SOURCES.items():
    _signal.connect(_receiver(_kind), weak=False)

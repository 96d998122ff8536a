"""The lists of the awards: my nominations, cycles, the roll of honour."""

from typing import Any

from hub.accounts.models import Person
from hub.awards import queries
from hub.awards.models import Cycle, CycleStage, Nomination, Outcome, Stage
from hub.core.lists import Column, Filter, Listing

PUBLIC_WORDS = {
    Stage.DRAFT: "Draft",
    Stage.AWAITING_CONSENT: "Waits for the nominee",
    Stage.CONSENTED: "With the judges",
    Stage.ELIGIBLE: "With the judges",
    Stage.SHORTLISTED: "With the judges",
    Stage.DECIDED: "With the judges",
    Stage.DECLINED_CONSENT: "The nominee would rather not",
    Stage.WITHDRAWN: "Withdrawn",
}


def public_status(nomination: Nomination) -> str:
    """What nominators and nominees are told: nothing of a result before the announcement."""
    if nomination.stage == Stage.ANNOUNCED and nomination.outcome is not None:
        return nomination.outcome.label
    if nomination.stage == Stage.DRAFT and nomination.cycle.stage not in {CycleStage.DRAFT, CycleStage.OPEN}:
        return "Draft, not sent in time"
    if nomination.stage == Stage.AWAITING_CONSENT and nomination.cycle.stage == CycleStage.ANNOUNCED:
        return "Not answered in time"
    return PUBLIC_WORDS[nomination.stage]


def mine(user: Person) -> Listing:
    return Listing(
        name="my-nominations",
        noun=("nomination", "nominations"),
        rows=queries.written_by(user),
        columns=[
            Column("names", "Who", lambda n: n.names),
            Column("award", "Award", lambda n: n.category.name),
            Column("cycle", "Cycle", lambda n: n.cycle.name),
            Column("sent", "Sent", lambda n: n.sent_at, Nomination.sent_at),
            Column("status", "Status", public_status),
        ],
        default_order=[Nomination.edited_at.desc(), Nomination.id],
    )


def cycles(institution_id: int) -> Listing:
    return Listing(
        name="award-cycles",
        noun=("cycle", "cycles"),
        rows=queries.cycles(institution_id),
        columns=[
            Column("name", "Cycle", lambda c: c.name, Cycle.name),
            Column("stage", "Stage", lambda c: c.stage.value, Cycle.stage),
            Column("opens", "Opens", lambda c: c.opens_at, Cycle.opens_at),
            Column("closes", "Closes", lambda c: c.closes_at, Cycle.closes_at),
            Column("judging", "Judged by", lambda c: c.judging_until, Cycle.judging_until),
        ],
        default_order=[Cycle.opens_at.desc(), Cycle.id.desc()],
    )


def winners(institution_id: int) -> Listing:
    shown: dict[Any, str] = {o.value: o.label for o in (Outcome.WINNER, Outcome.HIGHLY_COMMENDED)}
    return Listing(
        name="roll-of-honour",
        noun=("award", "awards"),
        rows=queries.honoured(institution_id),
        columns=[
            Column("who", "Who", lambda n: n.public_names),
            Column("outcome", "Result", lambda n: n.outcome.label, Nomination.outcome),
            Column("award", "Award", lambda n: n.category.name),
            Column("cycle", "Cycle", lambda n: n.cycle.name),
            Column("announced", "Announced", lambda n: n.evidence_on, Nomination.announced_at),
        ],
        default_order=[Nomination.announced_at.desc(), Nomination.outcome.desc(), Nomination.id],
        filters_offered=[Filter("outcome", "Result", lambda: shown, Nomination.outcome.in_)],
        search=queries.honoured_matches,
    )

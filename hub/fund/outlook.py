"""What happens next to an application, and when, in words for its applicant. Pure."""

from collections.abc import Callable

from hub.core.words import day
from hub.fund.models import Application, Stage

Step = tuple[str, str, str]  # what, when or who, and done, now or ahead


def _until_panel(what: str, application: Application) -> str:
    if application.round.is_rolling:
        return f"{what}; then the panel reads it."
    return f"{what}; the panel meets on {day(application.round.panel_on)}."


NEXT: dict[Stage, Callable[[Application], str]] = {
    Stage.DRAFT: lambda a: f"Send it by {day(a.round.closes_at)}.",
    Stage.AWAITING_MANAGER: lambda a: (
        _until_panel("Your manager writes two sentences", a)
        if a.manager_id
        else "The lead names somebody to ask, as the hub knows no manager of yours."
    ),
    Stage.RETURNED: lambda a: f"Change what your manager asks for and send it again by {day(a.round.closes_at)}.",
    Stage.SUBMITTED: lambda a: f"The panel reads it once the round has closed, on {day(a.round.closes_at)}.",
    Stage.WITH_PANEL: lambda a: (
        "The panel reads applications as they come; you hear, with reasons, once yours is decided."
        if a.round.is_rolling
        else f"The panel meets on {day(a.round.panel_on)}; you hear, with reasons, on {day(a.round.decisions_on)}."
    ),
    Stage.AWARDED: lambda _: "Accept the award, or withdraw so that somebody else can have the money.",
    Stage.RESERVE: lambda _: "You hear at once if money comes back to the round.",
    Stage.DECLINED: lambda _: "Nothing more happens to this one. The reasons may help you with the next.",
    Stage.ACCEPTED: lambda a: (
        f"Keep every receipt, and say here that you have done it, after {day(a.ends_on)}."
        if a.ends_on
        else "Keep every receipt, and say here when you have done it."
    ),
    Stage.ACTIVITY_DONE: lambda _: "Claim what you spent, with the receipts.",
    Stage.CLAIMED: lambda _: "The lead looks at your claim; then it is paid.",
    Stage.PAID: lambda _: "It is paid.",
    Stage.REPORT_DUE: lambda a: f"Write what came of it{f' by {day(a.report_due_on)}' if a.report_due_on else ''}.",
    Stage.REPORT_RECEIVED: lambda _: "The lead reads your report.",
    Stage.CLOSED: lambda _: "Everything is done.",
    Stage.WITHDRAWN: lambda a: (
        f"You can bring it back until {day(a.round.closes_at)}."
        if a.round.takes_applications
        else "Nothing more happens to it."
    ),
}


def next_for(application: Application) -> str:
    """What its applicant waits for, or has to do."""
    if application.journey_id and application.stage == Stage.ACTIVITY_DONE:
        return "Send the receipt of the fee, and it is paid back to you."
    return NEXT[application.stage](application)


def way(application: Application) -> list[Step]:
    """The stations of an application, those of the judging and then those of the award; none once it is over."""
    fund_round, rolling = application.round, application.round.is_rolling
    judged = {Stage.SUBMITTED, Stage.WITH_PANEL}
    before = [
        ("You send it", _sent(application), {Stage.DRAFT, Stage.RETURNED}),
        ("Your manager writes a statement", _by_whom(application), {Stage.AWAITING_MANAGER}),
        ("The panel reads and scores", "" if rolling else day(fund_round.panel_on), judged),
        ("You hear, with reasons", "" if rolling else day(fund_round.decisions_on), set()),
    ]
    ends_on, due_on = application.ends_on, application.report_due_on
    after = [
        ("You accept the award", "", {Stage.AWARDED}),
        ("You do it", f"Until {day(ends_on)}" if ends_on else "", {Stage.ACCEPTED}),
        ("You claim what you spent", "With receipts", {Stage.ACTIVITY_DONE}),
        ("The lead looks at it, and it is paid", "", {Stage.CLAIMED, Stage.PAID}),
    ]
    if application.round.scheme.report_days:
        after += [
            ("You write what came of it", f"By {day(due_on)}" if due_on else "", {Stage.REPORT_DUE}),
            ("The lead reads it", "", {Stage.REPORT_RECEIVED}),
        ]
    for stations in (before, after[2:4] if application.journey_id else after):
        at = next((n for n, (_, _, stages) in enumerate(stations) if application.stage in stages), None)
        if at is not None:
            return [
                (text, note, "done" if n < at else "now" if n == at else "ahead")
                for n, (text, note, _) in enumerate(stations)
            ]
    return []


def _sent(application: Application) -> str:
    return day(application.sent_at) if application.sent_at else f"By {day(application.round.closes_at)}"


def _by_whom(application: Application) -> str:
    if application.manager:
        return application.manager.name
    return "The lead names somebody, as the hub knows no manager of yours" if application.sent_at else ""

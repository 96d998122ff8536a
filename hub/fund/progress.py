"""How far an application is: which sections are answered, and what still stops it from being sent. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from hub.core.money import pounds
from hub.core.text import lines
from hub.core.words import day
from hub.fund.models import Application, FundScheme

WORDS = {
    "what": 150,
    "why": 200,
    "helps_role": 80,
    "helps_team": 80,
    "helps_university": 80,
    "expected_return": 120,
    "sharing": 120,
}


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """One page of the form and the answers without which it is not done."""

    endpoint: str
    name: str
    wanted: dict[str, str]  # field → what to say while it is missing


ELIGIBILITY = Section("fund.eligibility", "Is this fund for you?", {})
ACTIVITY = Section(
    "fund.activity",
    "What you want to do",
    {
        "title": "Give it a title",
        "what": "Say what you want to do",
        "starts_on": "Say when it starts",
        "ends_on": "Say when it ends",
    },
)
COSTS = Section("fund.costs", "Costs and quotes", {"cost_lines": "Add at least one cost"})
CASE = Section(
    "fund.case",
    "Why, and how it helps",
    {
        "why": "Say why",
        "helps_role": "Say how it helps your role",
        "helps_team": "Say how it helps your team",
        "helps_university": "Say how it helps the University",
        "themes": "Choose at least one theme",
    },
)
RETURN = Section(
    "fund.expected_return", "What comes back", {"expected_return": "Say what the University gets back for its money"}
)
SHARING = Section("fund.sharing", "How you will share it", {"sharing": "Say how you will share it"})


def sections(scheme: FundScheme) -> list[Section]:
    """The pages that an application to *scheme* answers, in order."""
    asked = {ELIGIBILITY.endpoint: bool(questions(scheme)), RETURN.endpoint: scheme.asks_return}
    everything = (ELIGIBILITY, ACTIVITY, COSTS, CASE, RETURN, SHARING)
    return [section for section in everything if asked.get(section.endpoint, True)]


def questions(scheme: FundScheme) -> list[str]:
    """What has to be answered with yes before anything else."""
    return lines(scheme.eligibility)


def unanswered(application: Application) -> list[str]:
    return [q for q in questions(application.round.scheme) if q not in application.eligible]


def ruled_out_by(application: Application) -> list[str]:
    """The questions to which the applicant had to say no."""
    return [q for q in questions(application.round.scheme) if application.eligible.get(q) == "no"]


def missing(application: Application, section: Section) -> list[str]:
    if section is ELIGIBILITY:
        return ["Say whether this fund is for you"] if unanswered(application) else []
    return [words for field, words in section.wanted.items() if not getattr(application, field)]


def state(application: Application, section: Section) -> str:
    """done, started, todo or blocked, as the task list shows it: nothing else before the fund is for its applicant."""
    is_first = section is ELIGIBILITY
    if not is_first and (unanswered(application) or ruled_out_by(application)):
        return "blocked"
    lacking = len(missing(application, section))
    if not lacking:
        return "done"
    return "started" if lacking < len(section.wanted) else "todo"


def least_match(application: Application) -> int:
    """The pence that the department must give at least: its per cent of the whole cost, rounded up."""
    percent = application.round.scheme.match_percent
    return -(-application.total_pence * percent // (100 - percent))


def against_rules(application: Application, on: date) -> list[tuple[str, str]]:
    """Where the answers break the scheme's rules on the day *on*: words for the applicant, and where to mend it."""
    scheme = application.round.scheme
    found = [
        (f"This fund is not for you if you say no to: {q}", ELIGIBILITY.endpoint) for q in ruled_out_by(application)
    ]
    if application.total_pence > scheme.most_pence:
        words = f"You ask for {pounds(application.total_pence)}: {pounds(scheme.most_pence)} is the most."
        found.append((words, COSTS.endpoint))
    if application.match_pence < least_match(application):
        words = (
            f"Your department must give at least {scheme.match_percent}% of the whole cost: "
            f"{pounds(least_match(application))}."
        )
        found.append((words, "fund.match"))
    if application.starts_on is None or scheme.retrospective:
        return found
    if application.starts_on <= on:
        found.append(("The activity has already begun. The fund never pays for what has happened.", ACTIVITY.endpoint))
    elif application.starts_on < on + timedelta(days=scheme.notice_days):
        earliest = day(on + timedelta(days=scheme.notice_days))
        words = f"Leave {scheme.notice_days} days before it starts: the earliest day is {earliest}."
        found.append((words, ACTIVITY.endpoint))
    return found


def stops(application: Application, on: date) -> list[tuple[str, str]]:
    """All that stops it from being sent, as (words, endpoint of the page to mend it)."""
    lacking = [(words, s.endpoint) for s in sections(application.round.scheme) for words in missing(application, s)]
    return lacking + against_rules(application, on)

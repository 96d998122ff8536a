"""How far an application is: which sections are answered, and what still stops it from being sent. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from hub.core.money import pounds
from hub.core.words import day
from hub.fund.models import Application

WORDS = {"what": 150, "why": 200, "helps_role": 80, "helps_team": 80, "helps_university": 80, "sharing": 120}


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form and the answers without which it is not done."""

    endpoint: str
    name: str
    wanted: dict[str, str]  # field → what to say while it is missing


SECTIONS = (
    Section(
        "fund.activity",
        "What you want to do",
        {
            "title": "Give it a title",
            "what": "Say what you want to do",
            "starts_on": "Say when it starts",
            "ends_on": "Say when it ends",
        },
    ),
    Section("fund.costs", "Costs and quotes", {"cost_lines": "Add at least one cost"}),
    Section(
        "fund.case",
        "Why, and how it helps",
        {
            "why": "Say why",
            "helps_role": "Say how it helps your role",
            "helps_team": "Say how it helps your team",
            "helps_university": "Say how it helps the University",
            "themes": "Choose at least one theme",
        },
    ),
    Section("fund.sharing", "How you will share it", {"sharing": "Say how you will share it"}),
)


def missing(application: Application, section: Section) -> list[str]:
    return [words for field, words in section.wanted.items() if not getattr(application, field)]


def state(application: Application, section: Section) -> str:
    """done, started or todo, as the task list shows it."""
    lacking = len(missing(application, section))
    if not lacking:
        return "done"
    return "started" if lacking < len(section.wanted) else "todo"


def least_match(application: Application) -> int:
    """The pence that the department must give at least: its per cent of the whole cost, rounded up."""
    percent = application.round.scheme.match_percent
    return -(-application.total_pence * percent // (100 - percent))


def against_rules(application: Application, on: date) -> list[str]:
    """Where the answers break the scheme's rules on the day *on*, in words for the applicant."""
    scheme, found = application.round.scheme, []
    if application.total_pence > scheme.most_pence:
        found.append(f"You ask for {pounds(application.total_pence)}: {pounds(scheme.most_pence)} is the most.")
    if application.match_pence < least_match(application):
        found.append(
            f"Your department must give at least {scheme.match_percent}% of the whole cost: "
            f"{pounds(least_match(application))}."
        )
    if application.starts_on is None or scheme.retrospective:
        return found
    if application.starts_on <= on:
        found.append("The activity has already begun. The fund never pays for what has happened.")
    elif application.starts_on < on + timedelta(days=scheme.notice_days):
        earliest = day(on + timedelta(days=scheme.notice_days))
        found.append(f"Leave {scheme.notice_days} days before it starts: the earliest day is {earliest}.")
    return found


def stops(application: Application, on: date) -> list[tuple[str, str]]:
    """All that stops it from being sent, as (words, endpoint of the page to mend it)."""
    lacking = [(words, s.endpoint) for s in SECTIONS for words in missing(application, s)]
    broken = [
        (words, "fund.activity" if "activity" in words or "days before" in words else "fund.costs")
        for words in against_rules(application, on)
    ]
    return lacking + broken

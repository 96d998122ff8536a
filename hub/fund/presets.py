"""Three funds as universities run them, to begin with: their rules are a lead's to change."""

from dataclasses import dataclass, field
from typing import Any

from hub.fund.models import SchemeKind


@dataclass(frozen=True, slots=True)
class Preset:
    """A scheme's columns, and its criteria as (name, question, weight, what each score means)."""

    name: str
    about: str
    rules: dict[str, Any]
    criteria: tuple[tuple[str, str, int, str], ...] = field(default=())


def _lines(*lines: str) -> str:
    return "\n".join(lines)


BENEFIT = (
    "Benefit to the applicant",
    "What will this person be able to do that they cannot do now?",
    _lines(
        "Nothing that the job does not ask for already",
        "Something useful, but hard to name",
        "A skill that is named and will be used",
        "A new part of the job becomes possible",
        "It changes what this person can become",
    ),
)
VALUE = (
    "Value",
    "Is the cost fair, and does the department share it?",
    _lines(
        "Dear, and cheaper ways were not looked at",
        "The cost is not explained",
        "A fair price with a quote",
        "A fair price, shared by the department",
        "Much for little",
    ),
)

PRESETS = {
    "development": Preset(
        "Development fund",
        "One pot of £15,000 a year, no fixed cap, part or match funding welcome; says what the University gets back.",
        {
            "code": "TDF",
            "name": "Technicians’ Development Fund",
            "summary": "For what makes you, your team and the University better. Part and match funding are welcome.",
            "pays": _lines(
                "Somebody from outside who teaches a whole team",
                "Travel for a secondment to another institution",
                "Training on new equipment, and training the trainer",
                "Online tools that many can share",
            ),
            "cannot_pay": _lines(
                "What the department should pay",
                "Cover for sickness, leave or a disability",
                "The normal costs of the job",
            ),
            "most_pence": 1_500_000,
            "match_percent": 0,
            "notice_days": 28,
            "report_days": 60,
            "asks_return": True,
            "eligibility": _lines(
                "Are you a technician, or do you manage a technical team?",
                "Is it more than your department would pay for anyway?",
            ),
            "report_questions": "What has the University got back, and how do you know?",
        },
        (
            (
                "Fit with our aims",
                "Does it serve a theme of the Commitment in a way that we could show?",
                20,
                _lines(
                    "No theme is served",
                    "A theme is named, no more",
                    "A theme is served",
                    "A theme is served and we could show it",
                    "It does what an action of our plan promises",
                ),
            ),
            (BENEFIT[0], BENEFIT[1], 20, BENEFIT[2]),
            (
                "Benefit to team and University",
                "Who else gains, how soon, and how will it be shared?",
                30,
                _lines(
                    "Nobody else gains",
                    "Others may gain one day",
                    "The team gains",
                    "Several teams gain within a year",
                    "It is shared by a date, with people who asked for it",
                ),
            ),
            (
                "Return and value",
                "What comes back for the money, and is the cost fair?",
                20,
                _lines(
                    "No return is named",
                    "A return is hoped for",
                    "A return that is likely",
                    "A return that can be counted",
                    "It pays for itself",
                ),
            ),
            (
                "Feasibility and fairness",
                "Can it be done in time, and is it this person’s turn?",
                10,
                _lines(
                    "It cannot be done",
                    "Much is still open",
                    "It can be done",
                    "It can be done, by somebody who was not funded lately",
                    "It can be done, by somebody who was never funded",
                ),
            ),
        ),
    ),
    "courses": Preset(
        "Course fund",
        "Half of the cost up to £500, four weeks ahead, never afterwards; a report within a month.",
        {
            "code": "CRS",
            "name": "Course fund",
            "summary": "Half of what a course, an examination or a visit costs; your department gives the rest.",
            "pays": _lines(
                "Courses and conferences",
                "Examination fees",
                "Travel in second class",
                "Shadowing and mentoring",
            ),
            "cannot_pay": _lines(
                "Books, unless for a distance course",
                "Higher degrees that your work does not need",
                "Courses that the University gives itself",
                "Away days",
            ),
            "most_pence": 50_000,
            "match_percent": 50,
            "notice_days": 28,
            "report_days": 30,
            "eligibility": _lines(
                "Is nothing booked or paid yet?",
                "Does your senior technician agree that you go?",
                "Is there no course like it inside the University?",
            ),
            "report_questions": "What would you tell a colleague who thinks of going?",
        },
        (
            (
                "Relevance to the role",
                "Does the work need it?",
                50,
                _lines(
                    "The work does not need it",
                    "It may help one day",
                    "It helps with the work",
                    "The work needs it soon",
                    "The work cannot go on without it",
                ),
            ),
            (BENEFIT[0], BENEFIT[1], 30, BENEFIT[2]),
            (VALUE[0], VALUE[1], 20, VALUE[2]),
        ),
    ),
    "fees": Preset(
        "Registration fees",
        "The first year’s fee of a professional register, paid back once somebody is registered. No panel.",
        {
            "code": "REG",
            "name": "Registration fees",
            "kind": SchemeKind.REGISTRATION_REFUND,
            "summary": "The first year’s fee of a professional register, paid back once you are on it.",
            "pays": "Application and first-year fee of any register in the hub",
            "cannot_pay": "Renewals",
            "most_pence": 30_000,
            "match_percent": 0,
            "notice_days": 0,
            "report_days": 0,
            "retrospective": True,
        },
    ),
}

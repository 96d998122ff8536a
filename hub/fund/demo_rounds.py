"""The demo's funds, their rules, and when each round opens, closes, meets and answers."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hub.accounts.models import Institution, Person
from hub.core.clock import at_london, today
from hub.fund import queries, services
from hub.fund.models import Round, SchemeKind
from hub.fund.presets import BENEFIT, VALUE

PAYS = """Courses, training on equipment, exam fees
Travel to a conference, or to another university to learn
Somebody coming here to teach a team
Childcare and access costs that let you go"""
NOT = """Costs that your school should pay anyway
Anything already booked or paid for
Cover for leave or sickness"""
ELIGIBILITY = """Is nothing booked or paid yet?
Does your manager know that you apply?"""
REPORT = "What would you tell a colleague who thinks of doing the same?"
THEMES = """No theme is served
A theme is named, no more
A theme is served
A theme is served, and we could show it
It does what our plan promises"""
TEAM = """Nobody else gains
Others may gain one day
The team gains
Several teams gain within a year
It is shared by a date, with people who asked for it"""
CRITERIA = (
    ("Fit with our themes", "Does it serve one of the plan’s themes in a way that we could show?", 20, THEMES),
    (*BENEFIT[:2], 30, BENEFIT[2]),
    ("Benefit to team and University", "Who else gains, and how soon?", 30, TEAM),
    ("Value and match", "Is the cost fair, and does the school share it?", 20, VALUE[2]),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A round as (months after the first, day) of each of its days."""

    code: str
    name: str
    budget: int  # pounds
    opens: tuple[int, int]
    closes: tuple[int, int]
    panel: tuple[int, int]
    decisions: tuple[int, int]

    @property
    def is_for_fees(self) -> bool:
        return self.code == "REG"

    def name_of(self, first: date) -> str:
        closes = month_after(first, *self.closes)
        season = ("Winter", "Spring", "Summer", "Autumn")[closes.month % 12 // 3]
        return f"{self.name or season} {closes.year}"


def month_after(first: date, months: int, day: int) -> date:
    """That day so many months after *first*, or the Monday after if it falls on a weekend."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    on = date(year, month + 1, day)
    return on + timedelta(days=max(0, 7 - on.weekday()) if on.weekday() >= 5 else 0)


PLANS = (
    *(Plan("TDF", "", 4_500, (n - 2, 25), (n, 9), (n, 23), (n + 1, 2)) for n in range(3, 25, 3)),
    Plan("TRV", "Visits", 3_000, (4, 5), (5, 20), (6, 5), (6, 12)),
    Plan("TRV", "Visits", 3_000, (21, 10), (22, 20), (24, 4), (24, 12)),
    Plan("REG", "Fees to", 4_000, (0, 1), (11, 28), (12, 1), (12, 1)),
    Plan("REG", "Fees to", 4_000, (12, 1), (24, 28), (25, 1), (25, 1)),
)


def begin_schemes(institution: Institution, lead: Person) -> None:
    common: dict[str, Any] = {"institution_id": institution.id, "actor": lead}
    funds = (
        (
            "TDF",
            "Technician Development Fund",
            150_000,
            "To learn something that you, your team and the University will use.",
        ),
        ("TRV", "Travel and Visits Fund", 150_000, "To see how others do it, at home or abroad."),
    )
    for code, name, most_pence, summary in funds:
        services.add_scheme(
            code=code,
            name=name,
            most_pence=most_pence,
            summary=summary,
            pays=PAYS,
            cannot_pay=NOT,
            eligibility=ELIGIBILITY,
            asks_return=code == "TDF",
            report_questions=REPORT,
            criteria=CRITERIA,
            **common,
        )
    fees = services.add_scheme(
        code="REG",
        name="Registration fees",
        most_pence=30_000,
        kind=SchemeKind.REGISTRATION_REFUND,
        summary="The first fee of a professional register, paid back once you are on it.",
        pays="Application and first-year fee of any register in the hub",
        cannot_pay="Renewals",
        notice_days=0,
        report_days=0,
        retrospective=True,
        **common,
    )
    first = today().replace(day=1)
    plan = next(p for p in PLANS if p.is_for_fees)
    fund_round = services.add_round(queries.scheme(fees.id), actor=lead, **plan_of(plan, first))
    services.open_round(fund_round, actor=lead)


def look_ahead(newest: Round, lead: Person) -> None:
    """What a lead prepares beside the newest round: a rehearsal with its panel, and a sealed one for next year."""
    plan: dict[str, Any] = {"budget_pence": newest.budget_pence, "like": newest, "actor": lead}
    closes_on = newest.closes_at.date()
    rehearsal = services.add_round(
        newest.scheme,
        name="Rehearsal",
        opens_at=newest.opens_at,
        closes_at=newest.closes_at,
        panel_on=newest.panel_on,
        decisions_on=newest.decisions_on,
        is_test=True,
        **plan,
    )
    services.open_round(queries.fund_round(rehearsal.id), actor=lead)
    later = closes_on + timedelta(weeks=26)
    services.add_round(
        newest.scheme,
        name=f"Special call {later.year}",
        opens_at=at_london(later - timedelta(weeks=6), 9),
        closes_at=at_london(later),
        panel_on=later + timedelta(weeks=2),
        decisions_on=later + timedelta(weeks=3),
        is_sealed=True,
        **plan,
    )


def plan_of(plan: Plan, first: date) -> dict[str, Any]:
    return {
        "name": plan.name_of(first),
        "budget_pence": plan.budget * 100,
        "opens_at": at_london(month_after(first, *plan.opens), 9),
        "closes_at": at_london(month_after(first, *plan.closes)),
        "panel_on": month_after(first, *plan.panel),
        "decisions_on": month_after(first, *plan.decisions),
    }

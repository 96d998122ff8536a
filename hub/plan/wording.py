"""Rules, questions and values in words, as a lead would say them."""

from datetime import date

from hub.core.words import day, number
from hub.evidence.kinds import KINDS
from hub.plan.measures import Definition, is_money
from hub.plan.models import Counting, Indicator, Period, Rule, Shown

# What one entry of a kind is called, and several of them.
NOUNS = {
    "directory.profile": ("a published profile", "profiles"),
    "galleries.published": ("a published gallery", "galleries"),
    "galleries.withdrawn": ("a gallery taken down", "galleries taken down"),
    "skills.session": ("a skill shared", "sessions"),
    "registration.mentoring": ("mentoring begun", "pairs"),
    "registration.registered": ("a professional registration", "registrations"),
    "fund.award": ("an award from the development fund", "awards"),
    "fund.report": ("a report on a funded activity", "reports"),
    "fund.promise": ("a promise to share that was kept", "promises kept"),
    "fund.follow_up": ("an answer months after a funded activity", "answers"),
    "awards.nomination": ("a nomination", "nominations"),
    "awards.award": ("an announced award", "awards"),
    "attribution.credit": ("an agreed credit", "credits"),
    "attribution.reading": ("a confirmed reading", "confirmations"),
    "evidence.item": ("evidence brought by hand", "items"),
}


def _one(kind: str) -> str:
    return NOUNS[kind][0] if kind in NOUNS else f"evidence of “{KINDS[kind].label.lower()}”"


def _many(kind: str) -> str:
    return NOUNS[kind][1] if kind in NOUNS else f"pieces of “{KINDS[kind].label.lower()}”"


def because(rule: Rule) -> str:
    """“it is a skill shared in Chemistry from 1 January 2026”, as it stands after “because”."""
    return f"it is {names(rule)}"


def names(rule: Rule) -> str:
    """What fits a rule: “a skill shared in Chemistry from 1 January 2026”."""
    parts = [_one(rule.kind) if rule.kind else "evidence of any kind"]
    if rule.theme is not None:
        parts.append(f"for {rule.theme.label.lower()}")
    if rule.unit is not None:
        parts.append(f"in {rule.unit.name}")
    if rule.words:
        parts.append(f"with “{rule.words}” in its title")
    if rule.since is not None:
        parts.append(f"from {_day(rule.since)}")
    if rule.until is not None:
        parts.append(f"until {_day(rule.until)}")
    return " ".join(parts)


def question(indicator: Indicator) -> str:
    """What the hub counts for *indicator*, as one sentence."""
    if indicator.counting is None:
        return "Figures typed in"
    parts = [_counted(indicator)]
    if indicator.theme is not None:
        parts.append(f"for {indicator.theme.label.lower()}")
    if indicator.unit is not None:
        parts.append(f"in {indicator.unit.name} and what belongs to it")
    if indicator.words:
        parts.append(f"with “{indicator.words}” in the title")
    if indicator.counting != Counting.REGISTERED:
        parts.append(_period(indicator))
    return " ".join(p for p in parts if p) + _growth(indicator)


def _counted(indicator: Indicator) -> str:
    kinds = [KINDS[kind].label.lower() for kind in indicator.kinds]
    of = ", ".join(f"“{kind}”" for kind in kinds) if kinds else "any kind"
    return {
        Counting.ENTRIES: f"Entries of {of}",
        Counting.QUANTITY: f"{unit_of(indicator).capitalize()} added up over entries of {of}",
        Counting.PEOPLE: f"Different people in entries of {of}",
        Counting.REGISTERED: "People who hold a professional registration on the day",
    }[indicator.counting or Counting.ENTRIES]


def _period(indicator: Indicator) -> str:
    return {
        Period.ALWAYS: "",
        Period.PLAN: "since the plan began",
        Period.BASELINE: f"since {_day(indicator.baseline_on)}" if indicator.baseline_on else "",
        Period.YEAR: "in the twelve months up to the day",
    }[indicator.period]


def _growth(indicator: Indicator) -> str:
    if indicator.shown == Shown.NUMBER:
        return ""
    less = f"as growth since the baseline of {indicator.baseline:,}"
    return f", {less}, in per cent" if indicator.shown == Shown.GROWTH_PERCENT else f", {less}"


def unit_of(indicator: Indicator | Definition) -> str:
    """What the value is a number of: “sessions”, “people”, “pounds”; nothing if its own words must say it."""
    if indicator.shown == Shown.GROWTH_PERCENT:
        return "per cent"
    if indicator.counting == Counting.REGISTERED:
        return "registered"
    if indicator.counting == Counting.PEOPLE:
        return "people"
    if is_money(indicator):
        return "pounds"
    if indicator.counting is None or not indicator.kinds:
        return ""
    if indicator.counting == Counting.QUANTITY:
        return KINDS[indicator.kinds[0]].unit
    return _many(indicator.kinds[0]) if len(indicator.kinds) == 1 else "entries"


def said(indicator: Indicator, value: int) -> str:
    """A value as it stands alone: “33”, “£4,800”, “12 per cent”."""
    if indicator.shown == Shown.GROWTH_PERCENT:
        return f"{number(value)} per cent"
    sign = "−" if value < 0 else ""
    return f"{sign}£{number(abs(value))}" if is_money(indicator) else number(value)


def with_unit(indicator: Indicator, value: int) -> str:
    """“33 registered”, “£4,800”, “12 per cent”."""
    alone = said(indicator, value)
    says_unit = is_money(indicator) or indicator.shown == Shown.GROWTH_PERCENT
    return alone if says_unit else f"{alone} {unit_of(indicator)}".strip()


def with_target(indicator: Indicator, value: int) -> str:
    """“33 of 40 registered”, “£4,800 of £6,000”."""
    target = indicator.targets[-1].value if indicator.targets else None
    if is_money(indicator):
        return said(indicator, value) + (f" of {said(indicator, target)}" if target is not None else "")
    of = f" of {number(target)}" if target is not None else ""
    return f"{number(value)}{of} {unit_of(indicator)}".strip()


def _day(on: date) -> str:
    return day(on, weekday=False)

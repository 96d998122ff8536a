"""The letter in which an applicant reads what was decided: one alone, or all of a round."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hub.core.clock import london
from hub.core.money import pounds
from hub.core.pdf import compile_pdf
from hub.core.words import counted, day, joined
from hub.fund.models import Application, Outcome, PanelDecision

TEMPLATE = Path(__file__).with_name("letter.typ")


def of_applications(applications: Sequence[Application], title: str, institution: str) -> bytes:
    """A letter for each of *applications* whose decision is released, on pages of its own, as PDF."""
    told = ((one, one.decision) for one in applications)
    letters = [_letter(one, decision) for one, decision in told if decision and decision.released_at]
    return compile_pdf(TEMPLATE, {"title": title, "institution": institution, "letters": letters})


def _letter(application: Application, decision: PanelDecision) -> dict[str, Any]:
    everybody = [application.applicant, *(c.person for c in application.partners)]
    unit = application.applicant.unit
    awarded = application.awarded_pence or decision.pence
    released = decision.released_at
    return {
        "to": joined([person.name for person in everybody]),
        "unit": unit.name if unit else "",
        "day": day(london(released).date(), weekday=False) if released else "",
        "about": f"{application.title} ({application.reference})",
        "fund": f"{application.round.scheme.name}, {application.round.name}",
        "decided": _decided(application, decision, awarded),
        "conditions": decision.conditions if awarded else "",
        "reasons": decision.feedback,
        "next": _what_next(application) if awarded else "",
    }


def _decided(application: Application, decision: PanelDecision, awarded: int | None) -> str:
    if awarded:
        asked = application.asked_pence or 0
        share = f"{pounds(awarded)} of the {pounds(asked)} that" if awarded < asked else f"the {pounds(asked)} that"
        return f"The panel awards you {share} you asked for."
    if decision.outcome == Outcome.RESERVE:
        return "Your application is on the reserve list: you hear at once if money comes back to the round."
    return "The panel does not fund your application this time."


def _what_next(application: Application) -> str:
    days = application.round.scheme.report_days
    report = f", and write a short report within {counted(days, 'day')} of the activity" if days else ""
    return f"Accept the award in the hub, keep every receipt, claim what you spend{report}."

"""What the fund did in a year: for whom, how soon, and who did not ask."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts import queries as accounts
from hub.core.clock import today
from hub.core.lists import csv_of
from hub.core.money import pounds
from hub.core.web import allowed
from hub.core.words import counted
from hub.core.years import academic_year, year_label
from hub.fund import figures as sums
from hub.fund import policy, queries
from hub.fund.views.blueprint import bp
from hub.workforce.wording import TERMS

Line = tuple[str, int, int]  # group, awards, pence

HEAD = ("By", "Group", "Awards", "Given in pounds", "Technicians today", "Asked", "Of these funded in %")
HOURS = {queries.FULL: "Full-time", queries.PART: "Part-time"}


@bp.get("/figures")
@allowed(policy.is_lead)
def figures() -> ResponseReturnValue:
    years = queries.years_decided(current_user.institution_id) or [academic_year(today())]
    asked, kind = request.args.get("year", str(years[0])), request.args.get("export", "")
    if asked not in map(str, years) or kind not in {"", "csv"}:
        abort(404)
    decided = queries.decided_in(int(asked), current_user.institution_id)
    faculties = sums.faculties_of(accounts.units(current_user.institution_id))
    money = {
        "Theme": sums.by_theme(decided),
        "Faculty": sums.by_faculty(decided, faculties),
        "Skill learned": sums.by_skill(decided),
    }
    if kind:
        return csv_of(f"what-the-fund-did-{asked}", HEAD, _rows(money, _access(decided, faculties)))
    return render_template(
        "fund/figures.html",
        year=int(asked),
        years=[(year, year_label(year)) for year in years],
        decided=decided,
        awards=[one for one in decided if one.pence],
        first_timers=sums.first_timers(decided),
        days=sums.days_to_decide(decided),
        money={name: _bars(lines) for name, lines in money.items()},
        access=_access(decided, faculties),
    )


def _rows(money: dict[str, list[Line]], access: dict[str, sums.Access]) -> Iterator[tuple[Any, ...]]:
    """What the page shows and no more, one line for each group."""
    for name, lines in money.items():
        yield from ((name, group, awards, pence / 100, "", "", "") for group, awards, pence in lines)
    for name, of in access.items():
        if len(of.shares) > 1:
            yield from ((name, one.name, "", "", one.technicians, one.applied, one.rate) for one in of.shares)


def _access(decided: list[sums.Decided], faculties: dict[int | None, str]) -> dict[str, sums.Access]:
    everybody = queries.technicians_by_kind(current_user.institution_id)
    names: dict[str, Callable[[sums.Kind], str]] = {
        "Faculty": lambda kind: faculties.get(kind.unit_id, sums.UNKNOWN),
        "Grade": lambda kind: kind.grade or sums.UNKNOWN,
        "Contract": lambda kind: TERMS.get(kind.terms, sums.UNKNOWN),
        "Hours": lambda kind: HOURS.get(kind.hours, sums.UNKNOWN),
    }
    return {name: sums.access(decided, everybody, name_of) for name, name_of in names.items()}


def _bars(lines: list[Line]) -> list[tuple[str, int, str]]:
    return [(name, pence, f"{pounds(pence)}, {counted(awards, 'award')}") for name, awards, pence in lines]

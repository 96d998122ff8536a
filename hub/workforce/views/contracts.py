"""Contracts, for those who plan the workforce."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.accounts import queries as accounts
from hub.accounts.models import Person
from hub.core.lists import Column, Filter, Listing, matching
from hub.core.web import allowed
from hub.workforce import policy, queries
from hub.workforce.models import Contract
from hub.workforce.views.blueprint import bp
from hub.workforce.wording import MODES, TERMS


def fte(contract: Contract) -> float | str:
    return "" if contract.fte_thousandths is None else contract.fte_thousandths / 1000


COLUMNS = [
    Column("name", "Name", lambda c: c.person.name, Person.name),
    Column("staff_id", "Staff number", lambda c: c.person.staff_id, Person.staff_id),
    Column("unit", "Unit", lambda c: c.person.unit.name if c.person.unit else ""),
    Column("family", "Job family", lambda c: c.job_family, Contract.job_family),
    Column("grade", "Grade", lambda c: c.grade, Contract.grade),
    Column("level", "HESA level", lambda c: c.hesa_level, Contract.hesa_level),
    Column("soc", "SOC", lambda c: c.soc, Contract.soc),
    Column("terms", "Terms", lambda c: TERMS.get(c.terms, ""), Contract.terms),
    Column("mode", "Mode", lambda c: MODES.get(c.mode, ""), Contract.mode),
    Column("fte", "FTE", fte, Contract.fte_thousandths, numeric=True),
    Column("starts", "Starts", lambda c: c.starts_on, Contract.starts_on),
    Column("ends", "Ends", lambda c: c.ends_on, Contract.ends_on),
]
ON_PAGE = [c for c in COLUMNS if c.key in {"name", "unit", "grade", "level", "terms", "mode", "fte", "ends"}]


@bp.get("/contracts")
@allowed(policy.can_import)
def contracts() -> ResponseReturnValue:
    listing = Listing(
        name="contracts",
        noun=("contract", "contracts"),
        rows=queries.contracts(current_user.institution_id),
        columns=COLUMNS if "export" in request.args else ON_PAGE,
        default_order=(Person.name, Contract.id),
        search=lambda words: matching(words, Person.name),
        filters_offered=[
            Filter(
                "unit",
                "Unit",
                lambda: {str(unit.id): unit.name for unit in accounts.units(current_user.institution_id)},
                lambda chosen: Person.unit_id.in_([int(value) for value in chosen]),
            ),
            Filter("terms", "Terms", lambda: TERMS, Contract.terms.in_),
        ],
    )
    return listing.answer("workforce/contracts.html", fte=fte, terms=TERMS, modes=MODES)

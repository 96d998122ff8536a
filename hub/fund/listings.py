"""The lead's lists, with what can be searched, filtered, sorted and taken away."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from hub.accounts.models import Person, Unit
from hub.core.clock import london
from hub.core.lists import Column, Filter, Listing, matching
from hub.core.years import within, year_label
from hub.fund import queries
from hub.fund.models import Application, FundScheme, MoneyEntry, MoneyKind, Round, RoundStage, Stage


def _pounds(pence: int | None) -> float | None:
    return None if pence is None else pence / 100


def _unit(application: Application) -> str:
    return application.applicant.unit.name if application.applicant and application.applicant.unit else ""


def _name(application: Application) -> str:
    return application.applicant.name if application.applicant else ""


def _words(q: str) -> ColumnElement[bool]:
    return matching(q, Application.title, Application.reference, Person.name)


def applications(lead: Any) -> Listing:
    """Everything sent that is not kept from *lead*."""

    def round_names() -> dict[str, str]:
        return {str(r.id): r.name for r in _rounds(lead)}

    return Listing(
        name="fund-applications",
        noun=("application", "applications"),
        rows=queries.led_applications(lead),
        columns=(
            Column("reference", "Reference", lambda a: a.reference, Application.reference),
            Column("title", "Application", lambda a: a.title, Application.title),
            Column("applicant", "Applicant", lambda a: a.applicant or "", Person.name),
            Column("unit", "Department", lambda a: a.unit or ""),
            Column("round", "Round", lambda a: a.round),
            Column("stage", "Where it is", lambda a: a.stage.label, Application.stage_since),
            Column("later", "Afterwards", afterwards, beside=True),
            Column("asked", "Asked (£)", lambda a: _pounds(a.asked_pence), Application.asked_pence, numeric=True),
            Column("awarded", "Given (£)", lambda a: _pounds(a.awarded_pence), Application.awarded_pence, numeric=True),
        ),
        default_order=(Application.id.desc(),),
        filters_offered=(
            Filter(
                "stage",
                "Where it is",
                lambda: {s.value: s.label for s in Stage if s != Stage.DRAFT},
                Application.stage.in_,
            ),
            Filter("round", "Round", round_names, lambda chosen: Application.round_id.in_(map(int, chosen))),
        ),
        search=_words,
        entities=False,
    )


def afterwards(row: Any) -> str:
    """What became of the promise to share, and of the questions months later."""
    said = [] if row.offer_id is None else ["Promise kept" if row.kept_on else "Promised to share"]
    said += ["3 months: answered" if row.answered_3 else "3 months: asked"] if row.asked_3 else []
    said += ["12 months: answered" if row.answered_12 else "12 months: asked"] if row.asked_12 else []
    return "; ".join(said)


def _rounds(lead: Any) -> list[Round]:
    statement = queries.rounds(lead.institution_id).order_by(Round.closes_at.desc(), Round.id.desc()).limit(40)
    return list(queries.all_of(statement))


def movements(lead: Any, years: list[int]) -> Listing:
    """The ledger as finance wants it: one movement a line."""
    return Listing(
        name="fund-money",
        noun=("movement", "movements"),
        rows=queries.movements(lead),
        columns=(
            Column("at", "Date", lambda m: london(m.at).date(), MoneyEntry.at),
            Column("kind", "What", lambda m: m.kind.label),
            Column("reference", "Reference", lambda m: m.application.reference, Application.reference),
            Column("title", "Application", lambda m: m.application.title, beside=True),
            Column("applicant", "For", lambda m: _name(m.application), Person.name),
            Column("unit", "Department", lambda m: _unit(m.application), Unit.name),
            Column("scheme", "Fund", lambda m: m.application.round.scheme.name, beside=True),
            Column("round", "Round", lambda m: m.application.round.name),
            Column("pounds", "£", lambda m: _pounds(m.pence), MoneyEntry.pence, numeric=True),
        ),
        default_order=(MoneyEntry.at.desc(), MoneyEntry.id.desc()),
        filters_offered=(
            Filter("year", "Financial year", lambda: {str(y): year_label(y) for y in years}, _in_years),
            Filter("kind", "What", MoneyKind.choices, MoneyEntry.kind.in_),
        ),
        search=_words,
    )


def _in_years(chosen: list[str]) -> ColumnElement[bool]:
    bounds = (within(int(year)) for year in chosen)
    return or_(*(and_(MoneyEntry.at >= begins, MoneyEntry.at < ends) for begins, ends in bounds))


def rounds(lead: Any) -> Listing:
    return Listing(
        name="fund-rounds",
        noun=("round", "rounds"),
        rows=queries.rounds(lead.institution_id),
        columns=(
            Column("name", "Round", lambda r: r.name, Round.name),
            Column("scheme", "Fund", lambda r: r.scheme.name, FundScheme.name),
            Column("stage", "Where it is", lambda r: r.label),
            Column("opens", "Opens", lambda r: r.opens_at, Round.opens_at),
            Column("closes", "Closes", lambda r: r.closes_at, Round.closes_at),
            Column("budget", "Budget (£)", lambda r: _pounds(r.budget_pence), Round.budget_pence, numeric=True),
        ),
        default_order=(Round.closes_at.desc(), Round.id.desc()),
        filters_offered=(
            Filter(
                "stage",
                "Where it is",
                RoundStage.choices,
                Round.stage.in_,
            ),
        ),
        search=lambda q: matching(q, Round.name, FundScheme.name),
    )

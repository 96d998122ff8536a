"""More is asked of a round's reserve list than there is money for: ready for everybody to award at once."""

from datetime import date

from sqlalchemy import func, select

from hub.accounts.queries import person
from hub.core.clock import at_london
from hub.core.db import db
from hub.core.unit import unit_of_work
from hub.fund import queries, services
from hub.fund.models import Application, ApplicationStep, CostLine, MoneyEntry, Round, RoundStage, Stage
from tests import factories
from tests.fund import making
from tests.support.torture import EVERYTHING

BUDGET, AWARD = 100_000, 10_000
TRIES = 200 if EVERYTHING else 40


def prepare() -> list[tuple[int, int]]:
    """A released round with nothing given, and as many applications as there are tries: each with who awards it."""
    with unit_of_work("race.prepare"):
        lead = making.lead()
        scheme = making.scheme(lead, criteria=False)
        fund_round = Round(
            institution_id=lead.institution_id, scheme_id=scheme.id, name="Race", budget_pence=BUDGET,
            opens_at=at_london(date(2026, 1, 1)), closes_at=at_london(date(2026, 1, 2)), panel_on=date(2026, 1, 3),
            decisions_on=date(2026, 1, 4), stage=RoundStage.RELEASED, released_at=at_london(date(2026, 1, 4)),
        )  # fmt: skip
        db.session.add(fund_round)
        db.session.flush()
        waiting = [
            Application(
                institution_id=lead.institution_id, round_id=fund_round.id, stage=Stage.RESERVE, title=f"Race {n}",
                applicant_id=factories.person(lead.institution).id, reference=f"R-{n}", asked_pence=AWARD, themes=[],
            )
            for n in range(TRIES)
        ]  # fmt: skip
        db.session.add_all(waiting)
        db.session.flush()
        db.session.add_all(CostLine(application_id=a.id, text="Course", pence=AWARD) for a in waiting)
        db.session.add_all(ApplicationStep(application_id=a.id, stage=a.stage) for a in waiting)
        return [(lead.id, a.id) for a in waiting]


def award(lead_id: int, application_id: int) -> None:
    services.award_from_reserve(queries.application(application_id), pence=AWARD, actor=person(lead_id))


def committed() -> int:
    return int(db.session.scalar(select(func.coalesce(func.sum(MoneyEntry.pence), 0))) or 0)

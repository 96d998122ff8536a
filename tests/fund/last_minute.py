"""Everybody sends in the last second of a round: drafts that are ready, and the deed."""

from datetime import date

from sqlalchemy import func, select

from hub.accounts.queries import person
from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db
from hub.fund import queries, services
from hub.fund.models import Application, CostLine, Round, Stage
from hub.notifications.models import OutboxMail
from tests import factories
from tests.fund import making
from tests.support.torture import EVERYTHING

CLOSES = at_london(date(2026, 6, 26))
TRIES = 1_000 if EVERYTHING else 16


def prepare(tries: int = TRIES) -> list[tuple[int, int]]:
    """So many people with a complete draft each, as (application, applicant); a few managers share them."""
    lead = making.lead()
    fund_round = making.open_round(lead, closes_at=CLOSES)
    here = lead.institution
    unit, managers = factories.unit(here), [factories.person(here) for _ in range(min(20, tries // 4))]
    drafts = []
    for n in range(tries):
        applicant = factories.person(here, unit=unit, manager=managers[n % len(managers)])
        draft = Application(
            institution_id=here.id, round_id=fund_round.id, applicant_id=applicant.id, eligible={}, **making.ANSWERS
        )
        draft.cost_lines.append(CostLine(text="Course fee", pence=10_000))
        drafts.append(draft)
    db.session.add_all(drafts)
    db.session.flush()
    return [(draft.id, draft.applicant_id) for draft in drafts]


def send(application_id: int, applicant_id: int) -> None:
    with clock.held(CLOSES):
        services.send(queries.application(application_id), actor=person(applicant_id))


def came_in() -> tuple[int, int, int]:
    """How many were sent, how many references they have, how many managers' letters wait."""
    sent = select(func.count(Application.id), func.count(Application.reference.distinct())).join(Round)
    applications, references = db.session.execute(sent.where(Application.stage == Stage.AWAITING_MANAGER)).one()
    letters = db.session.scalar(select(func.count(OutboxMail.id)).where(OutboxMail.kind == "fund.statement_link"))
    return applications, references, letters or 0

import pytest
from sqlalchemy import update

from hub.awards import checks
from hub.awards.models import Category, Cycle, CycleStage, Judgement, Nominee, Verdict
from hub.core.db import db as database
from hub.core.invariants import findings
from tests import factories
from tests.awards import making


@pytest.fixture
def nomination(db):
    return making.announced(factories.lead())


def test_what_the_services_do_keeps_every_rule(nomination):
    assert findings(checks.INVARIANTS) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (update(Cycle).values(stage=CycleStage.DECIDED, announced_at=None), "is announced and its cycle is not"),
        (update(Category).values(withheld_because="No"), "won an award that is withheld"),
        (update(Nominee).values(consents=False, publicity=False), "nobody agreed to nomination"),
    ],
)
@pytest.mark.breaks_rows
def test_each_planted_fault_is_found(nomination, change, told):
    database.session.execute(change.execution_options(synchronize_session=False))
    (fault,) = findings(checks.INVARIANTS)
    assert told in fault


@pytest.mark.breaks_rows
def test_a_nominee_who_scored_is_found(db, nomination):
    judgement = Judgement(
        nomination_id=nomination.id, person_id=nomination.nominees[0].person_id, verdict=Verdict.SCORED
    )
    db.session.add(judgement)
    db.session.flush()
    assert findings(checks.INVARIANTS) == [f"awards.nobody-scores-their-own: judgement {judgement.id} is by a nominee"]

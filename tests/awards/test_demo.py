from datetime import date
from random import Random

from hub.awards import checks, demo
from hub.awards.models import Cycle, Nomination, Stage
from hub.core import clock
from hub.core.db import db as database
from hub.core.invariants import findings
from tests import factories
from tests.awards import making


def test_ten_months_of_the_demo_hold_one_announced_cycle(db):
    rng = Random(5)
    with clock.held(clock.at_london(date(2025, 12, 1), 9)):
        lead = factories.lead()
        people = [making.colleague(lead) for _ in range(20)]
        demo.begin(lead.institution, lead, people, rng)
    with clock.held(clock.at_london(date(2026, 9, 20), 8)):
        for month in (date(2025, 12, 1), *(date(2026, n, 1) for n in range(1, 10))):
            demo.month(lead.institution, lead, people, month, rng)
        assert [cycle.stage for cycle in database.session.query(Cycle)] == ["announced"]
        told = database.session.query(Nomination).filter_by(stage=Stage.ANNOUNCED).all()
    assert len(told) > 2
    assert all(nomination.feedback for nomination in told)
    assert findings(checks.INVARIANTS) == []

from datetime import date
from random import Random

from hub.core import clock
from hub.core.db import db as database
from hub.directory.models import Level
from hub.skills import demo
from hub.skills.models import Session, SessionStage
from tests import factories
from tests.skills import making


def test_months_of_the_demo_leave_confirmed_sessions_and_no_future_deeds(db):
    lead = factories.lead()
    people = [making.colleague(lead) for _ in range(20)]
    for person in people[:6]:
        making.knows(person, making.skill(lead), Level.CAN_TEACH)
    rng = Random(3)
    with clock.held(clock.at_london(date(2026, 5, 20), 8)), making.announced() as facts:
        demo.begin(lead.institution, lead, people, rng)
        for number in (2, 3, 4, 5):
            demo.month(lead.institution, lead, people, date(2026, number, 1), rng)
        sessions = database.session.query(Session).all()
        assert all(s.stage_since <= clock.now() for s in sessions)
        assert {s.stage for s in sessions} >= set(SessionStage) - {SessionStage.CANCELLED, SessionStage.PROPOSED}
    confirmed = [s.id for s in sessions if s.stage == SessionStage.CONFIRMED]
    assert sorted(fact["id"] for fact in facts) == sorted(confirmed) != []

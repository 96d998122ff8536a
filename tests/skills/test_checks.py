import pytest
from sqlalchemy import update

from hub.core.clock import now
from hub.core.invariants import findings
from hub.skills import checks, services
from hub.skills.models import Session, SessionStage
from tests.skills import making


def test_what_the_services_do_keeps_every_rule(db):
    host = making.request().asker
    people = [making.colleague(host) for _ in range(3)]
    session = making.held(*people, host=host)
    with making.after(session):
        services.confirm(session, was_there=True, actor=people[0])
    assert findings(checks.INVARIANTS) == []


@pytest.mark.breaks_rows
def test_a_session_with_more_people_than_places_is_found(db):
    host = making.request().asker
    session = making.session(host, capacity=2)
    for _ in range(2):
        services.book(session, actor=making.colleague(host))
    db.session.execute(update(Session).values(capacity=1))
    assert findings(checks.INVARIANTS) == [
        f"skills.places-within-capacity: session {session.id} has 2 places taken of 1"
    ]


@pytest.mark.breaks_rows
def test_a_session_that_nobody_confirmed_is_found(db):
    session = making.session()
    db.session.execute(update(Session).values(stage=SessionStage.CONFIRMED, delivered_at=now(), confirmed_at=now()))
    assert findings(checks.INVARIANTS) == [
        f"skills.confirmed-by-somebody: session {session.id} is confirmed and nobody says that they were there"
    ]

"""Many at once ask for the last place of a mentor, each in a transaction of their own."""

import pytest
from sqlalchemy import func, select

from hub.core.db import db
from hub.core.unit import unit_of_work
from hub.registration import queries, services
from hub.registration.models import Mentoring
from tests.registration import making
from tests.support import racing

PEOPLE = 32


@pytest.fixture
def app(database, tmp_path):
    with racing.start(database, tmp_path) as app:
        yield app


def entrants():
    """A mentor with one place, and everybody who wants it."""
    with unit_of_work("race.prepare"):
        mentor = making.mentor(capacity=1)
        asking = [making.journey(making.technician(mentor.person.institution)) for _ in range(PEOPLE)]
        return [(mentor.id, journey.person_id) for journey in asking]


def ask(mentor_id, person_id):
    journey = queries.under_way(person_id)
    services.ask(queries.mentor(mentor_id), journey, message="Please", actor=journey.person)


def asked():
    return db.session.scalar(select(func.count()).select_from(Mentoring))


def test_the_last_place_is_given_once(app):
    assert racing.race(app, ask, entrants()) == {racing.DONE: 1, racing.REFUSED: PEOPLE - 1}
    assert asked() == 1


def test_without_the_guard_it_is_given_more_than_once(app):
    racing.race(app, ask, entrants(), guarded=False)
    assert asked() > 1

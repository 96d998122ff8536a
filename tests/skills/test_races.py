"""Many at once want the places of one session, each in a transaction of their own."""

import pytest

from hub.accounts import queries as accounts
from hub.core.unit import unit_of_work
from hub.skills import queries, services
from hub.skills.models import PlaceStage
from tests import factories
from tests.skills import making
from tests.support import racing

PEOPLE = 32
ROOM = 5


@pytest.fixture
def app(database, tmp_path):
    with racing.start(database, tmp_path) as app:
        yield app


def entrants():
    """A session with *ROOM* places, and everybody who wants one."""
    with unit_of_work("race.prepare"):
        session = making.session(factories.person(), capacity=ROOM)
        return [(session.id, making.colleague(session.host).id) for _ in range(PEOPLE)]


def book(session_id, person_id):
    services.book(queries.session(session_id), actor=accounts.person(person_id))


def leave(session_id, person_id):
    services.leave(queries.session(session_id), actor=accounts.person(person_id))


def stages(session_id):
    places = queries.session(session_id).places
    return [sum(place.stage == stage for place in places) for stage in (PlaceStage.BOOKED, PlaceStage.WAITING)]


def test_all_who_book_at_once_never_fill_more_than_the_places_and_nobody_is_lost(app):
    people = entrants()
    assert racing.race(app, book, people) == {racing.DONE: PEOPLE}
    assert stages(people[0][0]) == [ROOM, PEOPLE - ROOM]


def test_without_the_guard_more_are_booked_than_there_are_places(app):
    people = entrants()
    racing.race(app, book, people, guarded=False)
    assert stages(people[0][0])[0] > ROOM


def test_those_who_leave_at_once_are_each_followed_by_one(app):
    people = entrants()
    for person in people:
        with unit_of_work("booking"):
            book(*person)
    assert racing.race(app, leave, people[:4]) == {racing.DONE: 4}
    assert stages(people[0][0]) == [ROOM, PEOPLE - ROOM - 4]

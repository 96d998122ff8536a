"""Many at once, each in a transaction of their own, on a database that is really written to."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from config import TestConfig
from hub import create_app
from hub.accounts import queries as accounts
from hub.core.db import db, writing
from hub.core.unit import unit_of_work
from hub.skills import queries, services
from hub.skills.models import PlaceStage
from tests import factories
from tests.skills import making

PEOPLE = 12
ROOM = 5


@pytest.fixture
def database_of_our_own(database_url, tmp_path):
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'races.sqlite3'}"
        return
    admin = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS skill_races"))
        connection.execute(text("CREATE DATABASE skill_races"))
    yield make_url(database_url).set(database="skill_races").render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE skill_races WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def racing(database_of_our_own, tmp_path):
    """An application whose deeds are kept, with one session and many who want a place."""
    settings = {
        "SQLALCHEMY_DATABASE_URI": database_of_our_own,
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": 8},
        "VAR": tmp_path,
    }
    app = create_app(type("Settings", (TestConfig,), settings))
    with app.app_context():
        with writing():
            db.create_all()
            db.session.commit()
        with unit_of_work("making ready"):
            session = making.session(factories.person(), capacity=ROOM)
            people = [making.colleague(session.host).id for _ in range(PEOPLE)]
            made = session.id
        db.session.remove()
        yield app, made, people
        db.session.remove()
        db.engine.dispose()


def at_once(app, deed, people):
    """Let everybody do *deed* at the same time."""

    def one(person_id):
        with app.app_context(), unit_of_work("racing"):
            deed(person_id)

    with ThreadPoolExecutor(len(people)) as crowd:
        list(crowd.map(one, people))


def stages(session_id):
    places = queries.session(session_id).places
    return [sum(place.stage == stage for place in places) for stage in (PlaceStage.BOOKED, PlaceStage.WAITING)]


def test_twelve_who_book_at_once_never_fill_more_than_five_places(racing):
    app, session_id, people = racing

    def book(person_id):
        services.book(queries.session(session_id), actor=accounts.person(person_id))

    at_once(app, book, people)
    assert stages(session_id) == [ROOM, PEOPLE - ROOM]


def test_those_who_leave_at_once_are_each_followed_by_one(racing):
    app, session_id, people = racing
    for person_id in people:
        with unit_of_work("booking"):
            services.book(queries.session(session_id), actor=accounts.person(person_id))

    def leave(person_id):
        services.leave(queries.session(session_id), actor=accounts.person(person_id))

    db.session.remove()
    at_once(app, leave, people[:4])
    assert stages(session_id) == [ROOM, PEOPLE - ROOM - 4]

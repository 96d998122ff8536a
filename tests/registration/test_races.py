"""Two at once: the last place of a mentor is given once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.engine import make_url

from config import TestConfig
from hub import create_app
from hub.core.db import db, writing
from hub.core.errors import Refusal
from hub.core.unit import unit_of_work
from hub.registration import queries, services
from hub.registration.models import Mentoring
from tests.registration import making


@pytest.fixture
def lone_app(database_url, tmp_path):
    """An application with a database of its own, where threads may really commit."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        own = f"sqlite:///{tmp_path / 'race.sqlite3'}"
    else:
        admin = create_engine(url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS registration_race"))
            connection.execute(text("CREATE DATABASE registration_race"))
        admin.dispose()
        own = url.set(database="registration_race").render_as_string(hide_password=False)
    app = create_app(type("Own", (TestConfig,), {"SQLALCHEMY_DATABASE_URI": own, "VAR": tmp_path}))
    with app.app_context():
        with writing():
            db.create_all()
            db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_last_place_is_given_once(lone_app):
    with unit_of_work("set up"):
        mentor = making.mentor(capacity=1)
        uni = mentor.person.institution
        waiting = [making.journey(making.technician(uni)).person_id for _ in range(6)]
        mentor_id = mentor.id

    def ask(person_id):
        with lone_app.app_context():
            try:
                with unit_of_work("ask"):
                    journey = queries.under_way(person_id)
                    services.ask(queries.mentor(mentor_id), journey, message="Please", actor=journey.person)
            except Refusal:
                return "refused"
            else:
                return "asked"
            finally:
                db.session.remove()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(ask, waiting)) == ["asked"] + ["refused"] * 5
    assert db.session.scalar(select(func.count()).select_from(Mentoring)) == 1

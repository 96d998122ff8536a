"""Many at once, on a database of their own: limits count together, a link works once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from bs4 import BeautifulSoup

from config import Config, TestConfig
from hub import create_app
from hub.accounts import passwords, queries, services
from hub.accounts.models import Purpose
from hub.core.db import db as _db
from hub.core.db import writing
from tests import factories as make
from tests.accounts.making import PASSWORD
from tests.support.databases import empty_database


@pytest.fixture(scope="module")
def own_url(request, tmp_path_factory):
    with empty_database(request.config.getoption("database"), tmp_path_factory.mktemp("crowd")) as address:
        yield address


@pytest.fixture(scope="module")
def made(own_url):
    """An application with two people who can sign in, passwords as strong as in earnest."""
    settings = {"SQLALCHEMY_DATABASE_URI": own_url, "ARGON2": Config.ARGON2}
    app = create_app(type("Settings", (TestConfig,), settings))
    people = {}
    with app.app_context():
        with writing():
            _db.create_all()
            for name in ("ana", "ben"):
                person = make.person(email=f"{name}@crowd.example")
                person.password_hash = passwords.hasher().hash(PASSWORD)
                people[name] = person.id
            _db.session.commit()
        _db.session.remove()
    yield app, people
    with app.app_context():
        _db.engine.dispose()


def post(app, path, address="10.0.0.1", **values) -> int:
    """One visitor who opens the form, if there still is one, and sends it."""
    client = app.test_client()
    where = {"REMOTE_ADDR": address}
    page = client.get(path, environ_base=where)
    if page.status_code != 200:
        return page.status_code
    html = BeautifulSoup(page.text, "html.parser")
    hidden = {f["name"]: f["value"] for f in html.select("main form input[type=hidden]")}
    return client.post(path, data=hidden | values, environ_base=where).status_code


def at_once(times, call) -> list[int]:
    with ThreadPoolExecutor(8) as pool:
        return sorted(pool.map(lambda _: call(), range(times)))


def test_of_many_tries_at_once_ten_are_answered_at_most(made):
    app, _ = made
    answers = at_once(24, lambda: post(app, "/sign-in", email="ana@crowd.example", password="wrong entirely"))

    assert set(answers) == {422, 429}
    assert 5 <= answers.count(422) <= 10  # in step they would be ten: a try may count one that came just after it
    assert post(app, "/sign-in", address="10.0.0.2", email="ana@crowd.example", password=PASSWORD) == 302


def test_of_many_who_press_one_link_one_comes_in(made):
    app, people = made
    with app.app_context(), writing():
        token = services.make_link(queries.person(people["ben"]), Purpose.SIGN_IN)
        _db.session.commit()
        _db.session.remove()
    answers = at_once(8, lambda: post(app, f"/sign-in/links/{token}", address="10.0.0.3"))

    assert answers.count(302) == 1
    assert set(answers) <= {302, 400, 409, 410, 422}

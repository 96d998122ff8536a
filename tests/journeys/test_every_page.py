"""Every page, as everybody: it answers, it is sound HTML, reading changes nothing, and it asks the database little."""

import os

import pytest
from flask import Flask

from hub.core.db import db
from tests.support.world import ANYBODY, ROLES, fetch

pytestmark = pytest.mark.xdist_group("world")

SIGN_IN = 1  # who asks, with their roles
MOST = 12
DRAWS_ON_ALL = {"pages.home", "pages.public_page", "pages.institution", "pages.impact"}
MOST_OF_ALL = 18
EXPECTED = {200, 302, 303, 403, 404}
SENT_ELSEWHERE = {302, 303}


def test_all_who_walk_about_in_the_world_are_in_one_process_so_that_it_is_made_once(request):
    is_alone = "PYTEST_XDIST_WORKER" not in os.environ
    assert is_alone or request.node.nodeid.endswith("@world")


def test_the_demo_has_everybody_a_walk_begins_with(world):
    assert {somebody.role for somebody in world.people.values()} == set(ROLES)


@pytest.fixture(params=[*ROLES, ANYBODY])
def walk(request, world):
    """All that one of them saw."""
    return world.walk(request.param)


def test_every_page_answers(walk):
    assert len(walk) > 50
    assert [(v.status, v.path, f"from {v.linked_from}") for v in walk if v.status not in EXPECTED] == []


def test_nobody_is_shown_a_link_that_leads_nowhere(walk):
    linked = [v for v in walk if v.linked_from]
    assert [(v.status, v.path, f"from {v.linked_from}") for v in linked if v.status >= 400] == []


def test_every_page_is_sound(walk):
    assert [(v.path, v.faults) for v in walk if v.faults] == []


def test_reading_changes_nothing(walk):
    assert [(v.path, v.writes) for v in walk if v.writes] == []


def test_every_page_asks_the_database_little(walk):
    pages = sorted((v for v in walk if v.is_html), key=lambda v: -len(v.statements))
    room = {v.path: SIGN_IN + (MOST_OF_ALL if v.endpoint in DRAWS_ON_ALL else MOST) for v in pages}
    too_many = [v for v in pages if len(v.statements) > room[v.path]]
    assert [(len(v.statements), v.path, most_repeated(v.statements)) for v in too_many] == []


def most_repeated(statements):
    """The statement that is asked most often: where to look first."""
    return max(statements, key=statements.count)[:300]


def test_everything_that_waits_for_somebody_can_be_opened(world):
    visits = world.tasks()
    assert len(visits) > 2 * len(world.people)
    assert [(v.status, v.path, v.linked_from, v.faults) for v in visits if v.status >= 400 or v.faults] == []


def test_between_them_they_see_most_of_the_hub(world):
    visits = [v for role in ROLES for v in world.walk(role)] + world.tasks()
    seen = {v.endpoint for v in visits if v.status in {200, *SENT_ELSEWHERE}}
    pages = {rule.endpoint for rule in world.app.url_map.iter_rules() if "GET" in rule.methods}
    assert len(pages & seen) > 0.7 * len(pages), sorted(pages - seen)


@pytest.fixture
def scratch(world):
    """An application with sound pages and some that are not, on this world's database."""
    app = Flask("scratch")
    app.config.update(world.app.config)
    db.init_app(app)
    sound = '<!doctype html><html lang="en"><head><title>A</title></head><body><main><h1>A</h1>{}</main></body></html>'
    bodies = {
        "/sound": '<p id="one">One</p>',
        "/twice": '<p id="one">One</p><p id="one">Two</p>',
        "/unlabelled": '<input name="q">',
    }
    for path, body in bodies.items():
        app.add_url_rule(path, path, lambda body=body: sound.format(body))

    @app.get("/writing")
    def writing():
        db.session.execute(db.text("UPDATE institution SET name = name WHERE id = 0"))
        db.session.rollback()
        return sound.format("")

    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/sound", None),
        ("/twice", "id used 2 times: one"),
        ("/unlabelled", "field without a label"),
        ("/nowhere", None),
    ],
)
def test_a_planted_fault_is_found(scratch, path, told):
    visit = fetch(scratch, scratch.test_client(), path)
    assert visit.status == (404 if path == "/nowhere" else 200)
    if told:
        assert any(told in fault for fault in visit.faults)
    elif path == "/sound":
        assert visit.faults == ()


def test_a_page_that_writes_is_found(scratch):
    visit = fetch(scratch, scratch.test_client(), "/writing")
    assert ["UPDATE" in statement for statement in visit.writes] == [True]

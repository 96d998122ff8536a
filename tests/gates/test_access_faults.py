"""The access gate finds what it is there for: each kind of fault planted in a scratch application, and found."""

import pytest
from flask import abort
from sqlalchemy import update

from config import TestConfig
from hub import create_app
from hub.accounts.models import Person
from hub.accounts.policy import is_lead, is_signed_in
from hub.core.db import db
from hub.core.web import allowed, csrf
from hub.fund import queries
from hub.fund.policy import is_applicant
from tests.gates import access
from tests.gates.access import Gate, Row, writes
from tests.gates.access_cast import PRINCIPALS, staged
from tests.gates.access_things import KINDS, unlisted
from tests.support.world import World

pytestmark = pytest.mark.xdist_group("world")
KEPT = ("SQLALCHEMY_DATABASE_URI", "VAR", "PROPAGATE_EXCEPTIONS")
ROWS = access.tables()


@allowed(is_applicant, get=queries.application)
def sound(_application):
    return "ok"


@allowed(is_signed_in, get=queries.application)
def leaky(_application):
    return "what somebody else wrote"


def telling(application_id):
    """Says that there is such an application, only not for you."""
    abort(403)


@allowed(is_lead)
def noting():
    db.session.execute(update(Person).where(Person.id == 0).values(name="Nobody"))
    return "ok"


@csrf.exempt
@allowed(is_signed_in)
def careless():
    return "ok"


PLANTED = {
    "fund.sound": ("/planted/<int:application_id>/sound", "GET", sound),
    "fund.leaky": ("/planted/<int:application_id>/leaky", "GET", leaky),
    "fund.telling": ("/planted/<int:application_id>/telling", "GET", telling),
    "fund.noting": ("/planted/noting", "GET", noting),
    "fund.careless": ("/planted/careless", "POST", careless),
    "fund.unlisted": ("/planted/<int:planted_id>", "GET", sound),
}


@pytest.fixture(scope="module")
def scratch(world):
    app = create_app(type("Settings", (TestConfig,), {name: world.app.config[name] for name in KEPT}))
    for endpoint, (rule, method, view) in PLANTED.items():
        app.add_url_rule(rule, endpoint, view, methods=[method])
    return app


@pytest.fixture(scope="module")
def stage(scratch):
    """The gate’s world, its people at the doors of the scratch application."""
    with staged(World(scratch)) as made:
        yield made


@pytest.fixture
def gate(stage):
    return Gate(stage)


def row(endpoint, **cells):
    """A row that allows nobody but those in *cells*."""
    words = {principal.replace(" ", "_"): access.NEVER for principal in PRINCIPALS} | cells
    return Row(endpoint, PLANTED[endpoint][1], {name.replace("_", " "): word for name, word in words.items()})


def test_a_sound_address_passes(gate):
    assert gate.wrong_cells([row("fund.sound", technician="own")]) == []


def test_an_address_that_no_table_names_is_found(scratch):
    found = access.faults_in(scratch, ROWS)
    assert sorted(f.split()[1] for f in found) == sorted(PLANTED)
    assert {f.partition(" is ")[2] for f in found} == {"in no access.md: say who may ask for it"}


def test_a_row_without_an_address_and_a_row_that_comes_twice_are_found(app):
    found = access.faults_in(app, [*ROWS, ROWS[0], Row("fund.gone", "GET", ROWS[0].cells)])
    assert found == [
        "GET fund.gone is in an access.md, and there is no such address",
        f"{ROWS[0]} is in an access.md twice",
    ]


def test_a_word_that_says_nothing_is_found(app):
    changed = [Row(one.endpoint, one.method, one.cells | {"lead": "mostly"}) for one in ROWS]
    assert len(access.faults_in(app, changed)) == len(ROWS)


def test_an_argument_that_nobody_can_list_is_found(scratch):
    assert unlisted(scratch, KINDS) == ["fund.unlisted: nothing says how to list the things of planted_id"]


def test_a_rule_that_lets_a_technician_into_somebody_elses_is_found(gate):
    (found,) = [f for f in gate.wrong_cells([row("fund.leaky", technician="own")]) if "as technician" in f]
    assert found.startswith("GET fund.leaky as technician")
    assert "others’ application_id" in found
    assert "got 200, the table says “own”" in found


def test_a_page_that_does_not_open_to_its_owner_is_found(gate):
    (found,) = gate.wrong_cells([row("fund.sound", technician="own", mentor="all")])
    assert "as mentor" in found
    assert "got 403, the table says “all”" in found


def test_a_page_that_tells_another_institution_what_exists_is_found(gate, stage):
    found = gate.leaks([row("fund.telling")])
    assert all(any(f"as {visitor.principal} " in f for f in found) for visitor in stage.elsewhere)
    assert all("got 403, the table says “404”" in f for f in found)


def test_a_page_that_writes_when_it_is_read_is_found(gate):
    with writes() as changed:
        assert gate.wrong_cells([row("fund.noting", lead="yes")]) == []
    assert len(changed) == 1
    assert "UPDATE person" in changed[0]


def test_a_form_that_is_taken_without_a_token_is_found(gate, stage):
    lead, stranger = stage.cast["lead"][0], stage.cast["leader"][0]
    found = gate.taken_without_token([row("fund.careless")], lead, stranger)
    assert found == [
        f"POST fund.careless with {which}: 200" for which in ("no token", "a stranger’s token", "a garbled token")
    ]


def test_a_page_that_stays_open_is_found(gate, stage):
    opened = list(gate.opened([row("fund.leaky", technician="own")], "technician", stage.cast["technician"]))
    assert len(gate.still_open(opened)) == 2

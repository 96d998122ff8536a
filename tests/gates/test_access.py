"""Whoever asks for an address gets what the feature’s access.md says, and nothing else."""

import re

import pytest

from hub.accounts.models import Role
from hub.core.audit import JournalEntry
from hub.core.db import db
from tests.gates import access
from tests.gates.access import Gate, writes
from tests.gates.access_cast import PRINCIPALS, staged
from tests.gates.access_things import KINDS, unlisted

pytestmark = pytest.mark.xdist_group("world")
ROWS = access.tables()
READS = [row for row in ROWS if row.method == "GET"]
FORMS = [row for row in ROWS if row.method == "POST"]
FEATURES = sorted({row.feature for row in ROWS})
ALL_KINDS = [(feature, kind) for feature, kinds in KINDS.items() for kind in kinds]


@pytest.fixture(scope="module")
def stage(world):
    with staged(world) as made:
        yield made


@pytest.fixture
def gate(stage):
    return Gate(stage)


@pytest.fixture(params=FEATURES)
def feature(request):
    return request.param


def of(feature, rows):
    return [row for row in rows if row.feature == feature]


def deeds(stage):
    with stage.world.at_home():
        return db.session.query(JournalEntry).count()


# -- the tables --------------------------------------------------------------------------------------------------------


def test_every_address_is_in_the_table_of_its_feature_and_nothing_else_is(app):
    assert access.faults_in(app, ROWS) == []


def test_the_gate_can_list_the_things_behind_every_address(app):
    assert unlisted(app, KINDS) == []


def test_everybody_who_can_have_a_part_in_a_thing_has_one_here(gate, stage):
    wrong = []
    for feature, kind in ALL_KINDS:
        said = {principal.strip() for principal in kind.whose.split(",") if principal}
        theirs = {p for p in PRINCIPALS if p != "suspended" and gate.pairs(kind, stage.cast[p])[0]}
        wrong += [f"{feature} {kind.args}: {p}" for p in sorted(said ^ theirs)]
    assert wrong == []


def test_for_everybody_there_is_a_thing_of_each_kind_that_is_not_theirs(gate, stage):
    wrong = [(kind.args, p) for _, kind in ALL_KINDS for p in PRINCIPALS if not gate.pairs(kind, stage.cast[p])[1]]
    assert wrong == []


# -- who gets what -----------------------------------------------------------------------------------------------------


def test_every_page_opens_to_those_whom_its_table_names_and_opening_it_changes_nothing(gate, feature):
    with writes() as changed:
        assert gate.wrong_cells(of(feature, READS)) == []
    assert gate.broken == []
    assert changed == []


def test_every_form_is_taken_from_those_whom_its_table_names_and_an_empty_one_changes_nothing(gate, stage, feature):
    before = deeds(stage)
    assert gate.wrong_cells(of(feature, FORMS)) == []
    assert gate.broken == []
    assert deeds(stage) == before


def test_what_another_institution_has_does_not_exist(gate, stage, feature):
    before = deeds(stage)
    assert gate.leaks(of(feature, ROWS)) == []
    assert gate.broken == []
    assert deeds(stage) == before


def test_to_ask_whether_a_page_is_there_changes_nothing(gate, stage, feature):
    """HEAD, as somebody to whom the page opens."""
    before = deeds(stage)
    with writes() as changed:
        for row in of(feature, READS):
            principal = max(PRINCIPALS, key=lambda p: access.WORTH.index(row.cells[p]))
            assert list(gate.opened([row], principal, stage.cast[principal], method="HEAD")), row
    assert gate.broken == []
    assert changed == []
    assert deeds(stage) == before


def test_to_ask_which_methods_there_are_changes_nothing(stage):
    with writes() as changed:
        for rule in stage.app.url_map.iter_rules():
            path = rule.rule.replace("<int:", "<")
            stage.cast["lead"][0].client.options(re.sub(r"<[^>]+>", "1", path)).close()
    assert changed == []


# -- forms that nobody meant to send -----------------------------------------------------------------------------------


def test_no_form_is_taken_without_the_token_of_the_very_session(gate, stage):
    """There are no exceptions."""
    before = deeds(stage)
    assert gate.taken_without_token(FORMS, stage.cast["lead"][0], stage.cast["leader"][0]) == []
    assert gate.taken_without_token(FORMS[::9], stage.cast["anonymous"][0], stage.cast["leader"][0]) == []
    assert deeds(stage) == before


# -- roles without a column --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "column", "elsewhere"),
    [
        (Role.DEPUTY_LEAD, "lead", {}),
        (Role.EDITOR, "leader", {"galleries": "lead"}),
        (Role.WORKFORCE_OFFICER, "judge", {"workforce": "lead"}),
    ],
)
def test_a_role_without_a_column_of_its_own_may_what_its_neighbour_may(gate, stage, role, column, elsewhere):
    """A deputy leads; an editor reads what the leader reads, and makes galleries as a lead does; a workforce officer
    may what the lead may with the staff list, elsewhere no more than any colleague.
    """
    with stage.taken_back():
        somebody = stage.new(role, role)
        for feature, own in {"": column, **elsewhere}.items():
            rows = of(feature, ROWS) if feature else [row for row in ROWS if row.feature not in elsewhere]
            rows = [row for row in rows if row.cells[own] not in {access.OWN, access.CHAIR}]
            assert gate.wrong_cells(rows, {own: [somebody]}) == []

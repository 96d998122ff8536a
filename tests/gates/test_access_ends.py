"""What ends, ends at the next request: roles, seats, pairings and accounts, for pages, exports and files alike."""

import pytest
from sqlalchemy import delete, select, update

from hub.accounts import queries as people
from hub.accounts import services as accounts
from hub.accounts.models import Person, Role
from hub.awards import queries as awards
from hub.awards import services as judging
from hub.awards.models import Judge
from hub.core.clock import today
from hub.core.db import db
from hub.fund.models import PanelMember
from hub.registration import queries as registration
from hub.registration import services as mentoring
from hub.registration.models import Mentoring
from hub.registration.stages import Outcome, PairStage
from tests.gates import access
from tests.gates.access import Gate
from tests.gates.access_cast import staged

pytestmark = pytest.mark.xdist_group("world")
ROWS = access.tables()
COLUMNS = {
    Role.LEAD: "lead",
    Role.DEPUTY_LEAD: "lead",
    Role.LEADER: "leader",
    Role.EDITOR: "leader",
    Role.ADMINISTRATOR: "administrator",
}


@pytest.fixture(scope="module")
def stage(world):
    with staged(world) as made:
        yield made


@pytest.fixture
def gate(stage):
    """Whose deeds are undone after the test."""
    with stage.taken_back():
        yield Gate(stage)


def given_by(column):
    """What the *column* of a role gives beyond what every technician may."""
    return [row for row in ROWS if access.WORTH.index(row.cells[column]) > access.WORTH.index(row.cells["technician"])]


# -- roles -------------------------------------------------------------------------------------------------------------


def test_every_role_that_gives_anything_has_a_column():
    assert set(Role) - set(COLUMNS) == {Role.WORKFORCE_OFFICER}


@pytest.mark.parametrize("role", COLUMNS, ids=str)
def test_a_role_ends_at_the_next_request(gate, stage, role):
    holder = stage.new(role, role)
    opened = list(gate.opened(given_by(COLUMNS[role]), COLUMNS[role], [holder]))
    assert len(opened) >= 3
    with stage.world.at_home():
        for grant in people.person(holder.id).roles:
            accounts.end_grant(people.grant_of(grant.id))
    assert gate.still_open(opened) == []


# -- parts -------------------------------------------------------------------------------------------------------------


def leaves_the_panel(member):
    db.session.execute(delete(PanelMember).where(PanelMember.person_id == member.id))


def leaves_the_judges(judge):
    for cycle_id in db.session.scalars(select(Judge.cycle_id).where(Judge.person_id == judge.id)).all():
        cycle = awards.cycle(cycle_id)
        (seat,) = [seat for seat in cycle.judges if seat.person_id == judge.id]
        judging.remove_judge(cycle, seat, actor=judge)


def ends_the_pairing(mentor):
    mine = select(Mentoring.id).where(Mentoring.mentor_id == mentor.id, Mentoring.stage == PairStage.ACTIVE)
    for mentoring_id in db.session.scalars(mine).all():
        pair = registration.pair_for(mentoring_id, viewer=mentor)
        mentoring.close(pair, outcome=Outcome.STILL_DRAFTING, actor=mentor)


def hands_over_their_people(manager):
    db.session.execute(update(Person).where(Person.manager_id == manager.id).values(manager_id=None))


@pytest.mark.parametrize(
    ("principal", "end"),
    [
        ("panel member", leaves_the_panel),
        ("judge", leaves_the_judges),
        ("mentor", ends_the_pairing),
        ("manager", hands_over_their_people),
    ],
)
def test_a_part_ends_at_the_next_request(gate, stage, principal, end):
    visitors = stage.cast[principal]
    rows = [row for row in ROWS if row.cells[principal] == access.OWN]
    opened = list(gate.opened(rows, principal, visitors, own=True))
    with stage.world.at_home():
        for visitor in visitors:
            end(people.person(visitor.id))
    stage.read_things()
    lost = [(visitor, row, thing) for visitor, row, thing in opened if not gate.has_part(visitor, row, thing)]
    assert lost
    assert gate.still_open(lost) == []


# -- people ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def opened(stage):
    """All that is open to a technician, and not to the public; their own where it is one’s own."""
    rows = [row for row in ROWS if row.method == "GET" and not row.is_public]
    return list(Gate(stage).opened(rows, "technician", stage.cast["technician"]))


def each(opened):
    return {visitor.id for visitor, _row, _thing in opened}


def test_nothing_is_open_to_somebody_who_is_suspended(gate, stage, opened):
    with stage.world.at_home():
        for person_id in each(opened):
            accounts.suspend(people.person(person_id))
    assert gate.still_open(opened) == []


def test_nothing_is_open_to_somebody_who_has_left(gate, stage, opened):
    with stage.world.at_home():
        for person_id in each(opened):
            accounts.record_leaver(people.person(person_id), left_on=today())
    assert gate.still_open(opened) == []


def test_nothing_of_an_institution_is_open_to_somebody_who_has_moved_to_another(gate, stage, opened):
    with stage.world.at_home():
        elsewhere = people.person(stage.elsewhere[0].id).institution_id
        db.session.execute(update(Person).where(Person.id.in_(each(opened))).values(institution_id=elsewhere))
    stage.read_things()
    left_behind = [(visitor, row, thing) for visitor, row, thing in opened if thing and gate.is_at_home(row, thing)]
    assert len(left_behind) > 20
    assert gate.still_open(left_behind) == []

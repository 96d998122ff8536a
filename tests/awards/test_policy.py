import pytest

from hub.accounts.models import UnitKind
from hub.awards import policy, services
from hub.awards.conflicts import tie
from hub.awards.models import CycleStage, Stage
from tests import factories
from tests.awards import making


@pytest.fixture
def lead(db):
    return factories.lead()


@pytest.fixture
def judge(lead):
    return making.colleague(lead)


@pytest.fixture
def nomination(lead, judge):
    cycle = making.cycle(lead, judges=[judge])
    made = making.shortlisted(cycle, lead)
    services.close_cycle(cycle, actor=lead)
    return made


def of(judge, nomination):
    found = tie(judge, nomination)
    return found and (found.blocks, found.reason)


def test_a_stranger_may_judge(judge, nomination):
    assert of(judge, nomination) is None
    assert policy.can_judge(judge, nomination)


def test_nominee_and_nominator_never_judge(nomination):
    assert of(nomination.nominees[0].person, nomination) == (True, "Is nominated.")
    assert of(nomination.nominator, nomination) == (True, "Wrote the nomination.")


def test_line_management_blocks_in_both_directions(judge, nomination):
    nominee = nomination.nominees[0].person
    nominee.manager_id = judge.id
    assert of(judge, nomination) == (True, f"Manages {nominee.name}.")
    nominee.manager_id, judge.manager_id = None, nominee.id
    assert of(judge, nomination) == (True, f"Is managed by {nominee.name}.")


@pytest.mark.parametrize(
    ("kind", "blocks"), [(UnitKind.TEAM, True), (UnitKind.DEPARTMENT, False), (UnitKind.FACULTY, False)]
)
def test_the_same_team_blocks_and_the_same_department_warns(db, lead, judge, nomination, kind, blocks):
    nominee = nomination.nominees[0].person
    unit = factories.unit(lead.institution, kind=kind)
    nominee.unit, judge.unit = unit, unit
    nominee.unit_id = judge.unit_id = unit.id
    assert tie(judge, nomination).blocks is blocks
    assert policy.can_judge(judge, nomination) is not blocks


def test_ties_to_the_nominator_warn(judge, nomination):
    nominator = nomination.nominator
    nominator.manager_id = judge.id
    assert of(judge, nomination) == (False, f"Manages {nominator.name}, who wrote the nomination.")
    nominator.manager_id, judge.manager_id = None, nominator.id
    assert tie(judge, nomination).blocks is False


def test_a_declared_conflict_blocks_with_its_reason(judge, nomination):
    services.declare_conflict(nomination, reason="We are married.", actor=judge)
    assert of(judge, nomination) == (True, "Declared: We are married.")


def test_a_block_outweighs_a_warning_of_a_team_mate(lead, judge):
    cycle = making.cycle(lead)
    near, close = making.colleague(lead), making.colleague(lead, manager=judge)
    unit = factories.unit(lead.institution)
    near.unit_id = judge.unit_id = unit.id
    nomination = making.shortlisted(cycle, lead, near, also=[close])
    assert tie(judge, nomination).blocks


def test_only_shortlisted_nominations_are_judged_and_only_while_judging(judge, nomination):
    for stage in Stage:
        nomination.stage = stage
        assert policy.can_score(judge, nomination) is (stage == Stage.SHORTLISTED)
    nomination.stage = Stage.SHORTLISTED
    for stage in CycleStage:
        nomination.cycle.stage = stage
        assert policy.can_score(judge, nomination) is (stage in {CycleStage.JUDGING, CycleStage.DECIDED})


@pytest.fixture(autouse=True)
def _nothing_flushes_by_itself(db):
    """These tests set what the database would refuse, to ask the rules alone."""
    with db.session.no_autoflush:
        yield


def test_a_draft_is_its_writer_s_alone(lead):
    cycle = making.cycle(lead)
    draft = making.draft(cycle)
    nominee = draft.nominees[0].person
    people = (draft.nominator, nominee, lead, cycle.chair)
    assert [policy.can_see(person, draft) for person in people] == [True, False, False, False]


def test_a_lead_who_is_nominated_runs_the_cycle_without_that_nomination(lead):
    cycle = making.cycle(lead)
    about_lead = making.consented(cycle, lead)
    assert policy.runs(lead, cycle)
    assert not policy.handles(lead, about_lead)
    assert policy.handles(cycle.chair, about_lead)

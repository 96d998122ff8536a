"""Who may do what, and which moves exist: the tables of policy and workflow, row by row."""

from types import SimpleNamespace as Row

import pytest

from hub.registration import policy, registers
from hub.registration.guidance import WORDS, next_step, stations
from hub.registration.models import Journey
from hub.registration.stages import LIVE, PairStage, RoundStage, Stage
from hub.registration.workflow import JOURNEY, MENTORING, ROUND

OWNER, MENTOR, SUPPORTER, OTHER, CLOCK = Row(id=1), Row(id=2), Row(id=3), Row(id=4), None
WHO = {"owner": OWNER, "mentor": MENTOR, "supporter": SUPPORTER, "other": OTHER, "clock": CLOCK}


def journey(stage, pair=PairStage.ACTIVE, **given):
    mentoring = Row(mentor_id=2, mentee_id=1, stage=pair)
    fixed = {"person_id": 1, "supporter_id": 3, "supporter_email": None, "mentoring": mentoring}
    return Row(stage=stage, **fixed | given)


MOVES = [
    ("choose_register", "interested", "register_chosen", {"owner"}),
    ("match", "register_chosen", "mentor_matched", {"owner", "mentor"}),
    ("draft", "register_chosen", "evidence_drafting", {"owner"}),
    ("draft", "mentor_matched", "evidence_drafting", {"owner"}),
    ("confirm_supporter", "evidence_drafting", "supporter_confirmed", {"supporter"}),
    ("change_supporter", "supporter_confirmed", "evidence_drafting", {"owner"}),
    ("ask_review", "supporter_confirmed", "internal_review", {"owner"}),
    ("recall", "internal_review", "supporter_confirmed", {"owner"}),
    ("return_drafts", "internal_review", "supporter_confirmed", {"mentor"}),
    ("pass_review", "internal_review", "internal_review", {"mentor"}),
    ("submit", "supporter_confirmed", "submitted", {"owner"}),
    ("submit", "internal_review", "submitted", {"owner"}),
    ("acknowledge", "submitted", "under_assessment", {"owner"}),
    ("clarify", "under_assessment", "clarification", {"owner"}),
    ("answer", "clarification", "under_assessment", {"owner"}),
    ("award", "submitted", "awarded", {"owner"}),
    ("award", "clarification", "awarded", {"owner"}),
    ("not_yet", "under_assessment", "not_yet", {"owner"}),
    ("retry", "not_yet", "evidence_drafting", {"owner"}),
    ("withdraw", "evidence_drafting", "withdrawn", {"owner"}),
    ("register", "awarded", "registered", {"owner"}),
    ("record_earlier", "interested", "registered", {"owner"}),
    ("come_due", "registered", "renewal_due", {"clock"}),
    ("renew", "renewal_due", "registered", {"owner"}),
    ("lapse", "renewal_due", "lapsed", {"owner"}),
]


@pytest.mark.parametrize(("name", "source", "target", "by"), MOVES)
def test_each_move_is_for_those_named(name, source, target, by):
    may = {who for who, user in WHO.items() if JOURNEY.can(journey(Stage(source)), name, user)}
    assert may == by
    moved = journey(Stage(source))
    JOURNEY.make(moved, name, actor=WHO[min(by)])
    assert moved.stage == target


def test_no_move_is_left_out_of_the_table():
    assert {move.name for move in JOURNEY} == {name for name, *_ in MOVES}


@pytest.mark.parametrize("stage", [Stage.LAPSED, Stage.WITHDRAWN])
def test_nothing_moves_from_an_end(stage):
    assert [move.name for user in WHO.values() for move in JOURNEY.available(journey(stage), user)] == []


@pytest.mark.parametrize("pair", list(PairStage))
def test_a_mentor_reads_only_while_the_pairing_lives(pair):
    assert policy.is_owner_or_mentor(MENTOR, journey(Stage.EVIDENCE_DRAFTING, pair)) == (pair in LIVE)


def test_an_outside_supporter_is_confirmed_by_the_technician():
    named = journey(Stage.EVIDENCE_DRAFTING, supporter_id=None, supporter_email="una@elsewhere.example")
    assert [who for who, user in WHO.items() if policy.can_confirm_supporter(user, named)] == ["owner"]


PAIR_MOVES = [
    ("agree", "proposed", "agreed", {"mentor"}),
    ("decline", "proposed", "declined", {"owner", "mentor"}),
    ("begin", "agreed", "active", {"owner", "mentor"}),
    ("pause", "active", "paused", {"owner", "mentor"}),
    ("resume", "paused", "active", {"owner", "mentor"}),
    ("close", "active", "closed", {"owner", "mentor"}),
    ("close", "paused", "closed", {"owner", "mentor"}),
    ("evaluate", "closed", "evaluated", {"owner"}),
]


@pytest.mark.parametrize(("name", "source", "target", "by"), PAIR_MOVES)
def test_each_move_of_a_pair_is_for_the_two(name, source, target, by):
    def pair():
        return Row(mentor_id=2, mentee_id=1, mentor_agreed_at=None, mentee_agreed_at="now", stage=PairStage(source))

    assert {who for who, user in WHO.items() if MENTORING.can(pair(), name, user)} == by
    moved = pair()
    MENTORING.make(moved, name, actor=WHO[min(by)])
    assert moved.stage == target


@pytest.mark.parametrize(("name", "target"), [("propose", "proposed"), ("discard", "discarded")])
def test_a_round_is_moved_by_a_lead_of_the_institution(name, target):
    matched = Row(stage=RoundStage.PREVIEW, institution_id=7)
    here, elsewhere = Row(is_lead=True, institution_id=7), Row(is_lead=True, institution_id=8)
    nobody = Row(is_lead=False, institution_id=7)
    assert [ROUND.can(matched, name, user) for user in (here, elsewhere, nobody)] == [True, False, False]
    ROUND.make(matched, name, actor=here)
    assert matched.stage == target


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_has_a_word_a_next_step_and_a_place_on_the_way(stage):
    on_the_way = Journey(register="rsci", stage=stage, statements=[], number="1")
    on_the_way.__dict__["mentoring"] = None
    assert WORDS[stage]
    assert next_step(on_the_way).title
    assert len(stations(on_the_way)) == 7


def test_every_register_names_bodies_steps_and_a_framework_in_force():
    for register in registers.all_registers().values():
        assert set(register.bodies) <= set(registers.bodies())
        assert register.steps
        assert register.framework.areas
        assert all(fee.source and fee.year >= 2023 for fee in register.fees)

"""Pairs: who may be one, what both must say, and what the clock does."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hub.accounts import queries as accounts
from hub.core import clock
from hub.core.clock import now
from hub.core.errors import MoveRefused
from hub.notifications.models import Notice
from hub.registration import queries, services, signals
from hub.registration.models import Mentoring, Note
from hub.registration.refusals import AlreadyPaired, CannotPair, MentorFull, NotReadyYet
from hub.registration.stages import CameBy, Outcome, PairStage, Reason, Stage
from hub.registration.tasks import KINDS
from tests import factories as make
from tests.registration import making
from tests.registration.test_journeys import heard, titles


@pytest.fixture
def asked(db):
    """A journey, a mentor, and the mentee's question."""
    journey = making.journey()
    mentor = making.mentor(making.technician(journey.person.institution))
    return journey, mentor, services.ask(mentor, journey, message="Please", actor=journey.person)


def test_asking_tells_the_mentor_and_is_the_mentees_yes(db, asked):
    journey, mentor, pair = asked
    assert titles(db, mentor.person) == [f"{journey.person.name} asks you to be their mentor"]
    assert (pair.stage, pair.mentor_agreed_at) == (PairStage.PROPOSED, None)


def test_the_second_yes_makes_the_pair_and_is_evidence(db, asked):
    journey, mentor, pair = asked
    listening, said = heard(signals.mentoring_started)
    with listening:
        services.accept(pair, actor=mentor.person)
    assert said == [(pair, mentor.person)]
    assert (pair.stage, journey.stage, journey.mentoring) == (PairStage.AGREED, Stage.MENTOR_MATCHED, pair)
    assert (pair.evidence_people, pair.evidence_quantity, pair.evidence_unit_id) == (
        [journey.person_id, mentor.person_id],
        1,
        journey.unit_id,
    )
    assert pair.evidence_on == clock.today()
    assert not any(name in pair.evidence_title for name in (journey.person.name, mentor.person.name))


def test_a_proposal_of_the_lead_needs_both(db):
    journey = making.journey()
    pair = making.proposal(journey, make.lead(journey.person.institution))
    services.accept(pair, actor=pair.mentee)
    assert pair.stage == PairStage.PROPOSED
    with pytest.raises(MoveRefused):
        services.accept(pair, actor=pair.mentee)
    services.accept(pair, actor=pair.mentor)
    assert pair.stage == PairStage.AGREED


def test_nobody_else_answers_for_them(db):
    journey = making.journey()
    lead = make.lead(journey.person.institution)
    pair = making.proposal(journey, lead)
    for deed in (services.accept, services.pause, services.resume):
        with pytest.raises(MoveRefused):
            deed(pair, actor=lead)
    with pytest.raises(MoveRefused):
        services.decline(pair, reason=Reason.NO_TIME, actor=lead)


def test_no_needs_a_reason_and_frees_both(db, asked):
    journey, mentor, pair = asked
    services.decline(pair, reason=Reason.NO_TIME, note="Next year", actor=mentor.person)
    assert titles(db, journey.person) == [f"{mentor.person.name} cannot take this on"]
    other = making.mentor(making.technician(journey.person.institution))
    services.ask(other, journey, message="And you?", actor=journey.person)


@pytest.mark.parametrize("way", ["mentor manages", "mentee manages", "declined before", "did not work", "oneself"])
def test_who_can_never_be_a_pair(db, way):
    journey = making.journey()
    mentee = journey.person
    mentor = making.mentor(mentee if way == "oneself" else making.technician(mentee.institution))
    if way == "mentor manages":
        mentee.manager_id = mentor.person_id
    elif way == "mentee manages":
        mentor.person.manager_id = mentee.id
    elif way == "declined before":
        pair = services.ask(mentor, journey, message="", actor=mentee)
        services.decline(pair, reason=Reason.TOO_CLOSE, actor=mentor.person)
    elif way == "did not work":
        services.close(making.pair(journey, mentor.person), outcome=Outcome.NEW_MENTOR, actor=mentee)
    db.session.flush()
    with pytest.raises(CannotPair):
        services.ask(mentor, journey, message="", actor=mentee)
    with pytest.raises(CannotPair):
        services.propose(mentor, journey, came_by=CameBy.LEAD, actor=make.lead(mentee.institution))


def test_a_mentor_has_only_so_many_places(db):
    first = making.journey()
    uni = first.person.institution
    mentor = making.mentor(making.technician(uni), capacity=1)
    making.pair(first, mentor.person)
    second = making.journey(making.technician(uni))
    with pytest.raises(MentorFull, match="no free place"):
        services.ask(mentor, second, message="", actor=second.person)


def test_a_paused_mentor_is_not_asked(db):
    journey = making.journey()
    mentor = making.mentor(making.technician(journey.person.institution), paused=True)
    with pytest.raises(MentorFull):
        services.ask(mentor, journey, message="", actor=journey.person)


def test_a_place_lost_meanwhile_is_not_given_twice(db):
    first = making.journey()
    uni = first.person.institution
    mentor = making.mentor(making.technician(uni), capacity=2)
    second = making.journey(making.technician(uni))
    one = services.ask(mentor, first, message="", actor=first.person)
    two = services.ask(mentor, second, message="", actor=second.person)
    services.offer_to_mentor(actor=mentor.person, registers=["rsci"], capacity=1)
    services.accept(one, actor=mentor.person)
    with pytest.raises(MentorFull):
        services.accept(two, actor=mentor.person)
    assert two.stage == PairStage.PROPOSED


def test_one_open_pairing_at_a_time(db, asked):
    journey, _, pair = asked
    other = making.mentor(making.technician(journey.person.institution))
    with pytest.raises(AlreadyPaired):
        services.ask(other, journey, message="", actor=journey.person)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(
            Mentoring(
                institution_id=pair.institution_id,
                journey_id=journey.id,
                mentor_id=other.person_id,
                mentee_id=journey.person_id,
                came_by=CameBy.LEAD,
            )
        )


def test_without_a_register_there_is_nothing_to_match_on(db):
    journey = making.journey(register=None)
    mentor = making.mentor(making.technician(journey.person.institution))
    with pytest.raises(NotReadyYet):
        services.ask(mentor, journey, message="", actor=journey.person)
    with pytest.raises(NotReadyYet):
        services.wish_for(journey, actor=journey.person)


def test_nothing_is_written_into_a_closed_pairing(db):
    journey = making.journey()
    pair = making.pair(journey)
    services.write_note(pair, text="Before", actor=pair.mentor)
    services.close(pair, outcome=Outcome.SUBMITTED, actor=pair.mentor)
    with pytest.raises(MoveRefused):
        services.write_note(pair, text="After", actor=pair.mentor)
    with pytest.raises(MoveRefused):
        services.log_meeting(pair, met_on=clock.today(), minutes=30, summary="", actor=pair.mentee)
    with pytest.raises(MoveRefused):
        services.agree_how(pair, goals="x", frequency="monthly", channel="video", actor=pair.mentee)


def test_silent_pairs_are_nudged_after_six_weeks_and_not_every_day(db):
    pair = making.pair(making.journey())
    services.agree_how(pair, goals="Begin", frequency="monthly", channel="video", actor=pair.mentee)
    started = now()
    nudged = []
    for days in (41, 43, 44, 86):
        with clock.held(started + timedelta(days)):
            nudged.append(services.nudge_silent_pairs())
    assert nudged == [0, 1, 0, 1]
    with clock.held(started + timedelta(130)):
        services.log_meeting(pair, met_on=clock.today(), minutes=30, summary="", actor=pair.mentee)
        assert services.nudge_silent_pairs() == 0
    told = db.session.scalars(select(Notice.recipient_id).where(Notice.kind == "registration.nudge")).all()
    assert sorted(told) == sorted([pair.mentor_id, pair.mentee_id] * 2)


def test_a_paused_pair_is_left_in_peace(db):
    pair = making.pair(making.journey())
    services.agree_how(pair, goals="Begin", frequency="monthly", channel="video", actor=pair.mentee)
    services.pause(pair, actor=pair.mentee)
    with clock.held(now() + timedelta(100)):
        assert services.nudge_silent_pairs() == 0


def test_notes_are_forgotten_half_a_year_after_closing(db):
    pair = making.pair(making.journey())
    services.write_note(pair, text="Between us", actor=pair.mentee)
    services.close(pair, outcome=Outcome.REGISTERED, actor=pair.mentee)
    left = []
    for days in (180, 190):
        with clock.held(now() + timedelta(days)):
            services.forget_old_notes()
            left.append(len(db.session.scalars(select(Note)).all()))
    assert left == [1, 0]


def test_a_round_asks_both_and_leaves_out_what_became_impossible(db):
    uni = make.institution()
    lead = make.lead(uni)
    mentor = making.mentor(making.technician(uni), capacity=2)
    first, second = (making.journey(making.technician(uni)) for _ in range(2))
    for journey in (first, second):
        making.wish(journey)
    matched = services.preview_round(name="January", actor=lead)
    matched = queries.matching_round(making.reload(matched).id)
    lead = accounts.person(lead.id)
    assert [pair.mentor_id for pair in matched.pairs] == [mentor.id, mentor.id]

    services.offer_to_mentor(actor=mentor.person, registers=["rsci"], capacity=1)
    proposed = services.propose_round(matched, actor=lead)
    assert len(proposed) == 1
    assert [pair.mentor_id for pair in matched.pairs] == [mentor.id, None]
    assert "no free place" in matched.pairs[1].reasons[0]
    with pytest.raises(MoveRefused):
        services.propose_round(matched, actor=lead)


def test_those_with_an_open_pairing_do_not_wait(db):
    journey = making.journey()
    making.wish(journey)
    assert len(queries.waiting_wishes(journey.institution_id)) == 1
    making.proposal(journey, make.lead(journey.person.institution))
    assert queries.waiting_wishes(journey.institution_id) == []


def test_tasks_wait_for_the_one_who_must_act(db):
    journey = making.drafted()
    pair = making.proposal(journey, make.lead(journey.person.institution))

    def kinds(user):
        return [row.kind for one in queries.tasks_for(user) for row in db.session.execute(one)]

    assert kinds(pair.mentor) == ["registration.answer_mentee"]
    assert kinds(pair.mentee) == ["registration.answer_mentor"]
    services.accept(pair, actor=pair.mentor)
    services.accept(pair, actor=pair.mentee)
    assert (kinds(pair.mentor), kinds(pair.mentee)) == ([], ["registration.agreement"])
    assert set(KINDS) >= {"registration.agreement", "registration.renew", "registration.support"}

"""A journey from interest to letters, and what keeps it true."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hub.accounts.models import Status
from hub.core import clock
from hub.core.clock import at_london, today
from hub.core.errors import MoveRefused
from hub.notifications.models import Notice
from hub.registration import queries, services, signals
from hub.registration.models import Journey
from hub.registration.refusals import (
    AlreadyOnTheWay,
    DatesDoNotFit,
    DraftsStandStill,
    NotAwardedThere,
    NotReadyYet,
    WrongSupporter,
)
from hub.registration.stages import Stage
from tests import factories as make
from tests.registration import making


def heard(signal):
    """What *signal* says inside the block, as (sender, actor)."""
    said = []

    def listen(sender, actor):
        said.append((sender, actor))

    return signal.connected_to(listen), said


def titles(db, person):
    return list(db.session.scalars(select(Notice.title).where(Notice.recipient_id == person.id).order_by(Notice.id)))


def test_choosing_a_register_makes_room_for_each_area(db):
    journey = making.journey(register="rsci")
    assert (journey.stage, [s.area for s in journey.statements]) == (Stage.REGISTER_CHOSEN, list("ABCDE"))


def test_a_body_that_does_not_award_the_register_is_refused(db):
    journey = making.journey(register=None)
    with pytest.raises(NotAwardedThere, match="does not award RSci"):
        services.choose_register(journey, register="rsci", body="bcs", actor=journey.person)


def test_changing_the_register_keeps_what_was_written(db):
    journey = making.drafted(register="rsci")
    services.choose_register(journey, register="afhea", body="advance-he", actor=journey.person)
    assert [(s.area, bool(s.text)) for s in journey.statements] == [(a, True) for a in "ABCDE"]


def test_nobody_is_on_two_journeys_at_once(db):
    journey = making.journey()
    with pytest.raises(AlreadyOnTheWay, match="RSci already"):
        services.show_interest(actor=journey.person)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(Journey(institution_id=journey.institution_id, person_id=journey.person_id))


def test_another_journey_may_follow_a_registration(db):
    first = making.registered(register="rscitech")
    assert making.journey(first.person).stage == Stage.REGISTER_CHOSEN


def test_the_first_words_begin_the_drafting_and_only_saved_ones_are_kept(db):
    journey = making.journey()
    statement = journey.statements[0]
    services.save_statement(statement, text="A first try", keep=False, actor=journey.person)
    assert (journey.stage, statement.words, statement.kept) == (Stage.EVIDENCE_DRAFTING, 3, [])

    services.save_statement(statement, text="A second try", keep=True, actor=journey.person)
    services.save_statement(statement, text="A second try", keep=True, actor=journey.person)
    services.save_statement(statement, text="A third try, longer", keep=True, actor=journey.person)
    assert [(k.text, k.words) for k in statement.kept] == [("A third try, longer", 4), ("A second try", 3)]


def test_drafts_stand_still_once_the_body_has_them(db):
    journey = making.submitted()
    with pytest.raises(DraftsStandStill):
        services.save_statement(journey.statements[0], text="Later", keep=True, actor=journey.person)


def test_a_supporter_in_the_hub_is_asked_and_answers(db):
    journey = making.drafted()
    supporter = make.person(journey.person.institution)
    services.name_supporter(journey, person=supporter, actor=journey.person)
    assert journey.stage == Stage.EVIDENCE_DRAFTING
    assert titles(db, supporter) == [f"{journey.person.name} asks you to be their supporter for RSci"]

    with pytest.raises(MoveRefused):
        services.support(journey, agreed=True, actor=journey.person)
    services.support(journey, agreed=True, actor=supporter)
    assert (journey.stage, journey.supporter_agreed_at is not None) == (Stage.SUPPORTER_CONFIRMED, True)


def test_a_supporter_who_cannot_leaves_the_place_open(db):
    journey = making.drafted()
    supporter = make.person(journey.person.institution)
    services.name_supporter(journey, person=supporter, actor=journey.person)
    services.support(journey, agreed=False, actor=supporter)
    assert (journey.stage, journey.supporter_id) == (Stage.EVIDENCE_DRAFTING, None)


def test_who_has_vouched_cannot_take_it_back_once_the_writing_is_over(db):
    journey = making.drafted()
    supporter = make.person(journey.person.institution)
    services.name_supporter(journey, person=supporter, actor=journey.person)
    services.support(journey, agreed=True, actor=supporter)
    with pytest.raises(MoveRefused):
        services.support(journey, agreed=False, actor=supporter)
    assert journey.supporter_id == supporter.id


def test_neither_oneself_nor_the_mentor_can_be_the_supporter(db):
    journey = making.drafted()
    pair = making.pair(journey)
    for who in ({"person": journey.person}, {"email": journey.person.email, "agreed": True}):
        with pytest.raises(WrongSupporter, match="vouch for themselves"):
            services.name_supporter(journey, actor=journey.person, **who)
    for who in ({"person": pair.mentor}, {"email": pair.mentor.email, "agreed": True}):
        with pytest.raises(WrongSupporter, match="is your mentor"):
            services.name_supporter(journey, actor=journey.person, **who)


def test_an_outside_supporter_must_have_been_asked(db):
    journey = making.drafted()
    with pytest.raises(WrongSupporter, match="Ask them first"):
        services.name_supporter(journey, name="Una", email="una@elsewhere.example", actor=journey.person)


def test_the_mentor_reads_the_whole_before_it_goes(db):
    journey = making.supported()
    with pytest.raises(NotReadyYet, match="no mentor"):
        services.move(journey, "ask_review", actor=journey.person)
    pair = making.pair(journey)

    services.move(journey, "ask_review", actor=journey.person)
    services.move(journey, "return_drafts", actor=pair.mentor)
    services.move(journey, "ask_review", actor=journey.person)
    with pytest.raises(MoveRefused):
        services.move(journey, "pass_review", actor=journey.person)
    services.move(journey, "pass_review", actor=pair.mentor)
    assert (journey.stage, journey.reviewed_at is not None) == (Stage.INTERNAL_REVIEW, True)
    services.submit(journey, submitted_on=today(), actor=journey.person)
    assert journey.stage == Stage.SUBMITTED


def test_unfinished_drafts_are_named_and_not_sent(db):
    journey = making.supported()
    services.save_statement(journey.statements[1], text="", keep=True, actor=journey.person)
    services.save_statement(
        journey.statements[3], text="word " * (making.longest() + 1), keep=True, actor=journey.person
    )
    with pytest.raises(NotReadyYet, match="areas B, D"):
        services.submit(journey, submitted_on=today(), actor=journey.person)


def test_a_registration_is_told_once_with_what_it_is_evidence_of(db):
    journey = making.awarded()
    listening, said = heard(signals.registered)
    with listening:
        services.register(journey, number="IST-1", registered_on=today(), fee_pence=5780, actor=journey.person)
    assert said == [(journey, journey.person)]
    assert (journey.evidence_title, journey.evidence_on, journey.evidence_people, journey.evidence_quantity) == (
        "A technician became registered: RSci",
        today(),
        [journey.person_id],
        1,
    )
    assert (journey.evidence_unit_id, journey.fee_pence) == (journey.person.unit_id, 5780)
    assert journey.renewal_on == today().replace(year=today().year + 1)


def test_a_clarification_can_be_answered_and_a_refusal_tried_again(db):
    journey = making.submitted()
    me = journey.person
    for name in ("acknowledge", "clarify", "answer"):
        services.move(journey, name, actor=me)
    services.report_decision(journey, awarded=False, decided_on=today(), actor=me)
    assert journey.stage == Stage.NOT_YET
    services.move(journey, "retry", actor=me)
    assert (journey.stage, journey.submitted_on, journey.decided_on) == (Stage.EVIDENCE_DRAFTING, None, None)


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (lambda j: services.submit(j, submitted_on=today() + timedelta(1), actor=j.person), "still to come"),
        (
            lambda j: services.report_decision(j, awarded=True, decided_on=today() + timedelta(1), actor=j.person),
            "still to come",
        ),
    ],
)
def test_a_day_to_come_is_refused(db, deed, words):
    with pytest.raises(DatesDoNotFit, match=words):
        deed(making.supported())


def test_a_decision_is_not_before_the_form_and_a_number_not_before_the_decision(db):
    journey = making.submitted()
    yesterday = today() - timedelta(1)
    with pytest.raises(DatesDoNotFit, match="before the day you sent"):
        services.report_decision(journey, awarded=True, decided_on=yesterday, actor=journey.person)
    services.report_decision(journey, awarded=True, decided_on=today(), actor=journey.person)
    with pytest.raises(DatesDoNotFit, match="before the body’s decision"):
        services.register(journey, number="1", registered_on=yesterday, fee_pence=0, actor=journey.person)


def test_an_earlier_registration_counts_from_its_own_day(db):
    journey = making.journey(register=None)
    services.record_earlier(
        journey,
        register="rscitech",
        body="ist",
        number="88",
        registered_on=date(2021, 3, 1),
        renewal_on=today() + timedelta(50),
        actor=journey.person,
    )
    counted = [queries.count_registered(journey.institution_id, on) for on in (date(2021, 2, 28), date(2021, 3, 1))]
    assert (counted, journey.fee_pence) == ([0, 1], 0)


def test_a_lapsed_registration_counts_until_its_last_day(db):
    journey = making.registered()
    journey.registered_on = today() - timedelta(100)
    services.lapse(journey, lapsed_on=today() - timedelta(10), actor=journey.person)
    counted = [
        queries.count_registered(journey.institution_id, today() - timedelta(days)) for days in (101, 100, 11, 10)
    ]
    assert counted == [0, 1, 1, 0]


def test_a_person_counts_once_and_not_after_leaving(db):
    first = making.registered(register="rscitech")
    making.registered(first.person, register="rsci")
    assert queries.count_registered(first.institution_id, today()) == 1
    assert db.session.scalars(queries.registered_people(first.institution_id, today())).all() == [first.person]
    assert [j.register for j in queries.current_registrations([first.person_id])[first.person_id]] == [
        "rscitech",
        "rsci",
    ]
    first.person.status, first.person.left_on = Status.LEFT, today()
    db.session.flush()
    assert queries.count_registered(first.institution_id, today()) == 0


def test_the_count_by_month_agrees_with_the_count_on_a_day(db):
    with clock.held(at_london(date(2025, 5, 10))):
        journey = making.registered()
    with clock.held(at_london(date(2025, 7, 20))):
        by_month = queries.registered_by_month(journey.institution_id, 3)
        assert by_month == [
            (date(2025, 4, 30), 0),
            (date(2025, 5, 31), 1),
            (date(2025, 6, 30), 1),
            (date(2025, 7, 20), 1),
        ]
        assert [queries.count_registered(journey.institution_id, on) for on, _ in by_month] == [0, 1, 1, 1]


@pytest.mark.parametrize(("days", "told"), [(91, 0), (90, 1), (30, 1), (7, 1), (0, 1)])
def test_renewals_are_announced_90_30_and_7_days_before(db, days, told):
    journey = making.registered()
    journey.renewal_on = today() + timedelta(days)
    db.session.flush()
    assert services.remind_of_renewals() == told
    assert services.remind_of_renewals() == 0
    assert journey.stage == (Stage.RENEWAL_DUE if told else Stage.REGISTERED)


def test_each_rung_is_told_once_and_renewing_starts_the_ladder_again(db):
    journey = making.registered()
    due = journey.renewal_on
    rungs = []
    for days in (91, 90, 60, 30, 8, 7, 1):
        with clock.held(at_london(due - timedelta(days), 9)):
            rungs.append(services.remind_of_renewals())
    assert rungs == [0, 1, 0, 1, 0, 1, 0]
    assert len(titles(db, journey.person)) == 3
    services.renew(journey, renewal_on=due.replace(year=due.year + 1), actor=journey.person)
    assert (journey.stage, journey.renewal_reminded) == (Stage.REGISTERED, None)


def test_a_renewal_is_never_earlier_than_the_last(db):
    journey = making.registered()
    with pytest.raises(DatesDoNotFit):
        services.renew(journey, renewal_on=journey.renewal_on, actor=journey.person)

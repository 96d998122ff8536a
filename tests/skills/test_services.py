from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from hub.core import clock
from hub.core.errors import MoveRefused
from hub.directory.models import Level
from hub.skills import services
from hub.skills.models import OfferStage, PlaceStage, RequestStage, SessionStage
from tests import factories
from tests.skills import making


@pytest.fixture
def host(db):
    return factories.person(name="Grace Adeyemi", unit=None)


@pytest.fixture
def people(host):
    return [making.colleague(host) for _ in range(5)]


# -- asking and offering -----------------------------------------------------------------------------------------------


def test_a_colleague_asked_by_name_is_told(host, people):
    request = making.request(people[0], asked=host)
    assert making.told(host) == ["asked"]
    assert request.stage == RequestStage.OPEN


def test_nobody_asks_another_university(host):
    with pytest.raises(services.NotThatPerson):
        making.request(host, asked=factories.person())


def test_an_answer_becomes_a_session_with_the_asker_in_it(host, people):
    request = making.request(people[0])
    offer = services.answer(request, summary="On our cryostat, any Wednesday", actor=host)
    assert request.stage == RequestStage.OFFERED
    session = making.session(of=offer)
    assert (request.stage, offer.stage, session.stage) == (
        RequestStage.SCHEDULED,
        OfferStage.TAKEN,
        SessionStage.SCHEDULED,
    )
    assert [(p.person, p.stage) for p in session.places] == [(people[0], PlaceStage.BOOKED)]
    assert making.told(people[0]) == ["answered", "session_changed"]


def test_only_the_person_asked_by_name_answers(host, people):
    request = making.request(people[0], asked=host)
    with pytest.raises(MoveRefused):
        services.answer(request, summary="Me instead", actor=people[1])


def test_a_request_is_answered_by_one_person(host, people):
    request = making.request(people[0])
    services.answer(request, summary="I can", actor=host)
    with pytest.raises(MoveRefused):
        services.answer(request, summary="So can I", actor=people[1])


def test_declining_an_answer_opens_the_request_for_others(host, people):
    request = making.request(people[0])
    offer = services.answer(request, summary="I can", actor=host)
    services.decline(offer, actor=people[0])
    assert (request.stage, offer.stage) == (RequestStage.OPEN, OfferStage.DECLINED)
    assert making.told(host) == ["offer_declined"]


def test_taking_back_an_answer_opens_the_request_and_tells_its_asker(host, people):
    request = making.request(people[0])
    services.withdraw_offer(services.answer(request, summary="I can", actor=host), actor=host)
    assert request.stage == RequestStage.OPEN
    assert making.told(people[0]) == ["answered", "answered"]


def test_taking_back_a_request_frees_whoever_answered(host, people):
    request = making.request(people[0])
    offer = services.answer(request, summary="I can", actor=host)
    services.withdraw_request(request, actor=people[0])
    assert (request.stage, offer.stage) == (RequestStage.WITHDRAWN, OfferStage.WITHDRAWN)
    assert making.told(host) == ["offer_declined"]


def test_the_last_day_still_counts_and_the_day_after_closes_it(host, people):
    request = making.request(people[0], expires_on=clock.today() + timedelta(days=3))
    dated = making.offer(host, expires_on=clock.today() + timedelta(days=3))
    standing = making.offer(host)
    with clock.held(clock.at_london(request.expires_on, 23, 59)):
        assert services.expire_requests() == 0
    with clock.held(clock.at_london(request.expires_on + timedelta(days=1), 0, 1)):
        assert services.expire_requests() == 2
    assert (request.stage, dated.stage, standing.stage) == (
        RequestStage.EXPIRED,
        OfferStage.EXPIRED,
        OfferStage.OPEN,
    )
    assert making.told(people[0]) == making.told(host) == ["request_closing"]


def test_notice_is_given_once_a_week_before(host, people):
    making.request(people[0], expires_on=clock.today() + timedelta(days=8))
    assert services.remind_of_expiry() == 0
    with clock.held(clock.now() + timedelta(days=1)):
        services.remind_of_expiry()
        services.remind_of_expiry()
    assert making.told(people[0]) == ["request_closing"]


# -- arranging ---------------------------------------------------------------------------------------------------------


def test_a_session_cannot_be_arranged_for_the_past(host):
    with pytest.raises(services.StartsInThePast):
        making.session(host, starts_at=clock.now() - timedelta(minutes=1))


def test_a_standing_offer_makes_many_sessions_but_an_answer_one(host, people):
    standing = making.offer(host)
    assert {making.session(of=standing).offer_id, making.session(of=standing).offer_id} == {standing.id}
    once = services.answer(making.request(people[0]), summary="I can", actor=host)
    making.session(of=once)
    with pytest.raises(MoveRefused):
        making.session(of=once)


def test_where_agreement_is_asked_nobody_books_before_it(host, people):
    boss = people[4]
    host.manager_id = boss.id
    session = making.session(host, needs_approval=True)
    assert session.stage == SessionStage.PROPOSED
    assert making.told(boss) == ["approval_wanted"]
    with pytest.raises(MoveRefused):
        services.book(session, actor=people[0])
    services.approve(session, actor=boss)
    assert (session.stage, session.approved_by_id) == (SessionStage.SCHEDULED, boss.id)
    assert making.told(host) == ["approved"]
    assert services.book(session, actor=people[0]).stage == PlaceStage.BOOKED


def test_without_a_manager_the_lead_is_asked(host):
    lead = factories.lead(host.institution)
    making.session(host, needs_approval=True)
    assert making.told(lead) == ["approval_wanted"]


def test_the_fourth_of_three_waits_and_moves_up_when_somebody_leaves(host, people):
    session = making.session(host, capacity=3)
    stages = [services.book(session, actor=p).stage for p in people]
    assert stages == [PlaceStage.BOOKED] * 3 + [PlaceStage.WAITING] * 2
    services.leave(session, actor=people[1])
    assert [session.place_of(p).stage for p in people] == [
        PlaceStage.BOOKED,
        PlaceStage.WITHDRAWN,
        PlaceStage.BOOKED,
        PlaceStage.BOOKED,
        PlaceStage.WAITING,
    ]
    assert [making.told(p) for p in people] == [[], [], [], ["place_free"], []]


def test_somebody_who_leaves_the_waiting_list_frees_no_place(host, people):
    session = making.session(host, capacity=1)
    for person in people[:3]:
        services.book(session, actor=person)
    services.leave(session, actor=people[1])
    assert session.place_of(people[2]).stage == PlaceStage.WAITING


def test_who_comes_back_waits_at_the_end(host, people):
    session = making.session(host, capacity=1)
    moment = clock.now()
    for minute, person in enumerate(people[:3]):
        with clock.held(moment + timedelta(minutes=minute)):
            services.book(session, actor=person)
    with clock.held(moment + timedelta(minutes=5)):
        services.leave(session, actor=people[1])
        services.book(session, actor=people[1])
        services.leave(session, actor=people[0])
    assert session.place_of(people[2]).stage == PlaceStage.BOOKED
    assert session.place_of(people[1]).stage == PlaceStage.WAITING


def test_nobody_books_twice_or_in_their_own_session(host, people):
    session = making.session(host)
    services.book(session, actor=people[0])
    for person in (people[0], host):
        with pytest.raises(MoveRefused):
            services.book(session, actor=person)


def change(session, **wanted):
    kept = {
        name: getattr(session, name)
        for name in ("place", "starts_at", "minutes", "capacity", "prerequisites", "risk_assessment")
    }
    services.change_session(session, **kept | wanted, actor=session.host)


def test_more_room_goes_to_those_who_wait_and_less_than_booked_is_refused(host, people):
    session = making.session(host, capacity=2)
    for person in people:
        services.book(session, actor=person)
    change(session, capacity=4)
    assert len(session.places_in(PlaceStage.BOOKED)) == 4
    with pytest.raises(services.FewerThanBooked):
        change(session, capacity=3)


def test_a_new_time_is_told_to_everybody_and_a_new_prerequisite_to_nobody(host, people):
    session = making.session(host)
    services.book(session, actor=people[0])
    change(session, prerequisites="Bring your own slides")
    assert making.told(people[0]) == []
    change(session, starts_at=session.starts_at + timedelta(days=1))
    assert making.told(people[0]) == ["session_changed"]


def test_cancelling_tells_everybody_and_opens_the_request_again(host, people):
    request = making.request(people[0], expires_on=clock.today())
    session = making.session(of=services.answer(request, summary="I can", actor=host))
    services.book(session, actor=people[1])
    services.cancel(session, because="The microscope is away for repair.", actor=host)
    assert (session.stage, request.stage) == (SessionStage.CANCELLED, RequestStage.OPEN)
    assert request.expires_on == clock.today() + timedelta(days=28)
    assert making.told(people[1]) == ["session_changed"]
    assert {p.stage for p in session.places} == {PlaceStage.WITHDRAWN}


# -- held and confirmed ------------------------------------------------------------------------------------------------


def test_nobody_came_before_it_began(host, people):
    session = making.session(host)
    services.book(session, actor=people[0])
    with pytest.raises(services.NotHeldYet):
        services.deliver(session, attended={people[0].id}, actor=host)


def test_a_session_without_anybody_was_not_held(host, people):
    session = making.session(host)
    services.book(session, actor=people[0])
    with making.after(session), pytest.raises(services.NobodyCame):
        services.deliver(session, attended={people[1].id}, actor=host)


def test_the_host_says_who_came_and_they_are_asked(host, people):
    session = making.session(host, capacity=2)
    for person in people[:3]:
        services.book(session, actor=person)
    with making.after(session):
        services.deliver(session, attended={people[0].id, people[2].id}, actor=host)
    assert [session.place_of(p).stage for p in people[:3]] == [
        PlaceStage.ATTENDED,
        PlaceStage.ABSENT,
        PlaceStage.WITHDRAWN,
    ]
    assert [making.told(p) for p in people[:3]] == [["confirm"], [], []]


def test_the_fact_is_announced_once_when_all_have_answered(db, host, people):
    unit = factories.unit(host.institution)
    host.unit = unit
    db.session.flush()
    session = making.held(*people[:3], host=host)
    with making.announced() as facts, making.after(session):
        services.confirm(session, was_there=True, actor=people[0])
        services.confirm(session, was_there=False, actor=people[1])
        assert facts == []
        services.confirm(session, was_there=True, actor=people[2])
    assert facts == [
        {
            "id": session.id,
            "title": "Demonstration: A confocal stack",
            "on": clock.london(session.starts_at).date(),
            "people": [host.id, people[0].id, people[2].id],
            "quantity": 2,
            "unit": unit.id,
            "actor": people[2],
        }
    ]
    assert session.stage == SessionStage.CONFIRMED
    assert making.told(host) == ["confirmed"]


def test_after_fourteen_days_one_yes_is_enough(host, people):
    session = making.held(*people[:2], host=host)
    with making.announced() as facts:
        with making.after(session):
            services.confirm(session, was_there=True, actor=people[0])
        with making.after(session, days=13):
            assert services.settle_sessions() == 0
        with making.after(session, days=15):
            assert services.settle_sessions() == 1
            assert services.settle_sessions() == 0
            with pytest.raises(MoveRefused):
                services.confirm(session, was_there=True, actor=people[1])
    assert [(fact["quantity"], fact["actor"]) for fact in facts] == [(1, None)]


def test_what_nobody_confirms_never_counts(host, people):
    session = making.held(*people[:2], host=host)
    with making.announced() as facts, making.after(session):
        for person in people[:2]:
            services.confirm(session, was_there=False, actor=person)
    with making.announced() as later, making.after(session, days=15):
        services.settle_sessions()
    assert (facts, later, session.stage) == ([], [], SessionStage.DELIVERED)


def test_the_host_cannot_confirm_for_others_nor_anybody_twice(host, people):
    session = making.held(*people[:2], host=host)
    with making.after(session):
        services.confirm(session, was_there=True, actor=people[0])
        for person in (host, people[0], people[3]):
            with pytest.raises(MoveRefused):
                services.confirm(session, was_there=True, actor=person)


def test_a_request_closes_with_its_session(host, people):
    request = making.request(people[0])
    session = making.session(of=services.answer(request, summary="I can", actor=host))
    with making.after(session):
        services.deliver(session, attended={people[0].id}, actor=host)
        assert request.stage == RequestStage.DELIVERED
        services.confirm(session, was_there=True, actor=people[0])
    assert request.stage == RequestStage.CLOSED


def test_a_learner_may_add_the_skill_to_their_profile_but_never_lowers_it(host, people):
    expert, beginner, absent = people[:3]
    session = making.held(expert, beginner, absent, host=host)
    making.knows(expert, session.skill, Level.EXPERT)
    with making.after(session):
        services.confirm(session, was_there=True, add_to_profile=True, actor=expert)
        services.confirm(session, was_there=True, add_to_profile=True, actor=beginner)
        services.confirm(session, was_there=False, add_to_profile=True, actor=absent)
    levels = [making.level(person, session.skill) for person in (expert, beginner, absent)]
    assert levels == [Level.EXPERT, Level.LEARNING, None]


# -- the database itself -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"approved_by_id": "host"},
        {"capacity": 0},
        {"stage": SessionStage.CONFIRMED},
        {"stage": SessionStage.DELIVERED},
        {"needs_approval": True},
    ],
)
def test_the_database_refuses_an_impossible_session(db, host, wrong):
    session = making.session(host)
    for name, value in wrong.items():
        setattr(session, name, host.id if value == "host" else value)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.flush()


def test_nobody_is_asked_by_themselves(db, host):
    request = making.request(host)
    request.asked_id = host.id
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.flush()

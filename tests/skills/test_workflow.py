import pytest

from hub.core.clock import held, now
from hub.skills.models import OfferStage, PlaceStage, RequestStage, SessionStage
from hub.skills.workflow import OFFER, REQUEST, SESSION, main_action
from tests import factories
from tests.skills import making


@pytest.mark.parametrize(
    ("stage", "offered"),
    [
        (RequestStage.OPEN, ["withdraw"]),
        (RequestStage.OFFERED, ["withdraw"]),
        (RequestStage.SCHEDULED, []),
        (RequestStage.DELIVERED, []),
        (RequestStage.CLOSED, []),
        (RequestStage.WITHDRAWN, []),
        (RequestStage.EXPIRED, []),
    ],
)
def test_what_an_asker_may_do_with_a_request(db, stage, offered):
    request = making.request()
    request.stage = stage
    moves = [name for name in ("answer", "withdraw", "expire") if REQUEST.can(request, name, request.asker)]
    assert moves == offered


@pytest.mark.parametrize(
    ("stage", "offered"),
    [
        (OfferStage.OPEN, ["take", "withdraw"]),
        (OfferStage.TAKEN, []),
        (OfferStage.DECLINED, []),
        (OfferStage.WITHDRAWN, []),
        (OfferStage.EXPIRED, []),
    ],
)
def test_what_its_owner_may_do_with_an_offer(db, stage, offered):
    offer = making.offer()
    offer.stage = stage
    moves = [name for name in ("take", "decline", "withdraw", "expire") if OFFER.can(offer, name, offer.host)]
    assert moves == offered


@pytest.mark.parametrize(
    ("stage", "host", "manager", "stranger"),
    [
        (SessionStage.PROPOSED, ["cancel"], ["approve", "cancel"], []),
        (SessionStage.SCHEDULED, ["deliver", "cancel"], ["cancel"], []),
        (SessionStage.DELIVERED, [], [], []),
        (SessionStage.CONFIRMED, [], [], []),
        (SessionStage.CANCELLED, [], [], []),
    ],
)
def test_who_may_do_what_with_a_session_that_needs_agreement(db, stage, host, manager, stranger):
    boss = factories.person()
    teacher = making.colleague(boss, manager=boss)
    session = making.session(teacher, needs_approval=True)
    people = (teacher, boss, making.colleague(boss))
    session.stage = stage
    assert [[m.name for m in SESSION.available(session, person)] for person in people] == [host, manager, stranger]


def test_nobody_agrees_to_a_session_of_their_own(db):
    lead = factories.lead()
    session = making.session(lead, needs_approval=True)
    assert not SESSION.can(session, "approve", lead)


def test_each_reader_of_a_session_has_one_thing_to_do_first(db):
    host = factories.person()
    came, other = making.colleague(host), making.colleague(host)
    session = making.session(host)
    assert [main_action(session, p) for p in (host, came)] == ["", "book"]
    making.services.book(session, actor=came)
    assert [main_action(session, p) for p in (host, came)] == ["", "leave"]
    with making.after(session):
        assert [main_action(session, p) for p in (host, came, other)] == ["deliver", "", ""]
        making.services.deliver(session, attended={came.id}, actor=host)
        assert [main_action(session, p) for p in (host, came, other)] == ["", "confirm", ""]


def test_the_second_in_which_a_session_begins_ends_its_booking(db):
    session = making.session()
    reader = making.colleague(session.host)
    with held(session.starts_at):
        assert main_action(session, reader) == ""
    assert session.starts_at > now()
    assert main_action(session, reader) == "book"


def test_a_place_that_was_given_up_can_be_taken_again(db):
    session = making.session()
    reader = making.colleague(session.host)
    making.services.book(session, actor=reader)
    making.services.leave(session, actor=reader)
    assert making.services.book(session, actor=reader).stage == PlaceStage.BOOKED
    assert len(session.places) == 1

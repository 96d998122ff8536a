from datetime import timedelta

import pytest

from hub.core import clock
from hub.core.clock import at_london, today
from hub.core.db import db as database
from hub.skills import queries, services
from hub.skills.models import Offer, PlaceStage, Request, RequestStage, Session, SessionStage
from tests import factories
from tests.skills import making


@pytest.fixture
def host(db):
    return factories.person(name="Grace Adeyemi")


@pytest.fixture
def learner(host):
    return making.colleague(host, name="Maren Okafor")


def only(model):
    return database.session.query(model).one()


def text(html):
    return " ".join(html.select_one("main").get_text(" ").split())


def test_the_whole_story_on_pages(page, host, learner):
    skill = making.skill(host, name="Confocal microscopy")
    making.teaches(host, skill)
    page.as_user(learner).submit(
        "skills.ask", what="A first stack", skill=str(skill.id), kind="demonstration", when_suits="Tuesdays"
    )
    request = only(Request)
    assert "A first stack" in text(page.as_user(host).get("skills.home"))
    page.submit("skills.answer", request_id=request.id, summary="Half an hour on ours")
    offer = only(Offer)
    page.submit(
        "skills.schedule",
        offer_id=offer.id,
        place="Kelvin Court 1.09",
        starts_at=f"{today() + timedelta(days=3)}T13:00",
        capacity="2",
    )
    session = only(Session)
    assert session.starts_at == at_london(today() + timedelta(days=3), 13)
    assert "You have a place" in text(page.as_user(learner).get("skills.session", session_id=session.id))
    with making.after(session):
        page.as_user(host).submit("skills.deliver", session_id=session.id)
        page.as_user(learner).submit(
            "skills.confirm", session_id=session.id, was_there="yes", feedback="I finally see it", add_to_profile="y"
        )
    session = queries.session(session.id)
    assert (session.stage, session.evidence_quantity) == (SessionStage.CONFIRMED, 1)
    assert only(Request).stage == RequestStage.CLOSED
    assert "I finally see it" in text(page.as_user(host).get("skills.session", session_id=session.id))
    assert "You have taught for 1 and learnt for 0 hours" in text(page.get("skills.hours"))


def test_a_line_to_the_host_is_read_by_nobody_else(page, host, learner):
    lead = factories.lead(host.institution)
    session = making.held(learner, host=host)
    with making.after(session):
        services.confirm(session, was_there=True, feedback="Between us", actor=learner)
    for person in (lead, making.colleague(host), learner):
        assert "Between us" not in text(page.as_user(person).get("skills.session", session_id=session.id))


def test_who_comes_is_seen_by_the_host_alone(page, host, learner):
    session = making.session(host)
    services.book(session, actor=learner)
    assert learner.name in text(page.as_user(host).get("skills.session", session_id=session.id))
    other = making.colleague(host, name="Somebody Else")
    assert learner.name not in text(page.as_user(other).get("skills.session", session_id=session.id))


def test_the_last_place_then_the_waiting_list(page, host, learner):
    session = making.session(host, capacity=1)
    page.as_user(making.colleague(host)).submit("skills.session", form="book", session_id=session.id)
    assert "Join the waiting list" in text(page.as_user(learner).get("skills.session", session_id=session.id))
    page.submit("skills.session", form="book", session_id=session.id)
    session = queries.session(session.id)
    assert session.place_of(learner).stage == PlaceStage.WAITING
    page.submit("skills.session", form="leave", session_id=session.id)
    assert queries.session(session.id).place_of(learner).stage == PlaceStage.WITHDRAWN


def test_a_colleague_is_asked_by_name_without_a_skill(page, host, learner):
    query = {"to": host.slug}
    html = page.as_user(learner).get("skills.ask", query=query)
    assert "Ask Grace for 20 minutes" in text(html)
    page.submit("skills.ask", at=f"/skills/requests/ask?to={host.slug}", what="How do you label boxes?", kind="advice")
    assert only(Request).asked_id == host.id
    page.as_user(making.colleague(host)).get("skills.request", request_id=only(Request).id, status=403)


def test_colleagues_are_not_asked_without_end(page, host, learner):
    page.as_user(learner)
    for _ in range(20):
        page.submit("skills.ask", what="", status=422)
    page.submit("skills.ask", what="", status=429)


@pytest.mark.parametrize("slug", ["nobody", "x" * 300, "a\x00b", "'; --", "%"])
def test_asking_somebody_unknown_finds_nothing(page, learner, slug):
    page.as_user(learner).get("skills.ask", query={"to": slug}, status=404)


def test_nobody_of_another_university_is_asked_and_who_asks_themselves_asks_everybody(page, learner):
    page.as_user(learner).get("skills.ask", query={"to": factories.person().slug}, status=404)
    assert learner.first_name not in page.get("skills.ask", query={"to": learner.slug}).h1.text


def test_buttons_that_change_their_mind(page, host, learner):
    request = making.request(learner)
    services.answer(request, summary="I can", actor=host)
    page.as_user(learner).submit("skills.request", form="decline", request_id=request.id)
    assert only(Request).stage == RequestStage.OPEN
    page.submit("skills.request", form="withdraw", request_id=request.id)
    assert only(Request).stage == RequestStage.WITHDRAWN
    offer = making.offer(host)
    page.as_user(host).submit("skills.offer", form="withdraw", offer_id=offer.id)
    assert [o.stage for o in database.session.query(Offer).filter_by(id=offer.id)] == ["withdrawn"]


def test_an_offer_is_made_and_others_ask_for_a_time(page, host, learner):
    skill = making.skill(host)
    page.as_user(host).submit(
        "skills.new_offer", skill=str(skill.id), kind="demonstration", summary="Thin sections", expires_on=""
    )
    offer = only(Offer)
    assert offer.expires_on is None
    assert "Ask Grace for a time" in text(page.as_user(learner).get("skills.offer", offer_id=offer.id))
    assert "Thin sections" in text(page.get("skills.offers"))


def test_a_session_is_changed_and_cancelled_by_its_host(page, host, learner):
    session = making.session(host)
    services.book(session, actor=learner)
    page.as_user(host).submit("skills.change_session", session_id=session.id, place="Forge Yard 2")
    assert only(Session).place == "Forge Yard 2"
    page.submit("skills.cancel", session_id=session.id, because="The gas is off.")
    assert "The gas is off." in text(page.as_user(learner).get("skills.session", session_id=session.id))


def test_a_manager_agrees_on_the_page(page, host):
    boss = making.colleague(host)
    host.manager_id = boss.id
    session = making.session(host, needs_approval=True)
    page.as_user(making.colleague(host)).get("skills.session", session_id=session.id, status=403)
    assert "Agree to" in text(page.as_user(boss).get("skills.home"))
    page.submit("skills.session", form="approve", session_id=session.id)
    assert only(Session).stage == SessionStage.SCHEDULED


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"starts_at": "2020-01-01T10:00"}, "Choose a day within twenty years"),
        ({"starts_at": ""}, "Choose a day and a time"),
        ({"starts_at": "soon"}, "Not a valid"),
        ({"minutes": "5"}, "Enter a whole number from 10"),
        ({"minutes": "99999999999"}, "Enter a whole number from 10"),
        ({"capacity": "0"}, "Enter a whole number from 1"),
        ({"capacity": "1_000"}, "Enter a whole number"),
        ({"place": "\u200b"}, "Say where you meet"),
        ({"title": "x" * 121}, "Use 120 characters"),
    ],
)
def test_a_wrong_session_says_what_is_wrong(page, host, wrong, told):
    offer = making.offer(host)
    good = {"title": "A stack", "place": "Here", "starts_at": f"{today() + timedelta(days=3)}T13:00"}
    html = page.as_user(host).submit("skills.schedule", offer_id=offer.id, status=422, **good | wrong)
    assert html.select_one(".errors") is not None
    assert database.session.query(Session).count() == 0
    if "2020" not in wrong.get("starts_at", ""):
        assert told in text(html)


def test_yesterday_is_refused_beside_the_field(page, host):
    offer = making.offer(host)
    html = page.as_user(host).submit(
        "skills.schedule", offer_id=offer.id, place="Here", starts_at=f"{today()}T00:00", status=422
    )
    assert "Choose a time that is still to come" in text(html)


def test_the_calendar_file_folds_and_escapes(page, host):
    session = making.session(host, title="Gluing, sawing; " + "größer " * 20, place="Room\\1")
    body = page.as_user(host).raw("skills.calendar", session_id=session.id).get_data(as_text=True)
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))
    whole = body.replace("\r\n ", "")
    assert "SUMMARY:Gluing\\, sawing\\; größer" in whole
    assert "LOCATION:Room\\\\1" in whole
    assert f"DTSTART:{session.starts_at:%Y%m%dT%H%M%SZ}" in whole


PAGES = ["home", "sessions", "requests", "offers", "hours", "ask", "new_offer"]


@pytest.mark.parametrize("endpoint", PAGES)
def test_pages_are_for_people_who_signed_in(page, db, endpoint):
    assert "sign-in" in page.signed_out().raw(f"skills.{endpoint}").location


@pytest.mark.parametrize("endpoint", PAGES)
def test_an_empty_hub_says_what_to_do(page, learner, endpoint):
    page.as_user(learner).get(f"skills.{endpoint}")


def test_another_university_sees_nothing(page, host, learner):
    session = making.held(learner, host=host)
    request, offer = making.request(learner), making.offer(host)
    page.as_user(factories.lead())
    for endpoint in ("session", "calendar", "deliver", "confirm", "cancel", "change_session"):
        page.get(f"skills.{endpoint}", session_id=session.id, status=404)
    page.get("skills.request", request_id=request.id, status=404)
    page.get("skills.offer", offer_id=offer.id, status=404)
    assert "no session" in text(page.get("skills.sessions", query={"view": "past"})).lower()


def test_what_is_for_the_host_is_closed_to_others(page, host, learner):
    session = making.session(host)
    services.book(session, actor=learner)
    page.as_user(learner)
    for endpoint in ("deliver", "change_session", "cancel", "confirm"):
        page.get(f"skills.{endpoint}", session_id=session.id, status=403)
    page.get("skills.schedule", offer_id=session.offer_id, status=403)
    page.get("skills.sessions", query={"view": "all"}, status=404)
    page.get("skills.sessions", query={"kind": "magic"}, status=404)
    page.get("skills.sessions", query={"q": "%" * 500})


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_database_as_often_for_many_as_for_one(page, queries, host, learner, rows):
    skill = making.skill(host)
    making.wants(learner, skill)
    making.teaches(learner, making.skill(host))
    for _ in range(rows):
        session = making.session(of=making.offer(host, skill=skill))
        services.book(session, actor=making.colleague(host))
        services.book(making.session(of=making.offer(host, skill=skill)), actor=learner)
        making.request(host, skill=skill)
        making.request(learner, skill=skill)
    page.as_user(learner)
    for endpoint, most in (("home", 12), ("sessions", 8), ("requests", 8), ("offers", 8), ("hours", 8)):
        with queries(at_most=most):
            page.get(f"skills.{endpoint}")
    with queries(at_most=8):
        page.get("skills.session", session_id=session.id)


def test_what_waits_is_listed_for_each(host, learner):
    asked = making.request(learner, asked=host)
    answered = services.answer(making.request(learner), summary="I can", actor=host)
    soon = making.session(host)
    services.book(soon, actor=learner)
    came = making.held(learner, host=host)
    with clock.held(clock.now() + timedelta(days=8)):
        for_host = {(kind, subject) for kind, subject, _, _ in queries.waiting_for(host)}
        for_learner = {(kind, subject) for kind, subject, _, _ in queries.waiting_for(learner)}
    assert for_host == {
        ("skills.request", asked.id),
        ("skills.schedule", answered.id),
        ("skills.deliver", soon.id),
    }
    assert for_learner == {("skills.confirm", came.id)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": ""},
        {"what": "\u200b\u200b"},
        {"what": "x" * 201},
        {"skill": "9" * 30},
        {"skill": "0"},
        {"kind": "magic"},
        {"expires_on": "0001-01-01"},
        {"expires_on": "9999-12-31"},
        {"expires_on": "yesterday"},
    ],
)
def test_a_wrong_request_is_refused_and_nothing_is_kept(page, learner, wrong):
    skill = making.skill(learner)
    good = {"what": "A stack", "skill": str(skill.id), "kind": "advice"}
    html = page.as_user(learner).submit("skills.ask", status=422, **good | wrong)
    assert html.select_one(".errors") is not None
    assert database.session.query(Request).count() == 0


def test_what_somebody_answers_to_a_request_is_for_the_one_who_asked(page, host, learner):
    request = making.request(learner)
    answered = services.answer(request, summary="Half an hour on ours", actor=host)
    other = making.colleague(host, name="Ife Balogun")
    assert "Half an hour on ours" in text(page.as_user(learner).get("skills.request", request_id=request.id))
    assert "Half an hour on ours" not in text(page.as_user(other).get("skills.request", request_id=request.id))
    services.schedule(
        answered,
        title="A first stack",
        place="Kelvin Court 1.09",
        starts_at=at_london(today() + timedelta(days=3), 13),
        minutes=30,
        capacity=1,
        needs_approval=True,
        actor=host,
    )
    assert "Kelvin Court" in text(page.as_user(learner).get("skills.request", request_id=request.id))
    assert "Kelvin Court" not in text(page.as_user(other).get("skills.request", request_id=request.id))


@pytest.mark.parametrize("ticked", [[""], ["", "999999"], ["999999"], ["nobody"]])
def test_whoever_was_not_booked_cannot_be_ticked(page, host, learner, ticked):
    session = making.session(host)
    services.book(session, actor=learner)
    with making.after(session):
        page.as_user(host).submit("skills.deliver", session_id=session.id, attended=ticked, status=422)
    assert queries.session(session.id).stage == SessionStage.SCHEDULED

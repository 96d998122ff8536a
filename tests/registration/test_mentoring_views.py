"""Finding, asking, answering, working together; and what a lead does with a round."""

import pytest

from hub.core.clock import today
from hub.registration import queries, services
from hub.registration.models import MatchingRound, Mentoring
from hub.registration.stages import CameBy, PairStage, RoundStage
from tests import factories as make
from tests.registration import making


def only(db, model):
    db.session.expire_all()
    return db.session.query(model).one()


def test_somebody_offers_to_mentor_and_changes_the_offer(page, db):
    me = making.technician()
    page.as_user(me)
    page.submit("registration.become_mentor", capacity="0", registers=["rsci"], status=422)
    page.submit("registration.become_mentor", capacity="3", registers=["rsci", "engtech"], about="Ask me anything.")
    page.submit("registration.become_mentor", registers=["rsci"], paused="y")
    offer = queries.mentor_of_person(me.id)
    assert (offer.registers, offer.capacity, offer.paused, offer.about) == (["rsci"], 3, True, "Ask me anything.")


def test_a_mentor_is_found_with_reasons_and_asked(page, db):
    journey = making.journey()
    mentor = making.mentor(making.technician(journey.person.institution, name="Rosa Idle"))
    making.mentor(making.technician(name="Elsewhere Entirely"))
    page.as_user(journey.person)
    page.submit("registration.wish", journey_id=journey.id, campus="North", disciplines=["chemistry"])
    html = page.get("registration.find_mentor")
    assert [h.text.strip() for h in html.select(".result h3")] == ["Rosa Idle"]
    assert "knows the way to the same register" in html.text

    page.submit("registration.ask", mentor_id=mentor.id, message="Could you help me to begin?")
    pair = only(db, Mentoring)
    assert (pair.stage, pair.came_by, pair.mentee_agreed_at is not None) == (PairStage.PROPOSED, CameBy.ASKED, True)


def test_asking_without_a_journey_leads_to_choosing_one(page):
    mentor = making.mentor()
    other = making.technician(mentor.person.institution)
    assert page.as_user(other).post is not None
    assert page.get("registration.ask", mentor_id=mentor.id, status=302) is not None


def test_a_mentor_of_another_institution_does_not_exist(page):
    mentor = making.mentor()
    page.as_user(making.journey().person).get("registration.ask", mentor_id=mentor.id, status=404)


def test_the_list_of_mentors_filters_sorts_and_exports(page):
    journey = making.journey()
    uni = journey.person.institution
    making.mentor(making.technician(uni, name="Ada Free"))
    full = making.mentor(making.technician(uni, name="Bea Busy"), capacity=1)
    making.mentor(making.technician(uni, name="Cy Other"), registers=["engtech"])
    making.pair(making.journey(making.technician(uni)), full.person)
    page.as_user(journey.person)

    def names(**query):
        return [h.text.strip() for h in page.get("registration.find_mentor", query=query).select(".result h3")]

    assert names() == ["Ada Free", "Bea Busy", "Cy Other"]
    assert names(register="engtech") == ["Cy Other"]
    assert names(place="free", sort="-name") == ["Cy Other", "Ada Free"]
    assert names(q="%") == []
    assert "Ada Free" in page.raw("registration.find_mentor", query={"export": "csv"}).text


def test_the_two_answer_agree_meet_and_close(page, db):
    journey = making.journey()
    mentor = making.mentor(making.technician(journey.person.institution))
    by = mentor.person
    pair = services.ask(mentor, journey, message="Please", actor=journey.person)
    number, mentee = pair.id, journey.person

    page.as_user(by).submit("registration.pairing", mentoring_id=number, form="accept")
    page.as_user(mentee)
    page.submit("registration.agreement", mentoring_id=number, goals="Send by May", frequency="monthly", channel="both")
    page.submit(
        "registration.meeting", mentoring_id=number, met_on=today().isoformat(), minutes="40", summary="Area A next"
    )
    page.submit("registration.meeting", mentoring_id=number, met_on=today().isoformat(), minutes="4", status=422)
    page.submit("registration.note", mentoring_id=number, text="Find the 2023 photograph")
    page.submit("registration.pairing", mentoring_id=number, form="pause")
    page.submit("registration.pairing", mentoring_id=number, form="resume")
    shown = page.as_user(by).get("registration.pairing", mentoring_id=number).text
    assert "Find the 2023 photograph" in shown
    assert "Area A next" in shown
    page.get("registration.my_mentees")
    page.submit("registration.close", mentoring_id=number, outcome="submitted")
    page.get("registration.evaluation", mentoring_id=number, status=403)
    page.as_user(mentee).submit("registration.evaluation", mentoring_id=number, helped="5", evaluation="Kind")
    assert only(db, Mentoring).stage == PairStage.EVALUATED


def test_no_is_said_with_a_reason(page, db):
    journey = making.journey()
    mentor = making.mentor(making.technician(journey.person.institution))
    by = mentor.person
    pair = services.ask(mentor, journey, message="Please", actor=journey.person)
    page.as_user(by).submit("registration.decline", mentoring_id=pair.id, status=422)
    page.submit("registration.decline", mentoring_id=pair.id, reason="no_time", note="Sorry, not this term")
    page.get("registration.pairing", mentoring_id=pair.id)
    assert only(db, Mentoring).stage == PairStage.DECLINED


def test_nobody_else_comes_into_a_pairing(page):
    journey = making.journey()
    pair = making.pair(journey)
    for stranger in (make.lead(journey.person.institution), making.technician(journey.person.institution)):
        page.as_user(stranger).get("registration.pairing", mentoring_id=pair.id, status=404)


# -- leading -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def round_ready(db):
    """A lead, two who wait, one mentor with two places."""
    uni = make.institution()
    boss = make.lead(uni)
    wishes = [making.wish(making.journey(making.technician(uni))) for _ in range(2)]
    mentor = making.mentor(making.technician(uni))
    return boss, wishes, mentor


LEADS = ["mentoring", "new_round", "registered"]


@pytest.mark.parametrize("endpoint", LEADS)
def test_only_a_lead_sees_the_counts(page, endpoint):
    page.as_user(making.technician()).get(f"registration.{endpoint}", status=403)
    page.signed_out().get(f"registration.{endpoint}", status=302)


def test_a_lead_previews_changes_and_proposes_a_round(page, db, round_ready):
    boss, wishes, _ = round_ready
    mentees = {wish.journey.person_id for wish in wishes}
    page.as_user(boss).get("registration.mentoring")
    page.submit("registration.new_round", name="January")
    matched = only(db, MatchingRound)
    number = matched.id
    html = page.get("registration.matching_round", round_id=number)
    assert html.select_one("h1").text == "2 pairs suit everybody best together, nobody is left out"
    assert db.session.query(Mentoring).count() == 0

    pair = queries.matching_round(number).pairs[0].id
    page.submit("registration.override", round_id=number, pair_id=pair, mentor="")
    page.submit("registration.matching_round", round_id=number, form="propose")
    made = only(db, Mentoring)
    assert (made.came_by, made.round_id, made.mentee_id in mentees) == (CameBy.ROUND, number, True)
    assert only(db, MatchingRound).stage == RoundStage.PROPOSED
    page.get("registration.mentoring")


def test_a_round_with_nobody_is_refused_beside_its_name(page):
    page.as_user(make.lead()).submit("registration.new_round", name="Empty", status=422)


def test_a_preview_is_discarded_without_a_trace(page, db, round_ready):
    boss, _, _ = round_ready
    page.as_user(boss).submit("registration.new_round", name="January")
    number = only(db, MatchingRound).id
    page.submit("registration.matching_round", round_id=number, form="discard")
    assert only(db, MatchingRound).stage == RoundStage.DISCARDED
    assert db.session.query(Mentoring).count() == 0


def test_a_lead_of_another_institution_finds_no_round(page, db, round_ready):
    boss, wishes, _ = round_ready
    made = services.preview_round(name="January", actor=boss)
    number, wish = made.id, wishes[0].id
    page.as_user(make.lead())
    page.get("registration.matching_round", round_id=number, status=404)
    page.get("registration.propose", wish_id=wish, status=404)


def test_a_lead_proposes_one_mentor(page, db, round_ready):
    boss, wishes, mentor = round_ready
    page.as_user(boss).submit("registration.propose", wish_id=wishes[0].id, mentor=str(mentor.id))
    assert only(db, Mentoring).came_by == CameBy.LEAD


def test_a_full_mentor_cannot_be_chosen_in_a_round(page, db, round_ready):
    boss, _, _ = round_ready
    small = making.mentor(making.technician(boss.institution), capacity=1, registers=["engtech"]).id
    made = services.preview_round(name="January", actor=boss)
    number, pairs = made.id, [pair.id for pair in made.pairs]
    page.as_user(boss).submit("registration.override", round_id=number, pair_id=pairs[0], mentor=str(small))
    html = page.submit("registration.override", round_id=number, pair_id=pairs[1], mentor=str(small), status=422)
    assert "already fills the free places" in html.text


def test_the_registered_are_counted_listed_and_taken_along(page, queries, db):
    uni = make.institution()
    boss = make.lead(uni)
    making.registered(making.technician(uni, name="Ada Held"))
    making.registered()
    page.as_user(boss)
    html = page.get("registration.registered")
    assert html.select_one("h1").text == "1 person is registered, one more than two years ago"
    assert [
        row.select_one("td").text for row in html.select("table:has(caption:-soup-contains('Registrations')) tbody tr")
    ] == ["Ada Held"]
    assert page.raw("registration.registered", query={"export": "xlsx"}).status_code == 200
    for _ in range(2):
        making.registered(making.technician(uni))
    with queries(at_most=12):
        page.get("registration.registered")


@pytest.mark.parametrize("endpoint", ["find_mentor", "mentoring", "my_mentees", "home"])
def test_lists_cost_the_same_with_one_row_and_with_three(page, queries, db, endpoint):
    uni = make.institution()
    me = make.lead(uni, unit=make.unit(uni))
    making.mentor(me, capacity=5)

    def more():
        waiting = making.journey(making.technician(uni))
        making.wish(waiting)
        making.pair(making.journey(making.technician(uni)), me)
        making.mentor(making.technician(uni))

    more()
    page.as_user(me)
    with queries(at_most=12) as seen:
        page.get(f"registration.{endpoint}")
    before = len(seen)
    more()
    more()
    with queries(at_most=before):
        page.get(f"registration.{endpoint}")

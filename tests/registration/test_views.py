"""Every page with its real form, for each who may come in and some who may not."""

import io
from datetime import timedelta

import pytest
from docx import Document

from hub.core.clock import today
from hub.registration import queries, services
from hub.registration.models import Journey, Mentoring
from hub.registration.stages import Outcome, PairStage, Stage
from tests import factories as make
from tests.registration import making
from tests.support.pages import Page


def first(html, selector="h1"):
    return " ".join(html.select_one(selector).text.split())


# -- the technician's way ----------------------------------------------------------------------------------------------


def test_somebody_new_is_asked_which_letters(page):
    page.as_user(making.technician())
    assert first(page.get("registration.home")) == "Which letters could you put after your name?"


def test_three_questions_lead_to_letters_and_store_nothing(page):
    page.as_user(making.technician())
    page.get("registration.which_letters")
    answers = {"field": "science", "experience": "practised", "teaches": "yes"}
    found = page.get("registration.which_letters", query=answers)
    assert [h.text.split(",")[0] for h in found.select("section h2")] == ["RSci", "RSciTech", "AFHEA"]
    page.get("registration.which_letters", query=answers | {"field": "magic"}, status=404)


@pytest.mark.parametrize("field", ["science", "engineering", "it", "arts", "teaching"])
@pytest.mark.parametrize("experience", ["new", "practised", "senior"])
def test_every_answer_leads_somewhere(page, field, experience):
    page.as_user(making.technician())
    query = {"field": field, "experience": experience, "teaches": "no"}
    assert page.get("registration.which_letters", query=query).select("section h2")


def test_from_a_choice_to_the_letters(page, db):
    me = making.technician()
    page.as_user(me)
    page.submit("registration.start", register="rsci", body="bcs", status=422)
    assert db.session.query(Journey).count() == 0
    page.submit("registration.start", register="rsci", body="ist")
    journey = queries.under_way(me.id)
    for area in "ABCDE":
        page.submit("registration.area", journey_id=journey.id, area=area, text=making.WORDS)
    page.submit(
        "registration.supporter",
        journey_id=journey.id,
        name="Una Marsh",
        email="una@elsewhere.example",
        agreed="y",
    )
    day = today().isoformat()
    page.submit("registration.submit", journey_id=journey.id, submitted_on=day)
    page.submit("registration.journey", journey_id=journey.id, form="move", button=("move", "acknowledge"))
    page.submit("registration.decision", journey_id=journey.id, outcome="awarded", decided_on=day)
    page.submit(
        "registration.enter_number",
        journey_id=journey.id,
        number="S-77",
        registered_on=day,
        fee="57.80",
        proof=(io.BytesIO(b"%PDF-nonsense"), "letter.pdf"),
        status=422,
    )
    page.submit("registration.enter_number", journey_id=journey.id, number="S-77", registered_on=day, fee="57.80")

    db.session.expire_all()
    (held,) = queries.journeys_of(me.id)
    assert (held.stage, held.number, held.fee_pence) == (Stage.REGISTERED, "S-77", 5780)
    assert "RSci, number S-77" in page.get("registration.home").text


@pytest.mark.parametrize(
    "maker",
    [
        lambda: making.journey(register=None),
        making.journey,
        making.drafted,
        making.supported,
        making.submitted,
        making.awarded,
        making.registered,
    ],
)
def test_home_and_journey_show_each_stage(page, maker):
    journey = maker()
    page.as_user(journey.person)
    page.get("registration.home")
    page.get("registration.journey", journey_id=journey.id)


def test_interest_is_one_button(page):
    me = making.technician()
    page.as_user(me).submit("registration.home")
    assert queries.under_way(me.id).stage == Stage.INTERESTED


def test_a_registration_from_before_goes_on_the_record(page):
    me = making.technician()
    page.as_user(me).submit(
        "registration.earlier", register="engtech", body="iet", number="9", registered_on="2019-05-01", renewal_on=""
    )
    assert [j.register for j in queries.current_registrations([me.id])[me.id]] == ["engtech"]


def test_a_draft_keeps_itself(page, db):
    journey = making.journey()
    html = page.as_user(journey.person).get("registration.area", journey_id=journey.id, area="B")
    form = html.select_one("main form:has(textarea[name=text])")
    values = page._filled(form) | {"text": "Kept as I write"}
    answer = page._send("POST", form.select_one("[data-autosave]")["data-autosave"], data=values)
    assert sorted(answer.json) == ["saved", "version"]

    again = values | {"_version": str(answer.json["version"]), "_once": "y" * 24, "text": "And once more"}
    assert page._send("POST", form.select_one("[data-autosave]")["data-autosave"], data=again).status_code == 200
    statement = queries.statement_for(journey.id, "B", viewer=journey.person)
    assert (statement.text, statement.words, statement.kept) == ("And once more", 3, [])


def test_an_older_draft_never_overwrites_a_newer_one(page):
    journey = making.journey()
    html = page.as_user(journey.person).get("registration.area", journey_id=journey.id, area="A")
    values = page._filled(html.select_one("main form:has(textarea[name=text])"))
    page.submit("registration.area", journey_id=journey.id, area="A", text="The newer one")
    path = f"/registrations/journeys/{journey.id}/areas/A"
    assert "The older one" in page.post(path, status=409, **(values | {"text": "The older one"})).text
    assert queries.statement_for(journey.id, "A", viewer=journey.person).text == "The newer one"


def test_a_draft_over_the_limit_is_sent_back_with_its_words(page):
    journey = making.journey()
    html = page.as_user(journey.person).submit(
        "registration.area", journey_id=journey.id, area="A", text="word " * 1003, status=422
    )
    assert "Shorten this by 3 words" in html.text
    assert len(html.select_one("textarea[name=text]").text.split()) == 1003


def test_drafts_come_along_as_word_and_as_text(page):
    journey = making.drafted()
    page.as_user(journey.person)
    page.get("registration.drafts", journey_id=journey.id)
    word = page.raw("registration.drafts", journey_id=journey.id, query={"export": "docx"})
    paragraphs = [p.text for p in Document(io.BytesIO(word.data)).paragraphs]
    assert (paragraphs.count(making.WORDS), paragraphs[0]) == (
        5,
        f"{journey.person.name}: competence report for RSci",
    )
    text = page.raw("registration.drafts", journey_id=journey.id, query={"export": "txt"}).text
    assert text.count(making.WORDS) == 5
    assert "A  Knowledge and understanding" in text


# -- who may read the drafts -------------------------------------------------------------------------------------------

DRAFT_PAGES = [
    ("registration.journey", {}),
    ("registration.area", {"area": "A"}),
    ("registration.drafts", {}),
]


@pytest.mark.parametrize(("endpoint", "args"), DRAFT_PAGES)
def test_only_the_writer_and_the_active_mentor_see_the_drafts(page, endpoint, args):
    journey = making.drafted()
    uni = journey.person.institution
    boss = make.lead(uni)
    journey.person.manager = boss
    pair = making.pair(journey)
    number, readers = journey.id, (journey.person, pair.mentor)
    for stranger in (boss, making.technician(uni), making.technician()):
        page.as_user(stranger).get(endpoint, journey_id=number, **args, status=404)
    for reader in readers:
        page.as_user(reader).get(endpoint, journey_id=number, **args)
    page.signed_out().get(endpoint, journey_id=number, **args, status=302)


@pytest.mark.parametrize(("endpoint", "args"), DRAFT_PAGES)
def test_the_drafts_are_gone_for_the_mentor_once_the_pairing_ends(page, endpoint, args):
    journey = making.drafted()
    pair = making.pair(journey)
    services.close(pair, outcome=Outcome.STILL_DRAFTING, actor=journey.person)
    page.as_user(pair.mentor).get(endpoint, journey_id=journey.id, **args, status=404)


@pytest.mark.parametrize(("endpoint", "args"), DRAFT_PAGES)
def test_a_proposed_mentor_sees_nothing_yet(page, endpoint, args):
    journey = making.drafted()
    pair = making.proposal(journey, make.lead(journey.person.institution))
    page.as_user(pair.mentor).get(endpoint, journey_id=journey.id, **args, status=404)


def test_the_mentor_comments_and_cannot_write(page):
    journey = making.drafted()
    pair = making.pair(journey)
    writer = journey.person
    page.as_user(pair.mentor).submit(
        "registration.area", journey_id=journey.id, area="A", form="comments", comment="Which cryostat was it?"
    )
    html = page.get("registration.area", journey_id=journey.id, area="A")
    assert html.select("textarea[name=text]") == []
    token = page._filled(html.select_one("main form"))
    page.post(f"/registrations/journeys/{journey.id}/areas/A/autosave", status=403, **(token | {"text": "Mine now"}))
    assert (
        "Which cryostat was it?" in page.as_user(writer).get("registration.area", journey_id=journey.id, area="A").text
    )


def test_a_comment_never_collides_with_the_writing(page):
    journey = making.drafted()
    writer, mentor, number = journey.person, making.pair(journey).mentor, journey.id
    reading = Page(page.app).as_user(mentor)
    html = reading.get("registration.area", journey_id=number, area="A")
    values = page._filled(html.select_one("form[action$=comments]"))
    page.as_user(writer).submit("registration.area", journey_id=number, area="A", text="Rewritten")
    reading.post(f"/registrations/journeys/{number}/areas/A/comments", **(values | {"comment": "Good"}))


def test_the_mentor_calls_it_ready(page, db):
    journey = making.supported()
    mentor = making.pair(journey).mentor
    page.as_user(journey.person).submit(
        "registration.journey", journey_id=journey.id, form="move", button=("move", "ask_review")
    )
    page.as_user(mentor).submit(
        "registration.journey", journey_id=journey.id, form="move", button=("move", "pass_review")
    )
    db.session.expire_all()
    assert queries.under_way(journey.person_id).reviewed_at is not None


@pytest.mark.parametrize(
    "endpoint",
    ["choose_register", "supporter", "submit", "decision", "enter_number", "renew", "lapse", "wish", "proof"],
)
def test_the_mentor_changes_nothing_of_the_journey(page, endpoint):
    journey = making.drafted()
    pair = making.pair(journey)
    page.as_user(pair.mentor).get(f"registration.{endpoint}", journey_id=journey.id, status=403)


def test_a_supporter_answers_without_seeing_the_drafts(page, db):
    journey = making.drafted()
    colleague = make.person(journey.person.institution)
    page.as_user(journey.person).submit(
        "registration.supporter", journey_id=journey.id, name="Una", email=colleague.email
    )
    page.as_user(colleague).get("registration.journey", journey_id=journey.id, status=404)
    page.submit("registration.support", journey_id=journey.id, answer="yes")
    db.session.expire_all()
    assert queries.under_way(journey.person_id).stage == Stage.SUPPORTER_CONFIRMED


def test_renewing_and_lapsing_are_said_by_the_holder(page, db):
    journey = making.registered()
    page.as_user(journey.person)
    page.submit("registration.renew", journey_id=journey.id, renewal_on=today().isoformat(), status=422)
    later = (journey.renewal_on + timedelta(365)).isoformat()
    page.submit("registration.renew", journey_id=journey.id, renewal_on=later)
    page.submit("registration.lapse", journey_id=journey.id, lapsed_on=today().isoformat())
    db.session.expire_all()
    assert queries.journeys_of(journey.person_id)[0].stage == Stage.LAPSED


def test_the_registers_page_names_every_register(page):
    page.as_user(making.technician())
    assert len(page.get("registration.registers_page").select("section h2")) == 12


@pytest.mark.parametrize("fee", ["NaN", "-1", "1e9", "twelve", ""])
def test_a_fee_that_is_no_amount_is_refused(page, fee):
    journey = making.awarded()
    page.as_user(journey.person).submit(
        "registration.enter_number",
        journey_id=journey.id,
        number="1",
        registered_on=today().isoformat(),
        fee=fee,
        status=422,
    )


def test_an_unknown_move_is_refused(page):
    journey = making.drafted()
    page.as_user(journey.person).submit(
        "registration.journey", journey_id=journey.id, form="move", move="award", status=400
    )
    assert queries.under_way(journey.person_id).stage == Stage.EVIDENCE_DRAFTING


def test_a_journey_page_costs_the_same_whatever_is_on_it(page, queries, db):
    journey = making.drafted()
    pair = making.pair(journey)
    page.as_user(journey.person)
    with queries(at_most=8):
        page.get("registration.journey", journey_id=journey.id)
    for statement in journey.statements:
        services.comment(statement, text="Say more", actor=pair.mentor)
    with queries(at_most=8):
        page.get("registration.journey", journey_id=journey.id)


def test_pairs_stand_where_their_tests_say(db):
    assert making.pair(making.journey()).stage == PairStage.AGREED
    assert db.session.query(Mentoring).count() == 1

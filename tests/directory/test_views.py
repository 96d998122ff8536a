"""The pages: finding, looking, editing, agreeing; who may; how many statements."""

import csv
import io

import pytest

from hub.core.db import db as database
from hub.core.links import path_to
from hub.directory import policy, queries, services
from hub.directory.models import Level, Posting, Visibility
from hub.notifications.models import Notice
from tests import factories
from tests.directory import making
from tests.directory.test_services import fresh, picture

EDIT = 1  # the form after that which confirms


@pytest.fixture
def place(db):
    return making.place()


@pytest.fixture
def dewi(place):
    return making.technician(
        place,
        name="Dewi Prothero",
        job_title="Workshop manager",
        unit=factories.unit(place, name="School of Engineering"),
        skills={"SEM": Level.CAN_TEACH, "Weaving": None},
        building="Forge Yard",
        campus="Moor Park",
        equipment="Desktop SEM, Forge Yard",
        can_help_with="Holding thin parts",
        biography="I **mend** things.\n\n<script>alert(1)</script>",
    )


def text_of(html) -> str:
    return " ".join(html.main.get_text(" ").split())


# -- search ------------------------------------------------------------------------------------------------------------


def test_a_result_says_why_it_matched_and_what_was_understood(page, place, dewi):
    text = text_of(page.as_user(factories.person(place)).get("directory.search", query={"q": "sem"}))
    assert "One person matches “sem”, which we read as scanning electron microscopy." in text
    assert "Skill Scanning electron microscopy can teach" in text
    assert "Equipment Desktop SEM, Forge Yard" in text
    assert "Workshop manager, School of Engineering. Forge Yard, Moor Park." in text


def test_a_slip_is_mended_and_said(page, place, dewi):
    text = text_of(page.as_user(dewi).get("directory.search", query={"q": "protherro"}))
    assert "One person matches “protherro”; these are for Prothero." in text


def test_nothing_found_leads_on(page, place, dewi):
    html = page.as_user(dewi).get("directory.search", query={"q": "flibbertigibbet"})
    assert html.select_one("h2").text == "Nobody lists flibbertigibbet yet"
    assert html.select(".empty a")


def test_facets_narrow_and_count(page, place, dewi):
    other = making.technician(place, skills={"SEM": Level.LEARNING}, campus="City")
    html = page.as_user(other).get("directory.search", query={"q": "sem", "level": "can_teach"})
    assert [a.text.strip() for a in html.select(".results h3 a")] == ["Dewi Prothero"]
    boxes = {
        box.find_parent("div").label.text: box.find_parent("div").select_one(".facets__n")
        for box in html.select(".facets input")
    }
    assert {"Can teach", "Learning"} <= set(boxes)
    assert boxes["Learning"].text.startswith("1")


@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"},
        {"page": "99"},
        {"page": "x"},
        {"level": "god"},
        {"unit": "999999"},
        {"sort": "name"},
        {"export": "exe"},
    ],
)
def test_what_the_list_cannot_mean_is_not_found(page, place, dewi, query):
    page.as_user(dewi).get("directory.search", query=query, status=404)


@pytest.mark.parametrize(
    "query", [{"q": "'; DROP"}, {"q": "%"}, {"campus": "<b>"}, {"q": "\u202esem"}, {"q": "x" * 3000}]
)
def test_odd_input_is_answered(page, place, dewi, query):
    page.as_user(dewi).get("directory.search", query=query)


def test_the_export_holds_what_is_shown_and_cannot_start_a_formula(page, place, dewi):
    making.technician(place, name="=cmd", skills={"SEM": Level.WORKING})
    response = page.as_user(dewi).raw("directory.search", query={"q": "sem", "export": "csv"})
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))
    assert rows[0] == ["Name", "Job title", "School or department", "Place", "Why they match"]
    assert [row[0] for row in rows[1:]] == ["Dewi Prothero", "'=cmd"]
    assert page.raw("directory.search", query={"export": "xlsx"}).status_code == 200


def test_the_search_page_costs_four_statements_whatever_it_finds(page, place, dewi, queries):
    looking = factories.person(place)
    page.as_user(looking).get("directory.search", query={"q": "engineering"})  # the words are known from here on
    with queries(at_most=2 + 4 + 1):  # who asks; our own; the bell
        page.get("directory.search", query={"q": "sem"})
    for _ in range(25):
        making.technician(place, skills={"SEM": Level.EXPERT})
    page.get("directory.search", query={"q": "engineering"})
    with queries(at_most=2 + 4 + 1):
        html = page.get("directory.search", query={"q": "sem"})
    assert len(html.select(".result")) == 20
    assert "Page 1 of 2" in text_of(html)
    assert len(page.get("directory.search", query={"q": "sem", "page": "2"}).select(".result")) == 6


# -- profiles ----------------------------------------------------------------------------------------------------------


def test_a_colleague_sees_what_is_theirs_to_see(page, place, dewi):
    making.tells(dewi, see={"equipment": Visibility.PRIVATE})
    html = page.as_user(factories.person(place)).get("directory.profile", slug=dewi.slug)
    text = text_of(html)
    assert "Dewi Prothero" in text
    assert "Holding thin parts" in text
    assert "Desktop SEM" not in text
    assert html.select_one("strong").text == "mend"
    assert "<script>alert" not in str(html.main)


def test_the_public_sees_only_what_was_agreed(page, place, dewi):
    page.signed_out().get("directory.profile", slug=dewi.slug, status=404)
    making.goes_public(dewi, biography=Visibility.PUBLIC)
    html = page.get("directory.profile", slug=dewi.slug)
    assert "Dewi Prothero" in text_of(html)
    assert "Holding thin parts" not in str(html)
    assert not html.select("meta[name=robots]")
    services.withdraw_public(fresh(dewi), actor=dewi)
    page.get("directory.profile", slug=dewi.slug, status=404)


def test_another_institution_is_the_public(page, place, dewi):
    page.as_user(factories.person()).get("directory.profile", slug=dewi.slug, status=404)
    page.get("directory.report", slug=dewi.slug, status=404)
    page.get("directory.profile_by_id", profile_id=fresh(dewi).id, status=404)


def test_a_profile_costs_the_same_with_one_skill_or_many(page, place, dewi, queries):
    looking = factories.person(place)
    page.as_user(looking)
    with queries(at_most=12):
        page.get("directory.profile", slug=dewi.slug)
    for name in ("Milling", "Rigging", "Ceramics"):
        making.knows(dewi, name)
    with queries(at_most=12):
        page.get("directory.profile", slug=dewi.slug)


def test_a_name_that_is_hidden_is_not_told_by_the_number_of_its_profile(page, place):
    owner = making.technician(place, name="Quetzal Hidden", see={"name": Visibility.PRIVATE})
    page.as_user(factories.person(place))
    page.get("directory.profile_by_id", profile_id=fresh(owner).id, status=404)


CANARY = "Quetzalcanary"
TOLD = ("pronouns", "building", "campus", "contact_route", "contact_for", "can_help_with", "equipment", "biography")


def test_a_private_word_is_on_no_page_for_anybody_else(page, place):
    private = dict.fromkeys(set(policy.FIELDS) - {"name"}, Visibility.PRIVATE)
    owner = making.technician(place, skills={"Weaving": Level.WORKING}, see=private, **dict.fromkeys(TOLD, CANARY))
    for viewer in (factories.person(place), factories.lead(place), factories.person(place, is_technician=False)):
        page.as_user(viewer)
        pages = [page.get("directory.profile", slug=owner.slug), page.get("directory.search")]
        pages += [page.get("directory.search", query={"q": q}) for q in (owner.name, "weaving")]
        assert not any(CANARY in str(html) for html in pages)
        assert f"/{owner.slug}" not in str(page.get("directory.search", query={"q": CANARY}))
        assert CANARY not in page.raw("directory.search", query={"export": "csv"}).get_data(as_text=True)
    assert database.session.query(Posting).filter_by(person_id=owner.id, term=CANARY.lower()).count() == 0


def test_the_previews_show_what_others_see(page, place, dewi):
    page.as_user(dewi)
    assert "Holding thin parts" in text_of(page.get("directory.see_as_colleague"))
    assert "The public sees nothing of you" in text_of(page.get("directory.see_as_public"))
    making.goes_public(dewi)
    public = text_of(page.get("directory.see_as_public"))
    assert "Workshop manager" in public
    assert "Holding thin parts" not in public


def test_the_photograph_is_sent_only_to_those_who_may_see_it(page, place, dewi):
    services.set_photograph(fresh(dewi), content=picture(), name="me.png", alt="Me", actor=dewi)
    assert page.as_user(dewi).raw("directory.photo", slug=dewi.slug).mimetype == "image/jpeg"
    colleague = factories.person(place)
    assert page.as_user(colleague).raw("directory.photo", slug=dewi.slug).status_code == 404
    making.tells(dewi, see={"photograph": Visibility.TECHNICIANS})
    assert page.as_user(colleague).raw("directory.photo", slug=dewi.slug).status_code == 200
    assert page.signed_out().raw("directory.photo", slug=dewi.slug).status_code == 404


# -- one's own ---------------------------------------------------------------------------------------------------------


def test_editing_keeps_what_is_typed_and_who_sees_it(page, place, dewi):
    page.as_user(dewi).submit(
        "directory.edit_profile",
        form=EDIT,
        campus="City",
        working_days=["mon", "tue", "wed"],
        see_equipment="institution",
        can_help_with="Turning\nMilling",
    )
    profile = fresh(dewi)
    assert (profile.campus, profile.working_days, profile.can_help_with) == (
        *("City", ["mon", "tue", "wed"], "Turning\nMilling"),
    )
    assert profile.shown_to == {"equipment": "institution"}
    assert "Monday to Wednesday" in text_of(page.get("directory.profile", slug=dewi.slug))


def test_what_was_saved_meanwhile_is_not_overwritten(page, place, dewi):
    html = page.as_user(dewi).get("directory.edit_profile")
    values = page._filled(html.select_one("main form[action$='/me']"))
    making.tells(dewi, campus="Elsewhere")
    page.post(path_to("directory.edit_profile"), status=409, **values)
    assert fresh(dewi).campus == "Elsewhere"


def test_adding_a_skill_elsewhere_does_not_stop_the_profile_from_being_saved(page, place, dewi):
    html = page.as_user(dewi).get("directory.edit_profile")
    values = page._filled(html.select_one("main form[action$='/me']"))
    making.knows(dewi, "Milling")
    page.post(path_to("directory.edit_profile"), **values | {"campus": "City"})
    assert fresh(dewi).campus == "City"


@pytest.mark.parametrize(
    "wrong",
    [
        {"campus": "x" * 61},
        {"biography": "word " * 201},
        {"see_name": "everybody"},
        {"see_biography": "public"},
        {"working_days": ["funday"]},
    ],
)
def test_wrong_input_is_explained_and_changes_nothing(page, place, dewi, wrong):
    html = page.as_user(dewi).submit("directory.edit_profile", form=EDIT, status=422, **wrong)
    assert html.select(".error")
    assert fresh(dewi).campus == "Moor Park"


def test_confirming_is_one_press(page, place, dewi):
    page.as_user(dewi).submit("directory.edit_profile", form="/confirm")
    assert fresh(dewi).confirmed_at is not None


def test_skills_are_added_changed_and_removed(page, place, dewi):
    page.as_user(dewi).submit("directory.my_skills", form=2, name="hplc", level="working")
    own = next(s for s in fresh(dewi).skills if s.skill.name.startswith("High-performance liquid"))
    page.submit("directory.change_skill", person_skill_id=own.id, level="expert")
    assert queries.own_skill(own.id).level == Level.EXPERT
    page.submit("directory.my_skills", form=f"/skills/{own.id}/remove")
    assert all(s.id != own.id for s in fresh(dewi).skills)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Juggling", "level": "working"},
        {"name": "SEM"},
        {"name": "", "level": "expert"},
        {"name": "SEM", "level": "god"},
    ],
)
def test_a_skill_that_says_nothing_is_refused_beside_its_field(page, place, wrong):
    person = making.technician(place)
    html = page.as_user(person).submit("directory.my_skills", form="/skills", status=422, **wrong)
    assert html.select(".error")
    assert fresh(person).skills == []


def test_nobody_changes_another_ones_skill(page, place, dewi):
    own = fresh(dewi).skills[0]
    page.as_user(factories.person(place)).get("directory.change_skill", person_skill_id=own.id, status=403)
    page.as_user(factories.person()).get("directory.change_skill", person_skill_id=own.id, status=404)


def test_a_photograph_is_kept_and_removed(page, place, dewi):
    page.as_user(dewi).submit("directory.photograph", file=(io.BytesIO(picture()), "me.png"), alt="Me at the lathe")
    assert fresh(dewi).photo.alt == "Me at the lathe"
    page.submit("directory.photograph", form="/remove")
    assert fresh(dewi).photo is None


def test_the_owner_chooses_what_is_seen_of_a_photograph(page, place, dewi):
    page.as_user(dewi).submit("directory.photograph", file=(io.BytesIO(picture()), "me.png"), alt="Me at the lathe")
    page.submit("directory.crop_photograph", focus_x="0", focus_y="100")
    assert (fresh(dewi).photo.focus_x, fresh(dewi).photo.focus_y) == (0, 100)
    assert page.raw("directory.photo", slug=dewi.slug, query={"size": "face"}).mimetype == "image/jpeg"
    assert page.raw("directory.photo", slug=dewi.slug, query={"size": "huge"}).status_code == 404


@pytest.mark.parametrize("wrong", [{"focus_x": "101"}, {"focus_y": "-5"}, {"focus_x": "left"}, {"focus_y": ""}])
def test_a_cut_outside_the_photograph_is_refused_beside_its_field(page, place, dewi, wrong):
    page.as_user(dewi).submit("directory.photograph", file=(io.BytesIO(picture()), "me.png"), alt="Me")
    html = page.submit("directory.crop_photograph", status=422, **wrong)
    assert html.select(".error")
    assert (fresh(dewi).photo.focus_x, fresh(dewi).photo.focus_y) == (50, 40)


def test_without_a_photograph_there_is_nothing_to_cut(page, place, dewi):
    assert page.as_user(dewi).raw("directory.crop_photograph").location.endswith("/photograph")


@pytest.mark.parametrize("content", [b"", b"not a picture", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_picture_is_refused(page, place, dewi, content):
    html = page.as_user(dewi).submit("directory.photograph", file=(io.BytesIO(content), "me.png"), alt="Me", status=422)
    assert html.select(".error")


def test_going_public_needs_the_box_and_can_be_taken_back(page, place, dewi):
    page.as_user(dewi).submit("directory.agree_to_public", status=422)
    page.submit("directory.agree_to_public", agree="y")
    assert page.signed_out().get("directory.profile", slug=dewi.slug)
    page.as_user(dewi).submit("directory.edit_profile", form="/withdraw")
    page.signed_out().get("directory.profile", slug=dewi.slug, status=404)


def test_a_report_reaches_the_lead(page, place, dewi):
    lead = factories.lead(place)
    page.as_user(factories.person(place)).submit("directory.report", slug=dewi.slug, what="left", words="Since May")
    assert "may be wrong" in database.session.query(Notice).filter_by(recipient_id=lead.id).one().title


@pytest.mark.parametrize(
    "endpoint", ["search", "edit_profile", "my_skills", "photograph", "agree_to_public", "see_as_public"]
)
def test_the_hub_asks_strangers_to_sign_in(page, place, endpoint):
    response = page.signed_out().raw(f"directory.{endpoint}")
    assert response.status_code == 302
    assert "sign-in" in response.location


def test_who_is_no_technician_has_no_profile_to_edit(page, place):
    page.as_user(factories.person(place, is_technician=False)).get("directory.edit_profile", status=404)

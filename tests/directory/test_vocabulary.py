"""The vocabulary: the lead keeps it, technicians suggest what it lacks, and the search follows at once."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.core.clock import today
from hub.core.db import db as database
from hub.core.errors import MoveRefused
from hub.directory import queries, services
from hub.directory.listing import found_again
from hub.directory.models import Level, PersonSkill, Skill, SkillConfirmation, SkillGroup, SuggestionStage
from hub.directory.queries import UnknownSkill
from hub.directory.services import OwnSkill, SameSkill, SkillNameTaken, StillInUse
from hub.notifications.models import Notice
from hub.skills import services as sharing
from hub.skills.models import Kind
from tests import factories
from tests.directory import making


@pytest.fixture
def place(db):
    return making.place()


@pytest.fixture
def lead(place):
    return factories.lead(place)


def named(place, name):
    return queries.skill_named(name, place.id)


def found(person, words):
    return set(found_again(person, f"q={words.replace(' ', '+')}"))


def test_a_new_skill_finds_whoever_already_says_one_of_its_names(place, lead):
    ada = making.technician(place, can_help_with="Flame polishing and neon bending")
    looking = making.technician(place)
    assert found(looking, "lit glass signs") == set()
    services.add_to_vocabulary(
        place, name="Neon work", group=SkillGroup.ARTS, synonyms=["neon bending", "lit glass signs"], actor=lead
    )
    assert found(looking, "lit glass signs") == {ada.id}


def test_a_skill_that_is_renamed_is_found_by_its_new_name_and_no_longer_by_the_old(place, lead):
    ada = making.technician(place, skills={"Glassblowing": Level.EXPERT})
    skill = named(place, "Glassblowing")
    kept = {"group": skill.group, "synonyms": [], "abbreviations": []}
    services.change_in_vocabulary(skill, name="Lampworking", actor=lead, **kept)
    looking = making.technician(place)
    assert found(looking, "lampworking") == {ada.id}
    assert found(looking, "glassblowing") == set()


def test_two_skills_cannot_have_one_name_whatever_its_capitals(place, lead):
    with pytest.raises(SkillNameTaken):
        services.add_to_vocabulary(place, name="glassBlowing", group=SkillGroup.ARTS, actor=lead)
    skill = named(place, "Glassblowing")
    with pytest.raises(SkillNameTaken):
        services.change_in_vocabulary(
            skill, name="CERAMICS", group=skill.group, synonyms=[], abbreviations=[], actor=lead
        )


def test_a_skill_goes_only_when_nothing_names_it(place, lead):
    making.technician(place, skills={"Glassblowing": None})
    with pytest.raises(StillInUse):
        services.remove_from_vocabulary(named(place, "Glassblowing"), actor=lead)
    services.remove_from_vocabulary(named(place, "Ceramics"), actor=lead)
    with pytest.raises(UnknownSkill):
        named(place, "Ceramics")


def test_merging_keeps_the_best_of_those_who_have_both_and_all_names(place, lead):
    both = making.technician(place, skills={"MIG welding": Level.EXPERT, "TIG welding": Level.LEARNING})
    one = making.technician(place, skills={"MIG welding": Level.WORKING})
    asked = sharing.ask(
        kind=Kind.ADVICE,
        what="A seam",
        when_suits="",
        expires_on=today() + timedelta(days=9),
        skill=named(place, "MIG welding"),
        actor=one,
    )
    old, into = named(place, "MIG welding"), named(place, "TIG welding")
    services.merge_skills(old, into=into, actor=lead)
    into = named(place, "TIG welding")
    rows = database.session.execute(select(PersonSkill.person_id, PersonSkill.skill_id, PersonSkill.level)).all()
    assert sorted(rows) == sorted([(both.id, into.id, Level.EXPERT), (one.id, into.id, Level.WORKING)])
    assert named(place, "MIG welding").id == into.id
    assert found(making.technician(place), "mig welding") == {both.id, one.id}
    database.session.refresh(asked)
    assert asked.skill_id == into.id


def test_a_skill_is_not_merged_with_itself(place, lead):
    skill = named(place, "Ceramics")
    with pytest.raises(SameSkill):
        services.merge_skills(skill, into=skill, actor=lead)


def test_a_file_adds_and_changes_what_it_names_and_nothing_else(page, place, lead):
    sent = (
        "Name;Kind;Other names;Short forms\r\nNeon work;arts;signs;NW\r\n ; ;;\r\n"
        "Ceramics;Arts, media and performance;'-10 glazes;\r\n"
    )
    page.as_user(lead).submit("directory.import_skills", file=(io.BytesIO(sent.encode("utf-8-sig")), "skills.csv"))
    assert named(place, "NW").group == SkillGroup.ARTS
    assert named(place, "-10 glazes").name == "Ceramics"
    assert named(place, "Glassblowing").synonyms


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("Name,Kind\nNeon,magic\n,arts\n", "Row 2: “magic” is no kind of skill."),
        ("Name,Kind\nNeon,arts\nneon,arts\n", "stands in row 2 already"),
        ("Title,Sort\nNeon,arts\n", "The first row must name the columns"),
        ("", "The first row must name the columns"),
    ],
)
def test_a_file_with_a_wrong_row_stores_nothing_and_says_which(page, place, lead, sent, said):
    before = len(queries.skills(place.id))
    file = (io.BytesIO(sent.encode()), "skills.csv")
    shown = page.as_user(lead).submit("directory.import_skills", file=file, status=422)
    assert said in shown.get_text()
    assert len(queries.skills(place.id)) == before


# -- suggestions -------------------------------------------------------------------------------------------------------


def suggested(person, name="Neon bending", level=Level.EXPERT):
    return services.suggest_skill(person, name=name, about="Lit glass", level=level)


def test_what_the_lead_adds_is_on_the_profile_of_whoever_missed_it(place, lead):
    ada = making.technician(place)
    asked = suggested(ada)
    services.accept_suggestion(asked, name="Neon work", group=SkillGroup.ARTS, actor=lead)
    own = queries.skill_of(ada, named(place, "neon bending"))
    assert (asked.stage, own.level) == (SuggestionStage.ADDED, Level.EXPERT)
    kinds = set(database.session.scalars(select(Notice.kind)))
    assert {"directory.suggested", "directory.suggestion_answered"} <= kinds


def test_another_name_of_what_there_is_becomes_one(place, lead):
    ada = making.technician(place)
    services.recognise_suggestion(suggested(ada, "Potting", None), skill=named(place, "Ceramics"), actor=lead)
    own = queries.skill_of(ada, named(place, "Potting"))
    assert own.skill_id == named(place, "Ceramics").id
    assert own.wants_to_learn


def test_an_answer_is_given_once_and_by_the_lead(place, lead):
    ada = making.technician(place)
    asked = suggested(ada)
    with pytest.raises(MoveRefused):
        services.decline_suggestion(asked, answer="No", actor=ada)
    services.decline_suggestion(asked, answer="Too rare", actor=lead)
    with pytest.raises(MoveRefused):
        services.accept_suggestion(asked, name="Neon", group=SkillGroup.ARTS, actor=lead)


def test_nobody_suggests_what_there_is_or_the_same_twice(place, lead):
    ada = making.technician(place)
    suggested(ada)
    for name in ("SEM", "neon BENDING"):
        with pytest.raises(SkillNameTaken):
            suggested(ada, name)


# -- pages -------------------------------------------------------------------------------------------------------------


def test_the_list_counts_who_has_teaches_and_wants_each(page, place, lead):
    making.technician(place, skills={"Glassblowing": Level.CAN_TEACH})
    making.technician(place, skills={"Glassblowing": Level.WORKING})
    making.technician(place, skills={"Glassblowing": None})
    shown = page.as_user(lead).get("directory.vocabulary", query={"q": "glassb"})
    assert [cell.get_text() for cell in shown.select("tbody tr td.num")] == ["2", "1", "1"]


def test_the_list_is_as_cheap_with_many_suggestions(page, place, lead, queries):
    for n in range(12):
        suggested(making.technician(place), f"Craft {n}")
    page.as_user(lead)
    with queries(at_most=6):
        page.get("directory.vocabulary")


def test_each_answer_has_its_page_and_asks_for_its_part(page, place, lead):
    asked = suggested(making.technician(place))
    page.as_user(lead)
    shown = page.submit(
        "directory.recognise_suggestion", suggestion_id=asked.id, known_as="Nothing like it", status=422
    )
    assert "has no skill of that name" in shown.get_text()
    shown = page.submit(
        "directory.accept_suggestion", suggestion_id=asked.id, name="Ceramics", group="arts", status=422
    )
    assert "a skill of this name already" in shown.get_text()
    page.submit("directory.decline_suggestion", suggestion_id=asked.id, answer="", status=422)
    page.submit("directory.decline_suggestion", suggestion_id=asked.id, answer="Too rare")
    assert database.session.get_one(type(asked), asked.id).stage == SuggestionStage.DECLINED


def test_the_lead_adds_changes_and_merges_on_pages(page, place, lead):
    page.as_user(lead).submit("directory.new_skill", name="Neon work", group="arts", synonyms="neon bending\nsigns")
    skill = named(place, "signs")
    page.submit("directory.edit_skill", skill_id=skill.id, name="Neon", abbreviations="NB")
    assert named(place, "NB").name == "Neon"
    page.submit("directory.merge_skill", skill_id=skill.id, into="Glassblowing")
    assert named(place, "neon bending").name == "Glassblowing"
    assert database.session.scalar(select(func.count()).where(Skill.name == "Neon")) == 0


# -- confirmed by colleagues -------------------------------------------------------------------------------------------


def confirmations():
    return database.session.scalar(select(func.count()).select_from(SkillConfirmation))


def test_a_colleague_confirms_a_skill_once_and_may_take_it_back(page, place):
    ada = making.technician(place, skills={"Glassblowing": Level.EXPERT})
    own = queries.skill_of(ada, named(place, "Glassblowing"))
    ben = making.technician(place)
    page.as_user(ben).submit("directory.profile", slug=ada.slug, form="/confirm")
    services.confirm_skill(queries.claimed_skill(own.id), actor=ben)
    assert confirmations() == 1
    assert "confirmed by 1 colleague" in page.get("directory.profile", slug=ada.slug).get_text()
    page.submit("directory.profile", slug=ada.slug, form="/unconfirm")
    assert confirmations() == 0


def test_another_level_is_not_what_was_confirmed(place):
    ada, colleague = making.technician(place, skills={"Glassblowing": Level.EXPERT}), making.technician(place)
    skill = named(place, "Glassblowing")
    services.confirm_skill(queries.claimed_skill(queries.skill_of(ada, skill).id), actor=colleague)
    services.add_skill_to(ada, skill, Level.EXPERT, ada)
    assert confirmations() == 1
    services.add_skill_to(ada, skill, Level.CAN_TEACH, ada)
    assert confirmations() == 0


def test_nobody_confirms_their_own(page, place):
    ada = making.technician(place, skills={"Glassblowing": Level.EXPERT})
    own = queries.skill_of(ada, named(place, "Glassblowing"))
    assert not page.as_user(ada).get("directory.profile", slug=ada.slug).select("form[action$=confirm]")
    with pytest.raises(OwnSkill):
        services.confirm_skill(queries.claimed_skill(own.id), actor=ada)

"""What the deeds on profiles and skills change, refuse and announce."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from hub.core.clock import at_london, held, now, today
from hub.core.db import db as database
from hub.core.storage import NotAllowed, StoredFile
from hub.directory import policy, queries, services, signals
from hub.directory.fields import WORDING_NOW
from hub.directory.models import Covers, Level, PersonSkill, Profile, PublicConsent, Visibility
from hub.directory.queries import UnknownSkill
from hub.directory.services import NotAgreed, TooManySkills
from hub.notifications.models import Notice
from tests import factories
from tests.directory import making


def picture() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (8, 5)).save(target, "PNG")
    return target.getvalue()


@pytest.fixture
def place(db):
    return making.place()


def fresh(person) -> Profile:
    return queries.profile_of(person.id, fresh=True)


# -- vocabulary --------------------------------------------------------------------------------------------------------


def test_the_shipped_vocabulary_is_large_and_loaded_once(place):
    skills = queries.skills(place.id)
    assert len(skills) >= 300
    assert services.load_vocabulary(place) == 0
    assert len(queries.skills(place.id)) == len(skills)


def test_loading_again_keeps_what_an_institution_changed(place):
    skill = queries.skill_named("Weaving", place.id)
    skill.synonyms = ["Our own word"]
    database.session.flush()
    services.load_vocabulary(place)
    assert queries.skill_named("our own word", place.id).id == skill.id


def test_a_skill_is_found_by_any_of_its_names(place):
    names = {queries.skill_named(n, place.id).name for n in ("sem", "SEM", "Scanning Electron microscopy")}
    assert names == {"Scanning electron microscopy"}
    with pytest.raises(UnknownSkill):
        queries.skill_named("Juggling", place.id)


# -- skills ------------------------------------------------------------------------------------------------------------


def test_a_technician_has_a_profile_from_the_first_moment(place):
    assert fresh(factories.person(place)).completeness == 0
    office = factories.person(place, is_technician=False)
    assert database.session.query(Profile).filter_by(person_id=office.id).count() == 0


def test_adding_a_skill_again_changes_it(place):
    person = making.technician(place, skills={"Weaving": Level.LEARNING})
    making.knows(person, "Weaving", Level.EXPERT)
    own = fresh(person).skills
    assert [(o.skill.name, o.level) for o in own] == [("Weaving", Level.EXPERT)]


def test_start_learning_never_lowers_a_level(place):
    person = making.technician(place, skills={"Weaving": Level.CAN_TEACH})
    skill = queries.skill_named("Weaving", place.id)
    services.start_learning(person, skill, actor=person)
    assert fresh(person).skills[0].level == Level.CAN_TEACH
    other = making.technician(place, skills={"Weaving": None})
    services.start_learning(other, skill, actor=other)
    assert fresh(other).skills[0].level == Level.LEARNING


def test_a_profile_holds_only_so_many_skills(place):
    person = making.technician(place)
    skills = queries.skills(place.id)[: services.MOST_SKILLS + 1]
    with pytest.raises(TooManySkills):
        services.add_skills_to(person, [services.Claim(s, Level.WORKING) for s in skills], actor=person)


def test_a_skill_without_level_or_wish_is_refused_by_the_database(place):
    person = making.technician(place)
    database.session.add(PersonSkill(institution_id=place.id, person_id=person.id, skill=queries.skills(place.id)[0]))
    with pytest.raises(IntegrityError):
        database.session.flush()


# -- the profile -------------------------------------------------------------------------------------------------------


def test_completeness_counts_the_parts_and_says_what_is_missing(place):
    person = making.technician(place, skills={"Weaving": Level.WORKING}, biography="I weave.", campus="City")
    profile = fresh(person)
    assert profile.completeness == 33
    assert set(services.missing_parts(profile)) == {
        *("photograph", "working_days", "contact_for", "can_help_with", "learning", "equipment")
    }


def test_the_first_confirmation_publishes_and_later_ones_only_confirm(place):
    person = making.technician(place, unit=factories.unit(place))
    heard = []
    with signals.profile_published.connected_to(lambda sender, actor: heard.append((sender, actor))):
        with held(at_london(today() - timedelta(days=3), 9)):
            services.confirm(fresh(person), actor=person)
            first = now()
        services.confirm(fresh(person), actor=person)
    [(profile, actor)] = heard
    assert actor is person
    assert profile.published_at == first < profile.confirmed_at
    assert profile.evidence_on == today() - timedelta(days=3)
    assert profile.evidence_people == [person.id]
    assert (profile.evidence_quantity, profile.evidence_unit_id) == (1, person.unit_id)
    assert person.name not in profile.evidence_title  # who may take it back later


def test_a_report_tells_the_leads_who_and_the_owner_only_that(place):
    lead, person, colleague = factories.lead(place), making.technician(place), factories.person(place, name="Tell Tale")
    services.report(fresh(person), what="This person has left", words="Since May", actor=colleague)
    notices = {notice.recipient_id: notice for notice in database.session.query(Notice)}
    assert set(notices) == {lead.id, person.id}
    assert "Tell Tale" in notices[lead.id].body
    assert "Tell Tale" not in notices[person.id].title + notices[person.id].body


def test_a_photograph_must_be_a_picture_and_comes_without_its_permission(place):
    person = making.technician(place)
    with pytest.raises(NotAllowed):
        services.set_photograph(fresh(person), content=b"%PDF-1.4 no", name="a.pdf", alt="Me", actor=person)
    services.set_photograph(fresh(person), content=picture(), name="me.png", alt="Me at the bench", actor=person)
    colleague = policy.colleague_of(fresh(person))
    assert fresh(person).photo.alt == "Me at the bench"
    assert not policy.visible("photograph", fresh(person), colleague)


# -- the open web ------------------------------------------------------------------------------------------------------


def test_nothing_becomes_public_without_agreement(place):
    person = making.technician(place)
    with pytest.raises(NotAgreed):
        making.tells(person, see={"biography": Visibility.PUBLIC})
    making.goes_public(person)
    with pytest.raises(NotAgreed):
        making.tells(person, see={"photograph": Visibility.PUBLIC})


def test_agreement_is_recorded_with_its_wording_and_kept_after_withdrawal(place):
    person = making.technician(place, biography="I weave.")
    making.goes_public(person, biography=Visibility.PUBLIC)
    assert policy.visible_fields(fresh(person), policy.THE_PUBLIC) == {"name", "biography"}
    services.withdraw_public(fresh(person), actor=person)
    assert policy.visible_fields(fresh(person), policy.THE_PUBLIC) == frozenset()
    [consent] = database.session.query(PublicConsent)
    assert (consent.covers, consent.wording_version) == (Covers.PAGE, WORDING_NOW)
    assert consent.agreed_at <= consent.withdrawn_at
    making.goes_public(person)
    assert policy.visible_fields(fresh(person), policy.THE_PUBLIC) == {"name"}
    assert database.session.query(PublicConsent).count() == 2


def test_a_photograph_that_was_replaced_or_removed_is_kept_no_longer(place):
    person = making.technician(place)
    for _ in range(2):
        services.set_photograph(fresh(person), content=picture(), name="me.png", alt="Me", actor=person)
        assert database.session.scalar(select(func.count()).select_from(StoredFile)) == 1
    services.remove_photograph(fresh(person), actor=person)
    assert database.session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_removing_the_photograph_withdraws_its_permission(place):
    person = making.technician(place)
    services.set_photograph(fresh(person), content=picture(), name="me.png", alt="Me", actor=person)
    services.agree_to_public(fresh(person), photograph=True, actor=person)
    assert policy.visible("photograph", fresh(person), policy.THE_PUBLIC)
    services.remove_photograph(fresh(person), actor=person)
    services.set_photograph(fresh(person), content=picture(), name="me.png", alt="Me", actor=person)
    assert not policy.visible("photograph", fresh(person), policy.THE_PUBLIC)
    assert policy.visible("name", fresh(person), policy.THE_PUBLIC)


def test_an_unconfirmed_profile_is_a_task(place):
    person = making.technician(place)

    def waiting():
        return [row.kind for select in queries.tasks_for(person) for row in database.session.execute(select)]

    assert waiting() == ["directory.confirm"]
    services.confirm(fresh(person), actor=person)
    assert waiting() == []
    with held(now() + timedelta(days=366)):
        assert waiting() == ["directory.confirm"]

"""What a profile said before, who else may write it, and how somebody meets their own record."""

import pytest
from sqlalchemy import func, select

from hub.core.clock import held, now
from hub.core.db import db as database
from hub.directory import policy, queries, services
from hub.directory.models import Level, Profile, ProfileChange, ProfileEditor, Visibility
from hub.directory.services import NotAgreed, NotTheirs
from hub.notifications.models import Notice
from tests import factories
from tests.directory import making


@pytest.fixture
def place(db):
    return making.place()


@pytest.fixture
def ada(place):
    return making.technician(place, name="Ada Finch", equipment="Old lathe")


def profile(person):
    return queries.profile_of(person.id, fresh=True)


def changes(person):
    return queries.history_of(profile(person).id)


def test_a_change_keeps_what_was_there_and_can_be_taken_back(ada):
    making.tells(ada, equipment="New lathe", see={"equipment": Visibility.PRIVATE})
    last = changes(ada)[0]
    assert last.before == {"equipment": "Old lathe", "see_equipment": "technicians"}
    services.take_back(queries.change(last.id), actor=ada)
    assert (profile(ada).equipment, profile(ada).shown_to["equipment"]) == ("Old lathe", "technicians")
    services.take_back(queries.change(changes(ada)[0].id), actor=ada)
    assert profile(ada).equipment == "New lathe"


def test_saving_what_is_there_is_no_change(ada):
    before = len(changes(ada))
    making.tells(ada, equipment="Old lathe")
    assert len(changes(ada)) == before


def test_taking_back_never_makes_something_public_again(ada):
    making.goes_public(ada, equipment=Visibility.PUBLIC)
    services.withdraw_public(profile(ada), actor=ada)
    with pytest.raises(NotAgreed):
        services.take_back(queries.change(changes(ada)[0].id), actor=ada)


def test_after_a_year_it_is_forgotten(ada):
    with held(now().replace(year=now().year + 1, day=1)):
        making.tells(ada, equipment="New lathe")
    with held(now().replace(year=now().year + 1, day=28)):
        services.forget_old_changes()
    assert [change.after["equipment"] for change in changes(ada)] == ["New lathe"]


def test_the_history_shows_before_and_after_to_its_owner_alone(page, place, ada):
    making.tells(ada, equipment="New lathe")
    change = changes(ada)[0]
    shown = page.as_user(ada).get("directory.history")
    assert (shown.select_one("del").get_text(), shown.select_one("ins").get_text()) == ("Old lathe", "New lathe")
    other = making.technician(place)
    services.let_write(profile(ada), colleague=other, actor=ada)
    assert "Old lathe" not in page.as_user(other).get("directory.history").get_text()
    assert not policy.owns_change(other, queries.change(change.id))


# -- who else may write it ---------------------------------------------------------------------------------------------


def test_a_colleague_writes_the_words_and_the_owner_hears_of_it_once_a_day(page, place, ada):
    ben = making.technician(place, email="ben@example.ac.uk")
    page.as_user(ben).get("directory.write_profile", slug=ada.slug, status=403)
    page.as_user(ada).submit("directory.editors", colleague="ben@example.ac.uk")
    page.as_user(ben)
    for machine in ("Mill", "Mill and lathe"):
        page.submit("directory.write_profile", slug=ada.slug, equipment=machine)
    assert profile(ada).equipment == "Mill and lathe"
    told = select(func.count()).select_from(Notice).where(Notice.kind == "directory.edited")
    assert database.session.scalar(told) == 1
    assert {change.changed_by_id for change in changes(ada)[:2]} == {ben.id}


def test_who_may_no_longer_write_is_refused_at_the_next_request(page, place, ada):
    ben = making.technician(place)
    services.let_write(profile(ada), colleague=ben, actor=ada)
    editor = database.session.scalars(select(ProfileEditor)).one()
    page.as_user(ben).submit("directory.editors", form=f"/editors/{editor.id}/")
    page.get("directory.write_profile", slug=ada.slug, status=403)


def test_nobody_is_let_in_who_is_not_here(page, place, ada):
    elsewhere = factories.person(making.place(), email="eve@elsewhere.ac.uk")
    shown = page.as_user(ada).submit("directory.editors", colleague=elsewhere.email, status=422)
    assert "Nobody at your institution" in shown.get_text()
    with pytest.raises(NotTheirs):
        services.let_write(profile(ada), colleague=ada, actor=ada)


# -- the first two minutes ---------------------------------------------------------------------------------------------


def test_somebody_new_finds_their_record_says_that_it_is_right_and_two_things_more(page, place):
    new = making.technician(place, job_title="Instrument maker")
    shown = page.as_user(new).get("directory.welcome")
    assert "Instrument maker" in shown.get_text()
    page.submit("directory.welcome", is_right="yes", can_help_with="Gear cutting", wishes="SEM\nCeramics")
    mine = profile(new)
    assert mine.confirmed_at is not None
    assert (mine.can_help_with, sorted(own.skill.name for own in mine.skills if own.wants_to_learn)) == (
        "Gear cutting",
        ["Ceramics", "Scanning electron microscopy"],
    )


def test_what_is_wrong_goes_to_the_lead_and_confirms_nothing(page, place):
    new = making.technician(place)
    page.as_user(new).submit("directory.welcome", is_right="no", wrong="", status=422)
    page.submit("directory.welcome", is_right="no", wrong="I moved to Chemistry")
    assert profile(new).confirmed_at is None


def test_a_skill_that_there_is_not_is_named_beside_the_field_and_nothing_is_lost(page, place):
    new = making.technician(place)
    shown = page.as_user(new).submit(
        "directory.welcome", is_right="yes", can_help_with="Gears", wishes="Levitation", status=422
    )
    assert "no skill called “Levitation”" in shown.get_text()
    assert shown.select_one("#can_help_with").get_text().strip() == "Gears"
    assert database.session.scalar(select(func.count()).select_from(ProfileChange)) == 0


# -- more to say -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000 0002 1825 0097", "0000-0002-1825-0097"),
    ],
)
def test_an_orcid_is_kept_in_its_usual_form(page, ada, typed, kept):
    page.as_user(ada).submit("directory.edit_profile", form=1, orcid=typed)
    assert database.session.scalar(select(Profile.orcid).where(Profile.person_id == ada.id)) == kept


@pytest.mark.parametrize(
    "typed", ["0000-0002-1825-0098", "12345", "0000-0002-1825-009Y", "٠٠٠٠-0002-1825-0097", "none"]
)
def test_what_is_no_orcid_is_refused_beside_the_field(page, ada, typed):
    shown = page.as_user(ada).submit("directory.edit_profile", form=1, orcid=typed, status=422)
    assert "Enter an ORCID such as" in shown.get_text()


def test_the_card_for_contacts_has_what_the_person_who_asks_may_see(page, place, ada):
    making.tells(ada, contact_route="Extension 12; mornings", see={"contact_route": Visibility.PRIVATE})
    page.as_user(making.technician(place))
    card = page.client.get(f"/people/{ada.slug}/card.vcf").get_data(as_text=True)
    assert "FN:Ada Finch" in card
    assert "Extension" not in card
    making.tells(ada, see={"contact_route": Visibility.TECHNICIANS})
    card = page.client.get(f"/people/{ada.slug}/card.vcf").get_data(as_text=True)
    assert "NOTE:Extension 12\\; mornings" in card


def test_others_who_know_similar_things_are_shown_the_rarest_in_common_first(page, place, ada):
    making.knows(ada, "Glassblowing")
    making.knows(ada, "Python programming")
    rare = making.technician(place, name="Rare Match", skills={"Glassblowing": Level.WORKING})
    for n in range(3):
        making.technician(place, name=f"Common {n}", skills={"Python programming": Level.WORKING})
    making.technician(place, name="Hidden", skills={"Glassblowing": Level.EXPERT}, see={"skills": Visibility.PRIVATE})
    shown = page.as_user(making.technician(place)).get("directory.profile", slug=ada.slug)
    names = [link.get_text() for link in shown.select("section[aria-labelledby=alike] a")]
    assert names[0] == rare.name
    assert "Hidden" not in names

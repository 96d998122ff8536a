"""What somebody is registered as stands on their profile, for those whom they let see it, and finds them."""

import pytest

from hub.core.clock import today
from hub.core.db import db as database
from hub.directory import finding, policy
from hub.directory import queries as directory
from hub.directory import services as profiles
from hub.directory.finding import MENTOR, Choice
from hub.directory.lexicon import lexicon
from hub.directory.models import Edition, Visibility
from hub.directory.reading import read
from hub.registration import services
from hub.registration.queries import mentor_of_person
from tests import factories
from tests.directory import making as people
from tests.registration import making


@pytest.fixture
def place(db):
    return people.place()


@pytest.fixture
def rhys(place):
    """A Registered Scientist."""
    person = people.technician(place, name="Rhys Tanner")
    making.registered(person)
    return person


def found(viewer, query="", **choice):
    where, _ = finding.scope(
        viewer.institution_id, policy.audiences(policy.viewer_of(viewer), viewer.institution_id), viewer.id
    )
    reading = read(query, lexicon(viewer.institution_id, where.audiences, where.words, where.vocabulary))
    if query and not reading.parts:
        return []
    asked = Choice(**{key: frozenset(value) for key, value in choice.items()})
    in_the_statement = finding.find(where, reading, asked)
    assert list(finding.find(where, reading).narrowed(asked).people) == list(in_the_statement.people)
    return [row.name for row in finding.cards(in_the_statement.people)]


def heading(html) -> str:
    return " ".join(html.find("h1").text.split())


def test_the_letters_follow_the_name_and_the_register_can_be_looked_up(page, place, rhys):
    html = page.as_user(people.technician(place)).get("directory.profile", slug=rhys.slug)
    assert heading(html) == "Rhys Tanner RSci"
    (section,) = html.select("section[aria-labelledby=registered]")
    assert "Registered Scientist" in section.text
    assert section.find("a")["href"] == "https://sciencecouncil.org/"


def test_they_are_shown_and_found_only_as_their_owner_chose(page, place, rhys):
    people.tells(rhys, see={"registrations": Visibility.PRIVATE})
    colleague = people.technician(place)
    html = page.as_user(colleague).get("directory.profile", slug=rhys.slug)
    assert heading(html) == "Rhys Tanner"
    assert html.select("#registered") == []
    assert found(colleague, "RSci") == []
    assert found(colleague, marks=["RSci"]) == []
    assert heading(page.as_user(rhys).get("directory.profile", slug=rhys.slug)) == "Rhys Tanner RSci"


def test_people_are_found_by_letters_by_the_name_of_the_register_and_by_choosing_it(page, place, rhys):
    colleague = people.technician(place)
    assert found(colleague, "rsci") == ["Rhys Tanner"]
    assert found(colleague, "registered scientist") == ["Rhys Tanner"]
    assert found(colleague, marks=["RSci"]) == ["Rhys Tanner"]
    assert found(colleague, marks=["RSciTech"]) == []
    html = page.as_user(colleague).get("directory.search", q="rsci")
    assert "Professional registration RSci, Registered Scientist" in " ".join(html.text.split())


def test_who_offers_to_mentor_can_be_chosen_by_colleagues_alone(place, rhys):
    mentor = making.mentor(people.technician(place, name="Olwen Price"))
    colleague, stranger = people.technician(place), people.technician(people.place())
    assert found(colleague, marks=[MENTOR]) == ["Olwen Price"]
    assert found(colleague, marks=[MENTOR, "RSci"]) == ["Olwen Price", "Rhys Tanner"]
    public = finding.scope(place.id, policy.audiences(policy.viewer_of(stranger), place.id))[0]
    assert MENTOR not in finding.find(public, read("", lexicon(place.id, public.audiences, "", ""))).counts["marks"]
    services.offer_to_mentor(actor=mentor.person, registers=["rsci"], capacity=1, paused=True)
    assert found(colleague, marks=[MENTOR]) == []


def test_what_is_no_longer_held_is_gone_at_once(page, place, rhys):
    journey = making.registered(people.technician(place, name="Ffion Hale"), number="RSci-9")
    services.lapse(journey, lapsed_on=today(), actor=journey.person)
    colleague = people.technician(place)
    assert found(colleague, "rsci") == ["Rhys Tanner"]
    assert heading(page.as_user(colleague).get("directory.profile", slug=journey.person.slug)) == "Ffion Hale"


def test_an_open_profile_form_is_not_overtaken_by_a_registration(place):
    person = people.technician(place)
    before = directory.profile_of(person.id, fresh=True).version
    making.registered(person)
    assert directory.profile_of(person.id, fresh=True).version == before


def test_whoever_offered_before_they_were_counted_as_a_technician_is_found_afterwards(place):
    somebody = factories.person(place, is_technician=False, name="Gwen Pugh")
    making.mentor(somebody)
    assert mentor_of_person(somebody.id) is not None
    somebody.is_technician = True
    database.session.flush()
    assert found(people.technician(place), marks=[MENTOR]) == ["Gwen Pugh"]


def test_an_index_that_an_earlier_release_made_is_built_again(place, rhys):
    edition = database.session.get_one(Edition, place.id)
    assert profiles.renew_indexes() == 0
    edition.made_as -= 1
    database.session.flush()
    assert profiles.renew_indexes() == 1
    assert profiles.renew_indexes() == 0
    assert found(people.technician(place), "rsci") == ["Rhys Tanner"]

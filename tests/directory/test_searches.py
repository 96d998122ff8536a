"""Searches that are kept, and the pages of units: nothing hidden is told or counted."""

import pytest
from sqlalchemy import select

from hub.accounts import queries as people
from hub.accounts import services as accounts
from hub.accounts.models import UnitKind
from hub.core.db import db as database
from hub.core.links import path_to
from hub.directory import queries, services
from hub.directory.models import Level, SavedSearch, Visibility
from hub.directory.services import TooManySearches, TooWide
from hub.notifications.models import Notice
from tests import factories
from tests.directory import making

QUERY = "q=glassblowing"


@pytest.fixture
def place(db):
    return making.place()


@pytest.fixture
def ada(place):
    return making.technician(place)


def told():
    return list(database.session.scalars(select(Notice.title).where(Notice.kind == "directory.new_people")))


def test_its_owner_is_told_once_of_somebody_new(place, ada):
    making.technician(place, skills={"Glassblowing": Level.WORKING})
    services.save_search(ada, query=QUERY, found=[p.person_id for p in queries.holders(glass(place))])
    assert services.tell_of_new_people() == 0
    for _ in range(2):
        making.technician(place, skills={"Glassblowing": Level.EXPERT})
    assert (services.tell_of_new_people(), services.tell_of_new_people()) == (1, 0)
    assert told() == ["Two people are new in a search that you keep"]


def glass(place):
    return queries.skill_named("Glassblowing", place.id)


def test_nobody_is_told_of_somebody_whom_they_may_not_find(place, ada):
    services.save_search(ada, query=QUERY, found=[])
    making.technician(place, skills={"Glassblowing": Level.EXPERT}, see={"skills": Visibility.PRIVATE})
    assert services.tell_of_new_people() == 0


def test_whoever_has_left_is_told_of_nobody(place, ada):
    services.save_search(ada, query=QUERY, found=[])
    making.technician(place, skills={"Glassblowing": Level.EXPERT})
    accounts.suspend(people.person(ada.id))
    assert services.tell_of_new_people() == 0


def test_a_search_for_everybody_is_not_kept(ada):
    with pytest.raises(TooWide):
        services.save_search(ada, query="", found=[])
    with pytest.raises(TooWide):
        services.save_search(ada, query=QUERY, found=range(services.MOST_FOUND + 1))


def test_the_same_search_is_kept_once_and_twenty_at_most(ada):
    for _ in range(2):
        services.save_search(ada, query=QUERY, found=[])
    assert len(queries.searches_of(ada.id)) == 1
    for n in range(services.MOST_SEARCHES - 1):
        services.save_search(ada, query=f"q=craft{n}", found=[])
    with pytest.raises(TooManySearches):
        services.save_search(ada, query="q=another", found=[])


def test_a_search_is_kept_from_its_page_and_let_go_again(page, place, ada):
    making.technician(place, skills={"Glassblowing": Level.EXPERT})
    shown = page.as_user(ada).get("directory.search", query={"q": "glassblowing", "level": "expert"})
    assert shown.select_one("input[name=query]")["value"] == "q=glassblowing&level=expert"
    page.submit("directory.search", form="/searches", at=f"{path_to('directory.search')}?q=glassblowing&level=expert")
    kept = database.session.scalars(select(SavedSearch)).one()
    assert len(kept.seen) == 1
    assert "“glassblowing” and Expert" in page.get("directory.searches").get_text()
    page.submit("directory.searches")
    assert queries.searches_of(ada.id) == []


@pytest.mark.parametrize(
    ("query", "status"),
    [("level=nobody", 404), ("page=x", 404), ("unit=99999", 404), ("q=\x00", 400), ("q=" + "a" * 2000, 400), ("", 422)],
)
def test_a_search_that_cannot_be_asked_is_refused(page, place, ada, query, status):
    making.technician(place, skills={"Glassblowing": Level.EXPERT})
    asked = f"{path_to('directory.search')}?q=glassblowing"
    page.as_user(ada).submit("directory.search", form="/searches", at=asked, query=query, status=status)
    assert queries.searches_of(ada.id) == []


# -- units -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def faculty(place):
    return accounts.add_unit(place, name="Faculty of Making", kind=UnitKind.FACULTY)


@pytest.fixture
def glass_unit(place, faculty):
    return accounts.add_unit(place, name="Glass", kind=UnitKind.DEPARTMENT, parent=faculty)


def test_a_unit_shows_its_people_skills_machines_and_champions(page, place, ada, faculty, glass_unit):
    making.technician(
        place,
        unit=glass_unit,
        name="Kit Blower",
        skills={"Glassblowing": Level.CAN_TEACH},
        equipment="Annealing oven, room 2",
        champion_role="Green champion",
    )
    making.technician(
        place,
        unit=glass_unit,
        name="Ned Hidden",
        skills={"Glassblowing": Level.EXPERT},
        see={"skills": Visibility.PRIVATE},
    )
    page.as_user(ada)
    for unit in (faculty, glass_unit):
        text = page.get("directory.unit", unit_id=unit.id).get_text(" ", strip=True)
        assert "2 technicians" in text
        assert "Kit Blower" in text
        assert "1 person, 1 can teach it" in text
        assert "Annealing oven, room 2" in text
        assert "Green champion" in text


def test_who_hides_the_name_is_not_counted(page, place, ada, glass_unit):
    making.technician(place, unit=glass_unit, name="Ned Hidden", see={"name": Visibility.PRIVATE})
    text = page.as_user(ada).get("directory.unit", unit_id=glass_unit.id).get_text()
    assert "No technician of this unit" in text


def test_a_team_shows_its_own_people_only(page, place, ada, glass_unit):
    team = accounts.add_unit(place, name="Furnace team", kind=UnitKind.TEAM, parent=glass_unit)
    making.technician(place, unit=team, name="Ida Team")
    making.technician(place, unit=glass_unit, name="Oda Else")
    text = page.as_user(ada).get("directory.unit", unit_id=team.id).get_text()
    assert "Ida Team" in text
    assert "Oda Else" not in text


def test_a_unit_of_another_institution_is_not_there(page, ada):
    other = factories.unit(making.place())
    page.as_user(ada).get("directory.unit", unit_id=other.id, status=404)


def test_a_unit_costs_the_same_with_one_person_or_many(page, place, ada, glass_unit, queries):
    for n in range(15):
        making.technician(place, unit=glass_unit, skills={"Glassblowing": Level.WORKING}, equipment=f"Oven {n}")
    page.as_user(ada)
    address = path_to("directory.unit", unit_id=glass_unit.id)
    with queries(at_most=12):
        page.open(address)

"""Whoever administers cannot look at people unseen: each page about somebody else is in the journal."""

import re

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from hub.accounts import reading
from hub.accounts.models import Role
from hub.core.audit import JournalEntry
from hub.core.db import Base
from hub.core.db import db as database
from hub.core.web import public
from tests import factories as make
from tests.support.reading import without_reading
from tests.support.world import endpoint_of

pytestmark = pytest.mark.xdist_group("world")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


def readings(session) -> list[tuple]:
    found = select(JournalEntry.deed, JournalEntry.actor_id, JournalEntry.subject).where(
        JournalEntry.deed.startswith("read ")
    )
    return [tuple(row) for row in session.execute(found.order_by(JournalEntry.seq))]


def shows_of_others(html: str, own: set[str]) -> set[str]:
    """Addresses of other people that a page shows: what nobody but its readers by right sees."""
    main = BeautifulSoup(html, "html.parser").select_one("main")
    return set(ADDRESS.findall(main.get_text(" ") if main else "")) - own


def test_every_page_that_shows_an_administrator_other_peoples_addresses_is_in_the_journal(world):
    administrator = world.person("administrator")
    client = world.signed_in("administrator")
    shown, unnoted = 0, []
    for path in world.addresses(administrator):
        if world.app.view_functions[endpoint_of(world.app, path)].access_rule is public:
            continue  # what everybody may see is not noted
        before = _number(world)
        html = client.get(path).get_data(as_text=True)
        if shows_of_others(html, {administrator.email}):
            shown += 1
            if _number(world) == before:
                unnoted.append(path)
    assert shown > 3
    assert unnoted == []


def _number(world) -> int:
    with world.at_home():
        return database.session.scalar(select(func.count()).where(JournalEntry.deed.startswith("read ")))


def test_a_page_about_somebody_is_noted_with_who_read_what_about_whom(db, page):
    uni = make.institution()
    administrator, somebody = make.person(uni, roles=(Role.ADMINISTRATOR,)), make.person(uni)
    page.as_user(administrator).get("accounts.person", person_id=somebody.id)
    assert readings(db.session) == [("read accounts.person", administrator.id, f"person:{somebody.id}")]
    entry = db.session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc()).limit(1)).one()
    assert (entry.changes, entry.institution_id) == ({}, uni.id)


def test_what_is_ones_own_or_about_nobody_is_not_noted(db, page):
    administrator = make.person(roles=(Role.ADMINISTRATOR,))
    page.as_user(administrator)
    page.get("accounts.person", person_id=administrator.id)
    page.get("accounts.units")
    page.get("pages.my_hub")
    assert readings(db.session) == []


def test_a_list_of_people_is_noted_and_so_is_each_file_that_a_lead_takes_away(db, page):
    uni = make.institution()
    administrator, lead = make.person(uni, roles=(Role.ADMINISTRATOR,)), make.lead(uni)
    page.as_user(administrator).get("accounts.people")
    page.as_user(lead).get("accounts.people")
    assert page.raw("accounts.people", query={"export": "csv"}).status_code == 200
    assert readings(db.session) == [
        ("read accounts.people", administrator.id, ""),
        ("read accounts.people as a file", lead.id, ""),
    ]


def test_a_page_that_is_refused_shows_nothing_and_is_not_noted(db, page):
    administrator, stranger = make.person(roles=(Role.ADMINISTRATOR,)), make.person()
    page.as_user(administrator).get("accounts.person", status=404, person_id=stranger.id)
    assert readings(db.session) == []


def test_who_a_row_is_about_is_read_from_its_foreign_keys():
    """Every table that leads to a person counts, whatever a later feature calls its column."""
    leading = {m.class_ for m in Base.registry.mappers if _leads_to_a_person(m.local_table)}
    assert len(leading) > 40
    assert {model for model in leading if not reading.person_columns(model)} == set()


def _leads_to_a_person(table) -> bool:
    return any(key.column.table.name == "person" for key in table.foreign_keys)


# -- planted ----------------------------------------------------------------------------------------------------------


def test_an_address_of_somebody_else_on_a_page_is_seen():
    html = "<main><p>ana@hub.example, ben@hub.example</p></main><footer>help@hub.example</footer>"
    assert shows_of_others(html, {"ana@hub.example"}) == {"ben@hub.example"}


def test_a_page_that_writes_anything_else_is_still_found():
    head = ("UPDATE journal_head SET seq=? …", ("1",))
    reads = ("INSERT INTO journal_entry …", (1, "read accounts.person"))
    deed = ("INSERT INTO journal_entry …", {"deed": "accounts.suspend"})
    other = ("UPDATE person SET name=? …", ("read ",))
    assert without_reading([head, reads]) == []
    assert without_reading([head, reads, other]) == [other[0]]
    assert without_reading([head, deed]) == [head[0], deed[0]]
    assert without_reading([head, reads, head, deed]) == [head[0], reads[0], head[0], deed[0]]

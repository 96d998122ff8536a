"""What stood in the ledger before second entries, versions and permissions is right after them, and back."""

import pytest
from sqlalchemy import Boolean, DateTime, Integer, MetaData, Table, text

from hub.core import schema
from hub.core.db import db
from tests.rules.test_migrations import empty  # noqa: F401 -- a fixture

pytestmark = pytest.mark.usefixtures("empty")
DAY = "'2026-03-05 09:00:00.000000'"
COLUMNS = "(id, institution_id, kind, source_id, theme, title, quantity, people, happened_on, recorded_at)"


def run(*statements):
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def rows(question):
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(question))]


@pytest.fixture
def before(empty):  # noqa: F811
    """A gallery that was published and taken down, placed and counted; an item with words, another with a link."""
    schema.upgrade("0017")
    institution = {"name": "'Ashby'", "short_name": "'Ashby'", "slug": "'ashby'", "email_domain": "'ashby.example'"}
    run(_insert("institution", id="1", **institution), _insert("person", id="1", **_person("ana")))
    for key, kind, source in ((1, "galleries.published", 5), (2, "galleries.withdrawn", 5), (3, "evidence.item", 1)):
        run(
            f"""INSERT INTO evidence_entry {COLUMNS} VALUES
            ({key}, 1, '{kind}', {source}, 'visibility', 'It happened', 2, 2, '2026-03-0{key}', {DAY})""",
            f"INSERT INTO evidence_total VALUES ({key}, 1, '{kind}', 'visibility', '2026-03-01', 1, 2)",
        )
    run(
        "INSERT INTO evidence_entry_person VALUES (1, 1), (2, 1)",
        "INSERT INTO evidence_reached VALUES (1, 'galleries.published', 1), (1, 'galleries.withdrawn', 1)",
        "INSERT INTO evidence_reach VALUES (1, 'galleries.published', 1), (1, 'galleries.withdrawn', 1)",
        f"""INSERT INTO plan_placement (id, institution_id, entry_id, state, reason, made_at, version)
        VALUES (1, 1, 1, 'suggested', '', {DAY}, 1), (2, 1, 2, 'suggested', '', {DAY}, 1)""",
        """INSERT INTO evidence_item (id, institution_id, added_by_id, title, theme, text, source, link,
        happened_on, people, scope)
        VALUES (1, 1, 1, 'It happened', 'visibility', 'So they say', '', NULL, '2026-03-03', 0, 'public'),
        (2, 1, 1, 'Look', 'visibility', '', '', 'https://ash.example/', '2026-03-03', 0, 'hub')""",
    )


def _person(name):
    return {"institution_id": "1", "name": f"'{name}'", "email": f"'{name}@ashby.example'"}


def _insert(table, **values):
    """A row with something in every column that must have something."""
    found = Table(table, MetaData(), autoload_with=db.engine)
    for column in found.columns:
        if column.name not in values and not column.nullable and not column.primary_key:
            empty_value = {Boolean: "false", DateTime: DAY, Integer: "1"}
            values[column.name] = next((v for k, v in empty_value.items() if isinstance(column.type, k)), "'active'")
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(values.values())})"


def test_a_gallery_that_was_taken_down_is_a_withdrawn_entry(before):
    schema.upgrade()
    assert rows("SELECT id, kind, withdrawn_at IS NOT NULL FROM evidence_entry ORDER BY id") == [
        (1, "galleries.published", True),
        (3, "evidence.item", False),
    ]
    assert rows("SELECT entry_id, state FROM plan_placement") == [(1, "set_aside")]
    assert rows("SELECT kind FROM evidence_total") == [("evidence.item",)]
    for table in ("evidence_reached", "evidence_reach", "evidence_entry_person"):
        assert rows(f"SELECT * FROM {table}") == []
    assert schema.differences() == []


def test_what_an_item_said_is_its_first_version_and_comes_back(before):
    schema.upgrade()
    assert rows("SELECT item_id, number, text, link, length(sha256) FROM evidence_item_version ORDER BY id") == [
        (1, 1, "So they say", None, 64),
        (2, 1, "", "https://ash.example/", 64),
    ]
    assert rows("SELECT sort FROM evidence_item ORDER BY id") == [("article",), ("link",)]
    schema.downgrade("0017")
    assert rows("SELECT text, link FROM evidence_item ORDER BY id") == [
        ("So they say", None),
        ("", "https://ash.example/"),
    ]
    schema.upgrade()
    assert schema.differences() == []


def test_a_correction_takes_the_place_of_the_first_on_the_way_back(before):
    schema.upgrade()
    run(
        f"UPDATE evidence_entry SET corrected_at = {DAY}, withdrawn_at = {DAY} WHERE id = 3",
        f"""INSERT INTO evidence_entry (id, institution_id, kind, source_id, revision, theme, title, quantity, people,
        happened_on, recorded_at, reason)
        VALUES (4, 1, 'evidence.item', 1, 1, 'visibility', 'It did', 9, 2, '2026-04-01', {DAY}, 'Wrong')""",
        f"""INSERT INTO plan_placement (id, institution_id, entry_id, state, reason, made_at, version)
        VALUES (3, 1, 4, 'suggested', '', {DAY}, 1)""",
    )
    schema.downgrade("0017")
    assert rows("SELECT title, quantity, withdrawn_at FROM evidence_entry WHERE kind = 'evidence.item'") == [
        ("It did", 9, None)
    ]
    assert (3, 3) in rows("SELECT id, entry_id FROM plan_placement")

"""Migrations: numbered without gaps, head written down, and the same tables both ways on the current database."""

import re
from pathlib import Path

import pytest
from sqlalchemy import inspect

from config import TestConfig
from hub import create_app
from hub.charters.standard import standards
from hub.core import schema
from hub.core.db import db
from tests.rules.tree import files, read
from tests.support import filling
from tests.support.databases import empty_database

VERSIONS = schema.MIGRATIONS / "versions"


def misnumbered(versions: Path) -> list[str]:
    """Files that are not 0001_…, 0002_…; revisions unlike their file; a head other than the one written down."""
    found = files("*.py", root=versions)
    faults = [
        f"{path.name} is not {number:04}_….py"
        for number, path in enumerate(found, 1)
        if not re.fullmatch(rf"{number:04}_[a-z0-9_]+\.py", path.name)
    ]
    before = None
    for path in found:
        text = read(path)
        revision, after = _said(text, "revision"), _said(text, "down_revision")
        if revision not in {path.stem, path.stem[:4]}:
            faults.append(f"{path.name} calls itself {revision}")
        if after != before:
            faults.append(f"{path.name} follows {after}, not {before}")
        before = revision
    if _head(versions) != before:
        faults.append(f"HEAD says {_head(versions)}, the last migration is {before}")
    return faults


def _said(text: str, what: str) -> str | None:
    said = re.search(rf"^{what}\b[^=\n]*=\s*['\"]([^'\"]+)['\"]", text, re.MULTILINE)
    return said and said.group(1)


def _head(versions: Path) -> str | None:
    return read(versions / "HEAD").strip() if (versions / "HEAD").exists() else None


@pytest.fixture
def empty(request, tmp_path, worker_id):
    """An application on an empty database of the kind under test."""
    with empty_database(request.config.getoption("database"), tmp_path, f"hub_migrations_{worker_id}") as url:
        app = create_app(type("Settings", (TestConfig,), {"SQLALCHEMY_DATABASE_URI": url, "VAR": tmp_path}))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def _tables():
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_migrations_are_numbered_and_the_head_is_written_down():
    assert misnumbered(VERSIONS) == []


def test_the_migrations_make_exactly_what_the_models_say(empty):
    schema.upgrade()
    assert schema.current() == schema.head() == _head(VERSIONS)
    assert schema.differences() == []


def test_the_migrations_go_down_to_nothing_and_up_again(empty):
    schema.upgrade()
    made = _tables()
    schema.downgrade("base")
    left = _tables()
    schema.upgrade()
    assert (left, _tables()) == (set(), made)
    assert schema.differences() == []


def test_sentences_of_published_profiles_lose_their_names_and_no_other_does(empty):
    schema.upgrade("0012")
    assert filling.fill() == []
    with db.engine.begin() as connection:
        kinds = {1: "directory.profile", 2: "skills.session"}
        for key, kind in kinds.items():
            connection.exec_driver_sql(
                f"UPDATE evidence_entry SET kind = '{kind}', title = 'Ana Ash published' WHERE id = {key}"
            )
    schema.upgrade()
    titles = [row["title"] for row in filling.everything()["evidence_entry"]]
    assert sorted(titles) == ["A technician published their profile in the directory", "Ana Ash published"]


def test_measures_become_questions_and_feeds_become_rules_and_back(empty):
    schema.upgrade("0017")
    assert filling.fill() == []
    with db.engine.begin() as connection:
        for key, measure in {1: "fund_pounds", 2: "registered_staff"}.items():
            connection.exec_driver_sql(f"UPDATE plan_indicator SET measure = '{measure}' WHERE id = {key}")
        connection.exec_driver_sql("UPDATE evidence_entry SET kind = 'skills.session'")
        connection.exec_driver_sql("DELETE FROM plan_feed")
        connection.exec_driver_sql("UPDATE plan_placement SET action_id = 1")
        connection.exec_driver_sql("INSERT INTO plan_feed VALUES (1, 'skills.session'), (2, 'skills.session')")
    before = filling.everything()
    schema.upgrade()
    after = filling.everything()
    asked = {row["id"]: (row["counting"], row["kinds"], row["period"]) for row in after["plan_indicator"]}
    assert {key: (how, str(kinds).replace('"', "'"), period) for key, (how, kinds, period) in asked.items()} == {
        1: ("quantity", "['fund.award']", "always"),
        2: ("registered", "[]", "always"),
    }
    rules = {row["id"]: row["action_id"] for row in after["plan_rule"]}
    assert sorted(rules.values()) == [1, 2]
    assert {rules[row["rule_id"]] for row in after["plan_placement"]} == {1}
    schema.downgrade("0017")
    again = filling.everything()
    assert {row["id"]: row["measure"] for row in again["plan_indicator"]} == {1: "fund_pounds", 2: "registered_staff"}
    assert again["plan_feed"] == before["plan_feed"]


def test_an_action_that_was_carried_forward_has_its_trajectory_and_gets_its_source_back(empty):
    schema.upgrade("0017")
    assert filling.fill() == []
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE plan SET predecessor_id = CASE id WHEN 2 THEN 1 END")
        connection.exec_driver_sql("UPDATE plan_action SET plan_id = id, institution_id = 1")
        connection.exec_driver_sql("UPDATE plan_action SET carried_from_id = 1 WHERE id = 2")
    before = filling.everything()
    schema.upgrade()
    made = filling.everything()
    assert [(t["plan_id"], t["action_id"], t["course"]) for t in made["plan_trajectory"]] == [(2, 1, "continued")]
    assert [s["action_id"] for s in made["plan_successor"]] == [2]
    schema.downgrade("0017")
    again = filling.everything()
    kept = ("plan", "plan_action")
    assert filling.changed({n: before[n] for n in kept}, {n: again[n] for n in kept}) == []


def test_every_institution_that_is_there_gets_the_standard_charters_as_a_new_one_would(empty):
    schema.upgrade("0021")
    assert filling.fill() == []
    schema.upgrade()
    made = filling.everything()
    for institution in made["institution"]:
        charters = {one["id"]: one for one in made["charter"] if one["institution_id"] == institution["id"]}
        given = {one["standard"]: (one["name"], one["about"]) for one in charters.values()}
        assert given == {one.key: (one.name, one.about) for one in standards()}
        points = sorted((p for p in made["charter_point"] if p["charter_id"] in charters), key=lambda p: p["position"])
        topics = {one.key: [(str(n), topic) for n, topic in enumerate(one.topics, 1)] for one in standards()}
        assert topics == {
            one["standard"]: [(p["number"], p["topic"]) for p in points if p["charter_id"] == key]
            for key, one in charters.items()
        }


def test_a_table_that_no_migration_makes_is_noticed(empty):
    schema.upgrade()
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE stray (id INTEGER PRIMARY KEY)")
    assert [(change[0], change[1].name) for change in schema.differences()] == [("remove_table", "stray")]


@pytest.fixture
def numbered(tmp_path):
    """Two sound migrations."""
    (tmp_path / "0001_people.py").write_text("revision = '0001_people'\ndown_revision = None\n", encoding="utf-8")
    (tmp_path / "0002_fund.py").write_text("revision = '0002_fund'\ndown_revision = '0001_people'\n", encoding="utf-8")
    (tmp_path / "HEAD").write_text("0002_fund\n", encoding="utf-8")
    return tmp_path


def test_sound_numbering_passes(numbered):
    assert misnumbered(numbered) == []


def test_a_gap_in_the_numbers_is_found(numbered):
    (numbered / "0004_awards.py").write_text(
        "revision = '0004_awards'\ndown_revision = '0002_fund'\n", encoding="utf-8"
    )
    (numbered / "HEAD").write_text("0004_awards\n", encoding="utf-8")
    assert misnumbered(numbered) == ["0004_awards.py is not 0003_….py"]


def test_two_heads_are_found(numbered):
    (numbered / "0003_awards.py").write_text(
        "revision = '0003_awards'\ndown_revision = '0001_people'\n", encoding="utf-8"
    )
    assert misnumbered(numbered) == [
        "0003_awards.py follows 0001_people, not 0002_fund",
        "HEAD says 0002_fund, the last migration is 0003_awards",
    ]


def test_a_revision_unlike_its_file_is_found(numbered):
    (numbered / "0001_people.py").rename(numbered / "0001_units.py")
    assert misnumbered(numbered) == ["0001_units.py calls itself 0001_people"]

"""What every request may rely on: forms taken once and whole, conflicts shown, nothing half done, headers on all."""

import pytest
from sqlalchemy import func, select

from hub.core.audit import JournalEntry
from hub.core.web import own_path
from hub.evidence.models import Item
from tests import factories as make

ITEM = {"title": "A letter", "theme": "visibility", "happened_on": "2026-01-10", "text": "They came.", "scope": "hub"}


@pytest.fixture
def filled(page, db):
    """A filled form of somebody signed in, ready to be sent."""
    page.as_user(make.person())
    html = page.get("evidence.add_item")
    return page._filled(page._form(html, 0)) | ITEM


def count(db, model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_same_form_sent_twice_is_done_once_and_answered_alike(page, filled, db):
    first = page.post("/evidence/items/new", **filled)
    second = page.post("/evidence/items/new", **filled)
    assert first == second
    assert count(db, Item) == 1


def test_each_deed_writes_one_journal_row_and_a_refused_one_none(page, filled, db):
    page.post("/evidence/items/new", **filled | {"title": ""}, status=422)
    assert count(db, JournalEntry) == 0
    page.post("/evidence/items/new", **filled)
    entry = db.session.scalars(select(JournalEntry)).one()
    assert entry.deed == "evidence.add_item"
    assert set(entry.changes) >= {"evidence_item:1", "evidence_entry:1"} or len(entry.changes) >= 2


def test_an_overtaken_form_shows_what_is_saved_of_its_own_fields_only(page, db):
    """Whoever names another column of the row in a stale form must not be told what it holds."""
    page.as_user(make.lead(make.institution(email_domain="sadly.example")))
    path = "/institution"
    fields = page._filled(page._form(page.open(path), 0))
    named = fields["_fields"][0] if isinstance(fields["_fields"], list) else fields["_fields"]
    for fooled in (named, f"{named},email_domain", "email_domain"):
        stale = fields | {"_version": "0", "_fields": fooled, "email_domain": "?"}
        assert "sadly" not in page.post(path, status=409, **stale).text


@pytest.mark.parametrize("missing", ["csrf_token", "_once", "_fields", "title", "scope"])
def test_a_form_that_arrives_incomplete_changes_nothing(page, filled, db, missing):
    filled.pop(missing)
    page.post("/evidence/items/new", status=400, **filled)
    assert count(db, Item) == 0


def test_a_field_that_comes_twice_changes_nothing(page, filled, db):
    page.post("/evidence/items/new", status=400, **filled | {"title": ["one", "two"]})
    assert count(db, Item) == 0


def test_json_is_not_taken_for_a_form(page, filled):
    assert page.client.post("/evidence/items/new", json=filled).status_code == 415


@pytest.mark.parametrize("path", ["/institutions/%00", "/people/a%00b", "/plans/public/%E2%80%AE/plan.pdf"])
def test_a_name_that_nobody_can_type_is_not_found(page, db, path):
    make.institution()
    page.open(path, status=404)


@pytest.mark.parametrize(
    "path",
    [
        "/evidence/items/99999999999999999999",
        "/evidence/items/" + "9" * 400,
        "/evidence/items/-1",
        "/evidence/items/2147483648",
        "/evidence/items/١",
    ],
)
def test_an_id_that_no_row_can_have_is_not_found(page, filled, path):
    page.open(path, status=404)


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=99999999999999999999", "page=x", "sort=__class__", "theme=%00", "export=exe"]
)
def test_a_list_parameter_that_means_nothing_is_not_found(page, db, query):
    page.as_user(make.lead())
    page.open(f"/evidence/ledger?{query}", status=404)


@pytest.mark.parametrize(
    "q",
    ["%", "_", "\x00", "'; --", "x" * 100_000, "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "🧪" * 80],
)
def test_any_search_is_answered(page, db, q):
    page.as_user(make.lead())
    page.open("/evidence/ledger", query={"q": q})


def test_every_answer_carries_its_protection(page, db):
    answer = page.client.get("/sign-in")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.test", "localhost.evil.test", "localhost@evil.test"])
def test_another_host_name_is_not_answered(page, db, host):
    assert page.client.get("/sign-in", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "//evil",
        "/\\evil",
        "/%09/evil\t",
        "///evil",
        "https:evil",
        "https:/evil",
        "http://hub@evil",
        "\\\\evil",
        "javascript:alert(1)",
        "http://evil/",
        "http://[::1",
        "http://evil。example",
        "",
        None,
        "evil",
    ],
)
def test_no_address_leads_out_of_the_hub(app, address):
    with app.test_request_context("/"):
        assert own_path(address) is None


def test_an_address_of_our_own_is_kept(app):
    with app.test_request_context("/"):
        assert own_path("/fund?page=2") == "/fund?page=2"
        assert own_path("http://localhost/fund") == "/fund"

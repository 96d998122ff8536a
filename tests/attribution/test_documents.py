"""Documents: versions, who is asked to read them, who has."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.attribution import queries, services
from hub.attribution.models import Audience, Document, DocumentEdition, ReadReceipt
from hub.core import clock
from hub.core.errors import MoveRefused
from hub.evidence import queries as evidence
from hub.evidence.models import Entry
from hub.notifications.models import Notice
from hub.pages import tasks
from tests import factories
from tests.attribution import making


@pytest.fixture
def uni(db):
    return factories.institution()


@pytest.fixture
def editor(uni):
    return making.editor(uni, is_technician=False)


@pytest.fixture
def reader(uni):
    return factories.person(uni, name="Maren Okafor")


def words(html):
    return " ".join(html.select_one("main").get_text(" ").split())


def asks(person):
    return [task.sentence for task in tasks.of(person) if task.sentence.startswith("Read and confirm")]


def test_a_document_goes_from_draft_to_readers_and_is_confirmed_once(page, db, uni, editor, reader):
    page.as_user(editor).submit(
        "attribution.new_document",
        kind="statement",
        title="Ten fair promises",
        text="# Credit\n\nAgreed **before** the work starts. <script>alert(1)</script>",
        audience="technicians",
        effective_on="2026-09-01",
    )
    draft = db.session.scalars(select(DocumentEdition)).one()
    page.as_user(reader).get("attribution.document", document_id=draft.document_id, status=404)
    assert asks(reader) == []
    page.as_user(editor).submit("attribution.version", form="publish", edition_id=draft.id)
    assert asks(reader) == ["Read and confirm Ten fair promises"]
    html = page.as_user(reader).get("attribution.document", document_id=draft.document_id)
    assert str(html.select_one(".prose h2")) == "<h2>Credit</h2>"
    assert html.select_one("main script") is None
    page.submit("attribution.document", document_id=draft.document_id, form="confirm")
    services.confirm(queries.edition(draft.id), actor=reader)
    assert len(db.session.scalars(select(ReadReceipt)).all()) == 1
    assert asks(reader) == []
    assert "You confirmed version 1" in words(page.get("attribution.document", document_id=draft.document_id))
    (entry,) = db.session.scalars(select(Entry)).all()
    assert (entry.kind, entry.title) == (
        "attribution.reading",
        "“Ten fair promises”, version 1, was read and confirmed",
    )


def test_a_new_version_asks_again_only_if_the_change_matters(db, uni, editor, reader):
    first = making.published(editor)
    services.confirm(first, actor=reader)
    small = making.next_version(first, editor, is_material=False)
    assert {e.number: e.stage for e in small.document.editions} == {1: "superseded", 2: "published"}
    assert asks(reader) == []
    assert len(asks(factories.person(uni))) == 1
    large = making.next_version(small, editor, is_material=True)
    assert len(asks(reader)) == 1
    smaller = making.next_version(large, editor, is_material=False)
    assert len(asks(reader)) == 1
    services.confirm(smaller, actor=reader)
    assert asks(reader) == []
    assert [t.people for t in evidence.totals(uni.id)] == [1]


def test_an_older_version_is_not_confirmed_after_a_newer_one_came_out(page, db, uni, editor, reader):
    first = making.published(editor)
    html = page.as_user(reader).get("attribution.document", document_id=first.document_id)
    sent = {i["name"]: i["value"] for i in html.select("main form input")}
    making.next_version(first, editor, is_material=True)
    page.post(html.select_one("main form")["action"], status=409, **sent)
    with pytest.raises(MoveRefused):
        services.confirm(queries.edition(first.id), actor=reader)
    assert db.session.scalars(select(ReadReceipt)).all() == []


def test_who_may_read_follows_the_audience(page, db, uni, editor, reader):
    clerk, stranger = factories.person(uni, is_technician=False), factories.person()
    expected = {
        Audience.TECHNICIANS: (200, 404, 404, 404),
        Audience.INSTITUTION: (200, 200, 404, 404),
        Audience.PUBLIC: (200, 200, 200, 200),
    }
    for audience, statuses in expected.items():
        key = making.published(editor, audience=audience).document_id
        for who, status in zip((reader, clerk, stranger, None), statuses, strict=True):
            (page.as_user(who) if who else page.signed_out()).get(
                "attribution.document", document_id=key, status=status
            )
    shown = words(page.signed_out().get("pages.institution", slug=uni.slug))
    assert shown.count("Ten fair promises") == 1
    assert len(asks(clerk)) == 2
    page.as_user(stranger).get("attribution.versions", document_id=key, status=404)


def test_what_is_withdrawn_is_read_and_asked_for_no_more(page, db, uni, editor, reader):
    made = making.published(editor, audience=Audience.PUBLIC)
    page.as_user(editor).submit("attribution.version", form="withdraw", edition_id=made.id)
    page.as_user(reader).get("attribution.document", document_id=made.document_id, status=404)
    assert asks(reader) == []
    assert "Ten fair promises" in words(page.as_user(editor).get("attribution.documents"))
    assert "Ten fair promises" not in words(page.as_user(reader).get("attribution.documents"))


def test_a_published_version_stays_as_it_was_and_a_draft_is_one_at_a_time(page, db, uni, editor):
    made = making.published(editor)
    with pytest.raises(MoveRefused):
        services.rewrite(made, making.text(title="Another"), actor=editor)
    page.as_user(editor).get("attribution.edit_version", edition_id=made.id, status=403)
    services.new_version(queries.document(made.document_id), actor=editor)
    with pytest.raises(services.AlreadyDrafted):
        services.new_version(queries.document(made.document_id), actor=editor)
    draft = queries.document(made.document_id).draft
    page.submit("attribution.edit_version", edition_id=draft.id, what_changed="", status=422)
    page.submit("attribution.version", form="discard", edition_id=draft.id)
    assert [e.number for e in queries.document(made.document_id).editions] == [1]


def test_a_document_of_which_only_a_draft_was_written_is_gone_with_it(db, uni, editor):
    services.discard(queries.edition(making.draft(editor).id), actor=editor)
    assert db.session.scalars(select(Document)).all() == []


def test_names_of_readers_are_for_the_lead_and_numbers_for_those_who_publish(page, db, uni, editor, reader):
    lead = factories.lead(uni, is_technician=False)
    unit = factories.unit(uni, name="Chemistry")
    for _ in range(5):
        factories.person(uni, unit=unit)
    made = making.published(editor, audience=Audience.TECHNICIANS)
    services.confirm(made, actor=reader)
    html = page.as_user(editor).get("attribution.versions", document_id=made.document_id)
    assert "1 of 6 people have read version 1" in words(html)
    assert "Maren Okafor" not in words(html)
    page.get("attribution.readers", document_id=made.document_id, status=403)
    page.as_user(lead)
    assert "Maren Okafor" in words(page.get("attribution.readers", document_id=made.document_id, query={"read": "yes"}))
    taken = page.raw("attribution.readers", document_id=made.document_id, query={"export": "csv", "read": "no"})
    assert taken.get_data(as_text=True).count("Chemistry") == 5
    assert "Maren" not in taken.get_data(as_text=True)


def test_a_number_of_readers_never_tells_of_fewer_than_five(db, uni, editor):
    sizes = {"Art": 6, "Chemistry": 5, "Music": 1}
    for name, size in sizes.items():
        unit = factories.unit(uni, name=name)
        people = [factories.person(uni, unit=unit) for _ in range(size)]
    made = making.published(editor, audience=Audience.TECHNICIANS)
    services.confirm(made, actor=people[0])
    assert [(s.unit, s.read, s.asked) for s in queries.progress(made)] == [
        ("Art", 0, 6),
        ("Smaller units together", 1, 6),
    ]


def test_readers_are_told_when_it_is_published_and_once_more_after_a_fortnight(db, uni, editor, reader):
    other = factories.person(uni, name="Dewi Prothero")
    made = making.published(editor, audience=Audience.TECHNICIANS)
    told = []
    for days in (1, 2, 15, 16):
        with clock.held(clock.now() + timedelta(days=days)):
            told.append(services.remind_readers())
        if days == 2:
            services.confirm(made, actor=other)
    assert told == [2, 0, 1, 0]
    titles = db.session.scalars(select(Notice.title).where(Notice.recipient_id == reader.id).order_by(Notice.id)).all()
    assert titles == ["Please read: Ten fair promises", "Still to read: Ten fair promises"]


@pytest.mark.parametrize("n", [1, 3])
def test_pages_cost_the_same_however_many_documents(page, queries, db, uni, editor, n):
    for _ in range(n):
        made = making.published(editor)
    page.as_user(editor)
    with queries(at_most=6):
        page.get("attribution.documents")
    with queries(at_most=12):
        page.get("attribution.home")
    with queries(at_most=12):
        page.get("attribution.versions", document_id=made.document_id)

"""The plan on paper: tagged, explained, numbered; nothing private in the public one."""

import io
from datetime import date, timedelta

import pikepdf
import pytest
from docx import Document
from sqlalchemy import select

from hub.core.clock import today
from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.evidence import services as evidence
from hub.evidence.models import Scope
from hub.plan import documents, queries, services
from hub.plan.documents import Audience
from hub.plan.measures import TYPED
from hub.plan.models import Placement
from tests.plan import making


@pytest.fixture
def plan(lead, db):
    plan = making.plan(lead)
    action = making.action(
        plan,
        lead,
        objective="Galleries",
        details='With *pictures* #read("/etc/passwd") 🧪 ✓ \uf0b7',
        feeds=("evidence.item",),
    )
    services.set_milestones(action, [("Places agreed", date(2025, 1, 1))], actor=lead)
    services.add_indicator(
        action, actor=lead, text="Galleries open", definition=TYPED, targets=[(6, date(2027, 7, 31))], baseline=1
    )
    evidence.add_item(
        actor=lead, title="Ana Nowak’s gallery opened", theme=Theme.VISIBILITY, happened_on=date(2025, 3, 1), text="x"
    )
    services.accept(db.session.scalars(select(Placement)).one(), actor=lead)
    services.set_rag(action, Rag.GREEN, actor=lead, explanation="All six are open")
    services.add_note(action, actor=lead, text="Told to the steering group only")
    return plan


def words(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def test_the_pdf_is_tagged_and_titled_as_the_guidance_asks(plan, lead):
    content = documents.content(plan, lead.institution, Audience.INTERNAL)
    with words(documents.as_pdf(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "en-GB"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == content["title"]
            assert metadata["pdfuaid:part"] == "1"
    assert content["title"].count("/") == 2


def test_evidence_is_numbered_and_each_status_explained(plan, lead):
    content = documents.content(plan, lead.institution, Audience.INTERNAL)
    found = next(a for t in content["themes"] for a in t["actions"] if a["objective"] == "Galleries")
    assert (found["rag"], found["explanation"], found["evidence"]) == ("green", "All six are open", [1])
    assert [e["title"] for e in content["evidence"]] == ["Ana Nowak’s gallery opened"]
    assert found["measured"][0].startswith("Galleries open: 1 on ")


def test_the_public_document_counts_evidence_and_keeps_notes_and_names_back(plan, lead):
    said = repr(documents.content(plan, lead.institution, Audience.PUBLIC))
    assert "Ana Nowak" not in said
    assert "steering group only" not in said
    assert "'pieces': 1" in said


@pytest.mark.parametrize("kept_back", [{"scope": Scope.HUB}, {"use_until": today() - timedelta(days=1)}])
def test_what_may_not_travel_is_on_no_paper(plan, lead, db, kept_back):
    evidence.add_item(
        actor=lead,
        title="Said in confidence",
        theme=Theme.VISIBILITY,
        happened_on=date(2025, 4, 1),
        text="x",
        **kept_back,
    )
    services.accept(db.session.scalars(select(Placement).order_by(Placement.id.desc())).first(), actor=lead)
    content = documents.content(plan, lead.institution, Audience.INTERNAL)
    assert [piece["title"] for piece in content["evidence"]] == ["Ana Nowak’s gallery opened"]


def test_the_word_file_says_the_same(plan, lead):
    made = Document(io.BytesIO(documents.as_docx(documents.content(plan, lead.institution, Audience.INTERNAL))))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert "Ana Nowak’s gallery opened" in cells
    assert "G Done" in cells


def test_documents_are_downloads_and_the_public_one_needs_nobody(page, plan, lead):
    slug = lead.institution.slug
    page.as_user(lead)
    page.get("plan.documents_of", plan_id=plan.id)
    answer = page.raw("plan.pdf", plan_id=plan.id)
    assert answer.data.startswith(b"%PDF-")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert page.raw("plan.docx", plan_id=plan.id).data.startswith(b"PK")
    page.signed_out()
    assert page.raw("plan.public_pdf", slug=slug).data.startswith(b"%PDF-")
    assert page.raw("plan.public_pdf", slug="nobody").status_code == 404
    page.get("plan.pdf", plan_id=plan.id, status=302)


def test_the_statuses_by_themselves_wait_until_every_red_is_explained(page, plan, lead):
    red = next(a for a in queries.actions(plan.id) if a.rag == Rag.RED)
    page.as_user(lead)
    html = page.get("plan.status_pdf", plan_id=plan.id, status=422)
    assert [a["href"] for a in html.select(".notice--need a")] == [f"/plans/actions/{red.id}/status"]
    page.get("plan.status_docx", plan_id=plan.id, status=422)
    services.set_rag(red, Rag.RED, actor=lead, explanation="Waits for the new building")
    with words(page.raw("plan.status_pdf", plan_id=plan.id).data) as pdf:
        assert pdf.Root.MarkInfo.Marked
    made = Document(io.BytesIO(page.raw("plan.status_docx", plan_id=plan.id).data))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert {"Waits for the new building", "G Done", "1"} <= set(cells)  # evidence is counted, not numbered
    assert "Ana Nowak’s gallery opened" not in cells

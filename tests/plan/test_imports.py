"""Importing a plan through its pages: shown first, corrected, then stored."""

import io
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import select

from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.plan import queries
from hub.plan.models import Counting, Plan, PlanImport
from tests import factories as make

REAL = Path(__file__).parents[3] / "shared" / "data" / "real" / "action_plan_2022.docx"
TABLE = """Theme\tObjective\tOwner\tEnd\tHow impact will be evidenced\tRAG
Visibility\tA page for each team\tHead of services\tJuly 2025\tPages online (July 2025)\tGreen
\tA newsletter\tLead\tEnd of January 2026\tThree issues\tAmber
Career Develop ment\tA pathway\tHR\tQ4 2026\tNumber of levels published: 3 by Aug 2025, 5 by Aug 2026\tRed
"""


@pytest.fixture
def lead(page, db):
    lead = make.lead()
    page.as_user(lead)
    return lead


def imported(page, text=TABLE):
    return page.submit("plan.import_file", text=text)


def test_a_pasted_table_is_shown_and_nothing_is_stored_yet(page, lead, db):
    html = page.open(imported(page))
    assert html.h1.text == "3 actions understood"
    assert "A newsletter" in html.text
    assert "31 January 2026" in html.text
    assert db.session.scalars(select(Plan)).all() == []


def test_what_was_understood_is_corrected_and_then_stored(page, lead, db):
    preview = imported(page)
    page.submit(
        "plan.correct_draft",
        at=f"{preview}/actions?n=1",
        objective="A newsletter each term",
        themes=["recognition", "visibility"],
    )
    page.submit("plan.leave_out_draft", at=preview, form="left-out?n=0")
    plan_path = page.submit(
        "plan.import_preview", at=preview, form=-1, name="Our plan", starts_on="2024-08-01", ends_on="2027-07-31"
    )
    actions = queries.actions(int(plan_path.rsplit("/", 1)[1]))
    assert [(a.objective, a.themes, a.rag) for a in actions] == [
        ("A newsletter each term", [Theme.RECOGNITION, Theme.VISIBILITY], Rag.AMBER),
        ("A pathway", [Theme.CAREER_DEVELOPMENT], Rag.RED),
    ]
    assert [(t.value, t.due_on.isoformat()) for t in actions[1].indicators[0].targets] == [
        (3, "2025-08-31"),
        (5, "2026-08-31"),
    ]
    page.open(preview, status=403)  # stored once


def test_a_role_is_given_to_what_names_nobody(page, lead, db):
    preview = imported(page, TABLE.replace("\tLead\t", "\t\t"))
    path = page.submit("plan.import_preview", at=preview, form=-1, owner_role="Commitment lead")
    owners = [a.owner_role for a in queries.actions(int(path.rsplit("/", 1)[1]))]
    assert owners == ["Head of services", "Commitment lead", "HR"]


def docx_without_table():
    out = io.BytesIO()
    document = Document()
    document.add_paragraph("Our plan is to be good.")
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "plan.docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "locked.docx"),
        (b"PK\x03\x04 broken", "plan.docx"),
        (b"%PDF-1.7", "plan.pdf"),
        (b"\x89PNG\r\n", "plan.png"),
        (docx_without_table(), "plan.docx"),
    ],
)
def test_a_file_that_cannot_become_a_plan_is_explained_beside_the_field(page, lead, db, content, name):
    html = page.submit("plan.import_file", file=(io.BytesIO(content), name), status=422)
    assert html.select_one("#file-error").text.strip()
    assert db.session.scalars(select(PlanImport)).all() == []


def test_nothing_chosen_is_explained(page, lead):
    html = page.submit("plan.import_file", status=422)
    assert "Choose a file, or paste a table" in html.select_one("#file-error").text


@pytest.mark.parametrize("n", ["3", "-1", "x", "99999999999", ""])
def test_a_draft_that_is_not_there_is_not_found(page, lead, n):
    page.open(f"{imported(page)}/actions?n={n}", status=404)


def test_somebody_else_s_import_does_not_exist(page, lead):
    preview = imported(page)
    page.as_user(make.lead())
    page.open(preview, status=404)


def test_the_plan_of_2022_becomes_a_tracker(page, lead, db):
    if not REAL.exists():
        return
    preview = page.submit("plan.import_file", file=(io.BytesIO(REAL.read_bytes()), REAL.name))
    assert page.open(preview).h1.text == "7 actions understood"
    path = page.submit("plan.import_preview", at=preview, form=-1)
    html = page.open(path)
    assert len(html.select("tbody tr.theme-edge")) == 7
    registered = next(i for a in queries.actions(int(path.rsplit("/", 1)[1])) for i in a.indicators)
    assert (registered.text, registered.counting) == ("Number of staff registered", Counting.REGISTERED)
    assert [(t.value, t.due_on.isoformat()) for t in registered.targets] == [(3, "2022-08-31"), (6, "2023-08-31")]


def test_a_paste_that_is_too_long_is_refused_whole_and_never_cut(page, lead):
    html = page.submit("plan.import_file", text="Theme\tAction\n" * 20_000, status=422)
    assert "Use 200,000 characters or fewer" in html.select_one("#text-error").text
    assert html.select_one("#text").get("maxlength") is None


def test_what_was_read_before_measures_were_kept_apart_is_still_shown_and_stored(page, lead, db):
    preview = imported(page)
    read = db.session.scalars(select(PlanImport)).one()
    older = [{name: said for name, said in draft.items() if name != "measures"} for draft in read.preview["actions"]]
    read.preview = read.preview | {"actions": older}
    assert page.open(preview).h1.text == "3 actions understood"
    page.submit("plan.import_preview", at=preview, form=-1)
    assert len(db.session.scalars(select(Plan)).all()) == 1

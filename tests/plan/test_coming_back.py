"""What the hub writes of a plan and reads again says the same: as a Word file, as the lists of the tracker."""

import io
from datetime import date

import pytest
from docx import Document
from sqlalchemy import select

from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.evidence import services as evidence
from hub.plan import documents, queries, services
from hub.plan.comparing import compare
from hub.plan.documents import Audience
from hub.plan.importing.cleaning import clean
from hub.plan.measures import TYPED, Definition
from hub.plan.models import Counting, Period, Placement, Shown
from hub.plan.snapshots import ALL, snapshot
from tests import factories as make
from tests.plan import making

JULY, AUGUST = date(2026, 7, 31), date(2027, 8, 15)
EVERYTHING = {
    "ref": "Vis 1(a)",
    "objective": "=6 portraits by March 2026, “Ångström” & ‹Ω› 🧑‍🔬 <b>",
    "themes": [Theme.SUSTAINABILITY, Theme.VISIBILITY, Theme.EVALUATING_IMPACT],
    "details": "First\tplaces, then people.\n\n• A wall\n• Owner: nobody, Due: July 2031\n\uf0b7 e\u0301 x\u2011y",
    "delivery": "Six portraits; a wall (by Oct 2025)",
    "impact": "Minutes published (from May 2025). Staff who know it: 30% by Aug 2025, 60% by Aug 2026.",
    "owner_role": "Head of Communications, by July 2025; Dean",
    "working_group": "Galleries group",
    "resource": "£4,000 a year until 2027",
    "starts_on": date(2024, 9, 2),
    "due_on": AUGUST,
}
SAME_TWICE = {"ref": "C1.", "objective": "and so on: Amber", "themes": [Theme.CAREER_DEVELOPMENT], "owner_role": ""}
LIKE_A_THEME = {
    "ref": "17",
    "objective": "Recognition",
    "themes": [Theme.RECOGNITION, Theme.CAREER_DEVELOPMENT],
    "impact": "Agreed by 3 Aug 2026, done by 2027",
    "due_on": JULY,
}
MILESTONES = [
    ("the wall is chosen (due 1 May 2026)", date(2025, 1, 31)),
    ("Draft, consult; publish. Then 4 of 5 rooms by Q4 2026", None),
    ("• From May 2026 on", date(2024, 12, 1)),
    ("Opened", AUGUST),
]
TARGETS = [(3, date(2025, 8, 31)), (1200, AUGUST), (1500, None)]


@pytest.fixture
def plan(lead, db):
    """A plan with every column filled, and with as few as can be."""
    plan = making.plan(lead, published=False)
    first = making.action(plan, lead, feeds=("evidence.item",), **EVERYTHING)
    services.set_milestones(first, MILESTONES, actor=lead)
    services.meet_milestone(first.milestones[0], actor=lead, on=date(2025, 2, 3))
    services.meet_milestone(first.milestones[1], actor=lead, on=date(2025, 2, 3))
    growth = Definition(Counting.ENTRIES, ("evidence.item",), period=Period.PLAN, shown=Shown.GROWTH_PERCENT)
    for text, definition in (
        ("Rooms: 3 of 5, from 2025 to 2026", TYPED),
        ("Pounds spent (%), 40 by July 2026", Definition(Counting.QUANTITY, ("fund.award",))),
        ("growth", growth),
    ):
        services.add_indicator(first, actor=lead, text=text, definition=definition, targets=TARGETS, baseline=2)
    services.add_indicator(
        making.action(plan, lead, ref="X"), actor=lead, text="At least 7 by May 2026", definition=TYPED
    )
    evidence.add_item(actor=lead, title="A wall", theme=Theme.VISIBILITY, happened_on=JULY, text="x")
    services.accept(db.session.scalars(select(Placement)).one(), actor=lead, action=first)
    services.set_rag(first, Rag.GREEN, actor=lead, explanation="It hangs.\n\nAll six.")
    services.add_note(first, actor=lead, text="Told in May 2026: 3 more wanted.\n\n- who?\n- when?")
    twice = [making.action(plan, lead, **SAME_TWICE | {"ref": ref}) for ref in ("C1.", "c-2")]
    services.set_rag(twice[1], Rag.RED, actor=lead, explanation="Nobody is there yet.")
    services.set_milestones(twice[0], [("Asked", JULY)], actor=lead)
    making.action(plan, lead, **LIKE_A_THEME)
    return queries.plan(plan.id)


def read_again(plan, content, name):
    """What differs between *plan* and what is read in a file of it."""
    return compare(plan, services.read_file(content, name, actor=make.lead()).preview["actions"])


def told(found):
    return [(one.draft["ref"], one.refused, *map(tuple, one.fields)) for one in [*found.changed, *found.new]]


def test_the_word_file_read_again_differs_in_nothing(plan, lead):
    content = documents.as_docx(documents.content(plan, lead.institution, Audience.INTERNAL))
    found = read_again(plan, content, "plan.docx")
    assert told(found) == []
    assert found.missing == []
    assert len(found.same) == 5


def test_the_appendix_of_statuses_read_again_differs_in_nothing(plan, lead):
    found = read_again(plan, documents.appendix_as_docx(documents.appendix(plan, lead.institution)), "status.docx")
    assert told(found) == []
    assert len(found.same) == 5


def test_an_action_edited_in_the_word_file_is_the_same_action_changed(plan, lead):
    """Whoever edits it rewords an action where it is promised, and not again in each table that refers to it."""
    document = Document(io.BytesIO(documents.as_docx(documents.content(plan, lead.institution, Audience.INTERNAL))))
    rows = {row.cells[0].text: row.cells for row in document.tables[0].rows}
    rows["X"][1].text += " and chartered"
    rows["17"][1].text = "Thanks, in public"
    rows["17"][7].text = "Dean"
    edited = io.BytesIO()
    document.save(edited)
    assert told(read_again(plan, edited.getvalue(), "plan.docx")) == [
        ("X", "", ("Objective", "More technicians registered", "More technicians registered and chartered")),
        ("17", "", ("Objective", "Recognition", "Thanks, in public"), ("Whose task it is", "Commitment lead", "Dean")),
    ]


def test_stored_anew_it_is_the_same_plan(plan, lead):
    content = documents.as_docx(documents.content(plan, lead.institution, Audience.INTERNAL))
    read = services.read_file(content, "plan.docx", actor=lead)
    assert [told for draft in read.preview["actions"] for told in draft["guesses"]] == []
    assert [told.partition(": ")[2] for told in read.preview["warnings"]] == [
        "the columns “So far”, “Evidence” were not understood, left out."
    ]
    again = services.store_import(read, actor=lead, name="Again", starts_on=plan.starts_on, ends_on=plan.ends_on)
    assert said(again) == said(plan)


def said(plan):
    """Every column of its actions as a file keeps it."""
    actions = snapshot(plan, queries.actions(plan.id))["actions"]
    kept = [name for name in ALL if name != "rag_explanation"]
    return {one["ref"].rstrip("."): {name: clean(one[name]) for name in kept} for one in actions}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_of_the_tracker_read_again_differs_in_nothing(page, plan, lead, kind):
    content = page.as_user(lead).raw("plan.tracker", plan_id=plan.id, query={"export": kind}).data
    found = read_again(plan, content, f"actions.{kind}")
    assert told(found) == []
    assert found.missing == []
    assert len(found.same) == 5

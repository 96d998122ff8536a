"""The report of a month: what it finds, what the lead puts on it, and its papers."""

import io
from datetime import date

import docx
import pikepdf
import pytest
from sqlalchemy import select

from hub.core.clock import at_london, held
from hub.core.links import path_to
from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.plan import documents, monthly, queries, services
from hub.plan.measures import TYPED
from hub.plan.models import DecisionWanted, Placement
from hub.plan.monthly import Month
from tests import factories as make
from tests.plan import making
from tests.plan.happening import happened

OCTOBER = Month(date(2025, 10, 1))


@pytest.fixture
def lead(db):
    with held(at_london(date(2025, 8, 1), 9)):
        return make.lead()


@pytest.fixture
def plan(lead, db):
    """Published in August 2025, with a busy October behind it."""
    with held(at_london(date(2025, 8, 4), 9)):
        plan = making.plan(lead)
        hung = making.action(plan, lead, ref="V1", objective="Galleries", due_on=date(2025, 10, 20))
        services.set_milestones(hung, [("Places agreed", date(2025, 9, 1)), ("Opened", date(2025, 11, 3))], actor=lead)
        services.set_rag(hung, Rag.RED, actor=lead, explanation="No wall was free.")
        slow = making.action(plan, lead, ref="R9", objective="Registration", due_on=date(2025, 11, 28))
        registered = services.add_indicator(
            slow,
            actor=lead,
            text="Registered",
            definition=TYPED,
            targets=[(40, date(2025, 12, 31))],
            baseline=0,
            baseline_on=date(2025, 8, 1),
        )
    with held(at_london(date(2025, 10, 6), 9)):
        services.set_rag(hung, Rag.AMBER, actor=lead, explanation="The wall by the canteen is ours.")
        services.edit_action(slow, actor=lead, themes=slow.themes, details="Fees paid.", reason="HR agreed to pay.")
        services.read_indicator(registered, actor=lead, value=3, on=date(2025, 10, 5), source="The register")
        services.add_note(slow, actor=lead, text="Slow.", needed="May the fund pay?", wants_decision=True)
        happened(lead, title="A portrait was hung", theme=Theme.VISIBILITY)
        services.accept(db.session.scalars(select(Placement)).one(), actor=lead, action=hung)
        services.keep_version(plan, actor=lead, note="For the steering group")
    with held(at_london(date(2025, 11, 5), 9)):
        services.set_rag(hung, Rag.GREEN, actor=lead, explanation="All hang.")
        services.set_milestones(hung, [("Places agreed", date(2025, 9, 1)), ("Opened", date(2025, 11, 3))], actor=lead)
        for milestone in hung.milestones:
            services.meet_milestone(milestone, actor=lead, on=date(2025, 11, 4))
    return queries.plan(plan.id)


@pytest.mark.parametrize("today", [date(2025, 11, 20), date(2026, 9, 1)])
def test_a_month_is_told_as_it_ended_whatever_came_later(plan, today):
    with held(at_london(today, 9)):
        told = monthly.report(plan, OCTOBER)
    assert told.on == date(2025, 10, 31)
    assert [(m.action.ref, m.before, m.after, m.why) for m in told.moved] == [
        ("V1", Rag.RED, Rag.AMBER, "The wall by the canteen is ours.")
    ]
    assert [(action.ref, one.reason) for action, one in told.amended] == [("R9", "HR agreed to pay.")]
    assert [version.note for version in told.versions] == ["For the steering group"]
    assert {one.action.ref: one.rag for one in told.standing} == {"R1": Rag.RED, "V1": Rag.AMBER, "R9": Rag.RED}
    assert [(one.action.ref, one.text, one.on.day) for one in told.overdue] == [
        ("V1", "Places agreed", 1),
        ("V1", "", 20),
    ]
    assert [(one.action.ref, one.indicator.text) for one in told.behind] == [("R9", "Registered")]
    assert told.behind[0].sentence.startswith("3 of 24 by today’s projection: behind by 21")
    assert [(action.ref, n) for action, n in told.evidence] == [("V1", 1)]
    assert [(action.ref, note.needed) for action, note in told.asked] == [("R9", "May the fund pay?")]
    assert [(one.action.ref, one.text) for one in told.due_next] == [("V1", "Opened"), ("R9", "")]


def test_before_the_first_decision_the_version_of_then_tells_the_colour(plan, lead):
    action = queries.actions(plan.id)[0]
    with held(at_london(date(2025, 12, 1), 9)):
        services.set_rag(action, Rag.AMBER, actor=lead, explanation="Begun.")
        told = {one.action.ref: one.rag for one in monthly.report(plan, OCTOBER).standing}
    assert told[action.ref] == Rag.RED


def test_a_quiet_month_says_so(page, plan, lead):
    shown = page.as_user(lead).get("plan.month", plan_id=plan.id, month="2025-09").text
    for nothing in ("No decision is wanted.", "Nothing changed.", "No evidence was accepted."):
        assert nothing in shown
    for no_month in ("2025-13", "september", "0000-01", ""):
        page.get("plan.month", plan_id=plan.id, month=no_month, status=404)


def test_the_lead_puts_decisions_on_the_report_and_takes_them_off(page, plan, lead, db):
    october = path_to("plan.month", plan_id=plan.id, month="2025-10")
    page.as_user(lead).submit("plan.month", at=october, text="", status=422)
    assert db.session.scalars(select(DecisionWanted)).all() == []
    page.submit("plan.month", at=october, text="May we buy frames?")
    wanted = db.session.scalars(select(DecisionWanted)).one()
    assert (wanted.month, wanted.text, wanted.asked_by_id) == (OCTOBER.first, "May we buy frames?", lead.id)
    assert "2 decisions wanted" in page.open(october).text
    assert "May we buy frames?" not in page.get("plan.month", plan_id=plan.id, month="2025-11").text
    page.submit("plan.month", at=october, form="decisions-wanted")
    assert db.session.scalars(select(DecisionWanted)).all() == []


def test_every_number_opens_its_records(page, plan, lead):
    page.as_user(lead)
    shown = page.get("plan.month", plan_id=plan.id, month="2025-10").text
    assert "New evidence: 1" in shown
    listed = page.get("plan.month_evidence", plan_id=plan.id, month="2025-10")
    assert "A portrait was hung" in listed.text
    assert "1 piece of evidence" in listed.text
    assert "A portrait was hung" not in page.get("plan.month_evidence", plan_id=plan.id, month="2025-11").text
    sheet = page.raw("plan.month_evidence", plan_id=plan.id, month="2025-10", export="csv").data.decode("utf-8-sig")
    assert sheet.splitlines()[1].startswith("A portrait was hung,Galleries,")


def test_the_papers_say_the_same_and_are_tagged(page, plan, lead):
    content = documents.month_content(monthly.report(plan, OCTOBER), lead.institution)
    with pikepdf.open(io.BytesIO(documents.month_as_pdf(content))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Month report, October 2025: Action plan 2024 to 2027"
            assert metadata["pdfuaid:part"] == "1"
    word = docx.Document(io.BytesIO(documents.month_as_docx(content)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    for told in ("May the fund pay?", "Not started to In progress", "HR agreed to pay.", "A portrait was hung"):
        assert told in cells
    assert "A In progress" in cells
    page.as_user(lead)
    assert page.raw("plan.month_pdf", plan_id=plan.id, month="2025-10").data.startswith(b"%PDF-")
    answer = page.raw("plan.month_docx", plan_id=plan.id, month="2025-10")
    assert "Month report - October 2025.docx" in answer.headers["Content-Disposition"]


def test_a_report_of_many_actions_asks_as_often_as_one_of_few(page, plan, lead, queries):
    page.as_user(lead)
    for n in range(12):
        making.action(plan, lead, ref=f"X{n}", objective=f"Promise {n}")
    with queries(at_most=14):
        page.get("plan.month", plan_id=plan.id, month="2025-10")

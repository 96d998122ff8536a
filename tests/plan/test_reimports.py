"""A file that is read again: what it would change is shown, what is accepted is taken, nothing else is touched."""

from datetime import date

import pytest
from sqlalchemy import func, select

from hub.core.rag import Rag
from hub.plan import queries, services
from hub.plan.comparing import compare
from hub.plan.models import Action, Amendment, Placement, PlanImport, ProgressNote, RagDecision
from hub.plan.services import ChangedMeanwhile, ReasonWanted
from tests import factories as make
from tests.plan.happening import happened

TABLE = """Ref\tTheme\tObjective\tLead\tDeadline\tHow impact will be evidenced\tStatus\tProgress
V1\tVisibility\tA page for each team\tHead of services\tJuly 2025\tPages online (July 2025)\tAmber\t
V2\tVisibility\tA newsletter\tEditor\tEnd of January 2026\t3 issues by Jan 2026\tAmber\t
C1\tCareer development\tA pathway\tHR\tQ4 2026\tLevels published: 3 by Aug 2025, 5 by Aug 2026\tRed\t
"""


@pytest.fixture
def plan(lead, db):
    read = services.read_text(TABLE, actor=lead)
    plan = services.store_import(read, actor=lead, name="Ours", **PERIOD)
    return queries.plan(plan.id)


PERIOD = {"starts_on": date(2024, 8, 1), "ends_on": date(2027, 7, 31)}


def again(plan, lead, *changes):
    """The table read again with *changes* (old, new), and what differs."""
    text = TABLE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    read = services.read_text(text, actor=lead)
    return read, compare(plan, read.preview["actions"])


def keys(found):
    return [one.key for one in found.offered]


def fields(found):
    return {one.action.ref: [tuple(told) for told in one.fields] for one in found.changed}


def test_the_same_file_again_changes_nothing(plan, lead, db):
    _, found = again(plan, lead)
    assert [one.action.ref for one in found.same] == ["V1", "V2", "C1"]
    assert (found.changed, found.new, found.missing) == ([], [], [])


def test_each_difference_is_told_field_by_field_and_an_empty_cell_is_none(plan, lead):
    _, found = again(
        plan,
        lead,
        ("A newsletter\tEditor\tEnd of January 2026", "A newsletter for all\t\tSept 2026"),
        ("5 by Aug 2026", "6 by Aug 2026"),
        ("V1\tVisibility", "V1\tRecognition"),
    )
    assert fields(found) == {
        "V1": [("Themes", "Visibility", "Recognition")],
        "V2": [("Objective", "A newsletter", "A newsletter for all"), ("Due", "31 January 2026", "30 September 2026")],
        "C1": [
            (
                "How impact will be evidenced",
                "Levels published: 3 by Aug 2025, 5 by Aug 2026",
                "Levels published: 3 by Aug 2025, 6 by Aug 2026",
            ),
            ("Levels published", "3, 31 August 2025, 5, 31 August 2026", "3, 31 August 2025, 6, 31 August 2026"),
        ],
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_hub_s_own_list_says_what_the_plan_says(page, plan, lead, kind):
    happened(lead)
    written = page.as_user(lead).raw("plan.tracker", plan_id=plan.id, export=kind).data
    found = compare(plan, services.read_file(written, f"actions.{kind}", actor=lead).preview["actions"])
    assert [one.action.ref for one in found.same] == ["V1", "V2", "C1"]
    assert (found.changed, found.new) == ([], [])


def test_only_what_is_accepted_is_taken_and_what_is_missing_stays(plan, lead, db):
    gone = TABLE.splitlines()[3] + "\n"
    new = "R1\tRecognition\tA prize\tDean\tMay 2026\t2 winners by May 2026\t\tAsked the Dean.\n"
    read, found = again(plan, lead, ("Head of services", "Head of estates"), ("Editor", "Registrar"), (gone, new))
    assert [action.ref for action in found.missing] == ["C1"]
    assert [one.draft["ref"] for one in found.new] == ["R1"]
    first, _, added = keys(found)
    assert services.take_over(read, plan, [first, added], actor=lead) == 2
    db.session.expire_all()
    actions = {action.ref: action for action in queries.actions(plan.id)}
    assert {ref: action.owner_role for ref, action in actions.items()} == {
        "V1": "Head of estates",
        "V2": "Editor",
        "C1": "HR",
        "R1": "Dean",
    }
    assert [target.value for target in actions["R1"].indicators[0].targets] == [2]
    assert queries.noted(plan.id) == {actions["R1"].id: {"Asked the Dean."}}
    assert read.plan_id == plan.id


def test_what_was_edited_meanwhile_is_shown_again_and_not_overwritten(plan, lead, db):
    read, found = again(plan, lead, ("Editor", "Registrar"), ("Head of services", "Head of estates"))
    stale = keys(found)
    edited = queries.actions(plan.id)[1]
    services.edit_action(edited, actor=lead, themes=edited.themes, owner_role="Press office")
    with pytest.raises(ChangedMeanwhile, match="V2"):
        services.take_over(read, plan, stale, actor=lead)
    assert [action.owner_role for action in queries.actions(plan.id)] == ["Head of services", "Press office", "HR"]
    fresh = compare(plan, read.preview["actions"])
    assert fields(fresh)["V2"] == [("Whose task it is", "Press office", "Registrar")]
    assert keys(fresh)[0] == stale[0]


def test_a_published_plan_changes_only_with_a_reason(plan, lead, db):
    for move in ("approve", "publish"):
        services.make_move(plan, move, actor=lead)
    read, found = again(plan, lead, ("Editor", "Registrar"))
    db.session.commit()
    with pytest.raises(ReasonWanted):
        services.take_over(read, plan, keys(found), actor=lead)
    db.session.rollback()
    services.take_over(read, plan, keys(found), actor=lead, reason="The Registrar edits it now.")
    assert db.session.scalars(select(Amendment.reason)).all() == ["The Registrar edits it now."]


def test_colours_of_a_file_keep_the_rules_of_the_hub(plan, lead, db):
    told = [("(July 2025)\tAmber", "(July 2025)\tGreen")]
    read, found = again(plan, lead, *told, ("by Jan 2026\tAmber", "by Jan 2026\tRed"))
    refused = {one.action.ref: one.refused for one in found.changed}
    assert "proves" in refused["V1"]
    assert "Say why this has not started" in refused["V2"]
    assert keys(found) == []
    happened(lead)
    page_of_teams, newsletter, _ = queries.actions(plan.id)
    services.accept(db.session.scalars(select(Placement)).one(), actor=lead, action=page_of_teams)
    red = ("by Jan 2026\tAmber\t", "by Jan 2026\tRed\tNo editor was found.")
    read, found = again(plan, lead, *told, red)
    services.take_over(read, plan, keys(found), actor=lead)
    assert (page_of_teams.rag, newsletter.rag) == (Rag.GREEN, Rag.RED)
    assert newsletter.rag_explanation == "No editor was found."
    assert page_of_teams.rag_explanation == "So it stands in Pasted table."
    assert db.session.scalar(select(func.count()).select_from(RagDecision)) == 2
    assert db.session.scalar(select(func.count()).select_from(ProgressNote)) == 1
    assert again(plan, lead, *told, red)[1].changed == []


def test_through_its_page(page, plan, lead, db):
    page.as_user(lead)
    preview = page.submit("plan.import_file", text=TABLE.replace("Editor", "Registrar").replace("Red", "Green"))
    html = page.open(f"{preview}/differences?plan={plan.id}")
    assert html.h1.text == "2 actions would change"
    assert "is not taken. Accept at least one piece of evidence first" in html.text
    nothing = page.submit("plan.compare_import", at=f"{preview}/differences?plan={plan.id}", take=None, status=422)
    assert "Choose at least one" in nothing.text
    stale = page.submit("plan.compare_import", at=f"{preview}/differences?plan={plan.id}", take="1-abc", status=422)
    assert "Changed by somebody meanwhile" in stale.text
    page.submit("plan.compare_import", at=f"{preview}/differences?plan={plan.id}")
    assert [action.owner_role for action in queries.actions(plan.id)] == ["Head of services", "Registrar", "HR"]
    page.open(f"{preview}/differences", status=403)


@pytest.mark.parametrize("plan_id", ["x", "0", "99999999999", ""])
def test_no_such_plan_is_not_found(page, lead, plan_id, db):
    page.as_user(lead)
    preview = page.submit("plan.import_file", text=TABLE)
    page.open(f"{preview}/differences?plan={plan_id}", status=404)
    assert "There is no plan to compare with" in page.open(f"{preview}/differences").text


def test_the_plan_of_somebody_else_is_not_found(page, plan, db):
    other = make.lead()
    page.as_user(other)
    preview = page.submit("plan.import_file", text=TABLE)
    page.open(f"{preview}/differences?plan={plan.id}", status=404)
    assert db.session.scalar(select(func.count()).select_from(Action)) == 3
    assert db.session.scalar(select(func.count()).select_from(PlanImport)) == 2


def test_what_cannot_be_taken_leaves_everything_as_it_was(page, plan, lead, db):
    page.as_user(lead)
    row = "R1\tZebra\tA prize\tDean\tMay 2026\t\t\t\n"
    preview = page.submit(
        "plan.import_file", text=TABLE.replace("Editor", "Registrar").replace("C1\tCareer", f"{row}C1\tCareer")
    )
    page.submit("plan.correct_draft", at=f"{preview}/actions?n=1", start="2026-06-01", due="2026-07-01")
    beside = f"{preview}/differences?plan={plan.id}"
    html = page.submit("plan.compare_import", at=beside, status=422)
    assert "Give these a theme first, or leave them" in html.text
    assert [action.owner_role for action in queries.actions(plan.id)] == ["Head of services", "Editor", "HR"]

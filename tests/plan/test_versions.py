"""Versions: what is kept, what differs, and why a published plan was changed."""

from datetime import date

import pytest

from hub.core.invariants import findings
from hub.core.themes import Theme
from hub.plan import checks, queries, services
from hub.plan.models import Amendment, Occasion, PlanVersion
from hub.plan.services import ReasonWanted
from hub.plan.snapshots import differences, digest, snapshot
from tests import factories as make
from tests.plan import making


@pytest.fixture
def action(plan):
    return queries.actions(plan.id)[0]


def versions(db):
    return db.session.query(PlanVersion).order_by(PlanVersion.number).all()


def now_of(plan):
    return snapshot(plan, queries.actions(plan.id))


def test_approval_and_publication_keep_the_plan_whole_and_so_does_the_lead(page, plan, lead, db):
    page.as_user(lead).submit("plan.versions", plan_id=plan.id, form="versions", note="Steering group, 3 March")
    kept = versions(db)
    assert [(v.number, v.occasion, v.note) for v in kept] == [
        (1, Occasion.APPROVED, ""),
        (2, Occasion.PUBLISHED, ""),
        (3, Occasion.SAVED, "Steering group, 3 March"),
    ]
    assert all(v.sha256 == digest(v.content) for v in kept)
    assert kept[-1].content["actions"][0]["objective"] == "More technicians registered"


def test_a_version_that_was_rewritten_is_found(plan, db):
    kept = versions(db)[0]
    kept.content = kept.content | {"name": "Another"}
    db.session.flush()
    assert findings(checks.INVARIANTS) == [f"plan.versions-unchanged: version {kept.id} of a plan is not what was kept"]
    kept.content = kept.content | {"name": plan.name}
    db.session.flush()


def test_a_published_plan_changes_for_a_reason_or_not_at_all(plan, action, lead):
    with pytest.raises(ReasonWanted):
        services.edit_action(action, actor=lead, themes=action.themes, details="In words")
    with pytest.raises(ReasonWanted):
        making.action(plan, lead, reason="")


def test_the_form_asks_for_the_reason_and_the_page_shows_it_beside_the_change(page, plan, action, lead, db):
    reader = make.person(lead.institution)
    refused = page.as_user(lead).submit("plan.edit_action", action_id=action.id, details="In words", status=422)
    assert "Say why it changes" in refused.select_one("#reason-error").text
    page.submit(
        "plan.edit_action", action_id=action.id, details="In words", due_on="2026-07-31", reason="Rooms are late"
    )
    assert [a.reason for a in db.session.query(Amendment)] == ["Rooms are late"]
    shown = page.as_user(reader).get("plan.compare", plan_id=plan.id)
    assert "Rooms are late" in shown.text
    assert [one.text for one in shown.select(".changes ins")] == ["In words", "31 July 2026"]


def test_a_form_saved_as_it_stands_amends_nothing(plan, action, lead, db):
    services.edit_action(action, actor=lead, themes=action.themes, milestones=[], objective=action.objective)
    assert db.session.query(Amendment).count() == 0


def test_what_is_new_what_is_gone_and_what_changed_is_told_by_field(plan, action, lead):
    before = now_of(plan)
    added = making.action(plan, lead, objective="A new promise")
    services.edit_action(
        action, actor=lead, themes=[Theme.RECOGNITION, Theme.VISIBILITY], due_on=date(2026, 7, 31), reason="Agreed"
    )
    changed, new = differences(before, now_of(plan))
    assert [(f.label, f.before, f.after) for f in changed.fields] == [
        ("Themes", "Recognition", "Recognition, Visibility"),
        ("Due", "", "31 July 2026"),
    ]
    assert (new.kind, new.id, new.title) == ("new", added.id, "A new promise")
    assert [(one.kind, one.id) for one in differences(now_of(plan), before)][-1] == ("gone", added.id)


def test_two_versions_are_compared_by_their_numbers(page, plan, action, lead):
    page.as_user(lead)
    same = page.get("plan.between", plan_id=plan.id, query={"from": "1", "to": "2"})
    assert "Nothing differs" in same.text
    for query in ({"from": "7"}, {"from": "one"}, {"from": "1", "to": "²"}):
        page.get("plan.between", plan_id=plan.id, query=query, status=404)
    page.as_user(make.person(lead.institution)).get("plan.between", plan_id=plan.id, query={"from": "1"}, status=403)


def test_a_version_is_read_as_it_stood(page, plan, action, lead, db):
    services.edit_action(action, actor=lead, themes=action.themes, objective="Otherwise now", reason="Agreed")
    shown = page.as_user(lead).get("plan.version", version_id=versions(db)[0].id)
    assert "More technicians registered" in shown.text
    assert "Otherwise now" not in shown.text

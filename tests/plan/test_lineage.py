"""From one plan to the next: every action goes on, goes on in another shape, or stops for a reason."""

from datetime import date

import pytest

from hub.core.invariants import findings
from hub.core.rag import Rag
from hub.plan import checks, queries, services
from hub.plan.models import Course
from hub.plan.services import NoSuchCourse
from hub.plan.trajectories import Fate, figures
from tests import factories as make
from tests.plan import making

LATER = {"starts_on": date(2027, 8, 1), "ends_on": date(2030, 7, 31)}


def by_ref(plan):
    return {t.action.ref: t for t in queries.trajectories(plan.id)}


def test_every_action_of_the_plan_before_waits_for_its_course(page, lead):
    before, _, after = making.followed(lead, "A1", "A2")
    assert [(t.action.ref, t.course) for t in queries.trajectories(after.id)] == [("A1", None), ("A2", None)]
    with pytest.raises(NoSuchCourse, match="follows another"):
        services.follow(after, before, actor=lead)
    with pytest.raises(NoSuchCourse, match="began before"):
        services.follow(before, after, actor=lead)


def test_an_action_is_split_and_two_are_merged(page, lead):
    _, old, after = making.followed(lead, "A1", "A2", "A3")
    one, two = (making.action(after, lead, objective=f"New {n}") for n in (1, 2))
    courses = by_ref(after)
    services.decide_course(courses["A1"], actor=lead, course=Course.RELATED, into=[one.id, two.id])
    services.decide_course(courses["A2"], actor=lead, course=Course.CONTINUED, into=[two.id])
    services.decide_course(courses["A3"], actor=lead, course=Course.STOPPED, reason="Nobody asked for it")
    told = queries.trajectory_figures(queries.trajectories(after.id), queries.action_ids(after.id))
    assert (told.continued, told.related, told.stopped, told.new, told.undecided) == (1, 1, 1, 0, 0)
    assert (told.split, told.merged) == (1, 1)
    page.as_user(lead)
    origin = page.get("plan.action", action_id=two.id).select_one("#line").parent
    assert [a.text for a in origin.select("a")] == ["Promise A1", "Promise A2"]
    assert "Nobody asked for it" in page.get("plan.action", action_id=old["A3"].id).text


def test_what_stops_has_a_reason_and_what_goes_on_goes_somewhere(page, lead):
    _, old, after = making.followed(lead, "A1")
    new = making.action(after, lead)
    course = by_ref(after)["A1"]
    for given in (
        {"course": Course.STOPPED},
        {"course": Course.CONTINUED},
        {"course": Course.RELATED, "into": [old["A1"].id]},
    ):
        with pytest.raises(NoSuchCourse):
            services.decide_course(course, actor=lead, **given)
    page.as_user(lead)
    refused = page.submit("plan.decide_course", trajectory_id=course.id, course="stopped", status=422)
    assert "Say why it ends" in refused.select_one("#reason-error").text
    page.submit("plan.decide_course", trajectory_id=course.id, course="continued", into=[str(new.id)])
    assert [one.action_id for one in by_ref(after)["A1"].successors] == [new.id]


def test_a_course_can_be_decided_otherwise(lead):
    _, _, after = making.followed(lead, "A1")
    new = making.action(after, lead)
    course = by_ref(after)["A1"]
    services.decide_course(course, actor=lead, course=Course.CONTINUED, into=[new.id])
    seen = course.version
    services.decide_course(course, actor=lead, course=Course.CONTINUED, into=[making.action(after, lead).id])
    assert course.version > seen
    services.decide_course(course, actor=lead, course=Course.STOPPED, reason="Done elsewhere", into=[new.id])
    assert (course.course, course.successors) == (Course.STOPPED, [])
    assert findings(checks.INVARIANTS) == []


def test_carrying_forward_decides_for_all_and_leaves_every_decision_open_to_change(page, lead, db):
    before, old, _ = making.followed(lead, "A1", "A2")
    old["A1"].rag = Rag.GREEN
    db.session.flush()
    page.as_user(lead).submit(
        "plan.carry_forward", plan_id=before.id, name="After", starts_on="2027-08-01", ends_on="2030-07-31"
    )
    after = next(p for p in queries.plans(lead.institution_id) if p.name == "After")
    courses = by_ref(after)
    assert (courses["A1"].course, courses["A2"].course) == (Course.STOPPED, Course.CONTINUED)
    changed = page.get("plan.lineage", plan_id=after.id).select("td[data-label=Decide] a")
    assert [a.get_text(" ", strip=True)[:6] for a in changed] == ["Change", "Change"]


def test_a_lead_says_which_plan_came_before(page, lead):
    before = making.plan(lead)
    after = making.plan(lead, published=False, name="Later", **LATER)
    page.as_user(lead).submit("plan.lineage", plan_id=after.id, predecessor=str(before.id))
    assert queries.plan(after.id).predecessor_id == before.id


def test_what_becomes_of_an_action_in_a_draft_is_not_told_to_those_who_may_not_read_it(page, lead):
    _, old, after = making.followed(lead, "A1")
    services.decide_course(by_ref(after)["A1"], actor=lead, course=Course.STOPPED, reason="Secret for now")
    technician = page.as_user(make.person(lead.institution))
    assert "Secret for now" not in technician.get("plan.action", action_id=old["A1"].id).text


def test_the_four_measures_are_those_of_the_sector():
    fates = [
        Fate(Rag.GREEN, Course.CONTINUED, (1,)),
        Fate(Rag.GREEN, Course.STOPPED, ()),
        Fate(Rag.AMBER, Course.RELATED, (2, 3)),
        Fate(Rag.RED, Course.CONTINUED, (3,)),
        Fate(Rag.RED, None, ()),
    ]
    told = figures(fates, [1, 2, 3, 4, 5])
    assert (told.new, told.split, told.merged, told.undecided) == (2, 1, 1, 1)
    shares = (told.completed, told.sustained, told.adapted, told.persisted)
    assert [(s.n, s.of) for s in shares] == [(2, 5), (1, 2), (1, 3), (1, 3)]
    assert figures([], [1]).completed.percent is None

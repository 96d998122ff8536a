"""The evidence inbox: rules that suggest and say why, many decided at once, what nothing proves any more."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hub.accounts import services as accounts
from hub.accounts.models import UnitKind
from hub.core.clock import held, now
from hub.core.invariants import findings
from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.evidence.models import Entry
from hub.plan import checks, deciding, feeding, queries, services
from hub.plan.models import Placement, PlacementState
from hub.plan.services import rules
from tests import factories as make
from tests.plan import making
from tests.plan.happening import happened


@pytest.fixture
def place(lead):
    """A faculty, a department of it and a team of that, and a department elsewhere."""
    institution = make.db_get(lead.institution_id)
    faculty = accounts.add_unit(institution, name="Science", kind=UnitKind.FACULTY)
    chemistry = accounts.add_unit(institution, name="Chemistry", kind=UnitKind.DEPARTMENT, parent=faculty)
    glass = accounts.add_unit(institution, name="Glassblowing", kind=UnitKind.TEAM, parent=chemistry)
    drama = accounts.add_unit(institution, name="Drama", kind=UnitKind.DEPARTMENT)
    return {unit.name: unit.id for unit in (faculty, chemistry, glass, drama)}


def placements(db):
    return db.session.scalars(select(Placement).order_by(Placement.id)).all()


def placed(db):
    return [(p.action_id, p.state.value, p.because) for p in placements(db)]


# -- rules -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "fits"),
    [
        ({"kind": "skills.session"}, True),
        ({"kind": "fund.award"}, False),
        ({"words": "LASER"}, True),
        ({"words": "las_r"}, False),
        ({"words": "lathe"}, False),
        ({"unit": "Chemistry"}, True),
        ({"unit": "Science"}, True),
        ({"unit": "Glassblowing"}, True),
        ({"unit": "Drama"}, False),
        ({"theme": Theme.SUSTAINABILITY}, True),
        ({"theme": Theme.RECOGNITION}, False),
        ({"since": date(2025, 3, 1), "until": date(2025, 3, 1)}, True),
        ({"since": date(2025, 3, 2)}, False),
        ({"until": date(2025, 2, 28)}, False),
        ({"kind": "skills.session", "unit": "Drama"}, False),
        ({"kind": "skills.session", "words": "laser", "unit": "Science", "since": date(2025, 1, 1)}, True),
    ],
)
def test_what_fits_all_that_a_rule_names_is_suggested_as_it_arrives_and_as_it_waits(db, lead, plan, place, named, fits):
    action = making.action(plan, lead)
    named = {("unit_id" if k == "unit" else k): place[v] if k == "unit" else v for k, v in named.items()}
    happened(lead, unit_id=place["Glassblowing"])  # waits before there is a rule
    services.add_rule(action, actor=lead, **named)
    happened(lead, unit_id=place["Glassblowing"])
    assert [p.action_id for p in placements(db)] == [action.id if fits else None] * 2


def test_the_suggestion_says_why(db, lead, plan, place):
    action = making.action(plan, lead)
    services.add_rule(
        action, actor=lead, kind="skills.session", unit_id=place["Chemistry"], words="laser", since=date(2025, 1, 1)
    )
    happened(lead, unit_id=place["Glassblowing"])
    because = "it is a skill shared in Chemistry with “laser” in its title from 1 January 2025"
    assert placed(db) == [(action.id, "suggested", because)]


def test_a_rule_that_names_nothing_is_none(lead, plan):
    with pytest.raises(services.NamesNothing):
        services.add_rule(making.action(plan, lead), actor=lead)


def test_what_waits_follows_a_changed_rule_and_what_is_decided_stays(db, lead, plan):
    first, second = making.action(plan, lead), making.action(plan, lead)
    rule = services.add_rule(first, actor=lead, words="laser")
    services.add_rule(second, actor=lead, words="shown")
    for title in ("A laser was shown", "A laser", "A lathe"):
        happened(lead, title=title)
    shown, _, laser, lathe = placements(db)
    assert [p.action_id for p in placements(db)] == [first.id, second.id, first.id, None]
    services.accept(laser, actor=lead)
    services.edit_rule(
        queries.rule(rule.id), actor=lead, kind=None, words="lathe", unit_id=None, theme=None, since=None, until=None
    )
    assert shown not in placements(db)  # it waits at the second action already
    assert (laser.action_id, laser.state) == (first.id, PlacementState.ACCEPTED)
    assert (lathe.action_id, lathe.because) == (first.id, "it is evidence of any kind with “lathe” in its title")
    services.remove_rule(queries.rule(rule.id), actor=lead)
    assert (lathe.action_id, lathe.rule_id, lathe.because) == (None, None, "")
    assert findings(checks.INVARIANTS) == []


def test_what_is_older_is_offered_once_and_not_what_was_set_aside(db, lead, plan, monkeypatch):
    action = making.action(plan, lead)
    for n in range(4):
        happened(lead, title=f"Laser {n}", on=date(2025, 1, 1 + n))
    happened(lead, title="Laser before the plan", on=date(2020, 1, 1))
    other = making.action(plan, lead)
    aside, elsewhere, *_ = placements(db)
    services.set_aside(aside, actor=lead, reason="Not ours")
    services.accept(elsewhere, actor=lead, action=other)
    services.add_rule(action, actor=lead, words="laser")  # takes what waits
    assert [p.action_id for p in placements(db)] == [None, other.id, action.id, action.id, None]
    monkeypatch.setattr(rules, "MOST_AT_ONCE", 1)
    action = queries.action(action.id)
    assert [services.suggest_older(action, actor=lead) for _ in range(2)] == [1, 0]
    assert [(p.entry_id, p.state) for p in placements(db) if p.action_id == action.id][-1] == (
        elsewhere.entry_id,
        PlacementState.SUGGESTED,
    )
    assert feeding.older_for(action, action.rules, 10) == {}


# -- deciding --------------------------------------------------------------------------------------------------------


@pytest.fixture
def proved(db, lead, plan):
    """A green action that one piece of evidence proves."""
    action = making.action(plan, lead, feeds=("skills.session",))
    happened(lead)
    services.accept(placements(db)[0], actor=lead)
    db.session.refresh(action)
    services.set_rag(queries.action(action.id), Rag.GREEN, actor=lead, explanation="It is done")
    return action


@pytest.mark.parametrize("how", ["reconsidered", "set aside", "moved"])
def test_a_green_that_nothing_proves_any_more_is_in_progress_and_says_why(db, lead, plan, proved, how):
    (placement,) = placements(db)
    if how == "reconsidered":
        services.reconsider(placement, actor=lead)
    elif how == "set aside":
        services.set_aside(placement, actor=lead, reason="Another year’s")
    else:
        services.accept(placement, actor=lead, action=making.action(plan, lead))
    assert (proved.rag, proved.rag_explanation) == (Rag.AMBER, "The evidence that it is done was taken back.")
    assert findings(checks.INVARIANTS) == []


def test_one_entry_on_several_actions_counts_once_on_each(db, lead, plan):
    suggested, waiting, free = (making.action(plan, lead) for _ in range(3))
    services.add_rules(suggested, ["skills.session"], actor=lead)
    services.add_rules(waiting, ["skills.session"], actor=lead)
    happened(lead)
    services.accept_on(placements(db)[0], [suggested, waiting, free], actor=lead)
    services.accept_on(placements(db)[0], [suggested, waiting, free], actor=lead)
    assert [(p.action_id, p.state) for p in placements(db)] == [
        (action.id, PlacementState.ACCEPTED) for action in (suggested, waiting, free)
    ]
    assert findings(checks.INVARIANTS) == []


def test_an_undone_relink_is_suggested_where_the_rule_had_it(db, lead, plan):
    first, second = making.action(plan, lead, feeds=("skills.session",)), making.action(plan, lead)
    happened(lead)
    (placement,) = placements(db)
    services.accept(placement, actor=lead, action=second)
    services.reconsider(placement, actor=lead)
    assert placed(db) == [(first.id, "suggested", "it is a skill shared")]


# -- its page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def three(db, lead, plan):
    """Three pieces wait: two at an action, one without."""
    action = making.action(plan, lead, objective="Share skills", feeds=("skills.session",))
    for title in ("Alpha", "Beta"):
        happened(lead, title=title)
    happened(lead, kind="fund.report", title="Gamma")
    return action


def bulk(page, db, do, titles, status=302, **given):
    """Choose the pieces with *titles* and press a button of the bar."""
    ids = [str(p.id) for p in placements(db) if db.session.get(Entry, p.entry_id).title in titles]
    return page.submit("plan.inbox", form=-1, button=("do", do), pick=ids, status=status, **given)


def test_many_are_accepted_at_once_and_what_is_left_is_said_with_its_reason(page, db, lead, three):
    page.as_user(lead)
    bulk(page, db, "accept", {"Alpha", "Beta", "Gamma"})
    html = page.get("plan.inbox")
    assert "1 piece left as before: “Gamma”. Choose the action that this shows." in html.text
    assert "2 pieces accepted at" in html.text
    assert [p.state for p in placements(db)].count(PlacementState.ACCEPTED) == 2


def test_many_are_placed_on_another_action_and_all_of_it_is_undone(page, db, lead, plan, three):
    other = making.action(plan, lead, objective="Celebrate")
    page.as_user(lead)
    bulk(page, db, "place", {"Alpha", "Gamma"}, action=str(other.id))
    assert [p.action_id for p in placements(db)] == [other.id, three.id, other.id]
    page.submit("plan.undo", at="/plans/evidence", form="undo")
    assert {p.state for p in placements(db)} == {PlacementState.SUGGESTED}
    assert [p.action_id for p in placements(db)] == [three.id, three.id, other.id]
    assert "Undo" not in page.get("plan.inbox").select_one("main").text


def test_what_was_decided_at_once_is_undone_at_once_for_a_quarter_of_an_hour(page, db, lead, three):
    page.as_user(lead)
    bulk(page, db, "aside", {"Alpha", "Beta"}, reason="Last year’s")
    one = next(p for p in placements(db) if p.state == PlacementState.SET_ASIDE)
    assert len(deciding.batch_of(one)) == 2
    with held(now() + timedelta(minutes=16)), pytest.raises(deciding.MomentPassed):
        deciding.batch_of(one)


def test_many_are_set_aside_with_a_reason_without_which_nothing_is_lost(page, db, lead, three):
    page.as_user(lead)
    refused = bulk(page, db, "aside", {"Alpha", "Beta"}, status=422, reason=" ")
    assert "why they do not belong in the plan" in refused.select_one(".error").text
    assert len(refused.select("[name=pick][checked]")) == 2
    refused = bulk(page, db, "accept", {"Alpha"}, status=422, reason="x" * 301)
    assert "Say in up to 300 characters" in refused.select_one(".error").text
    bulk(page, db, "aside", {"Alpha", "Beta"}, reason="Last year’s")
    assert [p.reason for p in placements(db)] == ["Last year’s", "Last year’s", ""]
    page.submit("plan.decided", form=-1, pick=[str(placements(db)[0].id)])
    assert [p.state.value for p in placements(db)] == ["suggested", "set_aside", "suggested"]


@pytest.mark.parametrize(("do", "lacks"), [("accept", "at least one piece"), ("place", "Choose the action")])
def test_a_deed_that_lacks_something_says_what(page, db, lead, three, do, lacks):
    page.as_user(lead)
    refused = bulk(page, db, do, {"Alpha"} if do == "place" else set(), status=422)
    assert lacks in refused.select_one(".error").text


def test_what_fails_half_way_leaves_nothing_done(page, db, lead, three, monkeypatch):
    accept = services.accept

    def breaking(placement, **given):
        accept(placement, **given)
        if placement.id == placements(db)[1].id:
            raise RuntimeError("the disk is gone")

    monkeypatch.setattr(services, "accept", breaking)
    with pytest.raises(RuntimeError):
        bulk(page.as_user(lead), db, "accept", {"Alpha", "Beta"})
    db.session.rollback()
    assert {p.state for p in placements(db)} == {PlacementState.SUGGESTED}


def test_the_inbox_is_narrowed_by_unit_action_and_rule(page, db, lead, plan, place, three):
    happened(lead, kind="fund.report", title="Delta", unit_id=place["Glassblowing"])
    rule = queries.action(three.id).rules[0]
    page.as_user(lead)

    def shown(**query):
        return [h.text for h in page.get("plan.inbox", query=query).select(".inbox h3")]

    assert shown(unit=str(place["Science"])) == ["Delta"]
    assert shown(unit=str(place["Drama"])) == []
    assert shown(action=str(three.id)) == shown(rule=str(rule.id)) == ["Beta", "Alpha"]
    assert shown(action="none") == ["Delta", "Gamma"]
    page.get("plan.inbox", query={"rule": "999999"}, status=404)


def test_a_lead_puts_one_piece_on_several_actions(page, db, lead, plan, three):
    other = making.action(plan, lead, objective="Celebrate")
    placement = placements(db)[0]
    page.as_user(lead)
    page.submit("plan.place", placement_id=placement.id, actions=[str(three.id), str(other.id)])
    assert sorted(p.action_id for p in placements(db) if p.state == PlacementState.ACCEPTED) == [three.id, other.id]
    page.submit("plan.place", placement_id=placement.id, actions=[], status=422)


def test_a_lead_writes_rules_on_the_action_s_page(page, db, lead, plan):
    action = making.action(plan, lead)
    happened(lead)
    page.as_user(lead)
    html = page.submit("plan.rules", action_id=action.id, status=422)
    assert "Name at least one thing" in html.select_one("#kind-error").text
    page.submit("plan.rules", form=-1, action_id=action.id, words="laser")
    assert [p.action_id for p in placements(db)] == [action.id]
    (rule,) = queries.action(action.id).rules
    html = page.submit("plan.edit_rule", rule_id=rule.id, since="2025-02-01", until="2025-01-01", status=422)
    assert "on or after the first" in html.select_one("#until-error").text
    page.submit("plan.edit_rule", rule_id=rule.id, words="lathe")
    assert "evidence of any kind with “lathe” in its title" in page.get("plan.action", action_id=action.id).text
    page.submit("plan.remove_rule", at=f"/plans/actions/{action.id}/rules", form="remove")
    assert [p.action_id for p in placements(db)] == [None]


@pytest.mark.parametrize("n", [1, 6])
def test_the_inbox_costs_the_same_however_many_wait(page, db, lead, three, queries, n):
    for i in range(n):
        happened(lead, title=f"More {i}")
    page.as_user(lead)
    with queries(at_most=9):
        page.get("plan.inbox")

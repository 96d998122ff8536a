"""Plans through their services: publishing, evidence finding its place, figures, carrying forward."""

from datetime import date

import pytest
from sqlalchemy import select

from hub.core.clock import at_london, held
from hub.core.invariants import findings
from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.evidence import services as evidence
from hub.evidence.models import Entry
from hub.plan import checks, queries, services
from hub.plan.measures import Definition
from hub.plan.models import Counting, Course, Placement, PlacementState, PlanImport, Stage
from hub.plan.services.inbox import AlreadyThere, NeedsAction, Withdrawn
from hub.plan.services.plans import NotReady
from tests.plan import making

NOMINATIONS = Definition(Counting.ENTRIES, ("awards.nomination",))


def bring(lead, **given):
    return evidence.add_item(
        **{
            "actor": lead,
            "title": "A letter",
            "theme": Theme.RECOGNITION,
            "happened_on": date(2025, 3, 1),
            "text": "Well done",
        }
        | given
    )


def placements(db):
    return db.session.scalars(select(Placement).order_by(Placement.id)).all()


def test_publishing_closes_the_plan_before(lead, plan):
    after = making.plan(lead, name="The next", starts_on=date(2027, 8, 1), ends_on=date(2030, 7, 31))
    assert (plan.stage, after.stage) == (Stage.CLOSED, Stage.PUBLISHED)
    assert queries.published_plan(lead.institution_id) is after


def test_a_plan_without_actions_or_owners_is_not_approved(lead):
    plan = making.plan(lead, published=False)
    with pytest.raises(NotReady, match="at least one action"):
        services.make_move(plan, "approve", actor=lead)
    making.action(plan, lead, owner_role="")
    with pytest.raises(NotReady, match="no theme or no owner yet: R1"):
        services.make_move(plan, "approve", actor=lead)


def test_an_entry_is_suggested_for_each_action_that_asks_for_its_kind(db, lead, plan):
    first = making.action(plan, lead, feeds=("evidence.item",))
    second = making.action(plan, lead, feeds=("evidence.item",))
    making.action(plan, lead, feeds=("fund.award",))
    bring(lead)
    assert [(p.action_id, p.state) for p in placements(db)] == [(first.id, "suggested"), (second.id, "suggested")]


def test_an_entry_that_no_rule_fits_waits_without_an_action(db, lead, plan):
    bring(lead)
    (placement,) = placements(db)
    assert placement.action_id is None
    with pytest.raises(NeedsAction):
        services.accept(placement, actor=lead)


def test_what_happened_outside_the_plan_s_time_is_not_suggested_for_it(db, lead, plan):
    making.action(plan, lead, feeds=("evidence.item",))
    bring(lead, happened_on=date(2020, 1, 1))
    assert [p.action_id for p in placements(db)] == [None]


def test_the_same_evidence_does_not_count_twice_on_one_action(db, lead, plan):
    first = making.action(plan, lead, feeds=("evidence.item",))
    making.action(plan, lead, feeds=("evidence.item",))
    bring(lead)
    _, other = placements(db)
    with pytest.raises(AlreadyThere):
        services.accept(other, actor=lead, action=first)


def test_each_action_knows_how_much_evidence_is_accepted_on_it(db, lead, plan):
    first = making.action(plan, lead, feeds=("evidence.item",))
    second = making.action(plan, lead)
    bring(lead)
    (placement,) = placements(db)
    counts = []
    for deed in (
        lambda: services.accept(placement, actor=lead),
        lambda: services.accept(placement, actor=lead),
        lambda: services.accept(placement, actor=lead, action=second),
        lambda: services.reconsider(placement, actor=lead),
        lambda: services.set_aside(placement, actor=lead, reason="Another year’s"),
        lambda: services.accept(placement, actor=lead),
        lambda: services.set_aside(placement, actor=lead, reason="Another year’s"),
    ):
        deed()
        db.session.refresh(first)
        db.session.refresh(second)
        counts.append((first.accepted, second.accepted))
        assert findings(checks.INVARIANTS) == []
    assert counts == [(1, 0), (1, 0), (0, 1), (0, 0), (0, 0), (1, 0), (0, 0)]
    second.accepted = 2
    db.session.flush()
    assert findings(checks.INVARIANTS) == [
        f"plan.evidence-counted: action {second.id} says 2 pieces of evidence, there are 0"
    ]
    second.accepted = 0
    db.session.flush()


def test_a_red_needs_its_explanation_a_green_its_evidence_an_override_its_reason(db, lead, plan):
    action = making.action(plan, lead, feeds=("evidence.item",))
    with pytest.raises(services.RedNeedsExplanation):
        services.set_rag(action, Rag.RED, actor=lead)
    with pytest.raises(services.GreenNeedsEvidence):
        services.set_rag(action, Rag.GREEN, actor=lead, explanation="It is done")
    bring(lead)
    services.accept(placements(db)[0], actor=lead)
    with pytest.raises(services.OverrideNeedsReason, match="proposes “in progress”"):
        services.set_rag(action, Rag.GREEN, actor=lead)
    decision = services.set_rag(action, Rag.GREEN, actor=lead, explanation="The letter closes it")
    assert (action.rag, decision.is_override, decision.proposed) == (Rag.GREEN, True, Rag.AMBER)
    assert findings(checks.INVARIANTS) == []


def test_figures_are_frozen_for_their_day_and_stay_when_the_count_goes_on(db, lead, plan):
    action = making.action(plan, lead)
    indicator = services.add_indicator(
        action, actor=lead, text="Nominations", definition=NOMINATIONS, targets=[(3, date(2026, 8, 31))]
    )
    with held(at_london(date(2025, 6, 30))):
        assert services.freeze_readings(date(2025, 6, 30)) == 1
        assert services.freeze_readings(date(2025, 6, 30)) == 0
    db.session.expire_all()
    assert [(r.on, r.value) for r in queries.indicator(indicator.id).readings] == [(date(2025, 6, 30), 0)]


def test_what_is_not_done_is_carried_into_the_next_plan_and_remembers_it(lead, plan):
    open_action = making.action(plan, lead, objective="Still to do")
    services.set_milestones(open_action, [("Met already", None), ("To come", None)], actor=lead)
    services.meet_milestone(open_action.milestones[0], actor=lead, on=date(2025, 1, 1))
    after = services.carry_forward(plan, actor=lead, name="Next", starts_on=date(2027, 8, 1), ends_on=date(2030, 7, 31))
    (trajectory,) = [t for t in queries.trajectories(after.id) if t.action_id == open_action.id]
    carried = {a.id: a for a in queries.actions(after.id)}
    (successor,) = [carried[one.action_id] for one in trajectory.successors]
    assert (trajectory.course, successor.objective) == (Course.CONTINUED, "Still to do")
    assert [m.text for m in successor.milestones] == ["To come"]


def read_file(db, lead, **changes):
    draft = {
        "ref": "R1",
        "themes": ["recognition"],
        "objective": "Communicate registration",
        "details": "",
        "impact": "Number of staff registered. Projection of 3 by Aug 2022, 6 by Aug 2023.",
        "owner": None,
        "start": None,
        "due": "2023-08-31",
        "rag": None,
        "progress": None,
        "milestones": [{"text": "Workshops every 3 months", "due": None}],
        "targets": [
            {"value": 3, "due": "2022-08-31", "text": "Number of staff registered"},
            {"value": 6, "due": "2023-08-31", "text": "Number of staff registered"},
        ],
    }
    read = PlanImport(
        institution_id=lead.institution_id,
        owner_id=lead.id,
        file_name="plan.docx",
        preview={"actions": [draft | changes], "warnings": []},
    )
    db.session.add(read)
    db.session.flush()
    return read


def test_a_corrected_preview_becomes_a_plan_that_counts_itself(db, lead):
    plan = services.store_import(
        read_file(db, lead), actor=lead, name="Plan 2022", starts_on=date(2022, 8, 1), ends_on=date(2025, 7, 31)
    )
    (action,) = queries.actions(plan.id)
    (indicator,) = action.indicators
    assert (indicator.text, indicator.counting) == ("Number of staff registered", Counting.REGISTERED)
    assert [(t.value, t.due_on) for t in indicator.targets] == [(3, date(2022, 8, 31)), (6, date(2023, 8, 31))]
    assert [r.kind for r in queries.action(action.id).rules] == ["registration.registered"]


def test_a_preview_is_stored_once_and_only_with_themes(db, lead):
    read = read_file(db, lead, themes=[])
    days = {"name": "P", "starts_on": date(2022, 8, 1), "ends_on": date(2025, 7, 31)}
    with pytest.raises(NotReady, match="a theme and an objective first: R1"):
        services.store_import(read, actor=lead, **days)
    read = read_file(db, lead)
    services.store_import(read, actor=lead, **days)
    with pytest.raises(NotReady, match="already"):
        services.store_import(read, actor=lead, **days)


def test_reconsidering_puts_it_back_into_the_inbox(db, lead, plan):
    making.action(plan, lead, feeds=("evidence.item",))
    bring(lead)
    (placement,) = placements(db)
    services.accept(placement, actor=lead)
    services.reconsider(placement, actor=lead)
    assert placement.state == PlacementState.SUGGESTED
    assert db.session.scalars(select(Entry)).one().id == placement.entry_id


def test_what_its_source_withdraws_leaves_the_plan_and_what_it_alone_proved_is_not_done(db, lead, plan):
    action = making.action(plan, lead, feeds=("evidence.item",))
    item = bring(lead)
    (placement,) = placements(db)
    services.accept(placement, actor=lead)
    db.session.refresh(action)
    services.set_rag(queries.action(action.id), Rag.GREEN, actor=lead, explanation="It is done")
    evidence.withdraw("evidence.item", item)
    assert (placement.state, placement.reason) == (PlacementState.SET_ASIDE, "Withdrawn where it came from")
    assert (action.rag, action.accepted) == (Rag.AMBER, 0)
    with pytest.raises(Withdrawn):
        services.reconsider(placement, actor=lead)
    evidence.record("evidence.item", item)
    assert [(p.state, p.action_id) for p in placements(db)] == [(PlacementState.SUGGESTED, action.id)]

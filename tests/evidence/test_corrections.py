"""What was wrong is corrected by a second entry: the first stays to be read, what was decided holds for the second."""

from datetime import date

import pytest
from sqlalchemy import select

from hub.core.db import db as database
from hub.evidence import queries, services
from hub.evidence.models import Entry
from hub.plan import queries as plans
from hub.plan import services as planning
from hub.plan.models import Placement, PlacementState
from tests import factories as make
from tests.evidence.making import Fact
from tests.plan import making

MARCH, MAY = date(2026, 3, 5), date(2026, 5, 6)


@pytest.fixture
def lead(db):
    return make.lead()


def said(lead):
    return [(t.n, t.quantity, t.people) for t in queries.totals(lead.institution_id)]


def test_the_second_entry_counts_and_the_first_stays_to_be_read(page, lead):
    unit = make.unit(lead.institution)
    ana = make.person(lead.institution, name="Ana Ash")
    first = services.record("skills.session", Fact(1, lead.institution_id, [ana.id], 12))
    page.as_user(lead).submit(
        "evidence.correct",
        entry_id=first.id,
        quantity="2",
        happened_on="2026-05-06",
        unit_id=str(unit.id),
        reason="A digit too many",
    )
    second = queries.history(first)[-1]
    assert (second.quantity, second.happened_on, second.unit_id) == (2, MAY, unit.id)
    assert (second.reason, second.recorded_by_id, second.title) == ("A digit too many", lead.id, first.title)
    assert (first.quantity, first.happened_on, first.standing, second.standing) == (12, MARCH, "Corrected", "Counts")
    assert said(lead) == [(1, 2, 1)]
    assert queries.unequal_totals() == []
    html = page.get("evidence.entry", entry_id=first.id)
    assert "counts no more" in html.text
    assert "A digit too many" in page.get("evidence.entry", entry_id=second.id).select_one(".history").text
    assert [a.text for a in page.as_user(ana).get("evidence.mine").select("tbody a")] == ["Somebody taught something"]


def test_what_was_decided_about_the_first_holds_for_the_second(page, lead):
    action = plans.actions(making.plan(lead).id)[0]
    first = services.record("skills.session", Fact(1, lead.institution_id, [], 12))
    (placement,) = placed(first)
    planning.accept(placement, actor=lead, action=action)
    second = services.correct(first, reason="Counted twice", actor=lead, quantity=6)
    assert [(p.entry_id, p.state, p.action_id) for p in placed(first, second)] == [
        (second.id, PlacementState.ACCEPTED, action.id)
    ]
    assert plans.action(action.id).accepted == 1
    used = page.as_user(lead).get("evidence.entry", entry_id=second.id)
    assert action.objective in used.select_one("[aria-labelledby=uses]").text
    assert "Not accepted" in page.get("evidence.entry", entry_id=first.id).select_one("[aria-labelledby=uses]").text


def placed(*entries):
    found = select(Placement).where(Placement.entry_id.in_([e.id for e in entries]))
    return database.session.scalars(found).all()


def test_of_two_who_correct_at_once_the_second_is_told(page, lead):
    first = services.record("skills.session", Fact(1, lead.institution_id))
    services.correct(first, reason="Two came", actor=lead, quantity=2)
    with pytest.raises(services.CountsNoMore):
        services.correct(first, reason="Three came", actor=lead, quantity=3)
    answer = page.as_user(lead).submit(
        "evidence.correct", status=422, entry_id=first.id, quantity="4", reason="Four came"
    )
    assert "corrected or withdrawn meanwhile" in answer.text
    assert [e.quantity for e in queries.history(first)] == [1, 2]


def test_a_correction_that_says_the_same_and_one_without_a_reason_are_refused(page, lead):
    first = services.record("fund.award", Fact(1, lead.institution_id, [], 25_000))
    page.as_user(lead)
    same = page.submit("evidence.correct", status=422, entry_id=first.id, reason="Why not")
    assert "what the ledger says already" in same.select_one("#quantity-error").text
    silent = page.submit("evidence.correct", status=422, entry_id=first.id, quantity="300")
    assert "Say why" in silent.select_one("#reason-error").text
    page.submit("evidence.correct", entry_id=first.id, quantity="300.50", reason="Paid in two parts")
    assert [e.quantity for e in queries.history(first)] == [25_000, 30_050]


def test_a_source_that_changes_later_does_not_overwrite_the_correction(db, lead):
    ana = make.person(lead.institution)
    fact = Fact(1, lead.institution_id, [ana.id], 12)
    second = services.correct(services.record("skills.session", fact), reason="Two came", actor=lead, quantity=2)
    services.withdraw("skills.session", fact)
    assert said(lead) == []
    fact.evidence_quantity = 99
    services.record("skills.session", fact)
    assert [(e.quantity, e.counts) for e in queries.history(second)] == [(12, False), (2, True)]
    assert said(lead) == [(1, 2, 1)]
    assert len(db.session.scalars(select(Entry)).all()) == 2


def test_only_the_lead_corrects_and_those_it_counts_for_read(page, lead):
    ana, ben = make.person(lead.institution), make.person(lead.institution)
    entry = services.record("registration.mentoring", Fact(1, lead.institution_id, [ana.id]))
    page.as_user(ana).get("evidence.correct", entry_id=entry.id, status=403)
    assert "You are the one" in page.get("evidence.entry", entry_id=entry.id).text
    page.as_user(ben).get("evidence.entry", entry_id=entry.id, status=403)
    html = page.as_user(lead).get("evidence.entry", entry_id=entry.id)
    assert ana.name not in html.select_one("[aria-labelledby=whom]").text
    page.as_user(make.lead()).get("evidence.entry", entry_id=entry.id, status=404)

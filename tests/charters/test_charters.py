"""Charters as data: the standard ones, changing them without a release, files, evidence on a point directly."""

import io
from csv import DictReader
from datetime import date

import pytest
from sqlalchemy import select

from hub.accounts import queries as accounts
from hub.charters import queries, services
from hub.charters.models import Point, PointEntry
from hub.charters.standard import standards
from hub.core.lists import cell, from_cell
from hub.evidence import services as evidence
from hub.evidence.uses import uses_of
from hub.plan import queries as plans
from hub.plan import services as planning
from tests import factories as make
from tests.charters import making
from tests.evidence import making as for_evidence
from tests.plan import making as for_plan


@pytest.fixture
def lead(db):
    return make.lead()


def order(charter):
    return [point.number for point in queries.charter(charter.id).points]


def entry(lead, **given):
    return for_evidence.queries.entry_of(for_evidence.item(lead, **given))


# -- the standard ones -------------------------------------------------------------------------------------------------


def test_every_institution_gets_the_standard_charters_once_and_keeps_what_it_made_of_them(lead):
    assert services.add_standard(lead.institution_id) == len(standards())
    talent = queries.standard_charter(lead.institution_id, "talent")
    assert [point.number for point in talent.points] == [str(n) for n in range(1, 17)]
    services.edit_charter(talent, actor=lead, name="Our TALENT list", about="")
    services.remove_point(talent.points[-1], actor=lead)
    assert services.add_standard(lead.institution_id) == 0
    kept = queries.charter(talent.id)
    assert (kept.name, len(kept.points)) == ("Our TALENT list", 15)


def test_a_charter_of_ones_own_is_not_taken_for_the_standard_one_of_its_name(lead):
    making.charter(lead, name="Athena Swan")
    assert services.add_standard(lead.institution_id) == len(standards())
    names = [charter.name for charter in queries.charters(lead.institution_id)]
    assert {"Athena Swan", "Athena Swan (standard list)"} <= set(names)
    assert len(names) == len(set(names))


def test_an_empty_institution_is_offered_the_standard_charters(page, lead):
    assert "No charter yet" in page.as_user(lead).get("charters.list_all").text
    page.submit("charters.list_all", form="/standard")
    assert "TALENT Commission recommendations" in page.get("charters.list_all").text


# -- changing them -----------------------------------------------------------------------------------------------------


def test_points_are_added_renamed_and_put_elsewhere(page, lead):
    charter = making.charter(lead, "Credit", "Time")
    first, second = charter.points
    page.as_user(lead).submit(
        "charters.add_point", charter_id=charter.id, number="1a", topic="Fairness", after=str(first.id)
    )
    assert order(charter) == ["1", "1a", "2"]
    page.submit("charters.edit_point", point_id=second.id, number="0", topic="Time first", after="")
    assert order(charter) == ["0", "1", "1a"]
    html = page.submit("charters.edit_point", point_id=first.id, number="1A", status=422)
    assert "has a point of that number already" in html.text


def test_two_charters_have_two_names(page, lead):
    making.charter(lead)
    html = page.as_user(lead).submit("charters.add_charter", name="fair credit CHARTER", status=422)
    assert "There is a charter of this name already" in html.text


def test_a_point_in_use_is_retired_and_never_removed(page, lead):
    used, unused = making.points(lead, "Used", "Unused")
    planning.serve([for_plan.action(for_plan.plan(lead, published=False), lead)], [used], actor=lead)
    with pytest.raises(services.InUse):
        services.remove_point(used, actor=lead)
    assert not page.as_user(lead).get("charters.edit_point", point_id=used.id).select("form[action$=remove]")
    page.submit("charters.edit_point", point_id=used.id, form="/retire")
    page.submit("charters.edit_point", point_id=unused.id, form="/remove")
    (left,) = queries.charter(used.charter_id).points
    assert (left.topic, left.retired_on is not None) == ("Used", True)
    page.submit("charters.edit_point", point_id=used.id, form="/retire")
    assert queries.point(used.id).retired_on is None


def test_two_who_edit_one_point_do_not_overwrite_each_other(page, lead):
    (point,) = making.points(lead, "Credit")
    html = page.as_user(lead).get("charters.edit_point", point_id=point.id)
    sent = {one["name"]: one.get("value", "") for one in html.select("form[novalidate] input")}
    services.edit_point(point, actor=lead, number="1", topic="Said meanwhile", wording="", after=None)
    answer = page.post(
        f"/charters/points/{point.id}", **sent | {"wording": "", "after": "", "topic": "Lost?"}, status=409
    )
    assert "Lost?" in answer.text
    assert queries.point(point.id).topic == "Said meanwhile"


# -- files -------------------------------------------------------------------------------------------------------------


def sent(text, encoding="utf-8-sig"):
    return io.BytesIO(text.encode(encoding)), "points.csv"


def test_a_file_adds_rewords_and_orders_the_points_that_it_names(page, lead):
    charter = making.charter(lead, "Credit", "Time", "Tools")
    text = "No.;Topic;Official wording\n3;Tools for all;“Every bench.”\n9;New;\n1;Credit;\n"
    page.as_user(lead).submit("charters.import_points", charter_id=charter.id, file=sent(text, "cp1252"))
    assert order(charter) == ["3", "9", "1", "2"]
    reworded = queries.charter(charter.id).points[0]
    assert (reworded.topic, reworded.wording) == ("Tools for all", "“Every bench.”")


def test_a_file_without_wordings_leaves_those_that_are_there(page, lead):
    (point,) = making.points(lead, "Credit")
    services.edit_point(point, actor=lead, number="1", topic="Credit", wording="Whole words.", after=None)
    page.as_user(lead).submit(
        "charters.import_points", charter_id=point.charter_id, file=sent("Number,Topic\n1,Due credit\n")
    )
    kept = queries.point(point.id)
    assert (kept.topic, kept.wording) == ("Due credit", "Whole words.")


def test_what_is_taken_out_comes_in_again_as_it_was(page, lead):
    (point,) = making.points(lead, "-5 per cent is no aim")
    services.edit_point(point, actor=lead, number="1", topic=point.topic, wording='=Two\nlines, "quoted"', after=None)
    got = page.as_user(lead).raw("charters.charter", charter_id=point.charter_id, query={"export": "csv"}).data
    (row,) = DictReader(io.StringIO(got.decode("utf-8-sig"), newline=""))
    assert row["Topic"] == "'-5 per cent is no aim"
    page.submit("charters.import_points", charter_id=point.charter_id, file=(io.BytesIO(got), "points.csv"))
    assert page.get("charters.charter", charter_id=point.charter_id).text.count("0 added, 0 changed, 1 as they were")


@pytest.mark.parametrize("text", ["-5", "=1+1", "'quoted'", "plain", "", "@here"])
def test_a_cell_gives_back_what_it_was_given(text):
    assert from_cell(str(cell(text))) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Number,Topic\n1,\n", "Row 2: a point needs a topic"),
        ("Number,Topic\n,Credit\n", "Row 2: a point needs a number"),
        ("Number,Topic\nthe-thirteenth,Credit\n", "at most 12 characters"),
        ("Number,Topic\na,One\nA,Two\n", "“A” stands in row 2 already"),
        ("Title\nCredit\n", "The first row must name the columns"),
        ("Number,Topic\n", "nothing below them"),
        ('Number,Topic\n1,"open\n', "quotation marks do not fit"),
    ],
)
def test_a_wrong_file_stores_nothing_and_says_why(page, lead, text, said):
    charter = making.charter(lead, "Credit")
    html = page.as_user(lead).submit("charters.import_points", charter_id=charter.id, file=sent(text), status=422)
    assert said in html.text
    assert order(charter) == ["1"]


# -- evidence on points ------------------------------------------------------------------------------------------------


def test_evidence_is_placed_on_points_and_taken_off(page, lead, db):
    credit, time = making.points(lead, "Credit", "Time")
    shown = entry(lead)
    page.as_user(lead).submit("charters.place", entry_id=shown.id, points=[str(credit.id), str(time.id)])
    assert [use.what for use in uses_of([shown.id], accounts.person(lead.id))] == ["1. Credit", "2. Time"]
    page.submit("charters.place", entry_id=shown.id, form=f"/points/{credit.id}/")
    assert db.session.scalars(select(PointEntry.point_id)).all() == [time.id]
    html = page.submit("charters.place", entry_id=shown.id, form=-1, points=[], status=422)
    assert "Choose at least one point" in html.text


def test_what_is_corrected_stays_placed_and_what_is_withdrawn_is_placed_no_more(lead, db):
    (credit,) = making.points(lead, "Credit")
    first = entry(lead)
    services.place(first, [credit], actor=lead)
    second = evidence.correct(first, reason="A day later", actor=lead, happened_on=date(2026, 3, 2))
    assert db.session.scalars(select(PointEntry.entry_id)).all() == [second.id]
    with pytest.raises(services.CountsNoMore):
        services.place(first, [credit], actor=lead)


def test_retired_points_and_charters_are_offered_no_more(page, lead, db):
    kept, retired = making.points(lead, "Kept", "No longer asked")
    over = making.charter(lead, "Over", name="An older charter")
    services.retire(retired, actor=lead, on=date(2026, 1, 1))
    services.retire(over, actor=lead, on=date(2026, 1, 1))
    html = page.as_user(lead).get("charters.place", entry_id=entry(lead).id)
    assert [one["value"] for one in html.select("[name=points]")] == [str(kept.id)]
    assert "An older charter" in page.get("charters.list_all").text
    assert db.session.get(Point, retired.id).topic in page.get("charters.charter", charter_id=kept.charter_id).text


def test_an_action_that_is_carried_forward_serves_the_same_points(lead):
    (credit,) = making.points(lead, "Credit")
    plan = for_plan.plan(lead)
    (action,) = plans.actions(plan.id)
    planning.serve([action], [credit], actor=lead)
    after = planning.carry_forward(
        plan, actor=lead, name="The next", starts_on=date(2027, 8, 1), ends_on=date(2030, 7, 31)
    )
    (carried,) = plans.actions(after.id)
    assert [one.point.topic for one in plans.points_served(carried.id)] == ["Credit"]

"""The ledger as a lead reads it: narrowed, taken away, and the table of what counts."""

from datetime import date

import pytest

from hub.evidence import services
from hub.evidence.kinds import KINDS
from tests import factories as make
from tests.evidence import making
from tests.evidence.making import Fact


@pytest.fixture
def lead(db):
    return make.lead()


@pytest.fixture
def varied(lead):
    """An entry of each sort that the ledger can be narrowed to."""
    home = lead.institution_id
    unit = make.unit(lead.institution)
    services.record("skills.session", Fact(1, home, evidence_title="In the unit", evidence_unit_id=unit.id))
    wrong = services.record(
        "skills.session", Fact(2, home, evidence_title="Of last year", evidence_on=date(2025, 7, 31))
    )
    services.correct(wrong, reason="A day late", actor=lead, happened_on=date(2025, 7, 30))
    services.withdraw(
        "fund.award", services.record("fund.award", Fact(3, home, evidence_title="Given back")) and Fact(3, home)
    )
    making.item(lead, title="By hand", happened_on=date(2026, 3, 1))
    return unit


NARROWED = {
    "kind=skills.session": {"In the unit", "Of last year"},
    "theme=career_development": {"Given back"},
    "year=2024": {"Of last year"},
    "year=2024&year=2025": {"In the unit", "Of last year", "Given back", "By hand"},
    "source=hand": {"By hand"},
    "source=itself": {"In the unit", "Of last year", "Given back"},
    "standing=withdrawn": {"Given back"},
    "standing=corrected": {"Of last year"},
    "standing=counts": {"In the unit", "Of last year", "By hand"},
}


@pytest.mark.parametrize("query", NARROWED)
def test_the_ledger_is_narrowed(page, lead, varied, query):
    html = page.as_user(lead).open(f"/evidence/ledger?{query}")
    assert {a.text for a in html.select("tbody th a")} == NARROWED[query]


def test_the_ledger_is_narrowed_to_a_unit_and_to_none_that_there_is_not(page, lead, varied):
    page.as_user(lead)
    html = page.get("evidence.ledger", query={"unit": str(varied.id)})
    assert [a.text for a in html.select("tbody th a")] == ["In the unit"]
    page.get("evidence.ledger", query={"unit": "999"}, status=404)


def test_what_is_taken_away_says_how_an_entry_stands(page, lead, varied):
    rows = page.as_user(lead).raw("evidence.ledger", query={"export": "csv", "sort": "happened"}).text.splitlines()
    assert rows[0].removeprefix("\ufeff") == (
        "What happened,Kind,Theme,Date,Unit,Figure,What is counted,People,Standing"
    )
    assert [(row.split(",")[3], row.split(",")[-1]) for row in rows[1:3]] == [
        ("2025-07-30", "Counts"),
        ("2025-07-31", "Corrected"),
    ]


def test_the_table_of_kinds_says_what_may_be_said_today(page, lead, queries):
    services.record("fund.award", Fact(1, lead.institution_id, [make.person(lead.institution).id], 125_000))
    page.as_user(lead)
    with queries(at_most=6):
        html = page.get("evidence.kinds")
    rows = {row.select_one("th").text: [cell.text for cell in row.select("td")] for row in html.select("tbody tr")}
    assert set(rows) == {kind.label for kind in KINDS.values()}
    assert rows["Development funded"][1:] == [
        "1 award from the development fund, worth £1,250.00, to 1 technician.",
        "pounds",
        "Its own page, from each entry",
        "1",
    ]
    (number,) = html.select("tbody td a")
    assert len(page.open(number["href"]).select("tbody th")) == 1
    page.as_user(make.person(lead.institution)).get("evidence.kinds", status=403)


@pytest.mark.parametrize("n", [1, 4])
def test_an_entry_costs_the_same_however_often_it_was_corrected(page, lead, queries, n):
    people = [make.person(lead.institution).id for _ in range(n)]
    entry = services.record("skills.session", Fact(1, lead.institution_id, people))
    for quantity in range(2, n + 2):
        entry = services.correct(entry, reason="Counted again", actor=lead, quantity=quantity)
    page.as_user(lead)
    with queries(at_most=12):
        page.get("evidence.entry", entry_id=entry.id)

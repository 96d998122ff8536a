"""What finance takes away at the end of a year, and what a lead on a panel is not told before the release."""

import csv

import pytest

from hub.core.clock import at_london, held
from tests.fund import making

NEXT_YEAR = making.ENDS.replace(year=making.ENDS.year + 1)


@pytest.fixture
def lead(db):
    return making.lead()


def rows(page) -> list[dict[str, str]]:
    text = page.raw("fund.money", query={"export": "csv"}).get_data(as_text=True)
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))


def test_each_movement_is_a_line_and_the_year_adds_them_up(page, lead):
    made = making.reported(lead)
    with held(at_london(NEXT_YEAR)):
        page.as_user(making.fresh_person(lead))
        lines = rows(page)
        html = page.get("fund.money", query={"year": str(making.ENDS.year)})
        empty = page.get("fund.money")

    assert {line["What"]: line["£"] for line in lines} == {
        "Set aside": "1000.0",
        "Claim approved": "800.0",
        "Given back": "200.0",
        "Paid": "800.0",
    }
    assert {line["Reference"] for line in lines} == {made.reference}
    cells = [cell.text.strip() for cell in html.select("section[aria-labelledby=year] tbody td.num")]
    assert cells == ["£1,000.00", "£200.00", "£800.00", "£800.00", "£0.00", "£0.00"] * 2  # the round, and all of them
    assert empty.select_one("#year") is None  # nothing moved this year


def test_what_is_open_at_the_end_of_a_year_stands_there_until_it_is_settled(page, lead):
    making.claimed(lead)
    with held(at_london(NEXT_YEAR)):
        html = page.as_user(making.fresh_person(lead)).get("fund.money")

    cells = [cell.text.strip() for cell in html.select("section[aria-labelledby=year] tbody tr:first-child td.num")]
    assert cells == ["£0.00", "£0.00", "£0.00", "£0.00", "£0.00", "£1,000.00"]  # claimed, but not approved yet


def test_a_lead_on_the_panel_learns_of_no_sum_before_the_release(page, lead):
    fund_round = making.open_round(lead, panel=(making.technician(lead), lead))
    chair = fund_round.panel[0].person
    made = making.supported(fund_round, making.technician(lead))
    making.close(fund_round)
    making.scored(made, chair, lead)
    making.decided(made, chair)
    with held(at_london(making.PANEL, 12)):
        page.as_user(making.fresh_person(lead))
        assert (rows(page), page.get("fund.money").select_one("#year")) == ([], None)

    making.released(fund_round, chair, making.fresh_person(lead))
    with held(at_london(making.PANEL, 12)):
        assert [line["What"] for line in rows(page)] == ["Set aside"]

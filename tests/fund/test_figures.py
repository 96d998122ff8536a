"""Sums of a year, and shares of groups from which no single outcome can be read."""

from hypothesis import given
from hypothesis import strategies as st

from hub.core.suppression import FEWEST
from hub.fund.figures import TOGETHER, Decided, Kind, access, by_theme, days_to_decide, first_timers
from hub.workforce.models import Contract
from tests.fund import making


def kind(grade: str) -> Kind:
    return Kind(None, grade, "", "")


def decided(applicant_id: int, grade: str = "5", pence: int = 0, **given) -> Decided:
    return Decided(
        applicant_id, kind(grade), given.get("themes", ()), pence, given.get("days", 30), given.get("first", True)
    )


def by_grade(rows: list[Decided], **there: int):
    return access(rows, {kind(grade.removeprefix("g")): people for grade, people in there.items()}, lambda k: k.grade)


def test_money_goes_to_each_theme_of_an_award_in_their_order():
    rows = [
        decided(1, pence=100, themes=("recognition", "visibility")),
        decided(2, pence=50, themes=("visibility",)),
        decided(3, themes=("sustainability",)),
    ]

    assert by_theme(rows) == [("Visibility", 2, 150), ("Recognition", 1, 100)]


def test_only_those_funded_and_never_before_come_for_the_first_time():
    rows = [decided(1, pence=5), decided(1, pence=5), decided(2, pence=5, first=False), decided(3)]

    assert first_timers(rows) == 1
    assert days_to_decide([decided(1, days=10), decided(2, days=20), decided(3, days=90)]) == 20
    assert days_to_decide([]) is None


def test_few_are_told_together_and_with_more_if_they_are_still_few():
    rows = (
        [decided(n, "5", pence=1) for n in range(12)] + [decided(100 + n, "6") for n in range(6)] + [decided(200, "7")]
    )
    found = by_grade(rows, g5=80, g6=40, g7=9, g8=30, g9=3)

    assert [(share.name, share.applied, share.rate) for share in found.shares] == [("5", 12, 100), (TOGETHER, 7, 0)]
    assert found.silent == ["8"]


def test_too_few_altogether_are_not_told_at_all():
    assert by_grade([decided(1, "5", pence=1), decided(2, "6")], g5=10, g6=10).shares == []


asked = st.lists(st.tuples(st.integers(1, 60), st.sampled_from("56789"), st.booleans()), max_size=60)


@given(asked)
def test_no_group_of_few_can_be_told_or_found_by_subtracting(asked):
    grades = {who: grade for who, grade, _ in asked}
    rows = [decided(who, grades[who], pence=int(funded)) for who, _, funded in asked]
    found = by_grade(rows, g5=9, g6=9, g7=9, g8=9, g9=9)

    assert all(share.applied >= FEWEST and share.rate % 5 == 0 for share in found.shares)
    hidden = len(grades) - sum(share.applied for share in found.shares)
    assert hidden == 0 or not found.shares


def test_a_round_counts_once_its_decisions_are_released(page, db):
    lead = making.lead()
    fund_round = making.open_round(lead)
    chair = fund_round.panel[0].person
    made = making.supported(fund_round, making.technician(lead), themes=["visibility"])
    making.close(fund_round)
    making.scored(made, chair)
    making.decided(made, chair, pence=50_000)
    page.as_user(making.fresh_person(lead))
    assert page.get("fund.figures").select_one(".stats") is None

    making.released(fund_round, chair, making.fresh_person(lead))
    html = page.get("fund.figures")
    assert [stat.text for stat in html.select(".stat__value")][:2] == ["£500.00", "1"]
    assert "£500.00, 1 award" in html.select_one("table.bars").text
    assert html.select("section[aria-labelledby=access] table") == []  # one person asked


def test_groups_are_told_by_faculty_and_contract_in_a_fixed_number_of_statements(page, db, queries):
    lead = making.lead()
    fund_round = making.open_round(lead, budget_pence=10_000_000)
    chair = fund_round.panel[0].person
    made = [making.supported(fund_round, making.technician(lead)) for _ in range(10)]
    for n, one in enumerate(made):
        fte = 1000 if n < 5 else 600
        db.session.add(Contract(institution_id=lead.institution_id, person_id=one.applicant_id, fte_thousandths=fte))
    making.close(fund_round)
    for one in made:
        making.scored(one, chair)
        making.decided(one, chair)
    making.released(fund_round, chair, making.fresh_person(lead))
    page.as_user(making.fresh_person(lead))
    with queries(at_most=7):
        html = page.get("fund.figures")

    rows = [
        [cell.text for cell in row.select("th, td")] for row in html.select("section[aria-labelledby=access] tbody tr")
    ]
    assert rows == [["Full-time", "5", "5", "100%"], ["Part-time", "5", "5", "100%"]]


def test_a_year_without_decisions_is_not_there(page, db):
    page.as_user(making.lead()).get("fund.figures", query={"year": "1999"}, status=404)

"""Sums of a year, and shares of groups from which no single outcome can be read."""

from hypothesis import given
from hypothesis import strategies as st

from hub.core.suppression import FEWEST
from hub.core.years import academic_year
from hub.directory.models import Level
from hub.fund import queries as reads
from hub.fund import services
from hub.fund.figures import (
    NO_SKILL,
    TOGETHER,
    Decided,
    Kind,
    access,
    by_skill,
    by_theme,
    days_to_decide,
    first_timers,
)
from hub.workforce.models import Contract
from tests.fund import making
from tests.skills import making as for_skills


def kind(grade: str) -> Kind:
    return Kind(None, grade, "", "")


def decided(applicant_id: int, grade: str = "5", pence: int = 0, **given) -> Decided:
    return Decided(
        applicant_id,
        kind(grade),
        given.get("themes", ()),
        pence,
        given.get("days", 30),
        given.get("first", True),
        given.get("skill", ""),
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


def learners(skill, people, *, pence=100):
    return [decided(n, pence=pence, skill=skill) for n in people]


def test_pounds_are_told_by_skill_and_skills_of_few_only_together():
    rows = learners("Welding", range(6)) + learners("Python", range(10, 15), pence=300)
    rows += learners("Weaving", [20, 21]) + learners("", range(30, 34)) + [decided(99, skill="Weaving")]

    assert by_skill(rows) == [("Python", 5, 1500), ("Welding", 6, 600), (TOGETHER, 6, 600)]


def test_somebody_who_learned_two_skills_is_one_of_few():
    rows = learners("Welding", range(6)) + learners("Python", range(5)) + learners("Weaving", range(4))
    rows += learners("Knitting", range(3))

    assert by_skill(rows) == [("Welding", 6, 600), (TOGETHER, 12, 1200)]
    assert by_skill(learners("Welding", range(5)) + learners("Python", range(2))) == []


learned = st.lists(st.tuples(st.integers(1, 30), st.sampled_from(["", *"abcde"]), st.integers(0, 3)), max_size=60)


@given(learned)
def test_no_skill_of_few_can_be_told_or_found_by_subtracting(learned):
    rows = [decided(who, pence=pence, skill=skill) for who, skill, pence in learned]
    lines = by_skill(rows)
    funded = [one for one in rows if one.pence]

    told = {name for name, _, _ in lines}
    apart = [one for one in funded if (one.skill or NO_SKILL) not in told]
    groups = [apart, *([one for one in funded if (one.skill or NO_SKILL) == name] for name in told - {TOGETHER})]
    if lines:
        assert sum(pence for _, _, pence in lines) == sum(one.pence for one in funded)
        assert all(not group or len({one.applicant_id for one in group}) >= FEWEST for group in groups)


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
    taken = page.raw("fund.figures", query={"export": "csv"}).get_data(as_text=True).splitlines()
    assert "Hours,Full-time,,,5,5,100" in taken
    page.get("fund.figures", query={"export": "xls"}, status=404)


def test_what_a_report_says_was_learned_counts_once_it_is_accepted(db):
    lead = making.lead()
    made = making.reported(lead)
    skill = for_skills.skill(lead)
    made.report.learned_id, made.report.learned_level = skill.id, Level.WORKING
    year = academic_year(making.AFTER)

    assert [one.skill for one in reads.decided_in(year, lead.institution_id)] == [""]
    services.accept_report(made, actor=making.fresh_person(lead))
    assert [one.skill for one in reads.decided_in(year, lead.institution_id)] == [skill.name]


def test_a_year_without_decisions_is_not_there(page, db):
    page.as_user(making.lead()).get("fund.figures", query={"year": "1999"}, status=404)

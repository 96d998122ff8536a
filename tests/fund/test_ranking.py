"""What the panel is told of its order: where the money ends, and which other choices the budget has room for."""

from itertools import combinations
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from hub.fund.ranking import by_rank, most_people, most_points, ranked


def order(*asked: tuple[float, int], budget: int):
    rows = [(SimpleNamespace(id=n), (mean, 0.0), pence) for n, (mean, pence) in enumerate(asked, 1)]
    return ranked(rows, budget)


def test_one_dear_application_is_weighed_against_two_that_cost_less():
    found = order((4.5, 600), (4.4, 500), (4.0, 500), budget=1_000)

    assert by_rank(found).chosen == {1}
    best = most_points(found, 1_000)
    assert (best.chosen, best.pence) == ({2, 3}, 1_000)
    assert [one.application.id for one in best.added] == [2, 3]
    assert [one.application.id for one in best.left_out] == [1]


def test_as_many_as_possible_are_the_cheapest_and_of_those_the_better():
    found = order((5.0, 900), (3.0, 200), (2.0, 200), (4.0, 200), (1.0, 300), budget=600)

    assert most_people(found, 600).chosen == {2, 3, 4}
    assert most_people(found, 450).chosen == {2, 4}


def test_what_nobody_has_scored_is_in_no_choice_for_its_points():
    found = ranked([(SimpleNamespace(id=1), None, 100), (SimpleNamespace(id=2), (3.0, 0.0), 100)], 200)

    assert most_points(found, 200).chosen == {2}


def test_without_money_nobody_is_chosen():
    found = order((4.0, 100), budget=0)

    assert by_rank(found).chosen == most_points(found, 0).chosen == most_people(found, 0).chosen == frozenset()


asked = st.lists(st.tuples(st.integers(10, 50), st.integers(1, 60)), min_size=1, max_size=9)


@given(asked, st.integers(0, 200))
def test_no_other_choice_within_the_budget_has_more_points_or_more_people(asked, budget):
    found = order(*((tenths / 10, pence) for tenths, pence in asked), budget=budget)
    within = [
        some
        for n in range(len(found) + 1)
        for some in combinations(found, n)
        if sum(one.pence for one in some) <= budget
    ]
    points, people = most_points(found, budget), most_people(found, budget)

    assert max(points.pence, people.pence, by_rank(found).pence) <= budget
    assert round(sum(one.mean for one in found if one.application.id in points.chosen), 1) == round(
        max(sum(one.mean for one in some) for some in within), 1
    )
    assert len(people.chosen) == max(map(len, within))

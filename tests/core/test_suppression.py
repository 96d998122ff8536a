"""Small numbers are told only together, and never so that they can be found by subtracting."""

import pytest

from hub.core.suppression import told_apart


@pytest.mark.parametrize(
    ("sizes", "apart", "few"),
    [
        ([9, 6], [9, 6], []),
        ([9, 4, 3], [9], [4, 3]),
        ([9, 6, 2], [9], [2, 6]),
        ([3], [], [3]),
        ([], [], []),
    ],
)
def test_fewer_than_five_are_told_together_with_enough_others(sizes, apart, few):
    assert told_apart(sizes, lambda n: n) == (apart, few)

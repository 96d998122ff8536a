"""What every list has in common, by itself."""

import pytest
from sqlalchemy import literal, select

from hub.core.lists import matching


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("50%_A\\b", "cut by 50%_a\\B since", True),
        ("50%", "500", False),
        ("a_c", "abc", False),
        ("a/c", "A/C", True),
    ],
)
def test_a_list_is_searched_for_words_in_which_nothing_is_a_wildcard(db, words, text, found):
    assert bool(db.session.scalar(select(matching(words, literal("another"), literal(text))))) == found

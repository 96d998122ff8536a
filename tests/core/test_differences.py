"""What became of a text, word by word."""

import pytest

from hub.core.differences import MOST, pieces


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("one two three four five six", "one two three 4 five six", ["one two three ", "-four ", "+4 ", "five six"]),
        ("Old lathe", "New lathe", ["-Old lathe", "+New lathe"]),
        (
            "a fee from the estates budget",
            "a fee from the estates budget, and frames",
            ["a fee from the estates budget", "+, and frames"],
        ),
        ("", "One two three four five six", ["+One two three four five six"]),
        ("a b c d e f g", "h i j k l m n", ["-a b c d e f g", "+h i j k l m n"]),
    ],
)
def test_words_that_went_and_words_that_came_are_marked(before, after, told):
    signs = {"kept": "", "gone": "-", "new": "+"}
    assert [signs[piece.kind] + piece.text for piece in pieces(before, after)] == told


def test_a_text_too_long_to_compare_is_shown_before_and_after():
    before, after = "word " * MOST + "old", "word " * MOST + "new"
    assert [piece.kind for piece in pieces(before, after)] == ["gone", "new"]


def test_nothing_of_either_text_is_lost():
    before, after = (
        "We will  print\nforty cards by July, and more later",
        "We print\nfifty cards by July 2027, and more",
    )
    found = pieces(before, after)
    assert "".join("".join(p.text for p in found if p.kind != "new").split()) == "".join(before.split())
    assert "".join("".join(p.text for p in found if p.kind != "gone").split()) == "".join(after.split())

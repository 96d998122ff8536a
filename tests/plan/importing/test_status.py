"""Red, amber and green in words, letters, symbols and colours."""

import pytest

from hub.plan.importing import status


@pytest.mark.parametrize(
    ("text", "rag"),
    [
        ("Red", "red"),
        ("AMBER", "amber"),
        ("Green – complete", "green"),
        ("R", "red"),
        ("(A)", "amber"),
        ("g", "green"),
        ("Y", "amber"),
        ("Complete", "green"),
        ("Completed March 2023", "green"),
        ("Not complete", "amber"),
        ("Partially complete", "amber"),
        ("In progress", "amber"),
        ("In-progress", "amber"),
        ("Ongoing", "amber"),
        ("Not started", "red"),
        ("Not yet started", "red"),
        ("Still to be carried out", "red"),
        ("Started", "amber"),
        ("Done", "green"),
        ("Delayed", "amber"),
        ("🟢", "green"),
        ("🟡 on track", "amber"),
        ("🔴", "red"),
        ("✔", "green"),
        ("0%", "red"),
        ("60% complete", "amber"),
        ("100%", "green"),
        ("Blue", "green"),
        ("?", None),
        ("Rather good", None),
        ("Redesigned", None),
        ("", None),
    ],
)
def test_status_in_words(text, rag):
    assert status.read(text).rag == rag


@pytest.mark.parametrize("text", ["Amber/Green", "A/G", "On track", "Blue", "60%"])
def test_what_could_mean_something_else_is_not_sure(text):
    assert not status.read(text).sure


@pytest.mark.parametrize(
    ("shade", "rag"),
    [
        ("FF0000", "red"),
        ("C00000", "red"),
        ("FFC7CE", "red"),
        ("FFC000", "amber"),
        ("FFFF00", "amber"),
        ("FFEB9C", "amber"),
        ("ED7D31", "amber"),
        ("92D050", "green"),
        ("00B050", "green"),
        ("C6EFCE", "green"),
        ("FFFFFF", None),
        ("D9D9D9", None),
        ("4472C4", None),
        ("000000", None),
        ("auto", None),
        ("", None),
    ],
)
def test_status_by_colour(shade, rag):
    assert status.of_shade(shade) == rag

"""Theme cells, broken, spelt and explained as they come."""

import pytest

from hub.plan.importing import themes

V, R, C, S, E = "visibility", "recognition", "career_development", "sustainability", "evaluating_impact"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Visibility", [V]),
        ("VISIBILITY", [V]),
        ("Career Develop ment", [C]),
        ("Career\nDevelopment", [C]),
        ("Career develop-ment", [C]),
        ("Sustainab ility (of technical workforc", [S]),
        ("Sustainab", [S]),
        ("Recog nition", [R]),
        ("Visability", [V]),
        ("Recogniton", [R]),
        ("Visibility – Ensure that all technicians are identifiable.", [V]),
        ("Visibility - Ensure that technicians’ recognition grows", [V]),
        ("Career Development: enable progression", [C]),
        ("Theme 1: Visibility", [V]),
        ("2. Recognition", [R]),
        ("Pillar 3 – Career development", [C]),
        ("Visibility, Recognition", [V, R]),
        ("Recognition / Visibility", [R, V]),
        ("Visibility & Career Development", [V, C]),
        ("Visibility\nSustainability", [V, S]),
        ("V, CD & S", [V, C, S]),
        ("All", [V, R, C, S]),
        ("All pillars", [V, R, C, S]),
        ("Evaluating impact", [E]),
        ("Sustainability of technical skills", [S]),
        ("Improve recognition and visibility", [R, V]),
        ("Teaching", []),
        ("Health and safety", []),
        ("", []),
    ],
)
def test_themes_of_a_cell(text, found):
    assert themes.read(text).themes == found


@pytest.mark.parametrize("text", ["Visability", "Sustainab", "Raise the visibility of staff"])
def test_what_had_to_be_guessed_is_not_sure(text):
    assert not themes.read(text).sure


def test_a_sentence_about_a_theme_is_no_heading():
    assert themes.is_heading("Theme 2 – Recognition")
    assert not themes.is_heading("Launch an award scheme")
    assert not themes.is_heading(
        "Visibility of technicians was low in the last survey, so that we shall now do much more about it than before."
    )

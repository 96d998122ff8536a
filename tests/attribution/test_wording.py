"""How a paper says it, and the page on which it is worded without being stored."""

import re

import pytest

from hub.attribution.models import Contribution, CreditForm, CreditRole
from hub.attribution.wording import CASES, DEEDS, MEANS, Facts, credit_statement, sentence
from hub.core.db import db as database
from hub.core.markdown import as_html
from tests import factories

MAREN = Facts("Maren Okafor", "Bioimaging Suite", "Northmere University", [CreditRole.SOFTWARE])


@pytest.mark.parametrize(
    ("credit", "said"),
    [
        (CreditForm.AUTHOR, "Maren Okafor (Bioimaging Suite, Northmere University)"),
        (CreditForm.NAMED, "We thank Maren Okafor (Bioimaging Suite, Northmere University) for writing the software."),
        (
            CreditForm.FACILITY,
            "We thank the technical staff of the Bioimaging Suite, Northmere University for writing the software.",
        ),
        (CreditForm.NONE, ""),
    ],
)
def test_each_form_of_credit_has_its_sentence(credit, said):
    assert sentence(credit, MAREN) == said


def test_without_a_name_only_the_facility_is_thanked():
    nobody = Facts("", "The Forge", "Northmere University")
    said = {credit: sentence(credit, nobody) for credit in CreditForm}
    assert said.pop(CreditForm.FACILITY) == "We thank the technical staff of The Forge, Northmere University."
    assert {*said.values(), *(credit_statement(credit, nobody) for credit in CreditForm)} == {""}


def test_every_role_can_be_explained_and_worded():
    assert set(DEEDS) == set(MEANS) == set(CreditRole)
    assert len(CreditRole) == 14


def test_the_page_words_what_is_typed_explains_the_case_and_stores_nothing(page, db):
    page.as_user(factories.person())
    typed = {"name": "Maren Okafor", "place": "Bioimaging Suite", "institution": "Northmere", "roles": "software"}
    html = page.get("attribution.word", query={**typed, "case": "study"})
    assert html.select_one("#as-named").text.startswith("We thank Maren Okafor (Bioimaging Suite, Northmere) for")
    assert html.select_one("#statement").text == "Maren Okafor: Software."
    assert html.select_one("#answer").text == CASES["study"].verdict == "Consider authorship"
    wrong = page.get("attribution.word", query={**typed, "place": "", "roles": "juggling"}, status=422)
    told = {error["id"] for error in wrong.select("p.error")}
    assert told == {"place-error", "roles-error", "case-error"}
    assert wrong.select_one("#name")["value"] == "Maren Okafor"
    assert database.session.query(Contribution).count() == 0


def test_headings_of_a_document_stand_under_its_title_and_skip_no_level():
    written = "### First\n\n##### Second\n\n# Third\n\n<b onclick=x>B</b> [a](javascript:b)"
    html = as_html(written, headings=True)
    assert re.findall(r"<(h\d)>(\w+)</", html) == [("h2", "First"), ("h3", "Second"), ("h2", "Third")]
    assert "<b" not in html
    assert "href" not in html
    assert "<h" not in as_html(written)

"""What is refused leaves a line in the log: who, by number, what, and with which status; never what was typed."""

import logging

import pytest

from tests import factories as make
from tests.accounts.making import PASSWORD

HOSTILE = "eve@evil.example\r\nWARNING hub.core.faults: refused nothing"


@pytest.fixture
def refused(caplog):
    """The lines so far."""
    caplog.set_level(logging.WARNING, logger="hub.core.faults")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "hub.core.faults"]


def test_a_wrong_password_is_noted_without_the_address(page, db, refused):
    page.submit("accounts.sign_in", status=422, email=HOSTILE, password=PASSWORD)
    assert refused() == ["refused 422 POST accounts.sign_in by nobody"]


def test_who_lacks_the_right_is_noted_by_number(page, db, refused):
    technician = make.person()
    page.as_user(technician).get("accounts.people", status=403)
    assert refused() == [f"refused 403 GET accounts.people by person {technician.id}"]


def test_what_lies_outside_is_noted(page, db, refused):
    lead, stranger = make.lead(), make.person()
    page.as_user(lead).get("accounts.person", status=404, person_id=stranger.id)
    assert refused() == [f"refused 404 GET accounts.person by person {lead.id}"]


def test_a_form_without_its_token_is_noted(page, db, refused):
    lead = make.lead()
    page.as_user(lead).post("/units/new", status=400, name=HOSTILE)
    (line,) = refused()
    assert line.startswith("refused 400 POST accounts.add_unit by ")


def test_what_was_taken_and_what_is_no_page_leave_no_line(page, db, refused):
    page.as_user(make.lead()).get("accounts.people")
    page.open("/wp-login.php", status=404)
    assert refused() == []

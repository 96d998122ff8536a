"""The staff list in a browser without scripts."""

import io

import pytest
from sqlalchemy import select

from hub.accounts import queries as accounts
from hub.accounts.models import Person, Role
from hub.core import progress
from hub.workforce import services
from hub.workforce.models import StaffImport, Stage
from tests import factories as make
from tests.workforce.making import HEADINGS, csv_of, fresh, row, sent, stored, worked


@pytest.fixture
def lead(page, db):
    made = make.lead(name="Lea Lead")
    page.as_user(made)
    db.session.commit()
    return made


def only(db) -> StaffImport:
    db.session.expire_all()
    return db.session.scalars(select(StaffImport).order_by(StaffImport.id.desc())).first()


def home(lead):
    return accounts.institution(lead.institution_id)


def upload(content):
    return (io.BytesIO(content), "staff.csv")


def test_from_the_file_to_the_list(page, db, lead):
    assert "Ask HR for a list" in page.get("workforce.staff_list").text
    path = page.submit("workforce.send_file", file=upload(csv_of(row(1, department="Bench"), row(2))))
    waiting = page.open(path)
    assert waiting.h1.text == "Your staff file is being read"
    assert waiting.select_one("[data-refresh]") is not None
    services.work()
    shown = page.open(path)
    assert shown.h1.text == "What this file would change"
    assert "A new unit is made." in shown.text
    page.submit("workforce.staff_import", import_id=only(db).id)
    services.work()
    assert page.open(path).h1.text == "The staff list is up to date with this file"
    assert len(page.get("workforce.staff_list").select("main tbody tr")) == 1
    assert "Person 1" in page.get("workforce.findings", import_id=only(db).id, query={"what": "joins"}).text


def test_progress_is_shown_while_it_is_worked_on(page, db, lead):
    read = services.send(csv_of(row(1)), "staff.csv", actor=fresh(lead))
    db.session.commit()
    progress.note(services.work_of(read.id), "Reading the file", 4_000, 90_000)
    html = page.get("workforce.staff_import", import_id=read.id)
    assert "4,000 of 90,000" in html.text
    assert html.select_one("progress")["value"] == "4000"
    progress.forget(services.work_of(read.id))


def test_what_is_no_staff_file_is_said_beside_the_field(page, lead):
    html = page.submit("workforce.send_file", status=422, file=upload(b"%PDF-1.7"))
    assert "This is a PDF" in html.select_one(".error").text
    assert "Choose the file" in page.submit("workforce.send_file", status=422).select_one(".error").text


def test_a_file_may_be_larger_than_other_forms(page, lead, app, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 10_000)
    long = csv_of(*(row(n) for n in range(400)))
    assert len(long) > 10_000
    assert "/staff-list/" in page.submit("workforce.send_file", file=upload(long))
    page.submit("plan.import_file", status=413, file=upload(long))


def test_what_must_be_put_right_is_listed_and_taken_away_and_nothing_can_be_stored(page, db, lead):
    read = sent(csv_of(row(1, e_mail="nowhere"), row(2)), lead)
    html = page.get("workforce.staff_import", import_id=read.id)
    assert html.h1.text == "1 thing to put right first"
    assert "m.okafor@university.ac.uk" in html.text
    assert "Store all of it" not in html.text
    query = {"what": "error", "export": "csv"}
    taken = page.raw("workforce.findings", import_id=read.id, query=query).get_data(as_text=True)
    assert taken.splitlines()[1].startswith("To put right,2,,E-mail,This is not an e-mail address.")


def test_columns_are_named_on_a_page(page, db, lead):
    headings = ["No", "Who", "Where to write"]
    content = csv_of({"no": "N1", "who": "Ana", "where_to_write": "ana@north.example"}, headings=headings)
    read = sent(content, lead)
    assert "What are the columns" in page.get("workforce.staff_import", import_id=read.id).h1.text
    wrong = page.submit("workforce.name_columns", status=422, import_id=read.id, column_0="staff_id")
    assert "Say which column is the name" in wrong.select_one(".errors").text
    chosen = {"column_0": "staff_id", "column_1": "name", "column_2": "email"}
    page.submit("workforce.name_columns", import_id=read.id, **chosen)
    assert worked(read).stage == Stage.CHECKED


def test_the_missing_leave_only_after_a_second_look(page, db, lead):
    stored(csv_of(*(row(n) for n in range(5))), lead)
    read = sent(csv_of(row(1), row(2)), lead)
    at = {"import_id": read.id, "missing": "leave"}
    html = page.submit("workforce.staff_import", status=422, **at)
    assert "Look at the list of those who would leave" in html.text
    page.submit("workforce.staff_import", **at, has_looked="y")
    worked(read)
    assert db.session.scalars(select(Person.name).where(Person.left_on.is_not(None)).order_by(Person.id)).all() == [
        "Person 0",
        "Person 3",
        "Person 4",
    ]


def test_a_file_is_discarded(page, db, lead):
    read = sent(csv_of(row(1)), lead)
    page.submit("workforce.staff_import", import_id=read.id, form="discard")
    assert only(db).stage == Stage.DISCARDED
    assert page.get("workforce.staff_import", import_id=read.id).h1.text == "This file was discarded"


def test_contracts_are_for_the_lead_and_the_workforce_officer(page, db, lead):
    stored(csv_of(row(1, grade="Grade 6"), headings=[*HEADINGS, "Grade"]), lead)
    assert "Grade 6" in page.get("workforce.contracts").text
    officer = make.person(home(lead), roles=(Role.WORKFORCE_OFFICER,))
    technician, boss = make.person(home(lead)), make.person(home(lead), roles=(Role.LEADER,))
    db.session.commit()
    assert "Grade 6" in page.as_user(officer).get("workforce.contracts").text
    for other in (technician, boss):
        page.as_user(other).get("workforce.contracts", status=403)
        page.get("workforce.staff_list", status=403)


def test_lists_and_pages_ask_the_database_no_more_for_more_people(page, db, lead, queries):
    read = stored(csv_of(*(row(n, grade="5") for n in range(40)), headings=[*HEADINGS, "Grade"]), lead)
    pending = sent(csv_of(*(row(n, job_title="New") for n in range(30))), lead)
    for name, most, args in (
        ("contracts", 6, {}),
        ("findings", 6, {"import_id": read.id}),
        ("staff_list", 6, {}),
        ("staff_import", 12, {"import_id": pending.id}),
    ):
        with queries(at_most=most):
            page.get(f"workforce.{name}", **args)

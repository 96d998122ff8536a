"""A staff file is compared with the hub, and stored as a whole when somebody says so."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.accounts import queries as accounts
from hub.accounts import services as people
from hub.accounts.models import Person, Role, SignIn, Source, Status, Unit
from hub.core import clock, progress
from hub.core.audit import JournalEntry
from hub.core.storage import StoredFile
from hub.directory.models import Listed, Profile
from hub.notifications.models import Notice
from hub.workforce import queries, services
from hub.workforce.models import Contract, Finding, Sort, Stage
from tests import factories as make
from tests.workforce.making import HEADINGS, again, csv_of, fresh, lines, row, sent, stored, worked

TODAY = clock.today()


@pytest.fixture
def lead(db):
    made = make.lead(name="Lea Lead")
    db.session.commit()
    return made


def of(lead, staff_id):
    db_person = Person.staff_id == staff_id
    found = accounts.db.session.scalars(select(Person).where(Person.institution_id == lead.institution_id, db_person))
    return found.one_or_none()


def test_nothing_is_stored_before_somebody_says_so(db, lead):
    before = db.session.scalar(select(func.count()).select_from(Person))
    read = sent(csv_of(row(1, department="Chemistry"), row(2, manager_id="N1")), lead)
    assert read.stage == Stage.CHECKED
    assert (read.counts["joins"], read.counts["units"], read.counts["managers"]) == (2, 1, 1)
    assert db.session.scalar(select(func.count()).select_from(Person)) == before
    assert db.session.scalars(select(Notice.title)).all() == [
        "Your staff file has been read: see what it changes, then store it"
    ]


def test_who_joins_is_in_the_directory_with_unit_manager_and_campus(db, lead):
    headings = [*HEADINGS, "Faculty", "Campus", "Technician"]
    content = csv_of(  # the manager stands below those whom they manage
        row(1, manager_id="N3", department="Chemistry", faculty="Science", campus="North", technician="yes"),
        row(2, manager_id="N3", department="CHEMISTRY", faculty="science", campus="North", technician="yes"),
        row(3, department="Chemistry", technician="no"),
        headings=headings,
    )
    assert stored(content, lead).stage == Stage.DONE
    one, manager = of(lead, "N1"), of(lead, "N3")
    assert (one.name, one.status, one.source, one.manager_id) == (
        "Person 1",
        Status.ACTIVE,
        Source.HR_IMPORT,
        manager.id,
    )
    units = {unit.id: (unit.name, unit.parent_id) for unit in accounts.units(lead.institution_id)}
    assert units[one.unit_id][0] == "Chemistry"
    assert units[units[one.unit_id][1]][0] == "Science"
    assert len(units) == 2
    listed = db.session.scalars(select(Listed.campus).where(Listed.institution_id == lead.institution_id)).all()
    assert sorted(filter(None, listed)) == ["North", "North"]
    assert not manager.is_technician


def test_the_same_file_twice_changes_nothing(db, lead):
    headings = [*HEADINGS, "FTE", "Grade"]
    content = csv_of(row(1, department="Bench", fte="0.5"), row(2, manager_id="N1", grade="6"), headings=headings)
    stored(content, lead)
    versions = db.session.execute(select(Person.id, Person.version).order_by(Person.id)).all()
    read = sent(content, lead)
    assert {name: read.counts[name] for name in ("joins", "changes", "leaves", "missing", "units", "managers")} == {
        "joins": 0, "changes": 0, "leaves": 0, "missing": 0, "units": 0, "managers": 0,
    }  # fmt: skip
    services.confirm(read, missing_leave=True, has_looked=True, actor=fresh(lead))
    db.session.commit()
    assert worked(read).stage == Stage.DONE
    assert db.session.execute(select(Person.id, Person.version).order_by(Person.id)).all() == versions


def test_changes_are_told_and_stored_and_what_people_say_of_themselves_stays(db, lead):
    stored(csv_of(row(1, department="Bench", job_title="Technician")), lead)
    profile = db.session.scalars(select(Profile).where(Profile.person_id == of(lead, "N1").id)).one()
    profile.campus = "Where I work"
    db.session.commit()
    later = row(1, preferred_name="Ana Ash", e_mail="ana@north.example", department="Yard", job_title="Technician")
    read = stored(csv_of(later | {"campus": "North"}, headings=[*HEADINGS, "Campus"]), lead)
    told = "Name: Person 1 → Ana Ash; E-mail: p1@north.example → ana@north.example; Unit: Bench → Yard"
    assert lines(read, Sort.CHANGES) == [(2, "Ana Ash", told)] or lines(read, Sort.CHANGES) == [(2, "Person 1", told)]
    assert of(lead, "N1").email == "ana@north.example"
    assert db.session.scalars(select(Profile.campus).where(Profile.id == profile.id)).one() == "Where I work"


def test_somebody_with_the_same_address_and_no_staff_number_is_the_same_person(db, lead):
    known = make.person(accounts.institution(lead.institution_id), name="P. One", email="p1@north.example")
    db.session.commit()
    stored(csv_of(row(1)), lead)
    assert (of(lead, "N1").id, of(lead, "N1").source) == (known.id, Source.HR_IMPORT)


def test_an_address_of_somebody_else_is_a_problem_wherever_they_are(db, lead):
    make.person(email="p1@north.example", name="Secret Somebody")
    make.person(accounts.institution(lead.institution_id), staff_id="N9", email="p2@north.example")
    db.session.commit()
    read = sent(csv_of(row(1), row(2)), lead)
    assert lines(read, Sort.ERROR) == [
        (2, "E-mail", "Somebody else in the hub has this address."),
        (3, "E-mail", "Somebody else in the hub has this address."),
    ]
    with pytest.raises(Exception, match="may not"):
        services.confirm(read, missing_leave=False, has_looked=False, actor=fresh(lead))


def test_circles_of_managers_and_unknown_ones(db, lead):
    read = sent(csv_of(row(1, manager_id="N2"), row(2, manager_id="N3"), row(3, manager_id="N1")), lead)
    ((at, column, what),) = lines(read, Sort.ERROR)
    assert (at, column) == (2, "Manager’s staff number")
    assert "back to here" in what
    read = sent(csv_of(row(1, manager_id="N7"), row(2, manager_id="N7"), row(3, manager_id="N3")), lead)
    assert [what for *_, what in lines(read, Sort.ERROR)] == ["Nobody is their own line manager."]
    assert "N7: 2 people keep the line manager they have" in lines(read, Sort.NOTE)[0][2]


def test_a_circle_with_people_who_are_not_in_the_file(db, lead):
    stored(csv_of(row(1, manager_id="N2"), row(2)), lead)
    assert len(lines(sent(csv_of(row(2, manager_id="N1")), lead), Sort.ERROR)) == 1


# -- leavers -----------------------------------------------------------------------------------------------------------


def test_who_leaves_is_shut_out_the_same_day_and_out_of_the_directory(db, lead):
    stored(csv_of(row(1), row(2)), lead)
    gone = of(lead, "N1").id
    people.open_session(accounts.person(gone))
    db.session.commit()
    read = stored(csv_of(row(1, leaver_date=f"{TODAY:%d/%m/%Y}"), row(2)), lead)
    assert [who for _, who, _ in lines(read, Sort.LEAVES)] == ["Person 1"]
    assert (of(lead, "N1").status, of(lead, "N1").left_on) == (Status.LEFT, TODAY)
    assert db.session.scalars(select(SignIn).where(SignIn.person_id == gone)).all() == []
    assert db.session.get(Listed, gone) is None


def test_a_last_day_to_come_shuts_nobody_out_and_who_left_long_ago_does_not_join(db, lead):
    coming, past = TODAY + timedelta(days=30), TODAY - timedelta(days=30)
    stored(csv_of(row(1, leaver_date=coming.isoformat()), row(2, leaver_date=past.isoformat())), lead)
    assert of(lead, "N1").status == Status.ACTIVE
    assert of(lead, "N2") is None


def test_who_is_missing_stays_unless_somebody_says_that_they_left(db, lead):
    stored(csv_of(*(row(n) for n in range(20))), lead)
    make.person(accounts.institution(lead.institution_id), name="Invited, not from HR")
    db.session.commit()
    smaller = csv_of(*(row(n) for n in range(1, 20)))
    read = sent(smaller, lead)
    assert [who for _, who, _ in lines(read, Sort.MISSING)] == ["Person 0"]
    stored(smaller, lead)
    assert of(lead, "N0").status == Status.ACTIVE
    stored(smaller, lead, missing_leave=True)
    assert of(lead, "N0").status == Status.LEFT


def test_when_more_than_one_in_ten_would_leave_somebody_has_to_look(db, lead):
    stored(csv_of(*(row(n) for n in range(10))), lead)
    read = sent(csv_of(*(row(n) for n in range(8))), lead)
    with pytest.raises(services.LooksWrong):
        services.confirm(read, missing_leave=True, has_looked=False, actor=fresh(lead))
    services.confirm(read, missing_leave=True, has_looked=True, actor=fresh(lead))
    db.session.commit()
    worked(read)
    assert of(lead, "N9").status == Status.LEFT


def test_who_has_left_and_is_in_the_file_again_stays_out_until_somebody_lets_them_in(db, lead):
    stored(csv_of(row(1)), lead)
    people.record_leaver(accounts.person(of(lead, "N1").id), left_on=TODAY)
    db.session.commit()
    read = stored(csv_of(row(1)), lead)
    assert "had left" in lines(read, Sort.NOTE)[0][2]
    assert of(lead, "N1").status == Status.LEFT


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.LEAD])
def test_a_file_takes_over_no_account_of_somebody_who_may_more_than_its_sender(db, lead, role):
    home = accounts.institution(lead.institution_id)
    make.person(home, roles=(role,), name="Ada Admin", staff_id="N1", email="p1@north.example", source=Source.HR_IMPORT)
    officer = make.person(home, roles=(Role.WORKFORCE_OFFICER,), name="Otto Officer")
    db.session.commit()
    stored(csv_of(row(1, e_mail="otto.too@north.example", leaver_date="2020-01-01")), fresh(officer))
    assert (of(lead, "N1").email, of(lead, "N1").status) == ("p1@north.example", Status.ACTIVE)
    stored(csv_of(row(2)), fresh(officer), missing_leave=True)
    assert of(lead, "N1").status == Status.ACTIVE


def test_the_only_lead_never_leaves_by_a_file(db, lead):
    lead.staff_id, lead.source = "N1", Source.HR_IMPORT
    deputy = make.person(accounts.institution(lead.institution_id), roles=(Role.DEPUTY_LEAD,))
    db.session.commit()
    stored(csv_of(row(1, e_mail=lead.email, leaver_date="2020-01-01"), row(2)), fresh(deputy))
    assert of(lead, "N1").status == Status.ACTIVE


# -- all or nothing ----------------------------------------------------------------------------------------------------


def test_what_was_shown_is_stored_or_shown_again_if_the_hub_has_changed(db, lead):
    read = sent(csv_of(row(1), row(2)), lead)
    services.confirm(read, missing_leave=False, has_looked=False, actor=fresh(lead))
    make.person(accounts.institution(lead.institution_id), email="p2@north.example", name="Came meanwhile")
    db.session.commit()
    read = worked(read)
    assert read.stage == Stage.CHECKED
    assert "has changed since you looked" in read.trouble
    assert of(lead, "N1") is None
    assert (read.counts["joins"], read.counts["changes"]) == (1, 1)


def test_a_fault_half_way_leaves_nothing_behind(db, lead, monkeypatch):
    read = sent(csv_of(row(1)), lead)
    services.confirm(read, missing_leave=False, has_looked=False, actor=fresh(lead))
    db.session.commit()
    with monkeypatch.context() as broken:
        broken.setattr("hub.workforce.services.storing._bring_directory", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            services.work()
    assert again(read).stage == Stage.CONFIRMED
    assert of(lead, "N1") is None
    assert worked(read).stage == Stage.DONE


def test_a_file_that_cannot_be_finished_is_given_up_and_its_sender_told(db, lead):
    read = services.send(csv_of(row(1)), "staff.csv", actor=fresh(lead))
    read.tries = 3
    db.session.commit()
    read = worked(read)
    assert (read.stage, read.file) == (Stage.FAILED, None)
    assert db.session.scalars(select(Notice.title)).all() == ["Your staff file was not stored"]


def test_it_is_one_deed_of_whoever_sent_it(db, lead):
    stored(csv_of(row(1), row(2)), lead)
    deeds = db.session.scalars(select(JournalEntry).where(JournalEntry.deed == "workforce.store")).all()
    assert [(one.actor_id, one.subject.split(":")[0]) for one in deeds] == [(lead.id, "staff_import")]


def test_a_second_file_makes_room_and_nothing_is_kept_of_what_is_done_with(db, lead):
    first = sent(csv_of(row(1)), lead)
    second = stored(csv_of(row(2)), lead)
    assert again(first).stage == Stage.DISCARDED
    assert db.session.scalars(select(StoredFile)).all() == []
    assert db.session.scalars(select(Finding.import_id).distinct()).all() == [second.id]
    assert all(not column["example"] for column in again(second).columns)
    with clock.held(clock.now() + timedelta(days=31)):
        assert services.let_go_of_old() == 1
    assert db.session.scalars(select(Finding)).all() == []
    assert progress.of(services.work_of(second.id)) is None


# -- contracts ---------------------------------------------------------------------------------------------------------


def test_somebody_has_as_many_contracts_as_the_file_says(db, lead):
    headings = [*HEADINGS, "Grade", "TERMS", "MOEMP", "FTE", "Contract start", "Contract end"]

    def contract(grade, **more):
        return row(1, grade=grade, terms="1", moemp="3", fte="0.4", contract_start="01/09/2024", **more)

    stored(csv_of(contract("5"), contract("6", contract_end="31/08/2027"), headings=headings), lead)
    kept = db.session.scalars(select(Contract).order_by(Contract.grade)).all()
    assert [(one.grade, one.terms, one.mode, one.fte_thousandths) for one in kept] == [
        ("5", "1", "3", 400),
        ("6", "1", "3", 400),
    ]
    stored(csv_of(contract("7"), headings=headings), lead)
    assert db.session.scalars(select(Contract.grade)).all() == ["7"]
    stored(csv_of(row(1)), lead)  # a file without such columns says nothing of contracts
    assert db.session.scalars(select(Contract.grade)).all() == ["7"]


# -- columns -----------------------------------------------------------------------------------------------------------


def test_columns_are_named_once_and_remembered(db, lead):
    headings = ["Kürzel", "Wer", "Post", "Job title"]
    people_ = {"kürzel": "N1", "wer": "Ana Ash", "post": "ana@north.example", "job_title": "Technician"}
    read = sent(csv_of(people_, headings=headings), lead)
    assert read.stage == Stage.UNMAPPED
    with pytest.raises(services.ColumnsLacking, match="e-mail"):
        services.name_columns(read, {0: "staff_id", 1: "name"}, actor=fresh(lead))
    with pytest.raises(services.MeantTwice):
        services.name_columns(read, {0: "staff_id", 1: "name", 2: "email", 3: "name"}, actor=fresh(lead))
    services.name_columns(read, {0: "staff_id", 1: "name", 2: "email"}, actor=fresh(lead))
    db.session.commit()
    assert worked(read).counts["joins"] == 1
    assert sent(csv_of(people_, headings=headings), lead).stage == Stage.CHECKED
    assert queries.remembered(lead.institution_id)["job title"] == ""


def test_the_hub_of_another_institution_is_not_touched(db, lead):
    elsewhere = make.person(staff_id="N1", source=Source.HR_IMPORT, name="Elsewhere")
    make.unit(accounts.institution(elsewhere.institution_id), name="Bench")
    db.session.commit()
    stored(csv_of(row(1, department="Bench")), lead, missing_leave=True)
    assert accounts.person(elsewhere.id).name == "Elsewhere"
    assert db.session.scalar(select(func.count()).select_from(Unit).where(Unit.name == "Bench")) == 2

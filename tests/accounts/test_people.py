"""The people of an institution, in the hands of those who lead or administer it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.accounts import queries as reads
from hub.accounts import services
from hub.accounts.models import Institution, Person, Role, RoleGrant, SignIn, Status, Unit
from hub.core import clock
from hub.core.links import path_to
from hub.notifications.models import Notice, OutboxMail
from tests import factories as make


@pytest.fixture
def boss(page, db):
    boss = make.lead(name="Samira Haddad")
    page.as_user(boss)
    db.session.commit()
    return boss


def colleague(boss, **given) -> Person:
    return make.person(home(boss), **given)


def home(boss) -> Institution:
    return reads.person(boss.id).institution


def rows(html) -> list[str]:
    return [cell.text.strip() for cell in html.select("main tbody th")]


def test_people_are_found_and_narrowed(page, db, boss):
    bench = make.unit(home(boss), name="Bench")
    colleague(boss, name="Ana Ødegård", unit=bench)
    colleague(boss, name="Ben 100%", status=Status.LEFT).left_on = clock.today()
    make.person(name="Somebody Elsewhere")

    assert rows(page.get("accounts.people")) == ["Ana Ødegård", "Ben 100%", "Samira Haddad"]
    assert rows(page.get("accounts.people", query={"q": "ødeg"})) == ["Ana Ødegård"] or db.engine.name == "sqlite"
    assert rows(page.get("accounts.people", query={"q": "%"})) == ["Ben 100%"]
    assert rows(page.get("accounts.people", query={"status": "left"})) == ["Ben 100%"]
    assert rows(page.get("accounts.people", query={"unit": bench.id})) == ["Ana Ødegård"]
    assert rows(page.get("accounts.people", query={"role": "lead"})) == ["Samira Haddad"]
    assert "Ana Ødegård" in page.raw("accounts.people", query={"export": "csv"}).get_data(as_text=True)


def test_the_list_costs_the_same_with_one_and_three(page, db, boss, queries):
    page.as_user(reads.person(boss.id))
    with queries(at_most=8):
        page.get("accounts.people")
    for _ in range(2):
        colleague(boss)
    with queries(at_most=8):
        page.get("accounts.people")


def test_an_invitation_is_mailed(page, db, boss):
    path = page.submit("accounts.invite", name="Ana Ødegård", email="Ana@uni.example", job_title="Glassblower")

    ana = db.session.scalars(select(Person).where(Person.email == "ana@uni.example")).one()
    mail = db.session.scalars(select(OutboxMail)).one()
    assert path == path_to("accounts.person", person_id=ana.id)
    assert (ana.status, ana.job_title, ana.institution_id) == (Status.INVITED, "Glassblower", boss.institution_id)
    assert (mail.address, mail.is_private) == ("ana@uni.example", True)
    assert "Samira Haddad invites you" in mail.text
    assert "http://localhost/invitations/" in mail.text


def test_an_address_is_invited_once(page, db, boss):
    colleague(boss, email="ana@uni.example")
    db.session.commit()
    answer = page.submit("accounts.invite", name="Ana", email="ana@uni.example", status=422)

    assert "Somebody in the hub has this address already." in answer.select_one("p.error").text


def test_a_new_invitation_ends_the_old_one(page, db, boss):
    page.submit("accounts.invite", name="Ana", email="ana@uni.example")
    ana = db.session.scalars(select(Person).where(Person.email == "ana@uni.example")).one()
    page.submit("accounts.resend_invitation", at=path_to("accounts.person", person_id=ana.id), form="invitation")

    assert len(db.session.scalars(select(OutboxMail)).all()) == 2
    assert len(reads.person(ana.id).name) == 3


def test_the_staff_lists_facts_are_put_right(page, db, boss):
    ana = colleague(boss)
    bench = make.unit(home(boss), name="Bench")
    db.session.commit()
    page.submit(
        "accounts.edit_person", person_id=ana.id, name="Ana", unit=str(bench.id), manager_email=boss.email, staff_id="7"
    )

    db.session.refresh(ana)
    assert (ana.name, ana.unit_id, ana.manager_id, ana.staff_id) == ("Ana", bench.id, boss.id, "7")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"manager_email": "nobody@uni.example"}, "Nobody here has this address."),
        ({"manager_email": "ana@uni.example"}, "Nobody is their own line manager."),
        ({"staff_id": "77"}, "Somebody else has this staff number."),
        ({"name": "\u200b"}, "Enter a name"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(page, db, boss, sent, said):
    ana = colleague(boss, email="ana@uni.example")
    colleague(boss, staff_id="77")
    db.session.commit()
    answer = page.submit("accounts.edit_person", person_id=ana.id, status=422, **sent)

    assert said in answer.select_one("p.error").text


def test_nobody_manages_those_who_manage_them(page, db, boss):
    ana = colleague(boss)
    ben = colleague(boss, email="ben@uni.example", manager=colleague(boss, manager=ana))
    db.session.commit()
    answer = page.submit("accounts.edit_person", person_id=ana.id, manager_email=ben.email, status=422)
    assert "directly or through others" in answer.select_one("p.error").text


def test_suspending_signs_out_at_once_and_can_be_taken_back(page, db, boss):
    ana = colleague(boss)
    services.open_session(ana)
    db.session.commit()
    at = path_to("accounts.person", person_id=ana.id)
    page.submit("accounts.suspend", at=at, form="suspend")
    db.session.refresh(ana)
    assert ana.status == Status.SUSPENDED
    assert [s for s in db.session.scalars(select(SignIn)) if s.person_id == ana.id] == []

    page.submit("accounts.reactivate", at=at, form="reactivate")
    db.session.refresh(ana)
    assert ana.status == Status.ACTIVE


def test_a_leaver_keeps_their_record(page, db, boss):
    ana = colleague(boss)
    db.session.commit()
    page.submit("accounts.record_leaver", person_id=ana.id, left_on=clock.today().isoformat())

    db.session.refresh(ana)
    assert (ana.status, ana.left_on) == (Status.LEFT, clock.today())


def test_a_role_is_given_told_and_ended_with_its_history(page, db, boss):
    ana = colleague(boss)
    db.session.commit()
    page.submit("accounts.grant_role", person_id=ana.id, role="editor")
    assert reads.person(ana.id).holds(Role.EDITOR)
    assert [n.title for n in db.session.scalars(select(Notice))] == ["You have the role “Editor”"]

    with clock.held(clock.now() + timedelta(days=3)):
        page.as_user(reads.person(boss.id))
        page.submit("accounts.end_role", at=path_to("accounts.person", person_id=ana.id), form="/end")
        db.session.expire_all()
        assert not reads.person(ana.id).holds(Role.EDITOR)
    assert len(db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == ana.id)).all()) == 1


@pytest.mark.parametrize(("role", "sessions"), [(Role.DEPUTY_LEAD, 0), (Role.EDITOR, 1)])
def test_whoever_comes_to_lead_signs_in_afresh(db, role, sessions):
    boss = make.lead()
    ana = make.person(boss.institution)
    services.open_session(ana)
    services.grant(ana, role, actor=boss)

    assert len(reads.open_sessions(ana.id)) == sessions


def test_a_lead_cannot_make_administrators_even_by_a_forged_form(page, db, boss):
    ana = colleague(boss)
    db.session.commit()
    page.submit("accounts.grant_role", person_id=ana.id, role="administrator", status=422)

    assert not reads.person(ana.id).holds(Role.ADMINISTRATOR)


def test_the_only_lead_stays(page, db, boss):
    at = path_to("accounts.person", person_id=boss.id)
    answer = page.submit("accounts.end_role", at=at, form="/end", status=422)

    assert "is the only lead" in answer.select_one("main").text
    assert reads.person(boss.id).is_lead


def test_of_two_leads_one_may_go(page, db, boss):
    ben = make.lead(home(boss))
    db.session.commit()
    page.as_user(reads.person(boss.id))
    given = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == ben.id)).one().id
    page.submit("accounts.end_role", at=path_to("accounts.person", person_id=ben.id), form=f"/{given}/end")

    assert [p.id for p in reads.holders(boss.institution_id, Role.LEAD)] == [boss.id]


def test_the_only_lead_is_not_suspended_by_an_administrator_either(db):
    boss = make.lead()
    with pytest.raises(services.OnlyLead):
        services.suspend(boss)


PAGES = ["person", "edit_person", "record_leaver", "grant_role"]


@pytest.mark.parametrize("name", PAGES)
def test_people_of_another_institution_do_not_exist(page, db, boss, name):
    page.get(f"accounts.{name}", person_id=make.person().id, status=404)


@pytest.mark.parametrize("name", PAGES)
def test_technicians_manage_nobody(page, db, name):
    ana = make.person()
    page.as_user(ana).get(f"accounts.{name}", person_id=make.person(ana.institution).id, status=403)


@pytest.mark.parametrize("name", ["people", "invite", "units", "add_unit", "sessions", "change_password"])
def test_strangers_are_asked_to_sign_in(page, db, name):
    assert page.raw(f"accounts.{name}").location.startswith("/sign-in?next=")


# -- units ------------------------------------------------------------------------------------------------------------


def test_units_are_added_and_moved(page, db, boss):
    page.submit("accounts.add_unit", name="Faculty of Science", kind="faculty")
    faculty = db.session.scalars(select(Unit)).one()
    page.submit("accounts.add_unit", name="Chemistry", kind="department", parent=str(faculty.id))
    chemistry = db.session.scalars(select(Unit).where(Unit.name == "Chemistry")).one()
    page.submit("accounts.edit_unit", unit_id=chemistry.id, name="Chemical Sciences")

    db.session.refresh(chemistry)
    assert (chemistry.name, chemistry.parent_id) == ("Chemical Sciences", faculty.id)
    assert rows(page.get("accounts.units")) == ["Chemical Sciences", "Faculty of Science"]


def test_a_unit_name_is_taken_once_and_no_unit_lies_within_itself(page, db, boss):
    science = make.unit(home(boss), name="Science")
    chemistry = make.unit(home(boss), name="Chemistry", parent=science)
    db.session.commit()
    page.submit("accounts.edit_unit", unit_id=science.id, parent=str(chemistry.id), status=422)
    db.session.rollback()
    page.submit("accounts.add_unit", name="CHEMISTRY", kind="team", status=422)


def test_a_unit_of_another_institution_does_not_exist(page, db, boss):
    page.get("accounts.edit_unit", unit_id=make.unit(make.institution()).id, status=404)

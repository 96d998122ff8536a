"""What the hub says of the institution, and setting up a new one."""

import pytest
from sqlalchemy import select

from hub.accounts.models import Institution, Person
from hub.cli import founding
from hub.directory.models import Skill
from tests import factories as make


def test_a_lead_says_who_the_contact_is(page, db):
    lead = make.lead()
    page.as_user(lead).submit(
        "accounts.institution",
        short_name="Somewhere",
        signed_on="2019-05-16",
        contact_name="Ada",
        contact_email="ADA@uni.example",
    )
    assert (lead.institution.short_name, lead.institution.contact_email) == ("Somewhere", "ada@uni.example")
    assert "since May 2019" in page.get("pages.public_page").text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("short_name", ""),
        ("signed_on", "2999-01-01"),
        ("phase", "0"),
        ("phase", "1_0"),
        ("contact_email", "not an address"),
    ],
)
def test_what_cannot_be_is_explained_beside_its_field(page, db, field, value):
    html = page.as_user(make.lead()).submit("accounts.institution", status=422, **{field: value})
    assert html.select_one(f"#{field}-error").text.strip()


def test_technicians_do_not_describe_the_institution(page, db):
    page.as_user(make.person()).get("accounts.institution", status=403)


def test_a_new_institution_has_its_lead_its_skills_and_a_way_in(page, db):
    link = founding.found(
        name="University of Somewhere",
        short_name="Somewhere",
        lead_name="Ada Lead",
        lead_email="Ada@somewhere.example",
        administrator=True,
    )
    lead = db.session.scalars(select(Person).where(Person.email == "ada@somewhere.example")).one()
    assert db.session.scalars(select(Institution.name)).all() == ["University of Somewhere"]
    assert len(db.session.scalars(select(Skill.id).where(Skill.institution_id == lead.institution_id)).all()) >= 300
    page.submit(
        "accounts.accept_invitation",
        at=link.removeprefix("http://localhost"),
        password="four quiet lathes turn",
        again="four quiet lathes turn",
    )
    found = make.db.session.get_one(Person, lead.id)
    assert found.password_hash

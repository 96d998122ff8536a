"""What somebody contributed: who sees it, what becomes evidence, what comes back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hub.attribution import queries, services
from hub.attribution.models import Agreement, Contribution, CreditForm, CreditRole
from hub.core import clock
from hub.core.db import db as database
from hub.core.errors import MoveRefused
from hub.directory import queries as directory
from hub.directory import services as profiles
from hub.directory.models import Visibility
from hub.directory.services import NotAgreed
from hub.evidence import queries as evidence
from hub.evidence.models import Entry
from tests import factories
from tests.attribution import making
from tests.attribution.making import AGREED
from tests.directory import making as for_directory


@pytest.fixture
def uni(db):
    return factories.institution()


@pytest.fixture
def maren(uni):
    return factories.person(uni, name="Maren Okafor", unit=factories.unit(uni, name="School of Biosciences"))


def words(html):
    return " ".join(html.select_one("main").get_text(" ").split())


def counts(uni):
    return [(t.n, t.people) for t in evidence.totals(uni.id) if t.kind == "attribution.credit"]


def fill(**given):
    """What the form is sent with, besides what stands in it."""
    wanted = {
        "title": "Roots in dry soil",
        "output": "article",
        "year": "2026",
        "doi": "https://doi.org/10.5555/Roots.1",
        "roles": ["methodology", "investigation"],
        "credit": "named",
        "agreement": "before",
        "agreed_on": "2026-03-03",
        "may_be_named": "y",
        "facility": "Bioimaging Suite",
    }
    return wanted | given


def test_what_is_recorded_comes_back_as_the_sentence_for_the_paper(page, uni, maren):
    page.as_user(maren).submit("attribution.record", **fill())
    made = database.session.scalars(select(Contribution)).one()
    assert (made.doi, made.shown_to, made.unit_id) == ("10.5555/Roots.1", Visibility.PRIVATE, maren.unit_id)
    html = page.get("attribution.contribution", contribution_id=made.id)
    thanks = (
        f"We thank Maren Okafor (Bioimaging Suite, {uni.name}) for carrying out the experiments and developing the "
        "method."
    )
    assert html.select_one("#sentence").text == thanks
    assert html.select_one("#statement").text == "Maren Okafor: Investigation, Methodology."
    assert html.select_one("main a[href^='https://doi.org/10.5555/Roots.1']").text == "10.5555/Roots.1"


def test_nobody_is_named_in_a_sentence_without_their_permission(page, maren):
    made = making.contribution(maren, credit=CreditForm.AUTHOR, facility="Bioimaging Suite")
    html = page.as_user(maren).get("attribution.contribution", contribution_id=made.id)
    assert html.select_one("#sentence") is None
    assert html.select_one("#statement") is None
    assert html.select_one("#instead").text.startswith("We thank the technical staff of the Bioimaging Suite, ")


@pytest.mark.parametrize(
    ("given", "field", "told"),
    [
        ({"doi": "10.12/x"}, "doi", "such as 10.1234/abcd"),
        ({"doi": "javascript:alert(1)"}, "doi", "such as 10.1234/abcd"),
        ({"year": "1850"}, "year", "a year from 1950"),
        ({"roles": None}, "roles", "at least one role"),
        ({"agreed_on": ""}, "agreed_on", "Enter the day"),
        ({"agreement": "not_yet"}, "agreed_on", "Leave the day empty"),
        ({"agreed_on": "2999-01-01"}, "agreed_on", "Choose a day"),
        ({"shown_to": "public"}, "shown_to", ""),
    ],
)
def test_what_cannot_be_is_explained_beside_its_field_and_the_rest_stays(page, maren, given, field, told):
    html = page.as_user(maren).submit("attribution.record", status=422, **fill(**given))
    assert told in html.select_one(f"#{field}-error").text
    assert html.select_one("#title")["value"] == "Roots in dry soil"
    assert database.session.scalars(select(Contribution)).all() == []


# -- who sees it -------------------------------------------------------------------------------------------------------


def test_each_audience_sees_on_the_profile_what_its_owner_shows_it(page, uni, maren):
    for_directory.goes_public(maren)
    for shown in Visibility:
        making.contribution(maren, title=f"Shown to {shown}", shown_to=shown)
    lead, colleague = factories.lead(uni), factories.person(uni)
    clerk, near = factories.person(uni, is_technician=False), factories.person(uni, unit=maren.unit)
    seen = {}
    for who in (None, clerk, colleague, near, lead, maren):
        reader = page.as_user(who) if who else page.signed_out()
        text = words(reader.get("directory.profile", slug=maren.slug))
        seen[who and who.id] = {str(shown) for shown in Visibility if f"Shown to {shown}" in text}
    everybody_here = {"institution", "public"}
    assert seen == {
        None: {"public"},
        clerk.id: everybody_here,
        colleague.id: {*everybody_here, "technicians"},
        near.id: {*everybody_here, "technicians", "unit"},
        lead.id: {*everybody_here, "technicians"},
        maren.id: {*everybody_here, "technicians", "unit"},
    }


def test_everyone_is_offered_only_with_a_permission_and_taken_back_with_it(db, uni, maren):
    with pytest.raises(NotAgreed):
        making.contribution(maren, shown_to=Visibility.PUBLIC)
    for_directory.goes_public(maren)
    made = making.contribution(maren, shown_to=Visibility.PUBLIC)
    profiles.withdraw_public(directory.profile_of(maren.id, fresh=True), actor=maren)
    for_directory.goes_public(maren)
    assert made.shown_to == Visibility.INSTITUTION


def test_the_lead_sees_what_is_shown_with_its_numbers_and_only_how_many_are_not(page, uni, maren):
    lead = factories.lead(uni)
    making.contribution(maren, title="Open roots", shown_to=Visibility.TECHNICIANS, unit_id=maren.unit_id)
    closed = making.contribution(maren, title="Secret roots", roles=[CreditRole.SOFTWARE])
    html = page.as_user(lead).get("attribution.contributions")
    assert "Open roots" in words(html)
    assert "Secret roots" not in words(html)
    assert "1 contribution is kept closer" in words(html)
    found = {label.text: label.find_next("span").text for label in html.select(".facets label")}
    assert {name: n.split()[0] for name, n in found.items() if n.split()[0] != "0"} == {
        "Named acknowledgement": "1",
        "Methodology": "1",
        "Investigation": "1",
        "School of Biosciences": "1",
    }
    taken = page.raw("attribution.contributions", query={"export": "csv", "role": "methodology"}).get_data(as_text=True)
    assert "Maren Okafor,School of Biosciences,Open roots,Journal article,2026," in taken
    assert "Secret" not in taken
    page.get("attribution.contribution", contribution_id=closed.id, status=403)
    page.as_user(factories.person(uni)).get("attribution.contributions", status=403)


@pytest.mark.parametrize("n", [1, 4])
def test_lists_cost_the_same_however_long(page, queries, uni, maren, n):
    lead = factories.lead(uni)
    for _ in range(n):
        making.contribution(maren, shown_to=Visibility.TECHNICIANS, unit_id=maren.unit_id)
    page.as_user(lead)
    with queries(at_most=6):
        page.get("attribution.contributions")
    page.as_user(maren)
    with queries(at_most=6):
        page.get("attribution.mine")


# -- evidence ----------------------------------------------------------------------------------------------------------


def test_agreed_credit_counts_without_a_name_and_what_is_not_agreed_does_not(db, uni, maren):
    making.contribution(maren)
    making.contribution(maren, credit=CreditForm.NONE, **AGREED)
    assert counts(uni) == []
    making.contribution(maren, title="Roots", unit_id=maren.unit_id, **AGREED)
    (entry,) = db.session.scalars(select(Entry)).all()
    assert entry.title == "Journal article: a technician is acknowledged by name, agreed before the work started"
    assert (entry.happened_on, entry.unit_id, entry.theme) == (date(2026, 3, 3), maren.unit_id, "recognition")


def test_what_is_removed_counts_no_more_and_comes_back_as_it_is_then(db, uni, maren):
    other = making.contribution(maren, **AGREED)
    made = making.contribution(maren, **AGREED)
    assert counts(uni) == [(2, 1)]
    services.remove(made, actor=maren)
    assert counts(uni) == [(1, 1)]
    services.edit(other, making.details(agreement=Agreement.NOT_YET), actor=maren)
    assert counts(uni) == []
    services.put_back(made, actor=maren)
    services.edit(other, making.details(credit=CreditForm.AUTHOR, **AGREED), actor=maren)
    assert counts(uni) == [(2, 1)]
    titles = db.session.scalars(select(Entry.title).where(Entry.source_id == other.id)).all()
    assert titles == ["Journal article: a technician is an author, agreed before the work started"]
    assert evidence.unequal_totals() == []


def test_a_change_of_what_was_agreed_is_what_the_ledger_says(db, uni, maren):
    made = making.contribution(maren, **AGREED)
    later = {"agreement": Agreement.LATER, "agreed_on": date(2026, 5, 5)}
    services.edit(made, making.details(credit=CreditForm.FACILITY, **later), actor=maren)
    (entry,) = db.session.scalars(select(Entry)).all()
    assert (entry.happened_on, counts(uni)) == (date(2026, 5, 5), [(1, 1)])
    assert "a technicians’ facility is acknowledged, as agreed" in entry.title


def test_removing_is_undone_from_the_list_until_it_is_forgotten(page, maren):
    made = making.contribution(maren, title="Roots in dry soil")
    page.as_user(maren).submit("attribution.contribution", form="remove", contribution_id=made.id)
    page.get("attribution.contribution", contribution_id=made.id, status=403)
    page.submit("attribution.mine", form="put-back")
    page.get("attribution.contribution", contribution_id=made.id)
    page.submit("attribution.contribution", form="remove", contribution_id=made.id)
    assert services.forget_removed() == 0
    with clock.held(clock.now() + timedelta(days=31)):
        assert services.forget_removed() == 1
    assert queries.removed_by(maren.id) == []


def test_only_its_owner_changes_it(db, uni, maren):
    made = making.contribution(maren)
    with pytest.raises(MoveRefused):
        services.remove(made, actor=factories.lead(uni))
    with pytest.raises(MoveRefused):
        services.put_back(made, actor=maren)

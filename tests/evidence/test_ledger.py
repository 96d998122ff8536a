"""The ledger: one entry per fact, totals that equal it, people counted once."""

from datetime import date

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from hub.core.links import is_web_address
from hub.core.themes import Theme
from hub.evidence import queries, services
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry, Reach, Reached
from tests import factories as make
from tests.evidence.making import Fact


@pytest.fixture
def uni(db):
    return make.institution()


def test_the_same_fact_cannot_count_twice(db, uni):
    services.record("skills.session", Fact(1, uni.id))
    with pytest.raises(IntegrityError), db.session.begin_nested():
        services.record("skills.session", Fact(1, uni.id))
    assert len(db.session.scalars(select(Entry)).all()) == 1
    assert queries.unequal_totals() == []


def test_totals_are_kept_as_entries_come_and_people_are_counted_once(db, uni):
    ana, ben = make.person(uni), make.person(uni)
    services.record("skills.session", Fact(1, uni.id, [ana.id, ben.id], 2))
    services.record("skills.session", Fact(2, uni.id, [ana.id], 1, evidence_on=date(2026, 4, 1)))
    (total,) = queries.totals(uni.id)
    assert (total.n, total.quantity, total.people, total.theme) == (2, 3, 2, Theme.SUSTAINABILITY)
    assert [(t.n, t.quantity) for t in queries.totals(uni.id, since=date(2026, 4, 1))] == [(1, 1)]
    assert queries.counted(uni.id, "skills.session", until=date(2026, 3, 31)) == 1
    assert queries.summed(uni.id, "skills.session", until=date(2026, 4, 30)) == 3
    assert queries.unequal_totals() == []


def test_up_to_a_day_means_that_day_and_every_month_before(db, uni):
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 15), date(2026, 3, 31), date(2026, 4, 1)]
    for n, day in enumerate(days):
        services.record("skills.session", Fact(n, uni.id, [], 10, evidence_on=day))
    wanted = [(date(2026, 1, 31), 0), *((day, n) for n, day in enumerate(days, start=1)), (date(2027, 1, 1), 5)]
    assert [queries.counted(uni.id, "skills.session", until=day) for day, _ in wanted] == [n for _, n in wanted]
    assert [queries.summed(uni.id, "skills.session", until=day) for day, _ in wanted] == [10 * n for _, n in wanted]


@pytest.mark.breaks_rows
def test_a_number_of_people_that_does_not_equal_the_ledger_is_told(db, uni):
    ana, ben = make.person(uni), make.person(uni)
    services.record("skills.session", Fact(1, uni.id, [ana.id]))
    services.record("skills.session", Fact(2, uni.id, [ana.id, ben.id]))
    assert queries.unequal_totals() == []
    db.session.execute(update(Reach).values(people=3))
    assert queries.unequal_totals() == ["3 people are said to be reached by skills.session, there are 2"]
    db.session.execute(delete(Reached).where(Reached.person_id == ben.id))
    assert f"that skills.session reached person {ben.id} is kept wrongly" in queries.unequal_totals()


def test_what_is_withdrawn_stays_to_be_read_and_counts_no_more(page, db, uni):
    ana, ben = make.person(uni), make.person(uni)
    for n, people in ((1, [ana.id]), (2, [ana.id, ben.id])):
        services.record("skills.session", Fact(n, uni.id, people, 10))
    services.withdraw("skills.session", Fact(2, uni.id))
    (total,) = queries.totals(uni.id)
    assert (total.n, total.quantity, total.people) == (1, 10, 1)
    assert queries.summed(uni.id, "skills.session", until=date(2026, 3, 31)) == 10
    services.withdraw("skills.session", Fact(2, uni.id))
    services.withdraw("skills.session", Fact(1, uni.id))
    assert queries.totals(uni.id) == []
    assert "Nothing is counted for you yet" in page.as_user(ana).get("evidence.mine").text
    page.as_user(make.lead(uni))
    assert len(page.get("evidence.ledger").select("th .tag")) == 2
    assert page.raw("evidence.ledger", query={"export": "csv"}).text.count(",Withdrawn") == 2


def test_what_was_withdrawn_comes_back_as_it_is_now(db, uni):
    ana = make.person(uni)
    services.record("skills.session", Fact(1, uni.id, [ana.id]))
    services.withdraw("skills.session", Fact(1, uni.id))
    now = Fact(1, uni.id, [ana.id], 4, evidence_title="Somebody taught more", evidence_on=date(2026, 5, 1))
    services.record("skills.session", now)
    (entry,) = db.session.scalars(select(Entry)).all()
    assert (entry.title, entry.withdrawn_at) == ("Somebody taught more", None)
    assert [(t.quantity, t.people) for t in queries.totals(uni.id)] == [(4, 1)]
    assert queries.unequal_totals() == []


def test_institutions_are_counted_apart(db, uni):
    services.record("skills.session", Fact(1, uni.id))
    services.record("skills.session", Fact(2, make.institution().id))
    assert [t.n for t in queries.totals(uni.id)] == [1]


def test_every_kind_leads_to_a_page_unless_its_proof_is_private(app):
    shown = {key: kind for key, kind in KINDS.items() if kind.endpoint}
    private = {
        *("registration.registered", "registration.mentoring", "attribution.credit", "attribution.reading"),
        "fund.promise",  # its session is shown as what it is
    }
    assert set(KINDS) - set(shown) == private
    arguments = {
        key: {a for r in app.url_map.iter_rules(kind.endpoint) for a in r.arguments} for key, kind in shown.items()
    }
    assert [key for key, kind in shown.items() if kind.argument not in arguments[key]] == []


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//evil", "https:evil", "ftp://x.example/", "https://", "https://a b"],
)
def test_what_is_no_web_address_is_never_a_link(address):
    assert not is_web_address(address)


def test_anybody_brings_evidence_by_hand(page, uni, db):
    somebody = make.person(uni)
    page.as_user(somebody).submit(
        "evidence.add_item",
        title="A letter from a school",
        theme="visibility",
        happened_on="2026-01-10",
        text="They came and built a telescope.",
        scope="public",
    )
    (entry,) = db.session.scalars(select(Entry)).all()
    assert (entry.kind, entry.title, entry.theme) == ("evidence.item", "A letter from a school", Theme.VISIBILITY)
    page.get("evidence.item", item_id=entry.source_id)


def test_an_empty_item_and_a_dangerous_link_are_explained(page, uni):
    page.as_user(make.person(uni))
    fields = {"title": "X1", "theme": "visibility", "happened_on": "2026-01-10", "scope": "hub"}
    nothing = page.submit("evidence.add_item", status=422, **fields)
    wrong = page.submit("evidence.add_item", status=422, **fields, link="javascript:alert(1)")
    assert "Write something" in nothing.select_one("#text-error").text
    assert "begins with https://" in wrong.select_one("#link-error").text


def test_the_ledger_is_the_leads_and_exports_what_it_shows(page, uni):
    services.record("skills.session", Fact(1, uni.id, evidence_title="=SUM(A1)"))
    page.as_user(make.person(uni)).get("evidence.ledger", status=403)
    page.as_user(make.lead(uni)).get("evidence.ledger", query={"theme": "sustainability"})
    text = page.raw("evidence.ledger", query={"export": "csv"}).get_data(as_text=True)
    assert "'=SUM(A1),Skill shared" in text
    assert page.raw("evidence.ledger", query={"export": "xlsx"}).data.startswith(b"PK")
    page.get("evidence.ledger", query={"sort": "nothing"}, status=404)


@pytest.mark.parametrize("n", [1, 3])
def test_the_ledger_costs_the_same_however_long(page, uni, queries, n):
    unit = make.unit(uni)
    for i in range(n):
        services.record("skills.session", Fact(i, uni.id, evidence_unit_id=unit.id))
    page.as_user(make.lead(uni))
    with queries(at_most=6):
        page.get("evidence.ledger")


def test_everybody_has_a_record_of_what_counts_for_them_and_of_nothing_else(page, uni):
    ana, ben = make.person(uni), make.person(uni)
    services.record("skills.session", Fact(1, uni.id, [ana.id], evidence_title="Ana taught"))
    services.record("skills.session", Fact(2, uni.id, [ben.id], evidence_title="Ben taught"))
    html = page.as_user(ana).get("evidence.mine")
    assert "Ana taught" in html.text
    assert "Ben taught" not in html.text
    assert "Nothing is counted for you yet" in page.as_user(make.person(uni)).get("evidence.mine").text

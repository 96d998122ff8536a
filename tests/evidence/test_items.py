"""Evidence brought by hand: versions stay, nothing travels further than agreed, what is taken back nobody is shown."""

import io
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hub.accounts import queries as accounts
from hub.core import storage
from hub.core.clock import at_london, held, today
from hub.core.db import db as database
from hub.core.themes import Theme
from hub.evidence import queries, services
from hub.evidence.checks import INVARIANTS
from hub.evidence.models import NO_LONGER_SHOWN, Entry, Scope
from hub.notifications.models import Notice
from hub.plan import queries as plans
from hub.plan import services as planning
from hub.plan.documents.content import Audience, content
from hub.plan.models import Placement
from tests import factories as make
from tests.evidence import making
from tests.fund.making import PDF
from tests.plan import making as for_plan

QUOTE = "She saved my doctorate"


@pytest.fixture
def lead(db):
    return make.lead()


@pytest.fixture
def ana(lead):
    return make.person(lead.institution, name="Ana Ash", email="ana@ash.example")


def fresh(item):
    database.session.expire_all()
    return queries.item(item.id)


def test_new_words_and_a_new_file_are_new_versions_and_the_old_ones_are_read(page, ana):
    item = making.item(ana, text="One school.")
    page.as_user(ana).submit("evidence.edit_item", item_id=item.id, text="Two schools.")
    page.submit("evidence.edit_item", item_id=item.id, file=(io.BytesIO(PDF), "schools.pdf"))
    page.submit("evidence.edit_item", item_id=item.id)
    first, second, third = fresh(item).versions
    assert [(v.text, v.file and v.file.name, v.made_by_id) for v in (first, second, third)] == [
        ("One school.", None, ana.id),
        ("Two schools.", None, ana.id),
        ("Two schools.", "schools.pdf", ana.id),
    ]
    assert len({v.sha256 for v in item.versions}) == 3
    assert third.sha256 == services.fingerprint("Two schools.", None, third.file.sha256)
    html = page.get("evidence.item", item_id=item.id)
    assert "One school." in html.select_one("[aria-labelledby=versions]").text
    assert page.raw("evidence.item_file", item_id=item.id, number=3).data.startswith(b"%PDF")
    page.get("evidence.item_file", item_id=item.id, number=1, status=404)


def test_what_the_ledger_says_of_it_is_corrected_when_it_is_changed(page, ana):
    item = making.item(ana, people=4)
    page.as_user(ana).submit(
        "evidence.edit_item", item_id=item.id, happened_on="2026-01-09", people="40", theme="recognition"
    )
    first, second = queries.history(queries.entry_of(item))
    assert (first.people, first.standing, second.people, second.theme) == (4, "Corrected", 40, Theme.RECOGNITION)
    assert (second.happened_on, second.recorded_by_id) == (date(2026, 1, 9), ana.id)
    page.submit("evidence.edit_item", item_id=item.id, text="Only other words.")
    assert len(queries.history(second)) == 2


def test_of_two_who_change_it_at_once_the_second_sees_both(page, ana):
    item = making.item(ana)
    form = page.as_user(ana).get("evidence.edit_item", item_id=item.id).select_one("main form")
    mine = page._filled(form) | {"title": "As the second of two has it"}
    page.submit("evidence.edit_item", item_id=item.id, title="As the first has it")
    assert "As the second of two has it" in page.post(form["action"], status=409, **mine).text
    assert fresh(item).title == "As the first has it"


def test_a_figure_has_a_number_and_says_what_it_counts(page, ana):
    page.as_user(ana)
    told = {"title": "They share", "theme": "visibility", "happened_on": "2026-01-10", "text": "Yes.", "sort": "figure"}
    html = page.submit("evidence.add_item", status=422, **told)
    assert "Enter the figure" in html.select_one("#figure-error").text
    assert "Say what the figure counts" in html.select_one("#figure_unit-error").text
    html = page.submit("evidence.add_item", **told | {"sort": "link", "figure": "34", "scope": "public"}, status=422)
    assert "Only a figure has this" in html.select_one("#figure-error").text
    page.submit("evidence.add_item", **told, figure="34", figure_unit="schools", scope="public")
    item = queries.item(database.session.scalars(select(Entry.source_id)).one())
    assert "34 schools" in page.get("evidence.item", item_id=item.id).text


# -- permission --------------------------------------------------------------------------------------------------------


def test_what_is_in_somebodys_words_stays_inside_until_they_agree(page, ana, lead):
    page.as_user(ana).submit(
        "evidence.add_item",
        title=QUOTE,
        sort="testimonial",
        theme="visibility",
        happened_on="2026-01-10",
        text=QUOTE,
        scope="public",
    )
    item = queries.item(database.session.scalars(select(Entry.source_id)).one())
    assert (item.about_somebody, item.scope) == (True, Scope.HUB)
    page.submit(
        "evidence.record_consent",
        item_id=item.id,
        given_by="Ana Ash",
        colleague=lead.email,
        scope="submission",
        use_until=(today() + timedelta(days=90)).isoformat(),
    )
    item = fresh(item)
    consent = item.consent
    assert (item.scope, consent.wording, consent.person_id, consent.number) == (Scope.SUBMISSION, QUOTE, lead.id, 1)
    (told,) = database.session.scalars(select(Notice).where(Notice.kind == "evidence.consent_recorded"))
    assert told.recipient_id == lead.id
    assert QUOTE not in told.title + told.body


def test_other_words_need_another_permission(page, ana, lead):
    item = making.testimonial(ana)
    making.agree(item, lead)
    page.as_user(ana).submit("evidence.edit_item", item_id=item.id, text="She saved it twice.")
    assert (fresh(item).scope, item.consent) == (Scope.HUB, None)
    assert "the words have changed since" in page.get("evidence.item", item_id=item.id).text


def test_a_permission_for_nobody_here_is_explained(page, ana):
    item = making.testimonial(ana)
    html = page.as_user(ana).submit(
        "evidence.record_consent", status=422, item_id=item.id, colleague="nobody@ash.example", scope="public"
    )
    assert "Nobody at your institution" in html.select_one("#colleague-error").text


@pytest.fixture
def used(lead, ana):
    """A quote with a picture that Ana agreed to, accepted for an action."""
    file = storage.keep(PDF, "letter.pdf", owner=lead)
    item = making.testimonial(lead, title=QUOTE, file=file)
    making.agree(item, lead, person=ana)
    action = plans.actions(for_plan.plan(lead).id)[0]
    (placement,) = database.session.scalars(select(Placement).where(Placement.entry_id == queries.entry_of(item).id))
    planning.accept(placement, actor=lead, action=action)
    return item, action


def everywhere(page, item, action):
    """All that is served of it, by whatever way."""
    read = [
        page.get("evidence.ledger"),
        page.get("evidence.ledger", query={"q": "doctorate"}),
        page.get("evidence.item", item_id=item.id),
        page.get("evidence.entry", entry_id=queries.entry_of(item).id),
        page.get("evidence.record_consent", item_id=item.id),
        page.get("plan.evidence", action_id=action.id),
        page.get("plan.action", action_id=action.id),
        page.get("plan.inbox"),
    ]
    exports = [
        page.raw("evidence.ledger", query={"export": "csv"}).text,
        page.raw("plan.evidence", action_id=action.id, query={"export": "csv"}).text,
    ]
    printed = content(plans.plan(action.plan_id), accounts.institution(item.institution_id), Audience.INTERNAL)
    return "\n".join([*(html.text for html in read), *exports, str(printed)])


def test_a_withdrawal_names_every_use_and_pulls_it_in_the_same_moment(page, used, lead, ana):
    item, action = used
    assert QUOTE in everywhere(page.as_user(lead), item, action)
    assert QUOTE in page.as_user(ana).get("evidence.mine").select_one("[aria-labelledby=agreed]").text
    asked = page.as_user(ana).get("evidence.take_out", item_id=item.id)
    assert action.objective in asked.select_one("[aria-labelledby=uses]").text
    page.submit("evidence.take_out", item_id=item.id)
    assert plans.action(action.id).accepted == 0
    assert queries.entry_of(item).title == NO_LONGER_SHOWN
    assert "doctorate" not in page.get("evidence.mine").text
    for reader in (lead, ana):
        page.as_user(reader).get("evidence.item_file", item_id=item.id, number=1, status=404)
        assert "doctorate" not in page.get("evidence.item", item_id=item.id).text
    shown = everywhere(page.as_user(lead), item, action)
    assert "doctorate" not in shown.replace("“doctorate”", "")
    assert (fresh(item).consents[0].withdrawn_by_id, item.consents[0].withdrawn_at is not None) == (ana.id, True)
    page.get("evidence.edit_item", item_id=item.id, status=302)


def test_a_new_permission_brings_it_back(page, used, lead):
    item, action = used
    services.take_out(item, actor=lead)
    page.as_user(lead).submit(
        "evidence.record_consent", item_id=item.id, given_by="Bo Reed", wording=QUOTE, scope="steering_group"
    )
    assert (fresh(item).is_usable, item.scope, queries.entry_of(item).title) == (True, Scope.STEERING_GROUP, QUOTE)
    assert QUOTE in page.get("plan.inbox").text
    assert plans.action(action.id).accepted == 0


def test_from_the_day_after_the_last_it_is_served_no_more(page, used, lead):
    item, action = used
    making.agree(item, lead, use_until=date(2027, 3, 31))
    with held(at_london(date(2027, 3, 31), 23, 59)):
        assert QUOTE in everywhere(page.as_user(lead), item, action)
        assert services.end_expired() == 0
    with held(at_london(date(2027, 4, 1), 0, 1)):
        shown = everywhere(page.as_user(lead), item, action)
        assert "doctorate" not in shown.replace("“doctorate”", "")
        page.get("evidence.item_file", item_id=item.id, number=1, status=404)
        assert services.end_expired() == 1
        assert plans.action(action.id).accepted == 0


def test_the_leads_are_told_thirty_days_before_and_once(used, lead):
    item, _action = used
    making.agree(item, lead, use_until=date(2027, 3, 31))
    for day in (date(2027, 2, 28), date(2027, 3, 1), date(2027, 3, 2)):
        with held(at_london(day, 7)):
            services.warn_of_expiry()
    notices = database.session.scalars(select(Notice).where(Notice.kind == "evidence.consent_ends")).all()
    assert [(n.recipient_id, "31 March 2027" in n.title) for n in notices] == [(lead.id, True)]
    assert QUOTE not in notices[0].title + notices[0].body


def test_what_is_about_nobody_can_be_taken_out_and_put_back(page, ana):
    item = making.item(ana)
    page.as_user(ana).submit("evidence.take_out", item_id=item.id)
    assert not fresh(item).is_usable
    page.submit("evidence.item", item_id=item.id, form="/put-back")
    assert (fresh(item).is_usable, queries.entry_of(item).title) == (True, item.title)
    assert [t.n for t in queries.totals(ana.institution_id)] == [1]


def test_nobody_else_takes_it_out(page, used):
    item, _action = used
    other = make.person(accounts.institution(item.institution_id))
    page.as_user(other).get("evidence.take_out", item_id=item.id, status=403)
    page.as_user(make.lead()).get("evidence.take_out", item_id=item.id, status=404)


@pytest.mark.parametrize("n", [1, 4])
def test_its_page_costs_the_same_however_much_was_said_and_agreed(page, lead, queries, n):
    item = making.testimonial(lead)
    for number in range(n):
        services.add_version(item, text=f"Version {number}.", link=None, file=None, actor=lead)
        making.agree(item, lead)
    page.as_user(lead)
    with queries(at_most=12):
        page.get("evidence.item", item_id=item.id)


def test_the_invariants_of_items_hold(db):
    assert all(not list(ask()) for ask in INVARIANTS.values())

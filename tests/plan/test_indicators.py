"""Indicators: what the hub counts, what is frozen, and the records that every number opens to."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select

from hub.accounts import services as accounts
from hub.accounts.models import UnitKind
from hub.core.clock import at_london, held
from hub.core.themes import Theme
from hub.evidence.models import Entry
from hub.plan import measures, queries, services
from hub.plan.measures import TYPED, Definition, counts
from hub.plan.models import Counting, Indicator, Period, Placement, Reading, Shown
from hub.registration import queries as registration
from hub.registration import services as registering
from tests import factories as make
from tests.plan.happening import happened, taken_back
from tests.registration import making as for_registration

TODAY = date(2026, 5, 20)
SESSIONS = Definition(Counting.ENTRIES, ("skills.session",), period=Period.PLAN)


@pytest.fixture(autouse=True)
def now():
    with held(at_london(TODAY, 10)):
        yield


@pytest.fixture
def action(plan, lead):
    return queries.actions(plan.id)[0]


@pytest.fixture
def units(lead):
    """A department with a team in it, and one elsewhere."""
    institution = make.db_get(lead.institution_id)
    outer = accounts.add_unit(institution, name="Chemistry", kind=UnitKind.DEPARTMENT)
    inner = accounts.add_unit(institution, name="Glassblowing", kind=UnitKind.TEAM, parent=outer)
    other = accounts.add_unit(institution, name="Drama", kind=UnitKind.DEPARTMENT)
    return outer.id, inner.id, other.id


def measured(action, lead, definition, **given):
    return services.add_indicator(action, actor=lead, **{"text": "Sessions", "definition": definition} | given)


def value(indicator, on=TODAY):
    return queries.value_on(queries.indicator(indicator.id), on)


# -- counting --------------------------------------------------------------------------------------------------------


def test_what_is_counted_in_every_way_it_can_be_asked(lead, action, units):
    outer, inner, other = units
    ana, ben = (make.person(make.db_get(lead.institution_id)).id for _ in range(2))
    happened(lead, people=(ana, ben), quantity=2, unit_id=inner, on=date(2024, 7, 1))  # before the plan
    happened(lead, people=(ana,), quantity=3, unit_id=inner, on=date(2025, 2, 10))
    happened(lead, people=(ana, ben), quantity=4, unit_id=other, on=date(2026, 5, 20), title="A lathe was shown")
    happened(lead, "fund.award", people=(ben,), quantity=123_456, on=date(2026, 1, 5))
    taken_back(happened(lead, people=(ben,), quantity=50, on=date(2026, 1, 5)))
    of = "skills.session"
    asked = {
        Definition(Counting.ENTRIES, (of,)): 3,
        Definition(Counting.ENTRIES, (of,), period=Period.PLAN): 2,
        Definition(Counting.ENTRIES, (of,), period=Period.YEAR): 1,
        Definition(Counting.ENTRIES, (of,), period=Period.BASELINE): 2,
        Definition(Counting.ENTRIES): 4,
        Definition(Counting.ENTRIES, theme=Theme.CAREER_DEVELOPMENT): 1,
        Definition(Counting.ENTRIES, (of,), unit_id=outer): 2,
        Definition(Counting.ENTRIES, (of,), words="LATHE"): 1,
        Definition(Counting.QUANTITY, (of,)): 9,
        Definition(Counting.QUANTITY, (of,), unit_id=outer, period=Period.PLAN): 3,
        Definition(Counting.QUANTITY, ("fund.award",)): 1_234,  # whole pounds
        Definition(Counting.PEOPLE, (of,)): 2,
        Definition(Counting.PEOPLE): 2,
        Definition(Counting.PEOPLE, (of,), unit_id=outer, period=Period.PLAN): 1,
        Definition(Counting.ENTRIES, (of,), shown=Shown.GROWTH): 1,
        Definition(Counting.ENTRIES, (of,), shown=Shown.GROWTH_PERCENT): 50,
    }
    made = [measured(action, lead, d, baseline=2, baseline_on=date(2025, 2, 10)) for d in asked]
    assert counts(made, TODAY) == {i.id: n for i, n in zip(made, asked.values(), strict=True)}


def test_the_totals_and_the_ledger_give_the_same_on_every_day(lead, action, units):
    chance = Random("the same every time")
    people = [make.person(make.db_get(lead.institution_id)).id for _ in range(4)]
    for _ in range(60):
        happened(
            lead,
            chance.choice(("skills.session", "fund.award")),
            theme=chance.choice((None, Theme.RECOGNITION)),
            on=date(2024, 6, 1) + timedelta(days=chance.randrange(720)),
            people=tuple(chance.sample(people, 2)),
            quantity=chance.randrange(9) * 100,
            unit_id=chance.choice(units),
        )
    made = [
        measured(
            action,
            lead,
            Definition(how, kinds, theme, period=period),
            baseline=0,
            baseline_on=date(2025, 1, 17),
        )
        for how in (Counting.ENTRIES, Counting.QUANTITY, Counting.PEOPLE)
        for kinds in ((), ("skills.session",), ("fund.award", "skills.session"))
        for theme in (None, Theme.RECOGNITION)
        for period in Period
    ]
    for on in (TODAY, date(2025, 8, 31), date(2025, 1, 17), date(2024, 2, 29)):
        assert counts(made, on) == {i.id: measures.counted_from(i, on)[0] for i in made}


def test_who_is_registered_is_counted_as_the_register_counts(db, lead, action):
    here = make.db_get(lead.institution_id)
    with held(at_london(date(2024, 1, 15))):
        journeys = [for_registration.registered(make.person(here)) for _ in range(3)]
    indicator = measured(action, lead, measures.REGISTERED_STAFF)
    assert value(indicator) == registration.count_registered(lead.institution_id, TODAY) == 3
    registering.lapse(journeys[0], lapsed_on=date(2025, 1, 1), actor=journeys[0].person)
    for on, held_then in ((date(2024, 1, 14), 0), (date(2024, 12, 31), 3), (TODAY, 2)):
        assert value(indicator, on) == registration.count_registered(lead.institution_id, on) == held_then


def test_a_hundred_thousand_ids_are_kept_in_little_and_come_back():
    ids = sorted(Random("ids").sample(range(1, 3_000_000), 100_000))
    kept = measures.packed(ids)
    assert measures.unpacked(kept) == ids
    assert len(kept) < 200_000
    assert measures.unpacked(measures.packed([])) == []


# -- freezing --------------------------------------------------------------------------------------------------------


def test_a_frozen_value_stays_with_the_records_it_was_counted_from(db, page, lead, plan, action):
    entries = [happened(lead, title=f"Session {n}", on=date(2026, 4, 1 + n)) for n in range(3)]
    indicator = measured(action, lead, SESSIONS)
    assert services.freeze(plan, date(2026, 4, 30), actor=lead) == 1
    assert services.freeze(plan, date(2026, 4, 30), actor=lead) == 0
    happened(lead, title="Later entered", on=date(2026, 4, 20))
    taken_back(entries[1])
    (reading,) = db.session.scalars(select(Reading)).all()
    assert (reading.value, reading.made_by_id) == (3, lead.id)
    assert reading.source == "Entries of “skill shared” since the plan began"
    assert value(indicator, date(2026, 4, 30)) == 3  # two of them and the one that was entered later
    html = page.as_user(lead).get("plan.records_frozen", reading_id=reading.id)
    assert [th.text for th in html.select("tbody th")] == ["Session 2", "Session 1 Withdrawn", "Session 0"]
    assert "One of the records was withdrawn since." in page.get("plan.indicator", indicator_id=indicator.id).text


def test_a_changed_question_leaves_what_was_frozen(db, lead, plan, action):
    happened(lead, on=date(2026, 4, 1))
    indicator = measured(action, lead, SESSIONS)
    services.freeze(plan, date(2026, 4, 30), actor=lead)
    services.edit_indicator(
        queries.indicator(indicator.id),
        actor=lead,
        text="Awards",
        definition=Definition(Counting.ENTRIES, ("fund.award",)),
        targets=[],
        baseline=None,
        baseline_on=None,
    )
    assert (value(indicator), db.session.scalars(select(Reading.value)).one()) == (0, 1)


def test_what_the_hub_counts_nobody_types(lead, action):
    with pytest.raises(services.CountedByTheHub):
        services.read_indicator(measured(action, lead, SESSIONS), actor=lead, value=3, on=TODAY)


# -- its pages -------------------------------------------------------------------------------------------------------


def number(text):
    return int("".join(c for c in text.split(" of ")[0] if c.isdigit()))


def rows_behind(page, path):
    """What the list at *path* holds, as its own export gives it."""
    return page._send("GET", f"{path}?export=csv").get_data(as_text=True).strip().splitlines()[1:]


@pytest.mark.parametrize("how", [Counting.ENTRIES, Counting.QUANTITY])
def test_every_number_opens_to_the_records_whose_sum_it_is(db, page, lead, plan, action, how):
    for n in range(30):
        happened(lead, title=f"Session {n}", on=date(2026, 1, 1) + timedelta(days=n), quantity=n)
    for placement in db.session.scalars(select(Placement).limit(27)).all():
        services.accept(placement, actor=lead, action=action)
    indicator = measured(action, lead, Definition(how, ("skills.session",)), targets=[(900, date(2026, 12, 31))])
    services.freeze(plan, date(2026, 1, 10), actor=lead)
    page.as_user(lead)
    tracker = page.get("plan.tracker", plan_id=plan.id)
    told, proof = tracker.select_one(f"tbody th a[href$='/actions/{action.id}']").find_parent("tr").select("td a")
    assert len(rows_behind(page, proof["href"])) == number(proof.find(string=True)) == 27
    html = page.open(told["href"])
    links = html.select("main a[href*='/records'], main a[href*='/readings/']")
    now, then = (30, 10) if how == Counting.ENTRIES else (435, 45)
    assert [number(a.find(string=True)) for a in links] == [now, now, then, now, then]  # said, drawn, listed
    assert number(told.text) == number(links[0].find(string=True))
    for a in links:
        adds = [int(line.rsplit(",", 1)[1]) for line in rows_behind(page, a["href"])]
        assert number(a.find(string=True)) == (len(adds) if how == Counting.ENTRIES else sum(adds))
    assert queries.value_on(queries.indicator(indicator.id), TODAY) == number(links[0].find(string=True))


def test_who_may_not_open_every_record_is_told_how_many_there_are(db, page, lead, plan, action):
    somebody = make.person(make.db_get(lead.institution_id))
    for title, people in (("Mine", (somebody.id,)), ("Placed", ()), ("Waiting", ()), ("Aside", ()), ("Another", ())):
        happened(lead, title=title, people=people)
    placed, aside = (_placement(db, title) for title in ("Placed", "Aside"))
    services.accept(placed, actor=lead, action=action)
    services.set_aside(aside, actor=lead, reason="Not ours")
    indicator = measured(action, lead, SESSIONS)
    html = page.as_user(somebody).get("plan.records_now", indicator_id=indicator.id)
    assert "5 on 20 May 2026" in html.h1.text
    assert sorted(th.text for th in html.select("tbody th")) == ["Mine", "Placed"]
    assert "3 more are not yours to open." in html.text
    assert "not yours" not in page.as_user(lead).get("plan.records_now", indicator_id=indicator.id).text


def _placement(db, title):
    return db.session.scalars(select(Placement).join(Placement.entry).where(Entry.title == title)).one()


def test_a_lead_asks_a_question_and_sees_its_answer_at_once(page, db, lead, action):
    happened(lead, "fund.award", quantity=480_000)
    page.as_user(lead)
    asked = {"text": "Pounds awarded", "counting": "quantity", "kinds": ["fund.award"], "period": "plan"}
    where = page.submit(
        "plan.add_indicator", action_id=action.id, targets="6,000 | 31/07/2027", reason="The fund began", **asked
    )
    html = page.open(where)
    assert "£4,800 today, £6,000 wanted." in " ".join(
        html.select_one(".lede").text.replace(", the records behind it", "").split()
    )
    changed = {"at": f"{where}/edit", "counting": "", "targets": "7 | 31/07/2027"}
    assert "Say why it changes" in page.submit("plan.edit_indicator", status=422, **changed).text
    page.submit("plan.edit_indicator", reason="Seven are enough", **changed)
    told = page.get("plan.action", action_id=action.id).select_one("#history").find_parent("section").text
    assert "“Seven are enough”" in told
    assert "“The fund began”" in told
    (indicator,) = db.session.scalars(select(Indicator)).all()
    assert (indicator.counting, indicator.kinds) == (None, ["fund.award"])  # kept for when it is counted again


@pytest.mark.parametrize(
    ("given", "field", "told"),
    [
        ({"counting": "quantity"}, "kinds", "Choose the kinds whose numbers are added up"),
        ({"counting": "quantity", "kinds": ["fund.award", "skills.session"]}, "kinds", "pence and people taught"),
        ({"counting": "entries", "period": "baseline"}, "baseline_on", "day from which it counts"),
        ({"counting": "entries", "shown": "growth"}, "baseline", "baseline from which growth"),
        ({"counting": "entries", "shown": "growth_percent", "baseline": "0"}, "baseline", "above nothing"),
        ({"targets": "soon | 31/07/2027"}, "targets", "not a whole number"),
    ],
)
def test_answers_that_do_not_go_together_are_explained_beside_the_field(page, lead, action, given, field, told):
    html = page.as_user(lead).submit(
        "plan.add_indicator", action_id=action.id, status=422, text="What", reason="It counts", **given
    )
    assert told in html.select_one(f"#{field}-error").text


def test_a_typed_figure_says_whose_it_is(page, lead, action):
    indicator = measured(action, lead, TYPED, text="Galleries open")
    page.as_user(lead)
    page.submit("plan.add_reading", indicator_id=indicator.id, value="4", on="2026-05-01", source="", status=422)
    page.submit("plan.add_reading", indicator_id=indicator.id, value="4", on="2026-05-01", source="The estates list")
    row = page.get("plan.indicator", indicator_id=indicator.id).select_one("#readings").find_parent("section").text
    assert "The estates list" in row
    assert lead.name in row
    page.get("plan.records_now", indicator_id=indicator.id, status=302)


def test_a_lead_freezes_the_whole_plan_for_a_reporting_date(page, db, lead, plan, action):
    measured(action, lead, SESSIONS)
    page.as_user(lead)
    refused = page.submit("plan.freeze", plan_id=plan.id, on="2027-01-31", status=422)
    assert "Choose a day from" in refused.select_one("#on-error").text
    page.submit("plan.freeze", plan_id=plan.id, on="2026-01-31")
    assert [(r.on, r.value) for r in db.session.scalars(select(Reading))] == [(date(2026, 1, 31), 0)]


@pytest.mark.parametrize("n", [1, 5])
def test_pages_of_indicators_cost_the_same_however_much_is_behind_them(page, lead, plan, action, queries, n):
    made = [measured(action, lead, Definition(how, ("skills.session",))) for how in Counting for _ in range(n)]
    for i in range(n):
        happened(lead, on=date(2026, 1, 1 + i))
        services.freeze(plan, date(2026, 1, 1 + i), actor=lead)
    page.as_user(lead)
    for at, most in (("plan.indicator", 9), ("plan.records_now", 9)):
        with queries(at_most=most):
            page.get(at, indicator_id=made[0].id)
    with queries(at_most=14):
        page.get("plan.action", action_id=action.id)

"""The ledger says what the features' own tables say: proved, mended, never lost, whatever happens in any order."""

from datetime import date

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select, update
from sqlalchemy.orm import undefer

from hub.attribution import queries as attribution
from hub.attribution import services as credit
from hub.attribution.models import Agreement, Contribution
from hub.core.clock import now
from hub.core.db import db as database
from hub.core.errors import Refusal
from hub.core.invariants import findings
from hub.evidence import checks, queries, services
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry, EntryPerson, Item, Reach, Reached, Total
from hub.evidence.receivers import SAID, TAKEN_BACK
from hub.evidence.sources import SOURCES
from hub.fund import services as fund
from hub.galleries import queries as galleries
from hub.galleries import services as showing
from hub.plan import checks as plan_checks
from hub.plan import queries as plans
from hub.plan import services as planning
from hub.plan.measures import Definition, unpacked
from hub.plan.models import Counting, Placement, PlacementState, Reading
from tests import factories as make
from tests.attribution import making as for_attribution
from tests.evidence import making
from tests.fund import making as for_fund
from tests.galleries import making as for_galleries
from tests.plan import making as for_plan
from tests.support.torture import EVERYTHING


def told():
    return [str(one) for one in services.differences()]


def standing(institution_id=None):
    found = select(Entry).where(Entry.withdrawn_at.is_(None)).order_by(Entry.id)
    return database.session.scalars(found.filter_by(institution_id=institution_id) if institution_id else found).all()


def agreed_credit(owner, on=date(2026, 3, 3)):
    return for_attribution.contribution(owner, agreement=Agreement.BEFORE, agreed_on=on)


def test_every_kind_has_a_source_and_is_said_by_somebody():
    assert list(SOURCES) == list(KINDS)
    assert {*SAID.values(), "evidence.item"} == set(KINDS)
    assert set(TAKEN_BACK.values()) <= set(KINDS)


def test_a_gallery_that_is_taken_down_counts_no_more(db):
    lead = make.lead()
    gallery = for_galleries.gallery(lead, for_galleries.public(lead.institution), published=True)
    assert told() == []
    showing.withdraw(galleries.gallery(gallery.id), actor=lead)
    (entry,) = database.session.scalars(select(Entry).where(Entry.kind == "galleries.published"))
    assert (entry.standing, entry.title) == ("Withdrawn", "Gallery published: The people of Forge Yard")
    assert told() == []


def test_an_award_that_is_given_back_counts_no_more(db):
    award = for_fund.awarded(for_fund.lead())
    assert [entry.kind for entry in standing()] == ["fund.award"]
    fund.withdraw(for_fund.fresh(award), actor=award.applicant)
    assert standing() == told() == []


@pytest.fixture
def ana(db):
    return make.person()


@pytest.mark.breaks_rows
def test_what_is_missing_is_written_and_what_has_no_source_is_withdrawn(ana):
    kept, lost, gone = (agreed_credit(ana) for _ in range(3))
    by_source = {entry.source_id: entry for entry in standing()}
    _lose(by_source[lost.id])
    database.session.execute(update(Contribution).where(Contribution.id == gone.id).values(removed_at=now()))
    assert told() == [
        f"attribution.credit {lost.id} is not in the ledger",
        f"attribution.credit {gone.id} counts in the ledger alone",
    ]
    assert services.rebuild() == 3  # those, and the totals
    assert [entry.source_id for entry in standing()] == [kept.id, lost.id]
    assert by_source[gone.id].standing == "Withdrawn"
    assert (told(), queries.unequal_totals(), services.rebuild()) == ([], [], 0)


@pytest.mark.breaks_rows
def test_a_figure_that_was_written_past_the_services_is_corrected_by_a_second_entry(ana):
    agreed_credit(ana)
    database.session.execute(update(Entry).values(quantity=7, happened_on=date(2020, 1, 1)))
    (difference,) = told()
    assert difference.endswith("says another happened_on and quantity")
    services.rebuild()
    (last,) = standing()
    assert (last.quantity, last.revision, last.recorded_by_id) == (1, 1, None)
    assert (told(), queries.unequal_totals()) == ([], [])


@pytest.mark.breaks_rows
def test_totals_are_counted_again(ana):
    agreed_credit(ana)
    right = queries.totals(ana.institution_id)
    for table in (Total, Reached, Reach):
        database.session.execute(delete(table))
    assert services.rebuild() == 1
    assert queries.totals(ana.institution_id) == right
    assert queries.unequal_totals() == []


@pytest.mark.breaks_rows
def test_one_institution_alone_is_mended(ana):
    other = make.person()
    for owner in (ana, other):
        agreed_credit(owner)
    for entry in standing():
        _lose(entry)
    assert services.rebuild(ana.institution_id) == 2  # and its totals
    assert {entry.institution_id for entry in standing()} == {ana.institution_id}
    assert len(told()) == 1


def _lose(entry):
    """As somebody does who writes past the services."""
    database.session.execute(delete(Placement).where(Placement.entry_id == entry.id))
    database.session.execute(delete(EntryPerson).where(EntryPerson.entry_id == entry.id))
    database.session.execute(delete(Entry).where(Entry.id == entry.id))
    database.session.expire_all()


# -- in any order ------------------------------------------------------------------------------------------------------

KINDS_HERE = ("evidence.item", "attribution.credit")
DAYS = st.dates(date(2025, 12, 1), date(2026, 3, 31))
WHICH = st.integers(0, 5)


class Ledger(RuleBasedStateMachine):
    """Deeds, corrections, withdrawals, returns, faults and rebuilds."""

    @initialize()
    def begin(self):
        self.lead = make.lead()
        self.ana = make.person(self.lead.institution)
        plan = for_plan.plan(self.lead)
        self.action = for_plan.action(plan, self.lead, feeds=KINDS_HERE)
        self.home = self.lead.institution_id
        for how in (Counting.ENTRIES, Counting.QUANTITY, Counting.PEOPLE):
            planning.add_indicator(self.action, actor=self.lead, text="Counted", definition=Definition(how, KINDS_HERE))
        self.said = {}  # what each entry said when it was corrected
        self.frozen = {}  # what each frozen value was, with the entries behind it

    def do(self, deed, *args, **given):
        """The deed, or nothing of it."""
        inside = database.session.begin_nested()
        try:
            deed(*args, **given)
            database.session.flush()
            inside.commit()
        except Refusal:
            inside.rollback()
        database.session.expire_all()

    def any_of(self, model, which):
        ids = database.session.scalars(select(model.id).filter_by(institution_id=self.home).order_by(model.id)).all()
        return ids[which % len(ids)] if ids else None

    def item(self, which):
        key = self.any_of(Item, which)
        return key and queries.item(key)

    @rule(on=DAYS, about=st.booleans())
    def bring(self, on, about):
        made = making.testimonial(self.lead) if about else making.item(self.lead, happened_on=on)
        if about:
            making.agree(made, self.lead)

    @rule(which=WHICH, on=DAYS)
    def change(self, which, on):
        if item := self.item(which):
            about = services.About(title=f"It happened on {on}", theme=item.theme, happened_on=on, sort=item.sort)
            self.do(services.edit_item, item, about, actor=self.lead)

    @rule(which=WHICH)
    def take_out(self, which):
        if item := self.item(which):
            self.do(services.take_out, item, actor=self.lead)

    @rule(which=WHICH)
    def bring_back(self, which):
        item = self.item(which)
        if item and item.about_somebody:
            self.do(making.agree, item, self.lead)
        elif item:
            self.do(services.put_back, item, actor=self.lead)

    @rule(on=DAYS)
    def agree_credit(self, on):
        agreed_credit(self.ana, on)

    @rule(which=WHICH, remove=st.booleans())
    def remove_credit(self, which, remove):
        key = self.any_of(Contribution, which)
        if key:
            one = attribution.contribution(key)
            self.do(credit.remove if remove else credit.put_back, one, actor=self.ana)

    @rule(which=WHICH, quantity=st.integers(0, 9), on=DAYS)
    def correct(self, which, quantity, on):
        entries = standing(self.home)
        if entries:
            one = entries[which % len(entries)]
            self.do(services.correct, one, reason="It was wrong", actor=self.lead, quantity=quantity, happened_on=on)

    @rule(which=WHICH)
    def accept(self, which):
        waiting = database.session.scalars(
            select(Placement)
            .where(Placement.institution_id == self.home, Placement.state == PlacementState.SUGGESTED)
            .order_by(Placement.id)
        ).all()
        if waiting:
            self.do(planning.accept, waiting[which % len(waiting)], actor=self.lead, action=self.action)

    @rule(on=DAYS)
    def freeze(self, on):
        self.do(planning.freeze, plans.plan(self.action.plan_id), on, actor=self.lead)

    @rule(which=WHICH, fault=st.sampled_from(["lost", "withdrawn", "another", "totals"]))
    def break_and_rebuild(self, which, fault):
        accepted = select(Placement.entry_id).where(Placement.state == PlacementState.ACCEPTED)
        used = set(database.session.scalars(accepted))
        used.update(key for reading in database.session.scalars(FROZEN) for key in unpacked(reading.entries))
        alone = [e for e in standing(self.home) if e.revision == 0 and e.id not in used]
        if alone:
            self._break(alone[which % len(alone)], fault)
        services.rebuild()
        database.session.expire_all()
        assert services.rebuild() == 0

    def _break(self, entry, fault):
        if fault == "lost":
            _lose(entry)
        elif fault == "totals":
            database.session.execute(update(Total).values(n=Total.n + 1))
        else:
            wrong = {"withdrawn": {"withdrawn_at": now()}, "another": {"quantity": entry.quantity + 1}}[fault]
            database.session.execute(update(Entry).where(Entry.id == entry.id).values(wrong))
        database.session.expire_all()

    @invariant()
    def the_ledger_says_what_its_sources_say(self):
        if not hasattr(self, "lead"):
            return
        assert told() == []
        assert findings(checks.INVARIANTS | plan_checks.INVARIANTS) == []
        now_said = {
            e.id: (e.quantity, e.happened_on, e.people, e.words)
            for e in database.session.scalars(select(Entry).where(Entry.corrected_at.is_not(None)))
        }
        assert {key: now_said.get(key) for key in self.said} == self.said
        self.said = now_said
        kept = {r.id: (r.on, r.value, r.source, r.entries) for r in database.session.scalars(FROZEN)}
        assert {key: kept.get(key) for key in self.frozen} == self.frozen
        self.frozen = kept


FROZEN = select(Reading).options(undefer(Reading.entries))


@pytest.mark.usefixtures("db")
def test_no_order_of_deeds_corrections_faults_and_rebuilds_parts_the_ledger_from_its_sources_or_moves_a_frozen_value():
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=200 if EVERYTHING else 8,
            stateful_step_count=60 if EVERYTHING else 25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )

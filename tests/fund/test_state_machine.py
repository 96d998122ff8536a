"""Thousands of deeds in any order, by the right people and the wrong ones: the money and the stages stay right."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db as database
from hub.core.errors import Refusal
from hub.core.invariants import findings
from hub.fund import queries, services
from hub.fund.checks import INVARIANTS
from hub.fund.models import MoneyKind, Outcome, RoundStage
from tests import factories
from tests.fund import making
from tests.support.torture import EVERYTHING

STEPS = 100 if EVERYTHING else 50  # deeds of one example, at most
AT_LEAST = 10_000 if EVERYTHING else 1  # deeds in all
EXAMPLES = 10 if EVERYTHING else 4  # at a time
which, who = st.integers(0, 3), st.integers(0, 5)
pence = st.sampled_from([-1, 0, 1, 30_000, 30_000, 60_000, 60_000, 60_001])


class Fund(RuleBasedStateMachine):
    steps = 0  # of all examples together

    @initialize(closed=st.sampled_from([True, True, False]))
    def begin(self, closed):
        self.at = at_london(making.PANEL if closed else making.DURING, 12)
        self.lead = making.lead()
        self.round = making.open_round(self.lead, budget_pence=150_000)
        self.panel = [m.person for m in self.round.panel]
        applicants = [making.technician(self.lead) for _ in range(4)]
        make = making.supported if closed else making.draft
        self.keys = [make(self.round, a, pence=60_000).id for a in applicants]
        if closed:
            making.close(self.round)
            for key, member in product(self.keys, self.panel):
                making.scored(queries.application(key), member)
        outsider = factories.person(self.lead.institution)
        self.people = [*self.panel, self.lead, outsider, applicants[0], applicants[1]]

    def do(self, deed, *args, **given):
        """The deed, or nothing of it."""
        with clock.held(self.at):
            inside = database.session.begin_nested()
            try:
                deed(*args, **given)
                database.session.flush()
                inside.commit()
            except Refusal:
                inside.rollback()
        making.forget()

    def one(self, key):
        return queries.application(self.keys[key])

    def anybody(self, application, wrong):
        return application.applicant if wrong < 5 else making.fresh_person(self.people[wrong])

    @rule(days=st.sampled_from([0, 0, 1, 20, 60]))
    def wait(self, days):
        self.at += timedelta(days=days)

    @rule(key=which, by=who, deed=st.sampled_from(["send", "accept", "accept", "send", "withdraw", "bring_back"]))
    def applicant(self, key, by, deed):
        application = self.one(key)
        self.do(getattr(services, deed), application, actor=self.anybody(application, by))

    @rule(key=which, by=who)
    def support(self, key, by):
        application = self.one(key)
        actor = application.manager if by < 4 and application.manager else making.fresh_person(self.people[by])
        self.do(services.support, application, text="I do support it.", releases_time=True, actor=actor)

    @rule()
    def close(self):
        self.do(services.close_due)

    @rule(key=which, by=who, outcome=st.sampled_from(list(Outcome)), amount=pence)
    def judge(self, key, by, outcome, amount):
        self.judge_one(key, by, outcome, amount)

    def judge_one(self, key, by, outcome, amount):
        application, actor = self.one(key), making.fresh_person(self.people[by if by > 3 else by % 2])
        marks = {c.id: (3, "It is quite good.") for c in application.round.criteria}
        self.do(services.score, application, marks=marks, actor=actor)
        application = self.one(key)
        self.do(
            services.decide,
            application,
            outcome=outcome,
            pence=amount if outcome == Outcome.AWARD else None,
            feedback="A reason in words.",
            seen=application.decision.version if application.decision else 0,
            actor=making.fresh_person(actor),
        )

    @rule(outcomes=st.lists(st.sampled_from(list(Outcome)), min_size=4, max_size=4), amount=pence)
    def judge_all(self, outcomes, amount):
        for key, outcome in enumerate(outcomes):
            self.judge_one(key, 0, outcome, amount)

    @rule(by=who, deed=st.sampled_from(["finish_panel", "finish_panel", "release", "release", "hand_back"]))
    def end(self, by, deed):
        right = self.panel[0] if deed == "finish_panel" else self.lead
        actor = right if by < 5 else self.people[by]
        self.do(getattr(services, deed), queries.fund_round(self.round.id), actor=making.fresh_person(actor))

    @rule(key=which, amount=pence, by=who)
    def reserve_and_claim(self, key, amount, by):
        application = self.one(key)
        self.do(services.award_from_reserve, application, pence=amount, actor=making.fresh_person(self.lead))
        application = self.one(key)
        self.do(services.finish, application, done_on=clock.london(self.at).date(), actor=application.applicant)
        application = self.one(key)
        files = [(making.PDF, "receipt.pdf")]
        actor = self.anybody(application, by)
        self.do(services.claim, application, pence=amount, note_text="", files=files, actor=actor)

    @rule(key=which, by=who)
    def settle(self, key, by):
        actor = self.lead if by < 4 else self.people[by]
        for claim in self.one(key).claims:
            self.do(services.approve_claim, queries.claim(claim.id), actor=making.fresh_person(actor))
        day = clock.london(self.at).date()
        for claim in self.one(key).claims:
            self.do(services.mark_paid, queries.claim(claim.id), paid_on=day, actor=making.fresh_person(actor))

    @invariant()
    def the_money_is_right(self):
        if not hasattr(self, "round"):
            return
        Fund.steps += 1
        fund_round = queries.fund_round(self.round.id)
        sums = queries.money_of(fund_round.id)[fund_round.id]
        assert 0 <= queries.left_in(fund_round) <= fund_round.budget_pence
        assert sums[MoneyKind.PAID] <= sums[MoneyKind.CLAIMED] <= sums[MoneyKind.COMMITTED]
        if fund_round.stage in {RoundStage.DRAFT, RoundStage.OPEN}:
            assert sums[MoneyKind.COMMITTED] == 0
        if fund_round.stage != RoundStage.RELEASED:
            assert all(queries.application(key).awarded_pence is None for key in self.keys)
        making.forget()

    def teardown(self):
        if hasattr(self, "round"):
            making.forget()
            assert findings(INVARIANTS) == []


@pytest.mark.usefixtures("db")
def test_no_order_of_deeds_breaks_the_books():
    quick = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    while Fund.steps < AT_LEAST:
        run_state_machine_as_test(Fund, settings=quick)

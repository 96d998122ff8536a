"""Thousands of deeds in any order, by the right people and the wrong ones: the money and the stages stay right."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hub.cli.checks import broken_rows
from hub.core import clock
from hub.core.clock import at_london, london
from hub.core.db import db as database
from hub.core.errors import Refusal
from hub.directory import services as directory
from hub.fund import queries, services
from hub.fund.models import Outcome, RoundStage, Stage, StillUsed
from tests import factories
from tests.fund import books, making
from tests.support.torture import EVERYTHING

STEPS = 100 if EVERYTHING else 50  # deeds of one example, at most
AT_LEAST = 10_000 if EVERYTHING else 1  # deeds in all
EXAMPLES = 10 if EVERYTHING else 4  # at a time
MOST_ROUNDS, MOST_APPLICATIONS = 4, 9
BUDGET = 150_000
which = st.integers(0, MOST_APPLICATIONS - 1)
who = st.sampled_from([None, None, None, None, 0, 1, 4, 5, 6, 7])  # nobody: whoever should
pence = st.sampled_from([-1, 0, 1, 30_000, 30_000, 60_000, 60_000, 60_001])
days = st.sampled_from([-3, 0, 4, 30])
ANSWERS = making.ANSWERS | {"starts_on": making.DURING, "ends_on": making.DURING}
TOLD = {"did": "I cut.", "changed": "We cut our own.", "shared_with": "Six.", "quote": "", "may_publish": False}


class Fund(RuleBasedStateMachine):
    steps = 0  # of all examples together

    # -- who and what there is -----------------------------------------------------------------------------------------

    @initialize(turns=st.sampled_from([0, 0, 1, 3]), steps=st.integers(0, 6))
    def begin(self, turns, steps):
        """Four people have a draft in a round, one without a manager; or it has gone on, and they with it."""
        self.undo = database.session.begin_nested()
        self.at = at_london(making.DURING, 12)
        self.lead = making.lead()
        self.scheme = making.scheme(self.lead, retrospective=True)
        first = making.open_round(self.lead, of=self.scheme, budget_pence=BUDGET)
        self.panel = [m.person for m in first.panel]
        applicants = [making.technician(self.lead) for _ in range(3)]
        applicants.append(factories.person(self.lead.institution))
        self.everybody = [*applicants, *self.panel, self.lead, factories.person(self.lead.institution)]
        self.rounds = [first.id]
        self.keys = [making.draft(first, a, pence=60_000, **ANSWERS).id for a in applicants]
        self.known = books.stages_of_rounds(self.lead.institution_id)
        if turns:
            self.all_go_on(2)
        for _ in range(turns):
            self.round_goes_on(0)
            self.nothing_is_wrong()
        self.all_go_on(steps if turns == 3 else 0)

    def all_go_on(self, steps):
        for key in range(len(self.keys)):
            self.application_goes_on(key, steps)

    def do(self, deed, *args, **given):
        """The deed, or nothing of it."""
        made = None
        with clock.held(self.at):
            inside = database.session.begin_nested()
            try:
                made = deed(*args, **given)
                database.session.flush()
                inside.commit()
            except Refusal:
                inside.rollback()
        making.forget()
        return made

    def one(self, key):
        return queries.application(self.keys[key % len(self.keys)])

    def round(self, number):
        return queries.fund_round(self.rounds[number % len(self.rounds)])

    def by(self, right, wrong):
        """Whoever should do it, or somebody else."""
        return making.fresh_person(right if wrong is None and right is not None else self.everybody[wrong or 0])

    def today(self, later=0):
        return london(self.at).date() + timedelta(days=later)

    @rule(later=st.sampled_from([0, 1, 20, 100]))
    def wait(self, later):
        """Until a morning, with its reminders and its questions months later."""
        self.at += timedelta(days=later)
        self.do(services.close_due)
        self.do(services.remind)

    # -- rounds --------------------------------------------------------------------------------------------------------

    def plan(self, later, budget):
        return {
            "budget_pence": budget,
            "opens_at": self.at - timedelta(hours=1),
            "closes_at": at_london(self.today(later)),
            "panel_on": self.today(later + 1),
            "decisions_on": self.today(later + 2),
        }

    @rule(
        later=days,
        budget=st.sampled_from([0, BUDGET]),
        sort=st.sampled_from(["", "is_rolling", "is_sealed", "is_test"]),
    )
    def add_round(self, later, budget, sort):
        self.make_round(self.plan(later, budget) | ({sort: True} if sort else {}))

    @rule(number=which)
    def copy_round(self, number):
        self.make_round(self.plan(10, BUDGET) | {"like": self.round(number)})

    def make_round(self, given):
        if len(self.rounds) < MOST_ROUNDS:
            name = f"Round {len(self.rounds)} of many"
            scheme = queries.scheme(self.scheme.id)
            made = self.do(services.add_round, scheme, name=name, actor=self.by(self.lead, None), **given)
            self.rounds += [made.id] if made else []

    @rule(number=which, later=days, budget=st.sampled_from([0, 30_000, BUDGET, 2 * BUDGET]), kept=st.integers(0, 2))
    def edit_round(self, number, later, budget, kept):
        """All of its days, all but its opening, or none but its budget."""
        fund_round = self.round(number)
        names = ("opens_at", "closes_at", "panel_on", "decisions_on")[: (0, 1, 4)[kept]]
        same = {name: getattr(fund_round, name) for name in (*names, "name", "is_sealed", "is_rolling", "is_test")}
        self.do(services.edit_round, fund_round, actor=self.by(self.lead, None), **self.plan(later, budget) | same)

    @rule(number=which, by=st.integers(0, 7), is_chair=st.booleans())
    def seat(self, number, by, is_chair):
        lead, person = self.by(self.lead, None), self.by(None, by)
        self.do(services.add_panel_member, self.round(number), person=person, is_chair=is_chair, actor=lead)

    @rule(number=which, seat=st.integers(0, 3))
    def unseat(self, number, seat):
        for member in self.round(number).panel[seat : seat + 1]:
            self.do(services.remove_panel_member, queries.panel_member(member.id), actor=self.by(self.lead, None))

    @rule(weight=st.sampled_from([60, 60, 59]))
    def weigh(self, weight):
        first = queries.criteria_of(self.scheme.id)[0]
        given = {"name": first.name, "question": first.question, "weight": weight, "levels": ""}
        self.do(services.edit_criterion, first, actor=self.by(self.lead, None), **given)

    @rule(
        number=which,
        by=who,
        deed=st.sampled_from(["open_round", "close_round", "hand_back", "release", "release_decided"]),
    )
    def turn(self, number, by, deed):
        self.do(getattr(services, deed), self.round(number), actor=self.by(self.lead, by))

    @rule(number=which, by=who)
    def finish_panel(self, number, by):
        self.do(services.finish_panel, self.round(number), actor=self.by(self.panel[0], by))

    @rule(number=which)
    def round_goes_on(self, number):
        """One turn further, with whatever that needs."""
        fund_round = self.round(number)
        if fund_round.stage == RoundStage.DRAFT:
            self.edit_round(number, 4, BUDGET, 0)
            self.weigh(60)
            self.seat(number, 4, True)
            self.seat(number, 5, False)
            self.turn(number, None, "open_round")
        elif fund_round.stage == RoundStage.OPEN:
            self.at = max(self.at, fund_round.closes_at + timedelta(seconds=1))
            self.do(services.close_due)
        elif fund_round.stage == RoundStage.CLOSED:
            for key, application_id in enumerate(self.keys):
                if queries.application(application_id).round_id == self.rounds[number % len(self.rounds)]:
                    self.judge_one(key, 0, Outcome.AWARD, 60_000)
                    if self.one(key).decision is None:  # the money has ended
                        self.judge_one(key, 0, (Outcome.RESERVE, Outcome.DECLINE)[key % 2], 0)
            chair = next((m.person for m in self.round(number).panel if m.is_chair), self.lead)
            self.do(services.finish_panel, self.round(number), actor=making.fresh_person(chair))
        else:
            self.turn(number, None, "release")

    # -- applications --------------------------------------------------------------------------------------------------

    @rule(number=which, by=st.integers(0, 7), amount=pence, is_whole=st.booleans(), other=st.integers(0, 7))
    def start(self, number, by, amount, is_whole, other):
        if len(self.keys) >= MOST_APPLICATIONS:
            return
        actor = self.by(None, by)
        made = self.do(services.start, self.round(number), actor=actor)
        if made is not None and made.id not in self.keys:
            self.keys.append(made.id)
            self.write(-1, None, is_whole, amount)
            self.apply_together(-1, other, None, True)

    @rule(key=which, by=who, is_whole=st.booleans(), amount=pence)
    def write(self, key, by, is_whole, amount):
        application = self.one(key)
        answers = {"eligible": {}} | (ANSWERS if is_whole else {"title": "A beginning"})
        self.do(services.answer, application, actor=self.by(application.applicant, by), **answers)
        application = self.one(key)
        if amount > 0 and len(application.cost_lines) < 2:
            actor = self.by(application.applicant, by)
            self.do(services.add_cost, application, text="Fee", pence=amount, quote=None, actor=actor)

    @rule(key=which, by=who)
    def remove_cost(self, key, by):
        for line in self.one(key).cost_lines[:1]:
            self.do(services.remove_cost, queries.cost_line(line.id), actor=self.by(self.one(key).applicant, by))

    @rule(key=which, by=who)
    def change_their_mind(self, key, by):
        self.applicant(key, by, "withdraw")
        self.applicant(key, by, "bring_back")

    @rule(key=which, by=who, deed=st.sampled_from(["send", "accept", "withdraw"]))
    def applicant(self, key, by, deed):
        application = self.one(key)
        self.do(getattr(services, deed), application, actor=self.by(application.applicant, by))

    @rule(key=which, by=who)
    def move_on(self, key, by):
        """To whichever round takes it."""
        for number in range(len(self.rounds)):
            application = self.one(key)
            self.do(services.move_to, application, self.round(number), actor=self.by(application.applicant, by))

    @rule(key=which, person=st.integers(0, 7), by=who, accepts=st.booleans())
    def apply_together(self, key, person, by, accepts):
        application, asked = self.one(key), self.by(None, person)
        actor = self.by(application.applicant, by)
        made = self.do(services.ask_colleague, application, person=asked, actor=actor)
        if made is not None:
            self.do(services.join, queries.co_applicant(made.id), accepts=accepts, actor=self.by(asked, by))

    @rule(key=which, by=who)
    def part(self, key, by):
        for asked in self.one(key).co_applicants[:1]:
            self.do(services.take_off, queries.co_applicant(asked.id), actor=self.by(asked.person, by))

    @rule(key=which, by=who, sends_back=st.booleans())
    def manager(self, key, by, sends_back):
        application = self.one(key)
        actor = self.by(application.manager, by)
        if sends_back:
            self.do(services.send_back, application, reason="Say more.", actor=actor)
        else:
            self.do(services.support, application, text="I do support it.", releases_time=True, actor=actor)

    @rule(key=which, named=st.integers(0, 7), by=who)
    def name_manager(self, key, named, by):
        manager, actor = self.by(None, named), self.by(self.lead, by)
        self.do(services.name_manager, self.one(key), manager=manager, actor=actor)

    @rule(key=which, steps=st.integers(1, 4))
    def application_goes_on(self, key, steps):
        """So many steps further, each by the right person, with whatever that needs."""
        for _ in range(steps):
            self.goes_on(key)

    def goes_on(self, key):
        deeds = {
            Stage.DRAFT: self.send,
            Stage.RETURNED: self.send,
            Stage.AWAITING_MANAGER: self.get_support,
            Stage.AWARDED: lambda key: self.applicant(key, None, "accept"),
            Stage.ACCEPTED: lambda key: self.spend(key, 30_000, None, True),
            Stage.ACTIVITY_DONE: lambda key: self.spend(key, 30_000, None, True),
            Stage.CLAIMED: lambda key: self.settle(key, None),
            Stage.REPORT_DUE: lambda key: self.report(key, None, False),
            Stage.RESERVE: lambda key: self.award_from_reserve(key, 30_000, None),
        }
        if deed := deeds.get(self.one(key).stage):
            deed(key)

    def send(self, key):
        self.write(key, None, True, 60_000)
        self.applicant(key, None, "send")

    def get_support(self, key):
        if self.one(key).manager is None:
            self.name_manager(key, 7, None)
        self.manager(key, None, False)

    # -- the panel -----------------------------------------------------------------------------------------------------

    @rule(key=which, by=who)
    def declare_conflict(self, key, by):
        self.do(services.declare_conflict, self.one(key), reason="An old friend.", actor=self.by(self.panel[1], by))

    @rule(key=which, by=st.sampled_from([0, 0, 0, 1, 1, 3, 6, 7]), outcome=st.sampled_from(list(Outcome)), amount=pence)
    def judge_one(self, key, by, outcome, amount):
        actor = making.fresh_person(self.panel[by] if by < 2 else self.everybody[by])
        application = self.one(key)
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

    # -- the money -----------------------------------------------------------------------------------------------------

    @rule(key=which, amount=pence, by=who)
    def award_from_reserve(self, key, amount, by):
        self.do(services.award_from_reserve, self.one(key), pence=amount, actor=self.by(self.lead, by))

    @rule(key=which, amount=pence, by=who, is_last=st.booleans())
    def spend(self, key, amount, by, is_last):
        application = self.one(key)
        actor = self.by(application.applicant, by)
        if is_last:
            self.do(services.finish, application, done_on=self.today(), actor=actor)
        given = {"pence": amount, "note_text": "", "files": [(making.PDF, "receipt.pdf")], "is_last": is_last}
        self.do(services.claim, self.one(key), **given, actor=making.fresh_person(actor))

    @rule(key=which, by=who)
    def end_claims(self, key, by):
        self.do(services.end_claims, self.one(key), actor=self.by(self.one(key).applicant, by))

    @rule(key=which, by=who)
    def settle(self, key, by):
        actor = self.by(self.lead, by)
        for claim in self.one(key).claims:
            self.do(services.approve_claim, queries.claim(claim.id), actor=actor)
            actor = making.fresh_person(actor)
            self.do(services.mark_paid, queries.claim(claim.id), paid_on=self.today(), actor=actor)

    @rule(key=which, by=who)
    def return_claim(self, key, by):
        for claim in self.one(key).claims:
            actor = self.by(self.lead, by)
            self.do(services.return_claim, queries.claim(claim.id), reason="One is missing.", actor=actor)

    # -- what came of it -----------------------------------------------------------------------------------------------

    @rule(key=which, by=who, comes_back=st.booleans())
    def report(self, key, by, comes_back):
        application = self.one(key)
        self.do(services.report, application, actor=self.by(application.applicant, by), **TOLD)
        if comes_back:
            self.do(services.return_report, self.one(key), reason="Who?", actor=self.by(self.lead, by))
        else:
            self.do(services.accept_report, self.one(key), actor=self.by(self.lead, by))

    @rule(key=which, by=who)
    def answer_follow_up(self, key, by):
        application = self.one(key)
        for asked in queries.follow_ups_of(application.id):
            given = {"different": "All.", "still_used": StillUsed.OFTEN, "may_quote": False}
            actor = self.by(application.applicant, by)
            self.do(services.answer_follow_up, queries.follow_up(asked.id), actor=actor, **given)

    # -- what must hold ------------------------------------------------------------------------------------------------

    @invariant()
    @precondition(lambda self: hasattr(self, "known"))
    def nothing_is_wrong(self):
        Fund.steps += 1
        now = books.stages_of_rounds(self.lead.institution_id)
        turned = {(self.known.get(key, RoundStage.DRAFT), stage) for key, stage in now.items()}
        assert {(a, b) for a, b in turned if a != b} <= books.TURNS
        self.known = now
        assert books.wrong(self.lead.institution_id) == []
        making.forget()

    def teardown(self):
        if not hasattr(self, "undo"):
            return
        try:
            making.forget()
            directory.catch_up()
            assert broken_rows() == []
        finally:
            self.undo.rollback()


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

"""The demo's two years of the fund: every page has something to show, and the books are right."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from sqlalchemy import select

from hub.accounts.models import Person
from hub.core import clock
from hub.core.clock import at_london
from hub.core.invariants import findings
from hub.fund import demo
from hub.fund.checks import INVARIANTS
from hub.fund.models import Application, Round, RoundStage, Stage
from tests import factories
from tests.fund import making

pytestmark = pytest.mark.usefixtures("db")


def test_two_years_leave_something_at_every_stage(db):
    with clock.held(at_london(date(2024, 12, 1), 8)):
        lead = factories.lead()
        managers = [factories.person(lead.institution, is_technician=False) for _ in range(12)]
        people = [factories.person(lead.institution, manager=managers[n % 12]) for n in range(60)]
        demo.begin(lead.institution, lead, people, Random(3))
    for n in range(24):
        start = date(2024 + (11 + n) // 12, (11 + n) % 12 + 1, 1)
        with clock.held(at_london(start.replace(day=22 if n == 23 else 28), 20)):
            demo.month(lead.institution, lead, people, start, Random(n))
        making.forget()
    stages = Counter(db.session.scalars(select(Application.stage)))
    assert sum(stages.values()) >= 60
    assert stages[Stage.CLOSED] >= 15
    assert {Stage.DRAFT, Stage.DECLINED, Stage.WITH_PANEL} <= set(stages)
    rounds = Counter(db.session.scalars(select(Round.stage)))
    assert rounds[RoundStage.RELEASED] >= 8
    assert rounds[RoundStage.CLOSED] >= 1
    assert rounds[RoundStage.OPEN] >= 1
    assert db.session.get(Person, lead.id) is lead
    assert findings(INVARIANTS) == []

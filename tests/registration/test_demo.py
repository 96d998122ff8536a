"""The demonstration's two years are made through the services and reach every corner."""

from datetime import date
from random import Random

from hub.core.clock import at_london, held
from hub.core.unit import unit_of_work
from hub.registration import demo, queries
from hub.registration.models import Comment, MatchingRound, Meeting, Mentoring
from hub.registration.stages import PairStage
from tests import factories as make
from tests.registration import making


def test_a_year_of_the_demonstration_is_lived_through(db):
    with held(at_london(date(2025, 1, 1), 9)):
        uni = make.institution()
        boss = make.lead(uni)
        people = [making.technician(uni, name=f"Technician {n}") for n in range(40)]
        rng = Random(5)
        with unit_of_work("demo.begin"):
            demo.begin(uni, boss, people, rng)
    for month in range(1, 13):
        with unit_of_work("demo.month"):
            demo.month(uni, boss, people, date(2025, month, 1), rng)

    assert queries.count_registered(uni.id, date(2025, 1, 1)) == 9
    assert queries.count_registered(uni.id, date(2025, 12, 31)) > 5
    assert len(queries.interested_and_under_way(uni.id)) >= 6
    assert queries.pairs_by_stage(uni.id)[PairStage.ACTIVE] > 0
    for model in (MatchingRound, Mentoring, Meeting, Comment):
        assert db.session.query(model).count() > 0

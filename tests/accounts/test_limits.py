"""How often something may be tried."""

from datetime import timedelta

import pytest

from hub.core import clock, limits
from hub.core.limits import Attempt, TooManyTries

MINUTE = timedelta(minutes=1)


def test_tries_count_per_thing_and_person_within_the_time(db):
    for who in ("ana", "ana", "ben"):
        limits.count("search", who, most=2, within=MINUTE)
    limits.count("export", "ana", most=2, within=MINUTE)
    with pytest.raises(TooManyTries, match="Wait 1 minute and"):
        limits.count("search", "ana", most=2, within=MINUTE)
    with clock.held(clock.now() + MINUTE):
        limits.count("search", "ana", most=2, within=MINUTE)


def test_no_address_is_stored(db):
    limits.count("search", "ana@uni.example", most=2, within=MINUTE)

    assert "ana" not in db.session.query(Attempt).one().key


def test_old_tries_are_forgotten(db):
    limits.count("search", "ana", most=2, within=MINUTE)
    limits.forget(before=clock.now() + MINUTE)

    assert db.session.query(Attempt).all() == []

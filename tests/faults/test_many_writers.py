"""Twenty people write without a pause through two processes: each is answered, and none hears of a locked database."""

import threading
import time

import pytest
from sqlalchemy import func, select

from hub.core.db import db
from hub.core.unit import unit_of_work
from hub.evidence.models import Item
from tests import factories
from tests.accounts.making import PASSWORD
from tests.support.running import Hub, looking_at, may_sign_in
from tests.support.torture import EVERYTHING
from tests.support.visiting import Writer

WRITERS = 20
PIECES, SECONDS = (0, 60) if EVERYTHING else (60, 0)  # together and at least


@pytest.fixture
def addresses(database, tmp_path):
    with looking_at(database, tmp_path):
        with unit_of_work("test.people"):
            place = factories.institution()
            found = [may_sign_in(factories.person(place)) for _ in range(WRITERS)]
        db.session.remove()
        yield found


@pytest.mark.slow
def test_twenty_who_write_at_once_through_two_processes_are_all_answered(database, addresses, tmp_path):
    over = threading.Event()
    hubs = [Hub(tmp_path, database), Hub(tmp_path, database, HUB_SCHEDULER="0")]
    writers = [Writer(hubs[n % 2], over, address) for n, address in enumerate(addresses)]
    try:
        for hub in hubs:
            hub.start()
        for writer in writers:
            writer.caller.sign_in(writer.email, PASSWORD)
        for writer in writers:
            writer.start()
        until = time.monotonic() + SECONDS
        while time.monotonic() < until or acknowledged(writers) < PIECES:
            assert [writer.wrong for writer in writers if writer.wrong] == []
            time.sleep(0.1)
    finally:
        over.set()
        for writer in writers:
            writer.join(timeout=60)
        for hub in hubs:
            hub.kill()
    assert [wrong for writer in writers for wrong in writer.wrong] == []
    assert sum(writer.asked_again for writer in writers) == 0
    assert db.session.scalar(select(func.count(Item.id))) == acknowledged(writers)
    told = hubs[0].log.read_text()
    assert "locked" not in told
    assert "ERROR" not in told


def acknowledged(writers):
    return sum(len(writer.acknowledged) for writer in writers)

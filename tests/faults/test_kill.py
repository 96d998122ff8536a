"""The hub is killed again and again while people write: what was acknowledged is there, once and whole."""

import http.client
import os
import random
import statistics
import threading
import time
from collections import Counter

import pytest
from sqlalchemy import func, select

from hub.core.audit import JournalEntry, first_broken
from hub.core.db import db
from hub.core.unit import unit_of_work
from hub.evidence.models import Entry, Item
from hub.plan.models import Placement
from tests import factories
from tests.accounts.making import PASSWORD
from tests.support.running import Caller, Hub, looking_at, may_sign_in

KILLS = 50 if os.environ.get("HUB_TORTURE") == "1" else 8
WRITERS = 4
LOST = (OSError, http.client.HTTPException)  # the server is gone, before or after it did what was asked
FIELDS = {
    "theme": "visibility", "happened_on": "2026-01-05", "text": "Somebody said so.", "source": "", "link": "",
    "people": "1", "scope": "hub", "use_until": "",
}  # fmt: skip


@pytest.fixture
def addresses(database, tmp_path):
    """Of people who may sign in; the test looks at the same database."""
    with looking_at(database, tmp_path):
        with unit_of_work("test.people"):
            place = factories.institution()
            found = [may_sign_in(factories.person(place)) for _ in range(WRITERS)]
        db.session.remove()
        yield found


class Writer(threading.Thread):
    """Brings evidence without a pause; a form whose answer was lost is sent again as it is, as a browser would."""

    def __init__(self, hub: Hub, email: str, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.caller, self.email, self.over = Caller(hub), email, over
        self.acknowledged: list[str] = []
        self.wrong: list[str] = []
        self.sent_again = 0

    def run(self) -> None:
        while not self.over.is_set():
            title = f"{self.email} {len(self.acknowledged)}"
            form = self._until_answered(lambda: self.caller.form("/evidence/items/new"))
            values = form | FIELDS | {"title": title}
            status, location = self._until_answered(lambda: self.caller.send("/evidence/items/new", values))  # noqa: B023
            if status in {302, 303} and "/evidence/items/" in location:
                self.acknowledged.append(title)
            else:
                self.wrong.append(f"{title}: {status} {location}")
                return

    def _until_answered(self, ask):
        while True:
            try:
                return ask()
            except LOST:
                self.sent_again += 1
                time.sleep(0.05)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_halved_or_doubled_when_the_hub_is_killed(database, addresses, tmp_path):
    hub = Hub(tmp_path, database)
    chance = random.Random(KILLS)
    over = threading.Event()
    writers = [Writer(hub, address, over) for address in addresses]
    try:
        ready = [hub.start()]
        for writer in writers:
            writer.caller.sign_in(writer.email, PASSWORD)
        for writer in writers:
            writer.start()
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.2, 1.2))
            hub.kill()
            ready.append(hub.start())
        time.sleep(0.5)
        over.set()
        for writer in writers:
            writer.join(timeout=60)
    finally:
        over.set()
        hub.kill()

    assert [wrong for writer in writers for wrong in writer.wrong] == []
    assert sum(writer.sent_again for writer in writers) > 0
    assert min(len(writer.acknowledged) for writer in writers) > 0
    assert statistics.median(ready) <= 5, ready
    _everything_is_there_once(Counter(title for writer in writers for title in writer.acknowledged))
    checked = hub.command("check")
    assert (checked.stdout, checked.returncode) == ("Everything holds.\n", 0)


def _everything_is_there_once(acknowledged: Counter[str]) -> None:
    titles = Counter(db.session.scalars(select(Item.title)))
    assert titles == acknowledged
    entries = dict(db.session.execute(select(Entry.source_id, Entry.title).where(Entry.kind == "evidence.item")).all())
    assert entries == dict(db.session.execute(select(Item.id, Item.title)).all())
    assert db.session.scalar(select(func.count(Placement.id))) == len(entries)
    deeds = select(func.count(JournalEntry.id)).where(JournalEntry.deed == "evidence.add_item")
    assert db.session.scalar(deeds) == len(entries)
    assert first_broken() is None

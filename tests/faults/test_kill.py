"""The hub is killed again and again while people write: what was acknowledged is there, once and whole."""

import hashlib
import os
import random
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hub.core import storage
from hub.core.audit import JournalEntry, first_broken
from hub.core.db import db
from hub.core.storage import StoredFile
from hub.core.unit import unit_of_work
from hub.evidence.models import Entry, Item
from hub.plan.models import Placement
from tests import factories
from tests.accounts.making import PASSWORD
from tests.fund.making import PDF
from tests.plan import making as plans
from tests.support.processes import Process
from tests.support.running import Hub, looking_at, may_sign_in
from tests.support.torture import EVERYTHING
from tests.support.visiting import Reader, Writer

KILLS, BETWEEN = (50, 40) if EVERYTHING else (2, 8)  # pieces that are acknowledged meanwhile
WRITERS = 4
LETTER = {"file": ("letter.pdf", PDF + b"\n%" + b"x" * 300_000)}


@pytest.fixture
def place(database, tmp_path):
    """People who may sign in, by their addresses, and where a plan is published; the test sees the same database."""
    with looking_at(database, tmp_path):
        with unit_of_work("test.people"):
            lead = factories.lead()
            plans.plan(lead)
            found = [may_sign_in(factories.person(lead.institution)) for _ in range(WRITERS)]
            slug = lead.institution.slug
        db.session.remove()
        yield found, f"/plans/public/{slug}/plan.pdf"


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_halved_or_doubled_when_the_hub_is_killed(database, place, tmp_path):
    addresses, paper = place
    hub, over = Hub(tmp_path, database), threading.Event()
    writers = [Writer(hub, over, address, **LETTER if n % 2 else {}) for n, address in enumerate(addresses)]
    reader = Reader(hub, over, paper)
    try:
        ready = [hub.start()]
        for writer in writers:
            writer.caller.sign_in(writer.email, PASSWORD)
        for visitor in (*writers, reader):
            visitor.start()
        for n in range(KILLS):
            wait_for_writes(writers, BETWEEN * (n + 1))
            hub.kill()
            ready.append(hub.start())
    finally:
        over.set()
        for visitor in (*writers, reader):
            visitor.join(timeout=60)
        hub.kill()

    assert [wrong for visitor in (*writers, reader) for wrong in visitor.wrong] == []
    assert sum(writer.asked_again for writer in writers) > 0
    assert min(len(writer.acknowledged) for writer in writers) > 0
    assert reader.answered > 0
    assert max(ready) <= 5, ready
    everything_is_there_once(Counter(title for writer in writers for title in writer.acknowledged))
    every_file_is_whole(sum(len(writer.acknowledged) for writer in writers if writer.files))
    checked = hub.command("check")
    assert (checked.stdout, checked.returncode) == ("Everything holds.\n", 0)


def wait_for_writes(writers: list[Writer], count: int) -> None:
    """And then a moment more, always another one."""
    while sum(len(writer.acknowledged) for writer in writers) < count:
        assert not any(writer.wrong for writer in writers), [writer.wrong for writer in writers]
        time.sleep(0.02)
    time.sleep(random.Random(count).uniform(0, 0.3))


def everything_is_there_once(acknowledged: Counter[str]) -> None:
    titles = Counter(db.session.scalars(select(Item.title)))
    assert titles == acknowledged
    entries = dict(db.session.execute(select(Entry.source_id, Entry.title).where(Entry.kind == "evidence.item")).all())
    assert entries == dict(db.session.execute(select(Item.id, Item.title)).all())
    hand_made = select(func.count(Placement.id)).join(Entry).where(Entry.kind == "evidence.item")
    assert db.session.scalar(hand_made) == len(entries)
    deeds = select(func.count(JournalEntry.id)).where(JournalEntry.deed == "evidence.add_item")
    assert db.session.scalar(deeds) == len(entries)
    assert first_broken() is None


def every_file_is_whole(count: int) -> None:
    rows = db.session.scalars(select(StoredFile)).all()
    assert len(rows) == count
    assert [row.id for row in rows if hashlib.sha256(storage.read(row)).hexdigest() != row.sha256] == []


@pytest.mark.slow
def test_a_backup_whose_process_was_killed_is_not_taken_for_one(request, database, tmp_path):
    if request.config.getoption("database") != "sqlite":
        pytest.skip("PostgreSQL is restored by its own program, which tells a half dump by itself")
    var, elsewhere = tmp_path / "var", tmp_path / "elsewhere"
    with looking_at(database, var):
        with unit_of_work("test.people"):
            factories.lead()
        many = var / "files" / "00"
        many.mkdir(parents=True)
        for n in range(2000):  # as much as takes a while to copy
            (many / f"{n}.pdf").write_bytes(b"x" * 20_000)
    hub = Hub(var, database)
    half = next(copy for n in range(20) if is_half(copy := killed_backup(hub, tmp_path / f"copy-{n}")))
    elsewhere.mkdir()
    fresh = Hub(elsewhere)
    refused = fresh.command("restore", str(half))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "holds no backup" in refused.stderr
    assert not (elsewhere / "hub.sqlite3").exists()
    assert hub.command("backup", str(tmp_path / "whole")).returncode == 0
    assert fresh.command("restore", str(tmp_path / "whole")).returncode == 0
    assert fresh.command("check").stdout == "Everything holds.\n"


def killed_backup(hub: Hub, folder):
    """Copy into *folder*, killed as soon as the files begin to arrive there."""
    environment, nowhere = hub.environment | {"HUB_PRODUCTION": "0"}, Path(os.devnull)
    process = Process("hub", "backup", str(folder), environment=environment, out=nowhere, err=nowhere)
    while process.poll() is None and not (folder / "files").exists():
        time.sleep(0.001)
    process.kill()
    return folder


def is_half(folder) -> bool:
    return folder.exists() and not (folder / "backup.json").exists()

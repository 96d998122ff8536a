"""What is done with a staff file outside the web's processes: reading it, comparing it with the hub, storing it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, or_, update

from hub.accounts.models import Institution
from hub.core import progress, storage
from hub.core.clock import now
from hub.core.db import Base, db, in_pieces, lock
from hub.core.errors import MoveRefused, Refusal
from hub.core.spreadsheets import UnreadableFile
from hub.core.unit import bookkeeping, unit_of_work
from hub.workforce import comparing, notifications, policy, queries
from hub.workforce.comparing import Comparison, Hub
from hub.workforce.models import Finding, StaffImport, Stage
from hub.workforce.reading import columns, files, records
from hub.workforce.reading.files import Table
from hub.workforce.reading.records import StaffFile
from hub.workforce.services.sending import drop_file, let_go, work_of
from hub.workforce.services.storing import Tell, store
from hub.workforce.workflow import IMPORT

FINDINGS = Base.metadata.tables["staff_import_finding"]  # not the model: its rows would be looked at one by one
LEASE = timedelta(minutes=15)  # whoever has not finished by then has died
MOST_TRIES = 3
CHANGED_MEANWHILE = "The hub has changed since you looked. Nothing was stored: this is what would change now."
GAVE_UP = "The hub could not finish with this file. Send it once more; if that fails too, tell whoever runs the hub."
NO_RIGHT = "Whoever sent this file may not import the staff list any more."


def work() -> int:
    """Work on every file that waits, one after the other; how many."""
    done = 0
    while (import_id := queries.next_to_work_on()) is not None:
        db.session.rollback()
        tries = _take(import_id)
        if tries:
            _work_on(import_id, tries)
            done += 1
    db.session.rollback()
    return done


def _take(import_id: int) -> int:
    """Which try it is; nothing if another process was faster."""
    is_free = or_(StaffImport.taken_until.is_(None), StaffImport.taken_until < now())
    with bookkeeping():
        taken = db.session.execute(
            update(StaffImport)
            .where(StaffImport.id == import_id, is_free)
            .values(taken_until=now() + LEASE, tries=StaffImport.tries + 1)
            .returning(StaffImport.tries)
        ).one_or_none()
    return taken.tries if taken else 0


def _work_on(import_id: int, tries: int) -> None:
    def tell(doing: str, done: int, of: int) -> None:
        progress.note(work_of(import_id), doing, done, of)

    try:
        with suppress(MoveRefused):  # somebody discarded it meanwhile
            if tries > MOST_TRIES:
                _fail(import_id, GAVE_UP)
            elif queries.staff_import(import_id).stage == Stage.WAITING:
                _look_at(import_id, tell)
            else:
                _store(import_id, tell)
    except Refusal as refusal:
        _fail(import_id, str(refusal))
    finally:
        progress.forget(work_of(import_id))
        with bookkeeping():
            db.session.execute(update(StaffImport).where(StaffImport.id == import_id).values(taken_until=None))


def _fail(import_id: int, why: str) -> None:
    with suppress(MoveRefused), unit_of_work("workforce.fail"):
        read = queries.staff_import(import_id)
        IMPORT.make(read, "fail", actor=None)
        read.trouble = why
        let_go(read)
        notifications.failed(read)


# -- reading -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opened:
    """A file and what its columns mean, after somebody's own words if they said so."""

    table: Table
    meanings: list[str]

    @property
    def columns(self) -> list[dict[str, str]]:
        """As the import keeps them: heading, what it is compared by, the first cell, the meaning."""
        first = next(self.table.below(), (0, []))[1]
        cells = [*first, *[""] * len(self.table.headings)]
        return [
            {"heading": heading, "key": columns.plain(heading), "example": cell[:80], "meaning": meaning}
            for heading, cell, meaning in zip(self.table.headings, cells, self.meanings, strict=False)
        ]


def _open(import_id: int) -> Opened:
    read = queries.staff_import(import_id)
    if read.file is None:
        raise UnreadableFile(GAVE_UP)
    content, said = storage.read(read.file), read.columns
    remembered = queries.remembered(read.institution_id)
    db.session.rollback()  # nothing is held while the file is read
    table = files.table(content, remembered)
    was_said = [column["heading"] for column in said] == table.headings
    return Opened(table, [column["meaning"] for column in said] if was_said else table.meanings)


def _read(opened: Opened, tell: Tell) -> StaffFile:
    length = opened.table.length
    return records.read(opened.table, opened.meanings, lambda rows: tell("Reading the file", rows, max(length, rows)))


def _look_at(import_id: int, tell: Tell) -> None:
    """Read the file and show what it would change, or ask what its columns are."""
    tell("Opening the file", 0, 0)
    opened = _open(import_id)
    if columns.lacking(opened.meanings):
        with unit_of_work("workforce.read"):
            read = queries.staff_import(import_id)
            IMPORT.make(read, "ask", actor=None)
            read.columns = opened.columns
            notifications.columns_unknown(read)
        return
    file = _read(opened, tell)
    tell("Comparing it with the hub", file.rows, file.rows)
    with unit_of_work("workforce.read"):
        read = queries.staff_import(import_id)
        read.columns = opened.columns
        hub = queries.hub_now(read.institution_id, read.owner)
        _show(read, comparing.compare(file, hub), hub)


def _show(read: StaffImport, found: Comparison, hub: Hub, trouble: str = "") -> None:
    IMPORT.make(read, "show", actor=None)
    read.counts, read.digest, read.trouble = found.counts, found.digest, trouble
    db.session.execute(delete(Finding).where(Finding.import_id == read.id))
    own = {"institution_id": read.institution_id, "import_id": read.id}
    for some in in_pieces(comparing.lines(found, hub)):
        db.session.execute(insert(FINDINGS), [own | line for line in some])
    notifications.read_through(read)


# -- storing -----------------------------------------------------------------------------------------------------------


def _store(import_id: int, tell: Tell) -> None:
    """Read the file once more and store it, if it still means exactly what was confirmed."""
    file = _read(_open(import_id), tell)
    tell("Comparing it with the hub", file.rows, file.rows)
    confirmed = queries.staff_import(import_id)
    sender = confirmed.owner
    db.session.rollback()  # what follows begins as a writer
    with unit_of_work("workforce.store", actor=sender, subject=confirmed):
        read = queries.staff_import(import_id)
        if read.owner is None or not policy.can_import(read.owner, read):
            raise Refusal(NO_RIGHT)
        institution = db.session.get_one(Institution, read.institution_id)
        lock(institution)
        hub = queries.hub_now(read.institution_id, read.owner)
        found = comparing.compare(file, hub)
        if found.digest != read.digest or found.wrong:
            _show(read, found, hub, CHANGED_MEANWHILE)
            return
        store(institution, found, missing_leave=read.missing_leave, tell=tell)
        IMPORT.make(read, "store", actor=None)
        drop_file(read)
        notifications.stored(read)

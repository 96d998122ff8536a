"""Sending a staff file, saying what its columns are, and deciding about it."""

from collections.abc import Mapping

from sqlalchemy import delete

from hub.accounts.models import Person
from hub.core import progress, storage
from hub.core.db import db, lock
from hub.core.errors import Refusal
from hub.workforce import comparing, queries
from hub.workforce.models import Finding, StaffImport, Stage
from hub.workforce.reading import columns, files
from hub.workforce.workflow import IMPORT

MEDIA_TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class ColumnsLacking(Refusal):
    """A staff file says at least who somebody is and how to write to them."""


class MeantTwice(Refusal):
    """No two columns mean the same."""


class LooksWrong(Refusal):
    """So many would leave that somebody must say that they have looked."""


def send(content: bytes, name: str, *, actor: Person) -> StaffImport:
    """Keep a file to be read soon. Those that were sent before and are not decided about make room.

    :raises UnreadableFile: if it is no spreadsheet and no text
    """
    ending = files.refuse_unfit(content, name)
    lock(actor.institution)
    for before in queries.undecided(actor.institution_id):
        discard(before, actor=actor)
    kept = storage.keep_checked(storage.Checked(content, ending, MEDIA_TYPES[ending]), name, owner=actor)
    sent = StaffImport(institution_id=actor.institution_id, owner_id=actor.id, file=kept, file_name=kept.name)
    db.session.add(sent)
    db.session.flush()
    return sent


def name_columns(read: StaffImport, meanings: Mapping[int, str], *, actor: Person) -> None:
    """Say what each column is, by its place, and have the file read again; later files profit from it.

    :raises ColumnsLacking: if the file cannot be read without one that nobody named
    :raises MeantTwice: if two columns would mean the same
    """
    said = [meaning for meaning in meanings.values() if meaning]
    if lacking := columns.lacking(said):
        raise ColumnsLacking(f"Say which column is the {lacking[0].label.lower()}: a staff list cannot do without.")
    if twice := next((meaning for meaning in said if said.count(meaning) > 1), None):
        raise MeantTwice(f"Two columns cannot both be the {columns.FIELDS[twice].label.lower()}.")
    read.columns = [column | {"meaning": meanings.get(at, "")} for at, column in enumerate(read.columns)]
    IMPORT.make(read, "map", actor=actor)
    read.trouble, read.tries = "", 0
    db.session.flush()


def confirm(read: StaffImport, *, missing_leave: bool, has_looked: bool, actor: Person) -> None:
    """Have exactly what was shown stored; *missing_leave*: whoever is not in the file has left.

    :raises LooksWrong: if unusually many would leave and nobody has said that this is right
    :raises MoveRefused: if it cannot be stored
    """
    if missing_leave and comparing.too_many(read.counts) and not has_looked:
        raise LooksWrong("Look at the list of those who would leave, then tick that it is right.")
    read.missing_leave = missing_leave
    IMPORT.make(read, "confirm", actor=actor)
    read.trouble, read.tries = "", 0
    db.session.flush()


def discard(read: StaffImport, *, actor: Person) -> None:
    """Let go of a file and of everything that was found in it."""
    IMPORT.make(read, "discard", actor=actor)
    let_go(read)


def let_go(read: StaffImport) -> None:
    """Of the file and of the findings: what was done stays known, about whom does not."""
    db.session.execute(delete(Finding).where(Finding.import_id == read.id))
    drop_file(read)
    progress.forget(work_of(read.id))


def drop_file(read: StaffImport) -> None:
    """It has been stored, or never will be: nothing of what it says about people stays with it."""
    read.columns = without_examples(read.columns)
    if read.file is not None:
        kept, read.file = read.file, None
        storage.discard(kept)
    db.session.flush()


def without_examples(described: list[dict[str, str]]) -> list[dict[str, str]]:
    return [column | {"example": ""} for column in described]


def let_go_of_old() -> int:
    """Files that nobody decided about in a month, and what was found in those that were stored. How many."""
    found = queries.outlived()
    for read in found:
        let_go(read)
        if read.stage in {Stage.UNMAPPED, Stage.CHECKED}:
            read.stage = Stage.DISCARDED
    return len(found)


def work_of(import_id: int) -> str:
    """The name under which its progress is noted."""
    return f"staff-import-{import_id}"

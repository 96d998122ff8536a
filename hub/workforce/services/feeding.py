"""A staff file from the command line, such as each night’s: stored if nothing is wrong, without anybody who looks."""

from dataclasses import dataclass

from hub.accounts.models import Institution
from hub.core.db import db, lock
from hub.core.errors import Refusal
from hub.core.unit import unit_of_work
from hub.workforce import comparing, queries
from hub.workforce.comparing import Comparison
from hub.workforce.models import StaffImport, Stage
from hub.workforce.reading import columns, files, records
from hub.workforce.reading.records import StaffFile
from hub.workforce.services.sending import without_examples
from hub.workforce.services.storing import store
from hub.workforce.services.working import Opened

TOO_MANY_LEAVE = (
    "More than one in ten people are not in the file: too many to be recorded as leavers unseen. "
    "Send it through the hub’s page, where somebody looks at them."
)


@dataclass(frozen=True, slots=True)
class Fed:
    """What a file from the command line meant, and whether it was stored."""

    found: Comparison
    is_stored: bool


class CannotFeed(Refusal):
    """The file cannot be stored without somebody who looks at it."""


class _OnlyLooked(Exception):
    """There is nothing to store: the unit of work ends without a trace."""

    def __init__(self, found: Comparison) -> None:
        super().__init__()
        self.found = found


def feed(institution_id: int, content: bytes, name: str, *, only_look: bool, missing_leave: bool) -> Fed:
    """Read a file and, unless *only_look*, store it if nothing in it is wrong.

    :raises UnreadableFile: if it cannot be read
    :raises CannotFeed: if its columns are unknown, or unusually many would leave
    """
    files.refuse_unfit(content, name)
    table = files.table(content, queries.remembered(institution_id))
    if lacking := columns.lacking(table.meanings):
        raise CannotFeed(
            f"No column is known to be the {lacking[0].label.lower()}. "
            "Send the file through the hub’s page once and say there which it is: the hub remembers."
        )
    file = records.read(table, table.meanings, lambda _rows: None)
    fed = StaffImport(
        institution_id=institution_id,
        file_name=name[-120:],
        stage=Stage.DONE,
        columns=without_examples(Opened(table, table.meanings).columns),
        missing_leave=missing_leave,
    )
    try:
        return Fed(_stored(fed, file, only_look=only_look), is_stored=True)
    except _OnlyLooked as looked:
        return Fed(looked.found, is_stored=False)


def _stored(fed: StaffImport, file: StaffFile, *, only_look: bool) -> Comparison:
    """Store it, with *fed* as what the page of the staff list says of it."""
    db.session.rollback()  # what follows begins as a writer
    with unit_of_work("workforce.feed"):
        institution = db.session.get_one(Institution, fed.institution_id)
        lock(institution)
        found = comparing.compare(file, queries.hub_now(institution.id, None))
        changes_nothing = found.is_empty and not (fed.missing_leave and found.missing)
        if only_look or found.wrong or changes_nothing:
            raise _OnlyLooked(found)
        if fed.missing_leave and comparing.too_many(found.counts):
            raise CannotFeed(TOO_MANY_LEAVE)
        store(institution, found, missing_leave=fed.missing_leave, tell=lambda *_: None)
        fed.counts, fed.digest = found.counts, found.digest
        db.session.add(fed)
    return found

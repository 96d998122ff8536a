"""Who is told what about a staff file: whoever sent it."""

from hub.core.links import path_to
from hub.core.words import counted
from hub.notifications.kinds import register
from hub.notifications.services import tell
from hub.workforce.models import StaffImport

GROUP = "The staff list"

register("workforce.read", GROUP, "The staff file that you sent has been read")
register("workforce.stored", GROUP, "The staff file that you sent is stored")
register("workforce.failed", GROUP, "The staff file that you sent cannot be read")


def read_through(read: StaffImport) -> None:
    errors = read.counts["errors"]
    found = f"{counted(errors, 'thing')} to put right first" if errors else "see what it changes, then store it"
    _tell(read, "workforce.read", f"Your staff file has been read: {found}")


def columns_unknown(read: StaffImport) -> None:
    _tell(read, "workforce.read", "Your staff file has been read: say what its columns are")


def stored(read: StaffImport) -> None:
    _tell(read, "workforce.stored", "The staff list is up to date with the file that you sent")


def failed(read: StaffImport) -> None:
    _tell(read, "workforce.failed", "Your staff file was not stored", read.trouble)


def _tell(read: StaffImport, kind: str, title: str, body: str = "") -> None:
    if read.owner is not None:
        tell(read.owner, kind, title=title, body=body, path=path_to("workforce.staff_import", import_id=read.id))

"""What must always hold of staff files and contracts."""

from sqlalchemy import select

from hub.core.db import db
from hub.core.invariants import Invariants
from hub.workforce.models import StaffImport, Stage

HAS_FILE = (Stage.WAITING, Stage.UNMAPPED, Stage.CHECKED, Stage.CONFIRMED)


def _file_without_need() -> list[str]:
    """A staff file is kept as long as it is not decided about, and no longer."""
    needs = StaffImport.stage.in_(HAS_FILE)
    ids = db.session.scalars(
        select(StaffImport.id).where(needs != StaffImport.file_id.is_not(None)).order_by(StaffImport.id)
    )
    return [f"staff file {one} is kept and not needed, or needed and not kept" for one in ids]


INVARIANTS: Invariants = {
    "workforce.files-only-while-needed": _file_without_need,
}

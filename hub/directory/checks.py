"""What must always hold of profiles and of the index over them."""

from sqlalchemy import exists, select

from hub.core.db import db
from hub.core.invariants import Invariants
from hub.directory.models import Listed, Posting


def _found_and_not_listed() -> list[str]:
    unlisted = ~exists().where(Listed.person_id == Posting.person_id)
    ids = db.session.scalars(select(Posting.person_id).where(unlisted).distinct().order_by(Posting.person_id))
    return [f"person {one} is found by a word and is not in the directory" for one in ids]


INVARIANTS: Invariants = {"directory.found-only-if-listed": _found_and_not_listed}

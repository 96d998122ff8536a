"""What must always hold of galleries."""

from sqlalchemy import select

from hub.core.db import db
from hub.core.invariants import Invariants
from hub.directory.models import Listed
from hub.directory.policy import PUBLIC
from hub.galleries.models import Answer, Portrait


def _shown_and_not_public() -> list[str]:
    public = select(Listed.person_id).where(Listed.audience == PUBLIC)
    ids = db.session.scalars(
        select(Portrait.id)
        .where(Portrait.stage == Answer.SHOWN, Portrait.person_id.not_in(public))
        .order_by(Portrait.id)
    )
    return [f"portrait {one} is shown and its person is not public" for one in ids]


INVARIANTS: Invariants = {"galleries.shown-only-if-public": _shown_and_not_public}

"""What must always hold of journeys and pairings."""

from sqlalchemy import select

from hub.core.db import db
from hub.core.invariants import Invariants
from hub.registration.models import Journey, Mentoring


def _of_somebody_else() -> list[str]:
    ids = db.session.scalars(
        select(Mentoring.id).join(Mentoring.journey).where(Mentoring.mentee_id != Journey.person_id)
    )
    return [f"pairing {one} is not about the mentee's own journey" for one in sorted(ids)]


INVARIANTS: Invariants = {"registration.mentee-owns-the-journey": _of_somebody_else}

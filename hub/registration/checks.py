"""What must always hold of journeys and pairings."""

from sqlalchemy import or_, select

from hub.core.db import db
from hub.core.invariants import Invariants
from hub.directory.models import Profile
from hub.registration import queries
from hub.registration.models import Journey, Mentor, Mentoring


def _of_somebody_else() -> list[str]:
    ids = db.session.scalars(
        select(Mentoring.id).join(Mentoring.journey).where(Mentoring.mentee_id != Journey.person_id)
    )
    return [f"pairing {one} is not about the mentee's own journey" for one in sorted(ids)]


def _profiles_behind() -> list[str]:
    """Whose profile says something else of registrations and mentoring than their journeys and their offer."""
    kept = select(Profile.person_id, Profile.registrations, Profile.mentors)
    said = {
        row.person_id: (row.registrations, row.mentors)
        for row in db.session.execute(kept.where(or_(Profile.registrations != "", Profile.mentors.is_(True))))
    }
    held = queries.current_registrations()
    mentors = set(db.session.scalars(select(Mentor.person_id).where(Mentor.paused.is_(False))))
    true = {
        one: ("\n".join(queries.as_on_profiles(held.get(one, []))), one in mentors)
        for one in db.session.scalars(select(Profile.person_id))
        if one in held or one in mentors
    }
    return [
        f"the profile of person {one} says {said.get(one)}, it should be {true.get(one)}"
        for one in sorted(said.keys() | true.keys())
        if said.get(one) != true.get(one)
    ]


INVARIANTS: Invariants = {
    "registration.profiles-say-what-is-held": _profiles_behind,
    "registration.mentee-owns-the-journey": _of_somebody_else,
}

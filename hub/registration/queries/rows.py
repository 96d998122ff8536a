"""Wishes and mentors as the plain rows that the matching takes."""

from collections.abc import Sequence

from hub.core.clock import now
from hub.registration import matching, registers
from hub.registration.models import Mentor, Wish
from hub.registration.queries.mentoring import open_counts


def seeker_of(wish: Wish) -> matching.Seeker:
    journey = wish.journey
    register = registers.all_registers()[journey.register or ""]
    return matching.Seeker(
        id=wish.id,
        person_id=journey.person_id,
        manager_id=journey.person.manager_id,
        register=register.code,
        holder=register.holder,
        body=journey.body,
        disciplines=frozenset(wish.disciplines),
        languages=frozenset(wish.languages),
        campus=wish.campus.casefold(),
        remote=wish.remote,
        weeks_waited=(now() - wish.made_at).days // 7,
    )


def offers_of(mentors: Sequence[Mentor]) -> list[matching.Offer]:
    """Mentors as the matching sees them, with the places they have left."""
    have = open_counts([mentor.person_id for mentor in mentors])
    known = registers.all_registers()
    return [
        matching.Offer(
            id=mentor.id,
            person_id=mentor.person_id,
            manager_id=mentor.person.manager_id,
            registers=frozenset(mentor.registers),
            holders=frozenset(known[code].holder for code in mentor.registers if code in known),
            bodies=frozenset(mentor.bodies),
            disciplines=frozenset(mentor.disciplines),
            languages=frozenset(mentor.languages),
            campus=mentor.campus.casefold(),
            free=max(0, mentor.capacity - have.get(mentor.person_id, 0)),
            have=have.get(mentor.person_id, 0),
        )
        for mentor in mentors
    ]

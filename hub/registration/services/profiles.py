"""What profiles say of registrations and mentoring, kept in the transaction that changes it."""

from collections.abc import Sequence

from hub.accounts.models import Person
from hub.directory import services as directory
from hub.registration import queries


def follow(person: Person) -> None:
    """Bring the profile and the search along with what *person* holds and offers."""
    held = queries.current_registrations([person.id]).get(person.id, [])
    mentor = queries.mentor_of_person(person.id)
    directory.note_registrations(person, queries.as_on_profiles(held), mentors=mentor is not None and not mentor.paused)


def follow_many(person_ids: Sequence[int]) -> None:
    """The same for those of these people who hold or offer anything."""
    for person in queries.holders_and_mentors(person_ids):
        follow(person)

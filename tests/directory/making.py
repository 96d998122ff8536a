"""Makers of the directory's tests: technicians with skills, through the services."""

from hub.accounts.models import Institution, Person
from hub.directory import queries, services
from hub.directory.fields import TYPED
from hub.directory.models import Level, Visibility
from hub.directory.services import Claim
from tests import factories


def place(**given) -> Institution:
    """An institution with the shipped vocabulary."""
    made = factories.institution(**given)
    services.load_vocabulary(made)
    return made


def technician(of: Institution, *, skills: dict[str, Level | None] | None = None, see=None, **given) -> Person:
    """*skills*: name → level, or nothing for a wish to learn; *see*: field → visibility; the rest by column."""
    columns = {name: given.pop(name) for name in list(given) if name in TYPED}
    person = factories.person(of, **given)
    if skills:
        claims = [Claim(queries.skill_named(n, of.id), level, level is None) for n, level in skills.items()]
        services.add_skills_to(person, claims, actor=person)
    if columns or see:
        tells(person, see=see, **columns)
    return person


def knows(person: Person, name: str, level: Level | None = Level.EXPERT) -> None:
    skill = queries.skill_named(name, person.institution_id)
    services.add_skill_to(person, skill, level, person, wants_to_learn=level is None)


def tells(person: Person, *, see: dict[str, Visibility] | None = None, **columns) -> None:
    profile = queries.profile_of(person.id, fresh=True)
    services.edit_profile(profile, actor=person, values=columns, visibility=see)


def goes_public(person: Person, **see: Visibility) -> None:
    services.agree_to_public(queries.profile_of(person.id, fresh=True), photograph=False, actor=person)
    if see:
        tells(person, see=see)

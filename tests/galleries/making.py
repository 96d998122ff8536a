"""Makers of what the galleries have."""

from hub.accounts import queries as accounts
from hub.accounts.models import Person, Role
from hub.directory import services as directory
from hub.galleries import queries, services
from hub.galleries.models import Gallery, Portrait
from tests import factories
from tests.directory import making as for_directory
from tests.directory.test_services import fresh, picture


def editor(of=None, **given) -> Person:
    return factories.person(of, roles=(Role.EDITOR,), **given)


def public(of, **given) -> Person:
    """A technician who has agreed to be on the open web."""
    person = for_directory.technician(of, **given)
    for_directory.goes_public(person)
    return person


def with_photograph(person: Person, *, alt="At the lathe", is_public=True) -> Person:
    directory.set_photograph(fresh(person), content=picture(), name="me.png", alt=alt, actor=person)
    if is_public:
        directory.agree_to_public(fresh(person), photograph=True, actor=person)
    return person


def gallery(lead: Person, *people: Person, published=False, **given) -> Gallery:
    """*people* are chosen for it in their order."""
    said = {"title": "The people of Forge Yard", "introduction": "", "building": "Forge Yard", "theme": None}
    made = services.make(**{**said, "position": 1, **given}, actor=lead)
    for person in people:
        choose(made, person, lead)
    if published:
        services.publish(queries.gallery(made.id), actor=accounts.person(lead.id))
    return queries.gallery(made.id)


def choose(gallery: Gallery, person: Person, lead: Person) -> Portrait:
    return services.choose(queries.gallery(gallery.id), person, actor=accounts.person(lead.id))


def place_of(person: Person, gallery: Gallery) -> Portrait:
    return next(p for p in queries.gallery(gallery.id).portraits if p.person_id == person.id)

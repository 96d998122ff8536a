"""Makers of registration: journeys at a stage, mentors, pairs, each a path through the services."""

from datetime import timedelta

from hub.core.clock import today
from hub.core.db import db
from hub.registration import registers, services
from hub.registration.models import Journey, Mentor, Mentoring
from hub.registration.queries import mentor_of_person
from hub.registration.stages import CameBy
from tests import factories as make

WORDS = "I repaired the cryostat and wrote down how, so that the next person need not ask."


def technician(uni=None, **given):
    uni = uni or make.institution()
    return make.person(uni, **{"unit": make.unit(uni)} | given)


def journey(person=None, *, register: str | None = "rsci", body: str | None = "ist") -> Journey:
    """A journey with its register chosen, or with none yet."""
    owner = person or technician()
    made = services.show_interest(actor=owner)
    if register:
        services.choose_register(made, register=register, body=body, actor=owner)
    return made


def drafted(person=None, **given) -> Journey:
    """Every area written."""
    made = journey(person, **given)
    for statement in made.statements:
        services.save_statement(statement, text=WORDS, keep=True, actor=made.person)
    return made


def supported(person=None, **given) -> Journey:
    """Written, and a supporter outside the hub has agreed."""
    made = drafted(person, **given)
    services.name_supporter(
        made, name="Dr Una Marsh", email="una.marsh@elsewhere.example", agreed=True, actor=made.person
    )
    return made


def submitted(person=None, **given) -> Journey:
    made = supported(person, **given)
    services.submit(made, submitted_on=today(), actor=made.person)
    return made


def awarded(person=None, **given) -> Journey:
    made = submitted(person, **given)
    services.report_decision(made, awarded=True, decided_on=today(), actor=made.person)
    return made


def registered(person=None, *, number: str = "RSci-4410", fee_pence: int = 5780, **given) -> Journey:
    made = awarded(person, **given)
    services.register(made, number=number, registered_on=today(), fee_pence=fee_pence, actor=made.person)
    return made


def mentor(person=None, **offered) -> Mentor:
    fixed = {"registers": ["rsci"], "bodies": ["ist"], "capacity": 2, "campus": "North", "about": "Happy to help."}
    return services.offer_to_mentor(actor=person or technician(), **fixed | offered)


def pair(mentee_journey: Journey, mentor_person=None) -> Mentoring:
    """Asked, and agreed by both."""
    by = mentor_person or technician(mentee_journey.person.institution)
    offer = mentor_of_person(by.id) or mentor(by)
    made = services.ask(offer, mentee_journey, message="Could you help me?", actor=mentee_journey.person)
    services.accept(made, actor=by)
    return made


def proposal(mentee_journey: Journey, by, mentor_person=None) -> Mentoring:
    """Proposed by the lead *by*; nobody has answered."""
    person = mentor_person or technician(mentee_journey.person.institution)
    offer = mentor_of_person(person.id) or mentor(person)
    return services.propose(offer, mentee_journey, came_by=CameBy.LEAD, actor=by)


def wish(of: Journey, **wished):
    return services.wish_for(of, actor=of.person, **{"campus": "North"} | wished)


def longest() -> int:
    """The most words that an area of the register in these tests may have."""
    return registers.all_registers()["rsci"].framework.areas[0].words


def months_ago(months: int):
    return today() - timedelta(days=30 * months)


def reload(row):
    """*row* as the next request would find it."""
    db.session.flush()
    db.session.expire_all()
    return row

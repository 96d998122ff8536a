"""Makers of what skills sharing has."""

from contextlib import contextmanager
from datetime import timedelta
from itertools import count

from hub.accounts.models import Institution
from hub.core import clock
from hub.core.db import db
from hub.directory.models import Level, PersonSkill, Skill, SkillGroup
from hub.notifications.models import Notice
from hub.skills import services, signals
from hub.skills.models import Kind
from tests import factories

_n = count(1)


def skill(of, **given):
    made = Skill(
        **{"institution_id": of.institution_id, "name": f"Skill {next(_n)}", "group": SkillGroup.IMAGING}
        | {"synonyms": [], "abbreviations": []}
        | given
    )
    db.session.add(made)
    db.session.flush()
    return made


def knows(person, known, level=None, *, wants=False):
    made = PersonSkill(
        institution_id=person.institution_id, person=person, skill=known, level=level, wants_to_learn=wants
    )
    db.session.add(made)
    db.session.flush()
    return made


def level(person, known):
    """What *person* says of a skill, if anything."""
    own = db.session.query(PersonSkill).filter_by(person_id=person.id, skill_id=known.id).one_or_none()
    return own and own.level


def teaches(person, known):
    return knows(person, known, Level.CAN_TEACH)


def wants(person, known):
    return knows(person, known, wants=True)


def colleague(of, **given):
    return factories.person(db.session.get_one(Institution, of.institution_id), **given)


def request(asker=None, **given):
    asker = asker or factories.person()
    if "skill" not in given and "asked" not in given:
        given["skill"] = skill(asker)
    wanted = {
        "kind": Kind.ADVICE,
        "what": "Cutting thin sections of hard tissue",
        "when_suits": "Tuesdays",
        "expires_on": clock.today() + timedelta(days=30),
    }
    return services.ask(**wanted | given, actor=asker)


def offer(host=None, **given):
    host = host or factories.person()
    wanted = {
        "kind": Kind.DEMONSTRATION,
        "summary": "Set up a confocal stack without bleaching it",
        "minutes": 60,
        "capacity": 3,
    }
    if "skill" not in given:
        given["skill"] = skill(host)
    return services.offer(**wanted | given, actor=host)


def session(host=None, *, of=None, **given):
    """A session a week from now, arranged by *host* from an offer."""
    of = of or offer(host)
    wanted = {
        "title": "A confocal stack",
        "place": "Room 1.09, Kelvin Court",
        "starts_at": clock.now() + timedelta(days=7),
        "minutes": 60,
        "capacity": 3,
    }
    return services.schedule(of, **wanted | given, actor=of.host)


def held(*people, host=None, **given):
    """A session that *people* booked and the host says they came to; the clock stands an hour after its end."""
    made = session(host, **{"capacity": max(3, len(people))} | given)
    for person in people:
        services.book(made, actor=person)
    with after(made):
        services.deliver(made, attended={person.id for person in people}, actor=made.host)
    return made


def after(made, **delta):
    """Hold the clock some time after a session's end, by default an hour."""
    return clock.held(made.ends_at + timedelta(**(delta or {"hours": 1})))


@contextmanager
def announced():
    """The facts that are announced inside the block, as (sender's id, title, day, people, quantity, unit)."""
    seen = []

    def note(sender, actor):
        seen.append(
            {
                "id": sender.id,
                "title": sender.evidence_title,
                "on": sender.evidence_on,
                "people": sender.evidence_people,
                "quantity": sender.evidence_quantity,
                "unit": sender.evidence_unit_id,
                "actor": actor,
            }
        )

    with signals.session_delivered.connected_to(note):
        yield seen


def told(person):
    """Kinds of the notices that *person* has, oldest first."""
    rows = db.session.query(Notice).filter_by(recipient_id=person.id).order_by(Notice.id)
    return [row.kind.removeprefix("skills.") for row in rows]

"""The demo's last days: something in every state, most of it around the first people of the cast."""

from datetime import datetime, timedelta
from random import Random

from hub.accounts.models import Person
from hub.core.clock import at_london, held, london, now
from hub.directory.models import Skill
from hub.skills import demo_words as words
from hub.skills import services
from hub.skills.models import Kind, Request, Session

Teachers = list[tuple[Person, Skill]]


def fill(teachers: Teachers, learners: list[Person], rng: Random, *, end: datetime) -> None:
    """Sessions held, coming, full and waiting for agreement; requests open and answered, up to *end*."""
    faces, others = learners[:4], learners[12:]
    hosts = [(person, skill) for person, skill in teachers if person not in faces] or teachers
    with held(end - timedelta(days=9)):
        taught = _session(hosts[0], rng, days=4, capacity=4)
        for person in faces[:3]:
            services.book(taught, actor=person)
    with held(end - timedelta(days=1)):
        services.deliver(taught, attended={person.id for person in faces[:3]}, actor=taught.host)
        services.confirm(taught, was_there=True, feedback=words.FEEDBACK[0], actor=faces[2])
    with held(end - timedelta(hours=5)):
        _coming(hosts, faces, others, rng)
        _asked(teachers, hosts, faces, others, rng)


def _coming(hosts: Teachers, faces: list[Person], others: list[Person], rng: Random) -> None:
    roomy = _session(hosts[1 % len(hosts)], rng, days=8, capacity=6)
    full = _session(hosts[2 % len(hosts)], rng, days=11, capacity=2)
    for session, people in ((roomy, faces[:2]), (full, [*others[:2], faces[0]])):
        for person in people:
            if person is not session.host:
                services.book(session, actor=person)
    managed = next((host for host in hosts[3:] if host[0].manager_id is not None), None)
    if managed is not None:
        _session(managed, rng, days=15, capacity=3, needs_approval=True)


def _asked(teachers: Teachers, hosts: Teachers, faces: list[Person], others: list[Person], rng: Random) -> None:
    helper, skill = hosts[-1]
    _request(faces[0], hosts[0][1], rng)
    answered = _request(faces[0], skill, rng)
    if helper is not faces[0]:
        services.answer(answered, summary=rng.choice(words.ANSWERS), actor=helper)
    _request(others[-1], skill, rng, asked=faces[1])
    for _, known in [(person, known) for person, known in teachers if person in faces][:2]:
        _request(others[-2], known, rng)


def _request(asker: Person, skill: Skill, rng: Random, *, asked: Person | None = None) -> Request:
    return services.ask(
        kind=Kind.ADVICE if asked else Kind.DEMONSTRATION,
        what=f"{skill.name}: {rng.choice(words.REQUESTS)}",
        when_suits=rng.choice(words.TIMES),
        expires_on=london(now()).date() + timedelta(days=30),
        skill=skill,
        asked=asked,
        actor=asker,
    )


def _session(
    teacher: tuple[Person, Skill], rng: Random, *, days: int, capacity: int, needs_approval: bool = False
) -> Session:
    """A session on the first working day *days* from now, out of an offer made for it."""
    host, skill = teacher
    day = london(now()).date() + timedelta(days=days)
    summary = f"{skill.name}: {rng.choice(words.OFFERS)}"
    offer = services.offer(
        kind=Kind.DEMONSTRATION, skill=skill, summary=summary, minutes=60, capacity=capacity, actor=host
    )
    return services.schedule(
        offer,
        title=summary,
        place=rng.choice(words.PLACES),
        starts_at=at_london(day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0)), 11),
        minutes=60,
        capacity=capacity,
        needs_approval=needs_approval,
        actor=host,
    )

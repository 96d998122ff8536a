"""Two years of sharing skills in the demo institution, made through the services day by day."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from sqlalchemy import select

from hub.accounts.models import Institution, Person
from hub.core.clock import at_london, held, london, now
from hub.core.db import db
from hub.directory.models import Level, PersonSkill, Skill
from hub.skills import demo_present, queries, services
from hub.skills import demo_words as words
from hub.skills.models import Kind, Offer, OfferStage, PlaceStage, Request, RequestStage, Session, SessionStage

DAYS = (2, 6, 10, 14, 18, 22, 26)  # on which something happens in a month
MANY = 16


def begin(institution: Institution, lead: Person, people: Sequence[Person], rng: Random) -> None:
    """A first handful of standing offers."""
    del lead
    for teacher, skill in _teachers(institution, people, rng)[:MANY]:
        _offer(teacher, skill, rng, standing=True)


def month(institution: Institution, lead: Person, people: Sequence[Person], month_start: date, rng: Random) -> None:
    """What happens in one month, up to this moment at the latest."""
    del lead
    end = now() if now() > at_london(month_start, 23) else at_london(month_start + timedelta(days=31))
    is_last = london(end).date() < month_start + timedelta(days=27)  # this very month, which has not ended
    teachers = _teachers(institution, people, rng)
    learners = [person for person in people if person.is_technician]
    if not teachers or len(learners) < MANY:
        return
    for number in DAYS:
        moment = at_london(month_start.replace(day=number), 9, rng.randrange(60))
        if moment < end:
            with held(moment):
                _one_day(institution, teachers, learners, rng)
    if is_last:
        demo_present.fill(teachers, learners, rng, end=end)


def _one_day(
    institution: Institution, teachers: list[tuple[Person, Skill]], learners: list[Person], rng: Random
) -> None:
    services.remind_of_expiry()
    services.expire_requests()
    services.settle_sessions()
    _hold_sessions(institution, rng)
    _answer_confirmations(institution, rng)
    _agree(institution)
    _ask(teachers, learners, rng)
    _answer_requests(institution, teachers, rng)
    _arrange(institution, rng)
    _book(institution, learners, rng)


# -- requests and offers -----------------------------------------------------------------------------------------------


def _teachers(institution: Institution, people: Sequence[Person], rng: Random) -> list[tuple[Person, Skill]]:
    """Who can teach what, in an order of chance."""
    known = {person.id: person for person in people}
    rows = db.session.execute(
        select(PersonSkill.person_id, Skill)
        .join(Skill, Skill.id == PersonSkill.skill_id)
        .where(PersonSkill.institution_id == institution.id, PersonSkill.level == Level.CAN_TEACH)
        .order_by(PersonSkill.id)
    ).all()
    found = [(known[person_id], skill) for person_id, skill in rows if person_id in known]
    rng.shuffle(found)
    return found


def _offer(teacher: Person, skill: Skill, rng: Random, *, standing: bool) -> Offer:
    return services.offer(
        kind=rng.choice([Kind.DEMONSTRATION, Kind.DEMONSTRATION, Kind.SHADOWING, Kind.COURSE]),
        skill=skill,
        summary=f"{skill.name}: {rng.choice(words.OFFERS)}",
        minutes=rng.choice([45, 60, 60, 90, 120]),
        capacity=rng.choice([1, 3, 4, 6, 8]),
        prerequisites=rng.choice(words.PREREQUISITES),
        expires_on=None if standing else london(now()).date() + timedelta(days=rng.randrange(10, 60)),
        actor=teacher,
    )


def _ask(teachers: list[tuple[Person, Skill]], learners: list[Person], rng: Random) -> None:
    if rng.random() < 0.27:
        teacher, skill = rng.choice(teachers)
        asker = rng.choice(learners)
        by_name = rng.random() < 0.3 and asker is not teacher
        request = services.ask(
            kind=Kind.ADVICE if by_name else rng.choice(list(Kind)),
            what=f"{skill.name}: {rng.choice(words.REQUESTS)}",
            when_suits=rng.choice(words.TIMES),
            expires_on=london(now()).date() + timedelta(days=rng.randrange(14, 60)),
            skill=skill,
            asked=teacher if by_name else None,
            actor=asker,
        )
        if rng.random() < 0.06:
            services.withdraw_request(request, actor=asker)
    if rng.random() < 0.15:
        _offer(*rng.choice(teachers), rng, standing=rng.random() < 0.4)


def _answer_requests(institution: Institution, teachers: list[tuple[Person, Skill]], rng: Random) -> None:
    for request_id in _ids(Request, institution, RequestStage.OPEN):
        if request_id % 5 == 0 or rng.random() > 0.35:  # one in five finds nobody in time
            continue
        request = queries.request(request_id)
        able = [person for person, skill in teachers if skill.id == request.skill_id]
        helper = request.asked or (rng.choice(able) if able else None)
        if helper is None or helper is request.asker:
            continue
        offer = services.answer(request, summary=rng.choice(words.ANSWERS), actor=helper)
        if rng.random() < 0.08:
            services.decline(offer, actor=request.asker)


def _arrange(institution: Institution, rng: Random) -> None:
    """Give a date to some answers, and now and then to a standing offer."""
    open_offers = [queries.offer(offer_id) for offer_id in _ids(Offer, institution, OfferStage.OPEN)]
    answers = [offer for offer in open_offers if offer.request is not None]
    standing = [offer for offer in open_offers if offer.request is None and not offer.is_promise]
    chosen = [offer for offer in answers if rng.random() < 0.6]
    if standing and rng.random() < 0.12:
        chosen.append(rng.choice(standing))
    for offer in chosen:
        services.schedule(
            offer,
            title=(offer.request.what if offer.request else offer.summary)[:120],
            place=rng.choice(words.PLACES),
            starts_at=at_london(_workday(rng), rng.randrange(9, 16), rng.choice([0, 0, 30])),
            minutes=20 if offer.kind == Kind.ADVICE else offer.minutes,
            capacity=1 if offer.kind == Kind.ADVICE else max(offer.capacity, 3),
            prerequisites=offer.prerequisites,
            risk_assessment=rng.choice(["", "", f"RA-{rng.randrange(1000, 9999)}"]),
            needs_approval=offer.host.manager_id is not None and rng.random() < 0.15,
            actor=offer.host,
        )


def _workday(rng: Random) -> date:
    day = london(now()).date() + timedelta(days=rng.randrange(4, 18))
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


# -- sessions ----------------------------------------------------------------------------------------------------------


def _agree(institution: Institution) -> None:
    for session_id in _ids(Session, institution, SessionStage.PROPOSED):
        session = queries.session(session_id)
        if session.host.manager is not None and session.stage_since < now() - timedelta(days=4):
            services.approve(session, actor=session.host.manager)


def _book(institution: Institution, learners: list[Person], rng: Random) -> None:
    for session_id in _ids(Session, institution, SessionStage.SCHEDULED):
        session = queries.session(session_id)
        if session.has_started or session.kind == Kind.ADVICE:
            continue
        for person in rng.sample(learners, rng.randrange(3)):
            if person is not session.host and session.place_of(person) is None:
                services.book(session, actor=person)
        taken = session.places_in(PlaceStage.BOOKED)
        if len(taken) > 2 and rng.random() < 0.2:
            services.leave(session, actor=taken[-1].person)


def _hold_sessions(institution: Institution, rng: Random) -> None:
    for session_id in _ids(Session, institution, SessionStage.SCHEDULED):
        session = queries.session(session_id)
        booked = session.places_in(PlaceStage.BOOKED)
        if session.ends_at < now() and (not booked or rng.random() < 0.06):
            services.cancel(session, because=rng.choice(words.REASONS), actor=session.host)
        elif session.ends_at < now():
            came = {place.person_id for place in booked if rng.random() < 0.93} or {booked[0].person_id}
            services.deliver(session, attended=came, actor=session.host)


def _answer_confirmations(institution: Institution, rng: Random) -> None:
    for session_id in _ids(Session, institution, SessionStage.DELIVERED):
        session = queries.session(session_id)
        for place in session.places_in(PlaceStage.ATTENDED):
            if place.was_there is None and rng.random() < 0.7:
                services.confirm(
                    session,
                    was_there=rng.random() < 0.97,
                    feedback=rng.choice(words.FEEDBACK) if rng.random() < 0.6 else "",
                    add_to_profile=rng.random() < 0.3,
                    actor=place.person,
                )


def _ids(model: type[Request] | type[Offer] | type[Session], institution: Institution, stage: str) -> Sequence[int]:
    return db.session.scalars(
        select(model.id).where(model.institution_id == institution.id, model.stage == stage).order_by(model.id)
    ).all()

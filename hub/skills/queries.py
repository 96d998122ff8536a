"""Reads of requests, offers, sessions and places."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.interfaces import ORMOption

from hub.accounts.models import Person, Role, Status
from hub.accounts.queries import holders
from hub.core.clock import now, today
from hub.core.db import db
from hub.core.lists import matching
from hub.core.tasks import task
from hub.directory.models import Level, PersonSkill, Skill
from hub.skills.models import (
    Offer,
    OfferStage,
    Place,
    PlaceStage,
    Request,
    RequestStage,
    Session,
    SessionStage,
)

LIVE_PLACES = (PlaceStage.BOOKED, PlaceStage.WAITING)
TAUGHT = (SessionStage.DELIVERED, SessionStage.CONFIRMED)


def _with_places() -> tuple[ORMOption, ...]:
    return joinedload(Session.host), joinedload(Session.skill), selectinload(Session.places)


# -- one ---------------------------------------------------------------------------------------------------------------


def request(request_id: int) -> Request:
    return db.session.scalars(
        select(Request)
        .options(joinedload(Request.asker), joinedload(Request.asked), joinedload(Request.skill))
        .where(Request.id == request_id)
    ).one()


def offer(offer_id: int) -> Offer:
    return db.session.scalars(
        select(Offer)
        .options(
            joinedload(Offer.host),
            joinedload(Offer.skill),
            joinedload(Offer.request).joinedload(Request.asker),
        )
        .where(Offer.id == offer_id)
    ).one()


def session(session_id: int) -> Session:
    """One session with everybody in it."""
    return db.session.scalars(
        select(Session)
        .options(
            joinedload(Session.host).joinedload(Person.manager),
            joinedload(Session.skill),
            joinedload(Session.request).joinedload(Request.asker),
            selectinload(Session.places).joinedload(Place.person),
        )
        .where(Session.id == session_id)
    ).one()


def read_again(known: Session) -> None:
    """Bring a session and its places up to what others may have saved since it was loaded."""
    db.session.refresh(known, ["stage", "version", "capacity", "starts_at", "minutes", "delivered_at"])
    here = select(Place).where(Place.session_id == known.id).order_by(Place.booked_at, Place.id)
    places = db.session.scalars(here.execution_options(populate_existing=True)).all()
    wanted = select(Person).where(Person.id.in_([place.person_id for place in places]))
    people = {person.id: person for person in db.session.scalars(wanted)}
    for place in places:
        set_committed_value(place, "person", people[place.person_id])
    set_committed_value(known, "places", list(places))


def answer_to(asked: Request) -> Offer | None:
    """The offer that a request was last answered with and that still stands."""
    return db.session.scalars(
        select(Offer)
        .options(joinedload(Offer.host), joinedload(Offer.request).joinedload(Request.asker))
        .where(Offer.request_id == asked.id, Offer.stage.in_((OfferStage.OPEN, OfferStage.TAKEN)))
        .order_by(Offer.id.desc())
        .limit(1)
    ).one_or_none()


def session_for(asked: Request) -> Session | None:
    """The latest session arranged for a request."""
    return db.session.scalars(
        select(Session)
        .options(*_with_places())
        .where(Session.request_id == asked.id)
        .order_by(Session.id.desc())
        .limit(1)
    ).one_or_none()


def colleague(slug: str, *, of: Person) -> Person | None:
    """A colleague who can be asked: somebody else of the same institution who has not left."""
    return db.session.scalars(
        select(Person).where(
            Person.slug == slug,
            Person.institution_id == of.institution_id,
            Person.id != of.id,
            Person.status == Status.ACTIVE,
        )
    ).one_or_none()


def approver_of(session: Session) -> Person | None:
    """Whom to ask for agreement: the host's line manager, else the institution's lead."""
    if session.host.manager_id is not None:
        return db.session.get(Person, session.host.manager_id)
    leads = holders(session.institution_id, Role.LEAD)
    return next((lead for lead in leads if lead.id != session.host_id), None)


# -- lists -------------------------------------------------------------------------------------------------------------


def skill(skill_id: str) -> Skill:
    """The skill that was chosen from ``skill_names``."""
    return db.session.get_one(Skill, int(skill_id))


def skill_names(institution_id: int, *, among: Select[int] | None = None) -> dict[str, str]:
    """The vocabulary, or the part of it whose ids are *among*, as options of a choice."""
    wanted = select(Skill.id, Skill.name).where(Skill.institution_id == institution_id)
    if among is not None:
        wanted = wanted.where(Skill.id.in_(among))
    rows = db.session.execute(wanted.order_by(func.lower(Skill.name), Skill.id))
    return {str(skill_id): name for skill_id, name in rows}


def taught_by(person: Person) -> Select[int]:
    """Ids of the skills that *person* can teach."""
    return select(PersonSkill.skill_id).where(PersonSkill.person_id == person.id, PersonSkill.level == Level.CAN_TEACH)


def wanted_by(person: Person) -> Select[int]:
    """Ids of the skills that *person* is learning or wants to learn."""
    return select(PersonSkill.skill_id).where(
        PersonSkill.person_id == person.id,
        or_(PersonSkill.wants_to_learn.is_(True), PersonSkill.level == Level.LEARNING),
    )


def visible_sessions(user: Person) -> Select[Session]:
    return (
        select(Session)
        .options(*_with_places())
        .where(Session.institution_id == user.institution_id, Session.stage != SessionStage.PROPOSED)
    )


def coming_sessions(user: Person) -> Select[Session]:
    return visible_sessions(user).where(Session.stage == SessionStage.SCHEDULED, Session.starts_at > now())


def past_sessions(user: Person) -> Select[Session]:
    return visible_sessions(user).where(
        or_(Session.starts_at <= now(), Session.stage.in_((*TAUGHT, SessionStage.CANCELLED)))
    )


def session_matches(text: str) -> ColumnElement[bool]:
    return or_(
        matching(text, Session.title, Session.place),
        Session.host.has(matching(text, Person.name)),
        Session.skill.has(matching(text, Skill.name)),
    )


def booked_by(user: Person) -> Sequence[Session]:
    """Coming sessions that *user* teaches or has a place in, soonest first."""
    mine = select(Place.session_id).where(Place.person_id == user.id, Place.stage.in_(LIVE_PLACES))
    return db.session.scalars(
        select(Session)
        .options(*_with_places())
        .where(
            or_(Session.host_id == user.id, Session.id.in_(mine)),
            Session.stage.in_((SessionStage.PROPOSED, SessionStage.SCHEDULED)),
            Session.starts_at > now() - timedelta(hours=12),
        )
        .order_by(Session.starts_at, Session.id)
        .limit(10)
    ).all()


def worth_joining(user: Person) -> Sequence[Session]:
    """Coming sessions on what *user* wants to learn, where they have no place yet."""
    mine = select(Place.session_id).where(Place.person_id == user.id, Place.stage != PlaceStage.WITHDRAWN)
    return db.session.scalars(
        coming_sessions(user)
        .where(
            Session.skill_id.in_(wanted_by(user)),
            Session.host_id != user.id,
            Session.id.not_in(mine),
        )
        .order_by(Session.starts_at, Session.id)
        .limit(6)
    ).all()


def open_requests(user: Person) -> Select[Request]:
    """What *user* could answer: open to everybody, or asked of them."""
    return (
        select(Request)
        .options(joinedload(Request.asker), joinedload(Request.skill))
        .where(
            Request.institution_id == user.institution_id,
            Request.stage == RequestStage.OPEN,
            Request.asker_id != user.id,
            or_(Request.asked_id.is_(None), Request.asked_id == user.id),
        )
    )


def request_matches(text: str) -> ColumnElement[bool]:
    return or_(matching(text, Request.what), Request.skill.has(matching(text, Skill.name)))


def answerable(user: Person) -> Sequence[Request]:
    """Open requests for a skill that *user* can teach, and those made of them by name."""
    return db.session.scalars(
        open_requests(user)
        .where(or_(Request.asked_id == user.id, Request.skill_id.in_(taught_by(user))))
        .order_by(Request.expires_on, Request.id)
        .limit(6)
    ).all()


def requests_of(user: Person) -> Sequence[Request]:
    return db.session.scalars(
        select(Request)
        .options(joinedload(Request.asked), joinedload(Request.skill))
        .where(Request.asker_id == user.id)
        .order_by(Request.asked_at.desc(), Request.id.desc())
        .limit(10)
    ).all()


def offers_of(user: Person) -> Sequence[Offer]:
    return db.session.scalars(
        select(Offer)
        .options(joinedload(Offer.skill))
        .where(Offer.host_id == user.id, Offer.stage == OfferStage.OPEN, Offer.request_id.is_(None))
        .order_by(Offer.id.desc())
        .limit(10)
    ).all()


def open_offers(user: Person) -> Select[Offer]:
    return (
        select(Offer)
        .options(joinedload(Offer.host), joinedload(Offer.skill))
        .where(
            Offer.institution_id == user.institution_id,
            Offer.stage == OfferStage.OPEN,
            Offer.request_id.is_(None),
        )
    )


def offer_matches(text: str) -> ColumnElement[bool]:
    return or_(
        matching(text, Offer.summary),
        Offer.host.has(matching(text, Person.name)),
        Offer.skill.has(matching(text, Skill.name)),
    )


# -- hours -------------------------------------------------------------------------------------------------------------


def hours_of(user: Person) -> Select[Session]:
    """Confirmed sessions in which *user* taught, or learnt and said so."""
    learnt = select(Place.session_id).where(Place.person_id == user.id, Place.was_there.is_(True))
    return (
        select(Session)
        .options(*_with_places())
        .where(
            Session.stage == SessionStage.CONFIRMED,
            or_(Session.host_id == user.id, Session.id.in_(learnt)),
        )
    )


def minutes_shared(user: Person) -> tuple[int, int]:
    """Minutes that *user* has taught and learnt in confirmed sessions."""
    found = hours_of(user).with_only_columns(
        func.coalesce(func.sum(case((Session.host_id == user.id, Session.minutes), else_=0)), 0),
        func.coalesce(func.sum(case((Session.host_id == user.id, 0), else_=Session.minutes)), 0),
    )
    taught, learnt = db.session.execute(found).one()
    return int(taught), int(learnt)


# -- what waits --------------------------------------------------------------------------------------------------------


def requests_ending(before: date) -> Sequence[Request]:
    """Open requests, of every institution, whose last day is earlier than *before*."""
    return db.session.scalars(
        select(Request)
        .options(joinedload(Request.asker))
        .where(Request.stage == RequestStage.OPEN, Request.expires_on < before)
        .order_by(Request.id)
    ).all()


def offers_ending(before: date) -> Sequence[Offer]:
    """Open offers, of every institution, whose last day is earlier than *before*; answers to requests have none."""
    return db.session.scalars(
        select(Offer)
        .options(joinedload(Offer.host))
        .where(Offer.stage == OfferStage.OPEN, Offer.expires_on < before)
        .order_by(Offer.id)
    ).all()


def sessions_to_settle(delivered_before: datetime) -> Sequence[Session]:
    """Delivered sessions that somebody confirmed and whose others have had their time."""
    yes = select(Place.session_id).where(Place.was_there.is_(True))
    ids = db.session.scalars(
        select(Session.id)
        .where(Session.stage == SessionStage.DELIVERED, Session.delivered_at <= delivered_before, Session.id.in_(yes))
        .order_by(Session.id)
    ).all()
    return [session(session_id) for session_id in ids]


def waiting_for(user: Person) -> Sequence[tuple[str, int, str, datetime | None]]:
    """The tasks of this feature, most pressing first."""
    tasks = union_all(*tasks_for(user)).subquery()
    rows = db.session.execute(select(tasks).order_by(tasks.c.due_at.is_(None), tasks.c.due_at, tasks.c.subject_id))
    return [(row.kind, row.subject_id, row.title, row.due_at) for row in rows]


def tasks_for(user: Person) -> list[Select[Any]]:
    """What waits for *user*: an answer, a date, a word on who came, a confirmation, an agreement."""
    host = aliased(Person)
    dated = exists().where(Session.offer_id == Offer.id, Session.stage != SessionStage.CANCELLED)
    return [
        task("skills.request", Request.id, Request.what).where(
            Request.asked_id == user.id, Request.stage == RequestStage.OPEN, Request.expires_on >= today()
        ),
        task("skills.schedule", Offer.id, Request.what)
        .join(Request, Request.id == Offer.request_id)
        .where(Offer.host_id == user.id, Offer.stage == OfferStage.OPEN),
        task("skills.promise", Offer.id, Skill.name)
        .join(Skill, Skill.id == Offer.skill_id)
        .where(Offer.host_id == user.id, Offer.stage == OfferStage.OPEN, Offer.is_promise, ~dated),
        task("skills.deliver", Session.id, Session.title).where(
            Session.host_id == user.id, Session.stage == SessionStage.SCHEDULED, Session.starts_at <= now()
        ),
        task("skills.confirm", Session.id, Session.title)
        .join(Place, and_(Place.session_id == Session.id, Place.person_id == user.id))
        .where(Session.stage == SessionStage.DELIVERED, Place.stage == PlaceStage.ATTENDED, Place.was_there.is_(None)),
        task("skills.session", Session.id, Session.title, Session.starts_at)
        .join(host, host.id == Session.host_id)
        .where(
            Session.stage == SessionStage.PROPOSED,
            Session.needs_approval.is_(True),
            host.manager_id == user.id,
        ),
    ]

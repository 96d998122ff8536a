"""Reads of galleries, of those in them and of what was printed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from hub.accounts.models import Person
from hub.accounts.queries import holds
from hub.core.db import db
from hub.core.lists import matching
from hub.core.tasks import task
from hub.directory import queries as directory
from hub.directory.faces import Face, public_face
from hub.directory.index_store import catch_up
from hub.directory.models import Listed, Profile
from hub.directory.policy import PUBLIC, audiences, viewer_of
from hub.galleries import policy
from hub.galleries.models import Answer, Gallery, Portrait, PrintedCard, Printing, Stage

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody as a gallery shows them to everybody: never more than they have agreed to."""

    profile: Profile
    face: Face
    does: str
    quote: str


def galleries(institution_id: int) -> Select[Any]:
    """Every gallery of an institution with those in it, for a list."""
    return select(Gallery).options(selectinload(Gallery.portraits)).where(Gallery.institution_id == institution_id)


def matches(q: str) -> ColumnElement[bool]:
    return matching(q, Gallery.title, Gallery.building)


def _whole_gallery() -> Select[Gallery]:
    return select(Gallery).options(
        joinedload(Gallery.institution, innerjoin=True),
        selectinload(Gallery.portraits).joinedload(Portrait.person, innerjoin=True).joinedload(Person.unit),
    )


def gallery(gallery_id: int) -> Gallery:
    """:raises NoResultFound: if there is none"""
    return db.session.scalars(_whole_gallery().where(Gallery.id == gallery_id)).one()


def published_gallery(slug: str) -> Gallery:
    """:raises NoResultFound: if no gallery of that address is on the open web"""
    return db.session.scalars(_whole_gallery().where(Gallery.slug == slug, Gallery.stage == Stage.PUBLISHED)).one()


def published(institution_id: int) -> Sequence[Any]:
    """An institution's galleries on the open web that show somebody, in its order, each with how many."""
    return db.session.execute(
        select(Gallery, func.count(Portrait.id))
        .join(Gallery.portraits)
        .where(
            Gallery.institution_id == institution_id, Gallery.stage == Stage.PUBLISHED, Portrait.stage == Answer.SHOWN
        )
        .group_by(Gallery.id)
        .order_by(Gallery.position, Gallery.id)
    ).all()


def published_slugs() -> Sequence[str]:
    """The addresses of every gallery on the open web, whatever the institution."""
    return db.session.scalars(select(Gallery.slug).where(Gallery.stage == Stage.PUBLISHED).order_by(Gallery.slug)).all()


def shown_in(gallery: Gallery) -> list[Shown]:
    """Those whom a gallery shows, in order, as their profiles say at this moment that everybody may see them."""
    profiles = directory.public_profiles([portrait.person_id for portrait in gallery.shown])
    return [_shown(p, profiles[p.person_id]) for p in gallery.shown if p.person_id in profiles]


def _shown(portrait: Portrait, profile: Profile) -> Shown:
    does, quote = (portrait.does, portrait.quote) if portrait.approved else ("", "")
    return Shown(profile, public_face(profile), does, quote)


def portrait(portrait_id: int) -> Portrait:
    """:raises NoResultFound: if there is none"""
    return db.session.scalars(
        select(Portrait)
        .options(
            joinedload(Portrait.gallery, innerjoin=True).joinedload(Gallery.institution, innerjoin=True),
            joinedload(Portrait.person, innerjoin=True).joinedload(Person.unit),
        )
        .where(Portrait.id == portrait_id)
    ).one()


def portraits_of(person_id: int) -> Select[Any]:
    """Where somebody is or was asked to be, for a list."""
    return (
        select(Portrait)
        .join(Portrait.gallery)
        .options(joinedload(Portrait.gallery, innerjoin=True))
        .where(Portrait.person_id == person_id)
    )


def shown_portraits_of(person_ids: Collection[int]) -> Sequence[Portrait]:
    return db.session.scalars(
        select(Portrait)
        .options(joinedload(Portrait.gallery, innerjoin=True), joinedload(Portrait.person, innerjoin=True))
        .where(Portrait.person_id.in_(person_ids), Portrait.stage == Answer.SHOWN)
        .order_by(Portrait.id)
    ).all()


def may_be_chosen(user: Person) -> Select[Person]:
    """The technicians whom the directory shows to *user*, by name."""
    catch_up()
    seen = audiences(viewer_of(user), user.institution_id)
    return (
        select(Person)
        .join(Listed, Listed.person_id == Person.id)
        .options(joinedload(Person.unit))
        .where(Listed.institution_id == user.institution_id, Listed.audience.in_(seen))
        .order_by(Person.name, Person.id)
    )


def technicians_named(q: str, user: Person) -> Sequence[Person]:
    """Those with *q* in their name."""
    named = matching(q, Person.name)
    return db.session.scalars(may_be_chosen(user).where(named).limit(MOST_FOUND)).all() if q else []


def technician(slug: str, user: Person) -> Person:
    """:raises NoResultFound: if the directory shows no such technician to *user*"""
    return db.session.scalars(may_be_chosen(user).where(Person.slug == slug)).one()


# -- printed -----------------------------------------------------------------------------------------------------------


def _whole_printing() -> Select[Printing]:
    return select(Printing).options(
        joinedload(Printing.printed_by, innerjoin=True),
        joinedload(Printing.gallery, innerjoin=True).joinedload(Gallery.institution, innerjoin=True),
        selectinload(Printing.cards).joinedload(PrintedCard.person, innerjoin=True),
    )


def printing(printing_id: int) -> Printing:
    """:raises NoResultFound: if there is none"""
    return db.session.scalars(_whole_printing().where(Printing.id == printing_id)).one()


def printings_of(gallery: Gallery) -> Sequence[Printing]:
    """What was printed of a gallery, the newest first."""
    return db.session.scalars(
        _whole_printing()
        .where(Printing.gallery_id == gallery.id)
        .order_by(Printing.printed_at.desc(), Printing.id.desc())
    ).all()


def still_shown(printing: Printing, shown: Collection[Shown]) -> list[Shown]:
    """Of those whom a gallery shows now, the ones who are on record for this printing."""
    on_record = {card.person_id for card in printing.cards if card.down_by is None}
    return [one for one in shown if one.profile.person_id in on_record]


def hanging_cards_of(person_ids: Collection[int]) -> Sequence[PrintedCard]:
    """Printed cards of these people that nobody has been asked to take down yet."""
    return db.session.scalars(
        select(PrintedCard)
        .options(
            joinedload(PrintedCard.person, innerjoin=True),
            joinedload(PrintedCard.printing, innerjoin=True).options(
                joinedload(Printing.gallery, innerjoin=True), joinedload(Printing.printed_by, innerjoin=True)
            ),
        )
        .where(PrintedCard.person_id.in_(person_ids), PrintedCard.down_by.is_(None))
        .order_by(PrintedCard.id)
    ).all()


def may_have_vanished() -> Collection[int]:
    """Whom a gallery or a printed card shows although the directory does not know them as public."""
    catch_up()
    public = select(Listed.person_id).where(Listed.audience == PUBLIC)
    shown = select(Portrait.person_id).where(Portrait.stage == Answer.SHOWN, Portrait.person_id.not_in(public))
    hanging = select(PrintedCard.person_id).where(PrintedCard.down_by.is_(None), PrintedCard.person_id.not_in(public))
    return db.session.scalars(shown.union(hanging)).all()


# -- waiting -----------------------------------------------------------------------------------------------------------


def tasks_for(user: Person) -> list[Select[Any]]:
    answer = task("galleries.answer", Portrait.id, Gallery.title).select_from(Portrait).join(Portrait.gallery)
    approve = task("galleries.approve", Portrait.id, Gallery.title).select_from(Portrait).join(Portrait.gallery)
    here = (Portrait.person_id == user.id, Gallery.stage != Stage.WITHDRAWN)
    waiting = [
        answer.where(*here, Portrait.stage == Answer.ASKED),
        approve.where(*here, Portrait.stage == Answer.SHOWN, Portrait.approved.is_(False)),
    ]
    return [*waiting, _to_take_down(user)]


def _to_take_down(user: Person) -> Select[Any]:
    return (
        task("galleries.take_down", Printing.id, Gallery.title, func.min(PrintedCard.down_by))
        .select_from(PrintedCard)
        .join(PrintedCard.printing)
        .join(Printing.gallery)
        .where(
            PrintedCard.institution_id == user.institution_id,
            PrintedCard.down_by.is_not(None),
            PrintedCard.down_at.is_(None),
            holds(user.id, *policy.EDITORS),
        )
        .group_by(Printing.id, Gallery.title)
    )

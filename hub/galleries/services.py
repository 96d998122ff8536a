"""What is done with galleries: making them, asking people, printing, and taking everything down again."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import groupby

from hub.accounts.models import Person
from hub.core.clock import at_london, now, today
from hub.core.db import db, lock
from hub.core.errors import Refusal
from hub.core.text import slugify
from hub.core.themes import Theme
from hub.directory import queries as directory
from hub.directory import services as profiles
from hub.directory.faces import shows_photograph
from hub.directory.models import Profile
from hub.galleries import notifications, queries, signals
from hub.galleries.models import Answer, Gallery, Paper, Portrait, PrintedCard, Printing, Stage
from hub.galleries.workflow import GALLERY, PORTRAIT

MOST_PEOPLE = 200  # in one gallery


class Closed(Refusal):
    """The gallery was taken down."""


class TooMany(Refusal):
    """A gallery holds as many people as it may."""


class NobodyToShow(Refusal):
    """There is nobody in the gallery who agreed to be shown."""


# -- the gallery -------------------------------------------------------------------------------------------------------


def make(*, title: str, introduction: str, building: str, theme: Theme | None, position: int, actor: Person) -> Gallery:
    gallery = Gallery(
        institution_id=actor.institution_id,
        slug=f"{slugify(title)}-{secrets.token_hex(3)}",
        title=title,
        introduction=introduction,
        building=building,
        theme=theme,
        position=position,
        portraits=[],
    )
    db.session.add(gallery)
    db.session.flush()
    return gallery


def edit(
    gallery: Gallery,
    *,
    title: str,
    introduction: str,
    building: str,
    theme: Theme | None,
    position: int,
    actor: Person,
) -> None:
    """Its address stays, so that printed codes and links keep leading to it."""
    del actor
    _refuse_closed(gallery)
    gallery.title, gallery.introduction, gallery.building = title, introduction, building
    gallery.theme, gallery.position = theme, position
    db.session.flush()


def _refuse_closed(gallery: Gallery) -> None:
    if gallery.stage == Stage.WITHDRAWN:
        raise Closed("This gallery was taken down. Make a new one.")


def publish(gallery: Gallery, *, actor: Person) -> None:
    """:raises NobodyToShow: if nobody in it may be shown"""
    if not queries.shown_in(gallery):
        raise NobodyToShow("Nobody in it has agreed to be shown yet. Choose people, or wait for their answers.")
    GALLERY.make(gallery, "publish", actor=actor)
    gallery.published_at = now()
    db.session.flush()
    signals.gallery_published.send(gallery, actor=actor)


def withdraw(gallery: Gallery, *, actor: Person) -> None:
    """Take the page off the open web for good; what was printed of it stays on record."""
    GALLERY.make(gallery, "withdraw", actor=actor)
    db.session.flush()
    signals.gallery_withdrawn.send(gallery, actor=actor)


# -- who is in it ------------------------------------------------------------------------------------------------------


def choose(gallery: Gallery, person: Person, *, actor: Person) -> Portrait:
    """Put *person* in if the open web knows them already, else ask them; both are told. Twice is once.

    :raises TooMany: if the gallery is full
    """
    lock(gallery)
    _refuse_closed(gallery)
    known = next((portrait for portrait in gallery.portraits if portrait.person_id == person.id), None)
    if known is not None:
        return known
    if len(gallery.portraits) >= MOST_PEOPLE:
        raise TooMany(f"A gallery holds at most {MOST_PEOPLE} people. Make another one.")
    portrait = Portrait(
        institution_id=gallery.institution_id,
        gallery=gallery,
        person=person,
        position=max((other.position for other in gallery.portraits), default=0) + 1,
    )
    db.session.add(portrait)
    db.session.flush()
    if directory.public_profiles([person.id]):
        PORTRAIT.make(portrait, "place", actor=actor)
        notifications.placed(portrait, actor)
    else:
        notifications.asked(portrait, actor)
    return portrait


def take_out(portrait: Portrait, *, actor: Person) -> None:
    """Of somebody who was asked or is shown; whoever said no stays on the list, so that nobody asks them again."""
    del actor
    _refuse_closed(portrait.gallery)
    if portrait.stage not in {Answer.ASKED, Answer.SHOWN}:
        raise Refusal("They have answered already, and are not shown.")
    db.session.delete(portrait)
    db.session.flush()


def move_up(portrait: Portrait, *, actor: Person) -> None:
    """Change places with the one before."""
    del actor
    gallery = queries.gallery(portrait.gallery_id)
    at = gallery.portraits.index(portrait)
    if at:
        before = gallery.portraits[at - 1]
        before.position, portrait.position = portrait.position, before.position
    db.session.flush()


def write(portrait: Portrait, *, does: str, quote: str, actor: Person) -> None:
    """Words for somebody's place; those of others are shown once their person has agreed to them."""
    if (does, quote) == (portrait.does, portrait.quote):
        return
    portrait.does, portrait.quote = does, quote
    portrait.approved = actor.id == portrait.person_id or not portrait.has_words
    db.session.flush()
    if not portrait.approved:
        notifications.written(portrait, actor)


def approve(portrait: Portrait, *, actor: Person) -> None:
    del actor
    portrait.approved = True
    db.session.flush()


def agree(portrait: Portrait, *, photograph: bool, actor: Person) -> None:
    """Its person wants to be shown: their permission to be public is recorded as the directory does it."""
    _refuse_closed(portrait.gallery)
    profile = directory.profile_of(actor.id)
    profiles.agree_to_public(profile, photograph=photograph and profile.photo is not None, actor=actor)
    PORTRAIT.make(portrait, "agree", actor=actor)
    db.session.flush()


def decline(portrait: Portrait, *, actor: Person) -> None:
    PORTRAIT.make(portrait, "decline", actor=actor)
    db.session.flush()


def leave(portrait: Portrait, *, actor: Person) -> None:
    """Step out of this one gallery, and off what was printed of it; the public page of one's own stays."""
    PORTRAIT.make(portrait, "leave", actor=actor)
    db.session.flush()
    notifications.stepped_out(portrait)
    hanging = queries.hanging_cards_of([portrait.person_id])
    _must_come_down([card for card in hanging if card.printing.gallery_id == portrait.gallery_id])


# -- on paper ----------------------------------------------------------------------------------------------------------


def note_printing(gallery: Gallery, paper: Paper, *, actor: Person) -> Printing:
    """Keep who printed whom when, so that each card can be found again.

    :raises NobodyToShow: if nobody in it may be shown
    """
    _refuse_closed(gallery)
    shown = directory.public_profiles(gallery.evidence_people)
    if not shown:
        raise NobodyToShow("Nobody in it has agreed to be shown yet, so there is nothing to print.")
    printing = Printing(institution_id=gallery.institution_id, gallery=gallery, printed_by=actor, paper=paper)
    printing.cards = [
        PrintedCard(
            institution_id=gallery.institution_id, person=profile.person, has_photograph=shows_photograph(profile)
        )
        for profile in shown.values()
    ]
    db.session.add(printing)
    db.session.flush()
    return printing


def confirm_down(printing: Printing, *, actor: Person) -> None:
    """The cards that had to come down are down."""
    for card in printing.to_take_down:
        card.down_at, card.confirmed_by_id = now(), actor.id
    db.session.flush()


# -- taking down -------------------------------------------------------------------------------------------------------


def follow(person_ids: Collection[int]) -> None:
    """After people or their permissions changed: whoever is public no more is in no gallery, and their cards come down.

    A photograph that was taken back brings down the cards that have it.
    """
    shown, hanging = queries.shown_portraits_of(person_ids), queries.hanging_cards_of(person_ids)
    if not shown and not hanging:
        return
    public = directory.public_profiles({*(p.person_id for p in shown), *(c.person_id for c in hanging)})
    for portrait in shown:
        if portrait.person_id not in public:
            PORTRAIT.make(portrait, "vanish", actor=None)
            notifications.stepped_out(portrait)
    db.session.flush()
    _must_come_down([card for card in hanging if not _may_hang(card, public.get(card.person_id))])


def catch_up() -> int:
    """Follow those whom a staff file changed, past the services for one person. How many they were."""
    vanished = queries.may_have_vanished()
    follow(vanished)
    return len(vanished)


def _may_hang(card: PrintedCard, profile: Profile | None) -> bool:
    return profile is not None and (not card.has_photograph or shows_photograph(profile))


def _must_come_down(cards: list[PrintedCard]) -> None:
    due = end_of_next_working_day()
    for card in cards:
        card.down_by = due
    db.session.flush()
    by_printing = sorted(cards, key=lambda card: card.printing_id)
    for _, of_one in groupby(by_printing, key=lambda card: card.printing_id):
        down = list(of_one)
        notifications.take_down(down[0].printing, down)


def end_of_next_working_day() -> datetime:
    """17:00 on the next day from Monday to Friday."""
    on = today() + timedelta(days=1)
    return at_london(on + timedelta(days={5: 2, 6: 1}.get(on.weekday(), 0)))

"""Galleries on paper: A5 cards and A3 posters as tagged PDF, with a code that opens each one's page."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hub.core import plates, qr, storage
from hub.core.links import address_of, path_to
from hub.core.pdf import compile_illustrated
from hub.core.storage import StoredFile
from hub.directory.faces import shows_photograph
from hub.directory.models import Profile
from hub.directory.policy import THE_PUBLIC, visible
from hub.galleries.models import Gallery, Paper
from hub.galleries.queries import Shown

TEMPLATE = Path(__file__).with_name("paper.typ")
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"><path d="{1}"/></svg>'
PLATE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 100" width="160" height="100">'
    '<rect width="160" height="100" fill="#0c2a31"/><path d="{}" fill="none" stroke="#9fdbe0" stroke-width="{}" '
    'stroke-linecap="round"/></svg>'
)
STROKES = {"scatter": 1.6, "peaks": 1.0}


def of_gallery(gallery: Gallery, paper: Paper, shown: Iterable[Shown]) -> bytes:
    """Those whom the gallery shows now, as *paper*."""
    content = {
        "paper": paper.value,
        "title": f"{gallery.title}, {paper.label}",
        "heading": gallery.title,
        "introduction": gallery.introduction,
        "about": gallery.about,
        "institution": gallery.institution.name,
    }
    return _printed(content, [(_card(s.profile, s.does, s.quote), _public_photo(s.profile)) for s in shown])


def of_oneself(profile: Profile) -> bytes:
    """A card that somebody prints for themselves: with the code only if it would open something."""
    content = {
        "paper": Paper.CARDS.value,
        "title": f"The card of {profile.person.name}",
        "heading": "",
        "introduction": "",
        "about": "",
        "institution": profile.person.institution.name,
    }
    return _printed(content, [(_card(profile, profile.contact_for, ""), profile.photo)])


def _public_photo(profile: Profile) -> StoredFile | None:
    return profile.photo if shows_photograph(profile) else None


def _printed(content: dict[str, Any], cards: list[tuple[dict[str, Any], StoredFile | None]]) -> bytes:
    pictures = {f"{n}.jpg": storage.rendition(photo, "print") for n, (_, photo) in enumerate(cards) if photo}
    shown = [
        card | {"picture": f"{n}.jpg" if photo else "", "alt": (photo.alt or card["name"]) if photo else ""}
        for n, (card, photo) in enumerate(cards)
    ]
    return compile_illustrated(TEMPLATE, content | {"cards": shown}, pictures)


def _card(profile: Profile, does: str, quote: str) -> dict[str, Any]:
    person, kind = profile.person, plates.kind_of(profile.person)
    is_public = visible("name", profile, THE_PUBLIC)
    address = address_of(path_to("directory.profile", slug=person.slug))
    return {
        "name": person.name,
        "who": ", ".join(text for text in (person.job_title, person.unit.name if person.unit else "") if text),
        "does": does,
        "quote": quote,
        "plate": PLATE.format(plates.drawing(kind), STROKES.get(kind, 0.6)),
        "code": SQUARE.format(*qr.square(address)) if is_public else "",
        "address": address.partition("://")[2] if is_public else "",
    }

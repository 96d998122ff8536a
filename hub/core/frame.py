"""The frame of every page: header, the lead's row, footer. Drawn once for all who see the same of it."""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from flask import get_template_attribute, request
from markupsafe import Markup

from hub.core import navigation
from hub.core.forms import hidden_input, post_inputs
from hub.core.navigation import Link, place
from hub.core.text import clean

HOLE = Markup("\0")  # where the inputs of this request's forms stand; no text of ours has one
KEPT = 1024


class Viewer(NamedTuple):
    """Whose page it is, as the header says it."""

    name: str
    first_name: str
    initials: str
    waiting: int  # notices


class Header(NamedTuple):
    """Everything that the header shows; addresses are empty where this app has no such page."""

    here: str
    look: str
    institution: str
    viewer: Viewer | None
    main: tuple[Link, ...]
    me: tuple[Link, ...]
    lead: tuple[Link, ...]
    upkeep: tuple[Link, ...]
    home: str
    notices: str
    sign_in: str
    sign_out: str
    colours: str


class Footer(NamedTuple):
    """Everything that the footer shows; a visitor chooses the colours there."""

    here: str
    look: str
    institution: str
    signed_on: date | None
    contact: str
    email: str
    phone: str
    links: tuple[Link, ...]
    colours: str


def header(viewer: Any, institution: Any, here: str, look: str) -> Markup:
    """The header of this page, with the lead's row under it."""
    who, main = None, navigation.visitor
    me, lead, upkeep = (), (), ()  # type: tuple[Link, ...], tuple[Link, ...], tuple[Link, ...]
    notices = place("notifications.inbox")
    if viewer:
        waiting = navigation.bell_count(viewer) if notices else 0
        who, main = Viewer(viewer.name, viewer.first_name, viewer.initials, waiting), navigation.main
        me, lead, upkeep = (row.shown_to(viewer) for row in (navigation.me, navigation.lead, navigation.upkeep))
    return _filled(
        _header(
            Header(
                here,
                look,
                institution.name if institution else "",
                who,
                main.shown_to(viewer),
                me,
                lead,
                upkeep,
                place("pages.my_hub" if viewer else "pages.public_page") or "/",
                notices,
                place("accounts.sign_in"),
                place("accounts.sign_out"),
                place("accounts.look"),
            )
        )
    )


def footer(viewer: Any, institution: Any, here: str, look: str) -> Markup:
    """The foot of this page: the promise, the contact, the small print."""
    of = institution or None
    return _filled(
        _footer(
            Footer(
                here,
                look,
                of.name if of else "",
                of.signed_on if of else None,
                of.contact_name or of.contact_email if of else "",
                of.contact_email if of else "",
                of.contact_phone if of else "",
                navigation.foot.shown_to(viewer),
                "" if viewer else place("accounts.look"),
            )
        )
    )


def _filled(pieces: tuple[Markup, ...]) -> Markup:
    if len(pieces) == 1:
        return pieces[0]
    here = request.full_path if request.query_string else request.path
    return (post_inputs() + hidden_input("next", clean(here))).join(pieces)


@lru_cache(maxsize=KEPT)
def _header(seen: Header) -> tuple[Markup, ...]:
    return _pieces(get_template_attribute("components/frame.html", "site_header")(seen, HOLE))


@lru_cache(maxsize=KEPT)
def _footer(seen: Footer) -> tuple[Markup, ...]:
    return _pieces(get_template_attribute("components/frame.html", "site_footer")(seen, HOLE))


def _pieces(markup: Markup) -> tuple[Markup, ...]:
    return tuple(markup.split(HOLE))
